"""What a page depends on: whether it looks the same for everyone on whom no answer stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from consult.expressions import Expression, Template
from consult.i18n import Localized
from consult.questionnaires.data.sources import filter_of
from consult.questionnaires.naming import names_in
from consult.questionnaires.routing import Page
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions import Question, kind_of
from consult.responses.compiled_near import is_place, places_before

_ANYTHING = "*"
"""A step of a path that any name fits."""


@dataclass(frozen=True, slots=True)
class Watch:
    """``keys``: answers that change the page; ``is_personal``: it depends on the time, or on the response."""

    keys: frozenset[str]
    is_personal: bool


def watch_of(questionnaire: Questionnaire, page: Page) -> Watch:
    """Follow every name the page reads, through calculations and conditions, to the answers behind it.

    Answers inside repeats stand under the key of the outermost one.
    """
    above = dict(_groups_above(questionnaire.items, ()))
    seen: set[str] = set()
    is_personal = False
    waiting = [question.key for question in page.questions]
    waiting += [key for group in _groups(page) for key in _in_texts(group.label, group.hint)]
    for question in page.questions:
        waiting += _in_texts(*_texts(question))
        if is_place(question):
            seen.update(places_before(questionnaire, question.key))
        is_personal = is_personal or question.parameters.get("randomize", "").lower() in ("true", "yes", "1")
    while waiting:
        key = waiting.pop()
        is_personal = is_personal or key == _ANYTHING
        if key in seen or key not in above:
            continue
        seen.add(key)
        seen.update(group.key for group in above[key] if group.is_repeat)
        for expression in _expressions(questionnaire.questions.get(key), above[key]):
            is_personal = is_personal or expression.is_volatile
            waiting += names_in(expression)
    owned = {
        inner
        for key in seen & questionnaire.questions.keys()
        for inner in kind_of(questionnaire.questions[key]).keys(questionnaire.questions[key])
    }
    return Watch(frozenset(seen | owned), is_personal)


def _expressions(question: Question | None, groups: tuple[Group, ...]) -> Iterator[Expression]:
    of_groups = (each for group in groups for each in (group.relevant, group.repeat_count))
    yield from (expression for expression in of_groups if expression is not None)
    if question is None:
        return
    found = (
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
            if item.is_repeat:
                yield item.key, (*above, item)
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
