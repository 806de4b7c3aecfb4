"""One evaluation under way: relevance and values, each question after those it waits for.

Everything is worked out anew on every call, so that nearly always one pass is enough; nothing is remembered
between calls. A question that is not relevant reads as empty everywhere, and so does everything in a group
that is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from consult.expressions import Expression, ExpressionError, Value, text, truth
from consult.questionnaires.answers import SetAnew, coded, logic_value
from consult.questionnaires.offers import Offer
from consult.questionnaires.plan import Frame, Plan, Step

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


class Run:
    """One evaluation under way.

    ``answers``, ``relevant`` and ``offered`` are those of what is visited: of the whole response here, of one
    item after the other in repeat_run.py. ``prefix`` is the address of that item.
    """

    prefix = ""

    def __init__(self, plan: Plan, answers: Mapping[str, Any], frame: Frame, *, is_final: bool) -> None:
        self.plan = plan
        self.answers = answers
        self.frame = frame
        self.is_final = is_final
        self.relevant: dict[int, bool] = {}
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
        if step.calculation is not None and not step.triggers and not self.stays(step, given):
            return self.worked_out(step, step.calculation, given)
        anew = given if isinstance(given, SetAnew) else None
        if anew is not None:
            given, is_first = anew.before, anew.is_first
        else:
            is_first = given is None and step.key not in self.answers
        if is_first and step.default is not None:
            given = coded(step.kind, self.value_of(step.default, step.key, ""))
        if anew is not None or (is_first and step.calculation is not None and self.is_due(step)):
            return self.set_off(step, given)
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

    def is_due(self, step: Step) -> bool:
        """Whether something that sets it off is answered."""
        return any(text(self.frame.value(key)) != "" for key in step.triggers)

    def set_off(self, step: Step, before: Any) -> tuple[Any, Value]:
        """What a trigger makes of it; its own name means the value it had ``before``."""
        if step.calculation is None:
            return None, ""
        self.frame.values[step.key] = logic_value(before)
        return self.worked_out(step, step.calculation, before)

    def worked_out(self, step: Step, calculation: Expression, before: Any) -> tuple[Any, Value]:
        result = self.value_of(calculation, step.key, "", logic_value(before))
        value = coded(step.kind, result)
        return value, (result if isinstance(result, bool) else logic_value(value))

    def filtered(self, step: Step, offer: Offer) -> tuple[str, ...]:
        """The codes for which the filter holds."""
        frame = self.frame
        frame.own, frame.purpose, frame.draws = "", self.prefix + step.key, 0
        try:
            return offer(frame)
        except ExpressionError as problem:
            self.problems.append((self.prefix + step.key, problem))
            return step.codes or ()

    def holds(self, expression: Expression | None, key: str, own: Value = "") -> bool:
        return expression is not None and truth(self.value_of(expression, key, False, own))

    def value_of(self, expression: Expression, key: str, otherwise: Value, own: Value = "") -> Value:
        frame = self.frame
        frame.own, frame.purpose, frame.draws = own, self.prefix + key, 0
        try:
            return expression.evaluate(frame)
        except ExpressionError as problem:
            self.problems.append((self.prefix + key, problem))
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
