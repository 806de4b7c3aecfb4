"""What is stored in the end, and the reply of ``consult survey evaluate``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from consult.questionnaires.answers import is_asked
from consult.questionnaires.evaluation import Evaluation, evaluate
from consult.questionnaires.instances import Instance
from consult.questionnaires.run import QuestionState
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions.question import Question


def final_answers(
    questionnaire: Questionnaire,
    answers: Mapping[str, Any],
    *,
    now: datetime,
    language: str,
    seed: int = 0,
    is_final: bool = False,
) -> dict[str, Any]:
    """What is stored: without what is not relevant, with what is calculated, in the order of asking.

    A default that nobody saw is not an answer: only what is not asked (hidden, calculated) gets one here.

    A repeat is a list with a document for each of its items. Items beyond ``repeat_count`` are dropped. An
    item with nothing in it, or that is not asked, stays as an empty document, so that the others keep their
    places; a repeat without any item that is asked is left out.
    """
    evaluation = evaluate(questionnaire, answers, now=now, language=language, seed=seed, is_final=is_final)
    return dict(_kept(evaluation, questionnaire.items, answers, evaluation.item))


def _kept(
    evaluation: Evaluation,
    items: Iterable[Question | Group],
    answers: Mapping[str, Any],
    item: Instance | None,
) -> Iterator[tuple[str, Any]]:
    for each in items:
        if isinstance(each, Question):
            states = evaluation.states if item is None else item.states
            yield from _answer(each, states[each.key], answers)
        elif each.is_repeat and item is not None:
            place = evaluation.plan.repeats[each.key].place
            inside = item.items.get(place, [])
            documents = [dict(_kept(evaluation, each.items, inner.answers, inner)) for inner in inside]
            if any(inner.relevant[place] for inner in inside):
                yield each.key, documents
        else:
            yield from _kept(evaluation, each.items, answers, item)


def _answer(
    question: Question, state: QuestionState, answers: Mapping[str, Any]
) -> Iterator[tuple[str, Any]]:
    key, value = question.key, state.value
    was_given = answers.get(key) is not None or question.calculation is not None
    if value is None or not (was_given or not is_asked(question)):
        return
    yield key, value
    other = f"{key}_other"
    chosen = value if isinstance(value, list) else [value]
    if question.has_other and "other" in chosen and answers.get(other):
        yield other, answers[other]


def evaluate_report(questionnaire: Questionnaire, given: Mapping[str, Any]) -> dict[str, Any]:
    """The reply of ``consult survey evaluate``: ``{"questions": {path: {…}}}``.

    ``given`` is ``{"answers": {…}, "now": "2026-01-31T12:00:00-05:00", "language": "en"}``; ValueError if
    answers are missing or ``now`` is no date with time and offset. A path is ``group/question``, inside a
    repeat ``group/repeat[1]/question``.
    """
    answers = given.get("answers")
    if not isinstance(answers, Mapping):
        raise ValueError("“answers” must be an object of question key to answer.")
    evaluation = evaluate(
        questionnaire,
        answers,
        now=_moment(given.get("now")),
        language=str(given.get("language") or questionnaire.default_language),
        seed=int(given.get("seed") or 0),
    )
    return {"questions": {asked.path: _as_json(asked.state) for asked in evaluation.every()}}


def _moment(written: Any) -> datetime:
    if written is None:
        return datetime.now().astimezone()
    try:
        moment = datetime.fromisoformat(written)
    except (TypeError, ValueError):
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValueError("“now” must be a date with time and offset, such as 2026-01-31T12:00:00-05:00.")
    return moment


def _as_json(state: QuestionState) -> dict[str, Any]:
    return {
        "relevant": state.relevant,
        "required": state.required,
        "value": state.value,
        "constraint_ok": state.constraint_ok,
        "choices": None if state.choices is None else list(state.choices),
    }
