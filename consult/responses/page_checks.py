"""Whole responses: what is missing or wrong before they are sent, or in a file that brings them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from consult.i18n import lazy_gettext as _l
from consult.i18n import lazy_ngettext as _nl
from consult.questionnaires.repeat_run import MOST_ITEMS
from consult.questionnaires.routing import Asked, Evaluation, evaluate
from consult.questionnaires.specification import Group, Questionnaire
from consult.questionnaires.trails import document_at
from consult.questions import Question, kind_of, messages
from consult.questions.choice import Select
from consult.questions.kind import OTHER, Message
from consult.questions.other import other_key
from consult.responses.page_form import (
    constraint_message,
    is_header,
    is_missing,
    is_offered,
    not_offered_message,
    required_message,
)

NO_ITEMS = _l("The answers of a repeat are a list of objects, one for each item.")
TOO_MANY_ITEMS = _nl(
    "At most %(num)d item can be stored here.", "At most %(num)d items can be stored here.", MOST_ITEMS
)


def check_answers(
    questionnaire: Questionnaire,
    answers: Mapping[str, Any],
    *,
    now: datetime,
    language: str,
    seed: int = 0,
    is_final: bool = False,
) -> dict[str, Message]:
    """What is wrong, by question key (or unknown key), in the order of asking; empty when nothing is.

    Inside repeats the key is an address: "members[2]/age"; "members[2]" for what is no item at all.

    Every value is judged anew: its form, whether it is offered and allowed, and whether what is required
    is there. Answers to questions that are not relevant are no fault; they are dropped when stored.
    """
    evaluation = evaluate(questionnaire, answers, now=now, language=language, seed=seed, is_final=is_final)
    found = dict(_malformed(_level(questionnaire.items), answers, ""))
    order: dict[str, int] = {}
    for asked in evaluation.every():
        order[asked.address] = len(order)
        message = found.get(asked.address) or _broken_rule(
            asked, document_at(answers, asked.trail), evaluation, questionnaire, language
        )
        if message is not None:
            found[asked.address] = message

    def place(item: tuple[str, Message]) -> int:
        """What is no item at all comes first: what it lacks follows from that."""
        return order.get(item[0], -1 if item[1] in (NO_ITEMS, TOO_MANY_ITEMS) else len(order))

    return dict(sorted(found.items(), key=place))


@dataclass(frozen=True, slots=True)
class _Level:
    """What can be answered in a response, or in an item of a repeat. ``owners``: by key of the other text."""

    questions: Mapping[str, Question]
    owners: Mapping[str, Question]
    repeats: Mapping[str, _Level]


def _level(items: Iterable[Question | Group]) -> _Level:
    questions: dict[str, Question] = {}
    repeats: dict[str, _Level] = {}
    for item in items:
        if isinstance(item, Question):
            questions[item.key] = item
            continue
        inner = _level(item.items)
        if item.is_repeat:
            repeats[item.key] = inner
        else:
            questions.update(inner.questions)
            repeats.update(inner.repeats)
    owners = {other_key(question): question for question in questions.values() if question.has_other}
    return _Level(questions, owners, repeats)


def _malformed(level: _Level, answers: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Message]]:
    for key, value in answers.items():
        if key in level.repeats:
            yield from _malformed_items(level.repeats[key], value, f"{prefix}{key}")
            continue
        question = level.questions.get(key)
        if question is not None:
            message = None if value is None else kind_of(question).problem(question, value)
        elif key in level.owners:
            message = _other_problem(level.owners[key], answers, value)
        else:
            message = messages.UNKNOWN_QUESTION
        if message is not None:
            yield f"{prefix}{key}", message


def _malformed_items(level: _Level, items: Any, address: str) -> Iterator[tuple[str, Message]]:
    if not isinstance(items, list):
        yield address, NO_ITEMS
    elif len(items) > MOST_ITEMS:
        yield address, TOO_MANY_ITEMS
    else:
        for number, item in enumerate(items, 1):
            if isinstance(item, Mapping):
                yield from _malformed(level, item, f"{address}[{number}]/")
            else:
                yield f"{address}[{number}]", NO_ITEMS


def _other_problem(question: Question, answers: Mapping[str, Any], value: Any) -> Message | None:
    kind, chosen = kind_of(question), answers.get(question.key)
    if OTHER not in (chosen if isinstance(chosen, list) else (chosen,)):
        return messages.NOT_OTHER
    return kind.detail_problem(question, value) if isinstance(kind, Select) else messages.UNKNOWN_QUESTION


def _broken_rule(
    asked: Asked,
    answers: Mapping[str, Any],
    evaluation: Evaluation,
    questionnaire: Questionnaire,
    language: str,
) -> Message | None:
    question, state = asked.question, asked.state
    kind = kind_of(question)
    if not state.relevant or not kind.takes_answer or is_header(question):
        return None
    value = answers.get(question.key, state.value if state.read_only else None)
    if kind.is_empty(value):
        return required_message(question, language) if is_missing(state) and not state.read_only else None
    if not is_offered(state, value):
        return not_offered_message(question, state)
    if state.constraint_ok is False:
        return constraint_message(question, language, questionnaire, evaluation.at(asked.trail))
    return None
