"""Tiny questionnaires, one subject each, and one page of ten questions in four languages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from consult.expressions import Expression
from consult.i18n import Localized
from consult.questionnaires.routing import Page, pages
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions import Choice, Question

NOW = dt.datetime(2026, 3, 5, 14, 30, tzinfo=dt.timezone(dt.timedelta(hours=-5)))
"""A Thursday in Ontario, in winter time."""

_EXPRESSIONS = ("relevant", "required", "constraint", "calculation", "default", "read_only", "choice_filter")


def text(given: Any) -> Localized:
    """ "Words" → English; a dict as it is."""
    return Localized({"en": given} if isinstance(given, str) else given)


def choices(*given: Any, **exclusive: Any) -> tuple[Choice, ...]:
    """Codes (label: the code in capitals) or (code, label) or ready choices; keywords are exclusive ones."""
    made = [each if isinstance(each, Choice) else _choice(each) for each in given]
    made += [Choice(code, text(label), is_exclusive=True) for code, label in exclusive.items()]
    return tuple(made)


def _choice(given: Any) -> Choice:
    code, label = given if isinstance(given, tuple) else (given, given.upper())
    return Choice(code, text(label))


def ask(kind: str, key: str = "it", label: Any = "What is it?", **given: Any) -> Question:
    """One question; expressions, texts and parameters may be given as plain text."""
    for name in _EXPRESSIONS:
        if isinstance(given.get(name), str):
            given[name] = Expression.parse(given[name])
    for name in ("hint", "guidance", "required_message", "constraint_message"):
        if name in given:
            given[name] = text(given[name])
    if isinstance(given.get("appearance"), str):
        given["appearance"] = tuple(given["appearance"].split())
    if "choices" in given:
        given.setdefault("list_name", f"{key}_list")
    return Question(key, kind, text(label), **given)


def group(*items: Question | Group, key: str = "page", label: Any = "A page", **given: Any) -> Group:
    if isinstance(given.get("relevant"), str):
        given["relevant"] = Expression.parse(given["relevant"])
    if isinstance(given.get("appearance"), str):
        given["appearance"] = tuple(given["appearance"].split())
    if "hint" in given:
        given["hint"] = text(given["hint"])
    return Group(key, text(label), items=items, **given)


def questionnaire(*items: Question | Group, languages: tuple[str, ...] = ("en", "fr")) -> Questionnaire:
    """A questionnaire of these items; loose questions make pages of their own."""
    lists: dict[str, tuple[Choice, ...]] = {}
    waiting: list[Question | Group] = list(items)
    while waiting:
        item = waiting.pop()
        if isinstance(item, Group):
            waiting.extend(item.items)
        elif item.list_name:
            lists[item.list_name] = item.choices
    return Questionnaire("sample", text("A sample"), languages, items, lists)


def one_page(*items: Question | Group, **given: Any) -> tuple[Questionnaire, Page]:
    """A questionnaire of one page, and that page."""
    made = questionnaire(group(*items, appearance="field-list"), **given)
    return made, pages(made)[0]
