"""Values that are set when another answer changes (the column ``trigger``), while a page is read.

The evaluation lets a stored value stand; so a change takes it away before, and what is worked out then is
stored with the page. Where a person wrote over the value in the same step, what was written stands.
A trigger reaches questions of its own item or, in a form without repeats, of the whole response.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from consult.questionnaires.routing import Evaluation, Page
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions import Question


def set_off(
    questionnaire: Questionnaire, page: Page, values: dict[str, Any], before: Mapping[str, Any]
) -> None:
    """Take away from ``values`` what a change since ``before`` sets anew."""
    questions = triggered_on(questionnaire, page)
    changed = (
        {key for key in (*values, *before) if values.get(key) != before.get(key)} if questions else set()
    )
    for question in questions:
        if question.key not in changed and not changed.isdisjoint(question.trigger):
            values.pop(question.key, None)


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
        question.key: evaluation.states[question.key].value
        for question in triggered_on(questionnaire, page)
        if question.key not in values
    }
    kept = {key: value for key, value in answers.items() if key not in worked}
    kept |= {key: value for key, value in worked.items() if value is not None}
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
