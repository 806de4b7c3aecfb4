"""Answers that set values off (the column trigger), given one after the other as a person does.

JavaRosa sets such a value only when an answer changes, so a form that is filled already shows none of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from consult.questionnaires.answers import SetAnew
from consult.questionnaires.run import QuestionState
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions import Question
from tests.conformance.javarosa.filling import Answers, Filling, written


def without_triggers(questionnaire: Questionnaire, answers: Answers) -> Answers:
    """The answers but those that set something off, and what they set. In repeats nothing is taken away."""
    triggered = list(_triggered(questionnaire))
    taken = {key for question in triggered for key in (question.key, *question.trigger)}
    return {key: value for key, value in answers.items() if key not in taken}


def one_after_the_other(
    filling: Filling, answers: Answers, before: Answers
) -> tuple[Answers, tuple[str, ...]]:
    """All answers with what they have set off, and the answers given for it: path, text, path, text, …"""
    questionnaire = filling.questionnaire
    triggered = list(_triggered(questionnaire))
    given: list[str] = []
    now: dict[str, Any] = dict(before)
    for asked in list(filling.evaluate(answers).every()):
        is_trigger = any(asked.key in question.trigger for question in triggered)
        if asked.trail or not is_trigger or answers.get(asked.key) is None:
            continue
        given += (asked.path, written(asked.question.kind, answers[asked.key]))
        before_it = filling.evaluate(now).states
        now[asked.key] = answers[asked.key]
        _set_off(filling, now, asked.key, triggered, before_it)
    return now, tuple(given)


def _set_off(
    filling: Filling,
    now: dict[str, Any],
    key: str,
    triggered: list[Question],
    before: Mapping[str, QuestionState],
) -> None:
    """What an answer sets anew, and what that sets anew where it has changed."""
    anew = {question.key: now.get(question.key) for question in triggered if key in question.trigger}
    now |= {name: SetAnew(value, name not in now) for name, value in anew.items()}
    after = filling.evaluate(now).states
    for name in anew:
        if after[name].relevant:
            now[name] = after[name].value
        else:
            del now[name]
    for name in anew:
        if after[name].value != before[name].value:
            _set_off(filling, now, name, triggered, after)


def _triggered(questionnaire: Questionnaire) -> Iterator[Question]:
    """What a trigger sets, outside repeats."""
    waiting: list[Question | Group] = list(questionnaire.items)
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, Question):
            if item.trigger:
                yield item
        elif not item.is_repeat:
            waiting.extend(item.items)
