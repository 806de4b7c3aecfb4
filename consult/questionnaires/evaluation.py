"""What holds, given some answers: what is asked, required, allowed, offered and calculated.

Everything is worked out anew on every call, each question after those it waits for (dependencies.py), so
that nearly always one pass is enough; nothing is remembered between calls.

A question that is not relevant reads as empty everywhere, and so does everything in a group that is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from consult.expressions import Expression, ExpressionError, Value, text, truth
from consult.questionnaires.answers import coded, is_asked, logic_value
from consult.questionnaires.offers import Offer
from consult.questionnaires.paging import Page
from consult.questionnaires.plan import Frame, Plan, Step, plan_of
from consult.questionnaires.specification import Questionnaire

MOST_PASSES = 5
"""Over lists that leave out what was chosen elsewhere, in a circle."""


class QuestionState(NamedTuple):
    """How a question stands. ``value`` coded, None where there is none; ``constraint_ok`` None where there is
    nothing to test; ``choices`` the codes offered, in the order of showing, None for other questions."""

    relevant: bool
    required: bool
    read_only: bool
    value: Any
    constraint_ok: bool | None
    choices: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How every question stands (``states``, by key in the order of asking).

    ``frame`` is the context they were worked out in; ``problems`` are expressions that went past a limit:
    there a question stays relevant, a constraint holds and a calculation is empty, so that nobody is stopped
    by an author's mistake.
    """

    states: Mapping[str, QuestionState]
    frame: Frame
    problems: tuple[tuple[str, ExpressionError], ...] = ()

    def page_relevant(self, page: Page) -> bool:
        """Whether anything on the page is to be shown."""
        return any(self.states[question.key].relevant for question in page.questions)


def evaluate(
    questionnaire: Questionnaire,
    answers: Mapping[str, Any],
    *,
    now: datetime,
    language: str,
    seed: int = 0,
    is_final: bool = False,
) -> Evaluation:
    """How every question stands with these coded answers.

    ``answers``: a key that is absent takes the question's default; None means shown and left empty. ``now``
    is aware and the same for the whole request; ``seed`` belongs to the response and makes what is random
    stay the same. ``is_final``: the response was submitted; what depends on time or chance stays as stored.
    """
    plan = plan_of(questionnaire)
    run = _Run(plan, answers, Frame(plan, now=now, language=language, seed=seed), is_final)
    run.settle()
    states = {step.key: run.state(step) for step in plan.questions}
    return Evaluation(states, run.frame, tuple(run.problems))


class _Run:
    """One evaluation under way."""

    def __init__(self, plan: Plan, answers: Mapping[str, Any], frame: Frame, is_final: bool) -> None:
        self.plan = plan
        self.answers = answers
        self.frame = frame
        self.is_final = is_final
        self.relevant = [True] * len(plan.members)
        self.offered: dict[str, tuple[str, ...]] = {}
        self.problems: list[tuple[str, ExpressionError]] = []

    def settle(self) -> None:
        """Relevance and values, until nothing changes any more."""
        before: dict[str, Value] | None = None
        for _ in range(1 if self.plan.is_straight else MOST_PASSES):
            self.problems.clear()
            for step in self.plan.steps:
                self.visit(step)
            if self.frame.values == before:
                break
            before = dict(self.frame.values)

    def visit(self, step: Step) -> None:
        frame = self.frame
        is_relevant = step.parent is None or self.relevant[step.parent]
        if is_relevant and step.relevant is not None:
            is_relevant = truth(self.value_of(step.relevant, step.key, True))
        self.relevant[step.place] = is_relevant
        if step.question is None:
            return
        if step.offer is not None:
            self.offered[step.key] = self.filtered(step, step.offer)
        value, known = self.answer(step) if is_relevant else (None, "")
        if known == "":
            frame.coded.pop(step.key, None)
            frame.values.pop(step.key, None)
        else:
            frame.coded[step.key] = value
            frame.values[step.key] = known

    def answer(self, step: Step) -> tuple[Any, Value]:
        """The coded value and what expressions read."""
        given = self.answers.get(step.key)
        if step.calculation is not None and not self.stays(step, given):
            own = logic_value(given)
            result = self.value_of(step.calculation, step.key, "", own)
            value = coded(step.kind, result)
            return value, (result if isinstance(result, bool) else logic_value(value))
        if given is None and step.default is not None and step.key not in self.answers:
            given = coded(step.kind, self.value_of(step.default, step.key, ""))
        if step.key in self.offered and given is not None:
            offered = self.offered[step.key]
            if isinstance(given, list):
                given = [code for code in given if code in offered]
            elif given not in offered:
                given = None
        return given, logic_value(given)

    def stays(self, step: Step, given: Any) -> bool:
        """Whether a stored or typed value stands instead of the calculated one."""
        if given is None:
            return False
        if self.is_final and step.is_volatile:
            return True
        return step.is_asked and not self.holds(step.read_only, step.key)

    def filtered(self, step: Step, offer: Offer) -> tuple[str, ...]:
        """The codes for which the filter holds."""
        frame = self.frame
        frame.own, frame.purpose, frame.draws = "", step.key, 0
        try:
            return offer(frame)
        except ExpressionError as problem:
            self.problems.append((step.key, problem))
            return step.codes or ()

    def holds(self, expression: Expression | None, key: str, own: Value = "") -> bool:
        return expression is not None and truth(self.value_of(expression, key, False, own))

    def value_of(self, expression: Expression, key: str, otherwise: Value, own: Value = "") -> Value:
        frame = self.frame
        frame.own, frame.purpose, frame.draws = own, key, 0
        try:
            return expression.evaluate(frame)
        except ExpressionError as problem:
            self.problems.append((key, problem))
            return otherwise

    def state(self, step: Step) -> QuestionState:
        choices = self.offered.get(step.key, step.codes)
        if choices is not None and step.is_randomised:
            choices = step.mixed(choices, self.frame)
        if not self.relevant[step.place]:
            return QuestionState(False, False, self.holds(step.read_only, step.key), None, None, choices)
        known = self.frame.values.get(step.key, "")
        constraint_ok = None
        if step.constraint is not None and known != "":
            constraint_ok = truth(self.value_of(step.constraint, step.key, True, known))
        return QuestionState(
            True,
            self.holds(step.required, step.key, known),
            self.holds(step.read_only, step.key, known),
            self.frame.coded.get(step.key),
            constraint_ok,
            choices,
        )


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
    """
    evaluation = evaluate(questionnaire, answers, now=now, language=language, seed=seed, is_final=is_final)
    kept: dict[str, Any] = {}
    for key, question in questionnaire.questions.items():
        value = evaluation.states[key].value
        was_given = answers.get(key) is not None or question.calculation is not None
        if value is None or not (was_given or not is_asked(question)):
            continue
        kept[key] = value
        other = f"{key}_other"
        chosen = value if isinstance(value, list) else [value]
        if question.has_other and "other" in chosen and answers.get(other):
            kept[other] = answers[other]
    return kept


def evaluate_report(questionnaire: Questionnaire, given: Mapping[str, Any]) -> dict[str, Any]:
    """The reply of ``consult survey evaluate``: ``{"questions": {path: {…}}}``.

    ``given`` is ``{"answers": {…}, "now": "2026-01-31T12:00:00-05:00", "language": "en"}``; ValueError if
    answers are missing or ``now`` is no date with time and offset.
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
    paths = questionnaire.paths
    return {"questions": {paths[key]: _as_json(state) for key, state in evaluation.states.items()}}


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


__all__ = ["Evaluation", "QuestionState", "evaluate", "evaluate_report", "final_answers", "is_asked", "text"]
