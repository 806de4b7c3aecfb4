"""Values that are set when another answer changes (the column ``trigger``), while a page is read.

The evaluation lets a stored value stand; so a change says that it is to be set anew, and what is worked out
then is stored with the page. Where a person wrote over the value in the same step, what was written stands.
A trigger reaches questions of its own item or, in a form without repeats, of the whole response.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from consult.questionnaires.answers import SetAnew
from consult.questionnaires.routing import Evaluation, Page
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions import Question


def set_off(
    questionnaire: Questionnaire, page: Page, values: dict[str, Any], before: Mapping[str, Any]
) -> None:
    """Put :class:`SetAnew` into ``values`` for what a change since ``before`` sets anew."""
    questions = triggered_on(questionnaire, page)
    if not questions:
        return
    changed = {
        key
        for key in (*values, *before)
        if values.get(key) != before.get(key) and not isinstance(values.get(key), SetAnew)
    }
    for question in questions:
        if question.key not in changed and not changed.isdisjoint(question.trigger):
            values[question.key] = SetAnew(before.get(question.key), question.key not in before)


def set_off_further(
    questionnaire: Questionnaire,
    page: Page,
    values: dict[str, Any],
    before: Mapping[str, Any],
    evaluation: Evaluation,
) -> bool:
    """Whether what was set anew, and has changed by that, sets off more, which is marked now.

    ``evaluation`` is of ``values``; evaluate them again until it is False.
    """
    is_more = False
    for question in triggered_on(questionnaire, page):
        key = question.key
        is_open = not isinstance(values.get(key), SetAnew) and values.get(key) == before.get(key)
        if is_open and any(_has_changed(values.get(name), evaluation, name) for name in question.trigger):
            values[key] = SetAnew(before.get(key), key not in before)
            is_more = True
    return is_more


def _has_changed(given: Any, evaluation: Evaluation, key: str) -> bool:
    return isinstance(given, SetAnew) and evaluation.states[key].value != given.before


def with_worked_out(
    questionnaire: Questionnaire,
    page: Page,
    values: Mapping[str, Any],
    evaluation: Evaluation,
    answers: Mapping[str, Any],
    asked: frozenset[str],
) -> tuple[dict[str, Any], frozenset[str]]:
    """The page's ``answers`` and what it has ``asked``, with what triggers have set and is not stored yet."""
    worked = {
        question.key: evaluation.states[question.key]
        for question in triggered_on(questionnaire, page)
        if question.key not in values or isinstance(values[question.key], SetAnew)
    }
    kept = {key: value for key, value in answers.items() if key not in worked}
    for key, state in worked.items():
        # What came to nothing is None and stays so; what is not asked is worked out when it comes to be.
        if state.value is not None or (key in values and state.relevant):
            kept[key] = state.value
    return kept, asked | frozenset(worked)


def triggered_on(questionnaire: Questionnaire, page: Page) -> tuple[Question, ...]:
    """The questions with a trigger that stand in the same repeats as the page."""
    kept: dict[str, tuple[Question, ...]] = questionnaire.__dict__.setdefault("_triggered", {})
    if page.key not in kept:
        around = tuple(group.key for group in page.repeats)
        kept[page.key] = tuple(
            question for question, repeats in _triggered(questionnaire.items, ()) if repeats == around
        )
    return kept[page.key]


def _triggered(
    items: tuple[Question | Group, ...], around: tuple[str, ...]
) -> Iterator[tuple[Question, tuple[str, ...]]]:
    for item in items:
        if isinstance(item, Group):
            yield from _triggered(item.items, (*around, item.key) if item.is_repeat else around)
        elif item.trigger:
            yield item, around
