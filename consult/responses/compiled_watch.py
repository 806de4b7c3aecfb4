"""What a page depends on: whether it looks the same for everyone on whom no answer stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from consult.expressions import Expression, Template
from consult.i18n import Localized
from consult.questionnaires.data.sources import filter_of
from consult.questionnaires.routing import Page
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions import Question, kind_of


@dataclass(frozen=True, slots=True)
class Watch:
    """``keys``: answers that change the page; ``is_personal``: it depends on the time, or on the response."""

    keys: frozenset[str]
    is_personal: bool


def watch_of(questionnaire: Questionnaire, page: Page) -> Watch:
    """Follow every reference of the page, through calculations and conditions, to the answers behind it."""
    above = dict(_groups_above(questionnaire.items, ()))
    seen: set[str] = set()
    is_personal = False
    waiting = [question.key for question in page.questions]
    waiting += [key for group in _groups(page) for key in _in_texts(group.label, group.hint)]
    for question in page.questions:
        waiting += _in_texts(*_texts(question))
        is_personal = is_personal or question.parameters.get("randomize", "").lower() in ("true", "yes", "1")
    while waiting:
        key = waiting.pop()
        if key in seen or key not in questionnaire.questions:
            continue
        seen.add(key)
        for expression in _expressions(questionnaire.questions[key], above[key]):
            is_personal = is_personal or expression.is_volatile
            waiting += expression.references
    owned = {
        inner
        for key in seen
        for inner in kind_of(questionnaire.questions[key]).keys(questionnaire.questions[key])
    }
    return Watch(frozenset(seen | owned), is_personal)


def _expressions(question: Question, groups: tuple[Group, ...]) -> Iterator[Expression]:
    found = (
        *(group.relevant for group in groups),
        question.relevant,
        question.required,
        question.calculation,
        question.default,
        question.read_only,
        filter_of(question),
    )
    yield from (expression for expression in found if expression is not None)


def _groups_above(
    items: tuple[Question | Group, ...], above: tuple[Group, ...]
) -> Iterator[tuple[str, tuple[Group, ...]]]:
    for item in items:
        if isinstance(item, Group):
            yield from _groups_above(item.items, (*above, item))
        else:
            yield item.key, above


def _groups(page: Page) -> Iterator[Group]:
    waiting: list[Question | Group] = [page.group] if page.group else []
    while waiting:
        item = waiting.pop()
        if isinstance(item, Group):
            yield item
            waiting.extend(item.items)


def _texts(question: Question) -> Iterator[Localized]:
    yield from (question.label, question.hint, question.guidance)
    yield from (choice.label for choice in question.choices)


def _in_texts(*texts: Localized) -> list[str]:
    return [key for each in texts for text in each.values() for key in Template.parse(text).references]
