"""Whole responses: what is missing or wrong before they are sent, or in a file that brings them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from consult.questionnaires.routing import Evaluation, evaluate
from consult.questionnaires.specification import Questionnaire
from consult.questions import Question, kind_of, messages
from consult.questions.choice import Select
from consult.questions.kind import OTHER, Message
from consult.questions.other import other_key
from consult.responses.page_form import constraint_message, is_header, is_offered, required_message


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

    Every value is judged anew: its form, whether it is offered and allowed, and whether what is required
    is there. Answers to questions that are not relevant are no fault; they are dropped when stored.
    """
    evaluation = evaluate(questionnaire, answers, now=now, language=language, seed=seed, is_final=is_final)
    found = dict(_malformed(questionnaire, answers))
    for question in questionnaire.questions.values():
        message = found.get(question.key) or _broken_rule(
            question, answers, evaluation, questionnaire, language
        )
        if message is not None:
            found[question.key] = message
    order = {key: place for place, key in enumerate(questionnaire.questions)}
    return dict(sorted(found.items(), key=lambda item: order.get(item[0], len(order))))


def _malformed(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> Iterator[tuple[str, Message]]:
    owners = {other_key(q): q for q in questionnaire.questions.values() if q.has_other}
    for key, value in answers.items():
        question = questionnaire.questions.get(key)
        if question is not None:
            message = None if value is None else kind_of(question).problem(question, value)
        elif key in owners:
            message = _other_problem(owners[key], answers, value)
        else:
            message = messages.UNKNOWN_QUESTION
        if message is not None:
            yield key, message


def _other_problem(question: Question, answers: Mapping[str, Any], value: Any) -> Message | None:
    kind, chosen = kind_of(question), answers.get(question.key)
    if OTHER not in (chosen if isinstance(chosen, list) else (chosen,)):
        return messages.NOT_OTHER
    return kind.detail_problem(question, value) if isinstance(kind, Select) else messages.UNKNOWN_QUESTION


def _broken_rule(
    question: Question,
    answers: Mapping[str, Any],
    evaluation: Evaluation,
    questionnaire: Questionnaire,
    language: str,
) -> Message | None:
    state, kind = evaluation.states[question.key], kind_of(question)
    if not state.relevant or not kind.takes_answer or is_header(question):
        return None
    value = answers.get(question.key, state.value if state.read_only else None)
    if kind.is_empty(value):
        return required_message(question, language) if state.required and not state.read_only else None
    if not is_offered(state, value):
        return messages.UNKNOWN_CHOICE
    if state.constraint_ok is False:
        return constraint_message(question, language, questionnaire, evaluation)
    return None
