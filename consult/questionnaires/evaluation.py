"""What holds, given some answers: what is asked, required, allowed, offered and calculated.

    evaluation = evaluate(questionnaire, answers, now=now, language="en")
    evaluation.states["area"]                          how a question stands that is in no repeat
    evaluation.at((("members", 1),)).states["name"]    the same inside the second member
    evaluation.repeat("members")                       how many items, whether one may be added
    for asked in evaluation.every(): …                 every question of every item, in the order of asking

How it is worked out: run.py, and repeat_run.py where something is asked several times over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from consult.expressions import ExpressionError
from consult.questionnaires.instances import Instance
from consult.questionnaires.paging import Page
from consult.questionnaires.plan import Frame, Plan, plan_of
from consult.questionnaires.repeat_frame import RepeatFrame
from consult.questionnaires.repeat_run import MOST_ITEMS, RepeatRun
from consult.questionnaires.run import QuestionState, Run
from consult.questionnaires.specification import Group, Questionnaire
from consult.questionnaires.trails import Trail, address
from consult.questions.question import Question


class RepeatState(NamedTuple):
    """How a repeat stands. ``size`` counts its items; ``shown``: places (from 0) of those that are asked.

    ``is_fixed``: the author counts the items. ``may_add``: a person may add one now; removing is possible
    wherever it is not fixed.
    """

    relevant: bool
    size: int
    shown: tuple[int, ...]
    is_fixed: bool
    may_add: bool


class Asked(NamedTuple):
    """One question of one item. ``address`` ("members[2]/age") names it, ``path`` with all groups too."""

    address: str
    path: str
    key: str
    trail: Trail
    question: Question
    state: QuestionState


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How every question stands (``states``, by key in the order of asking).

    Of :meth:`at` an item, ``states`` holds the questions of this item and of the items around it.
    ``frame`` is the context they were worked out in; ``problems`` are expressions that went past a limit:
    there a question stays relevant, a constraint holds and a calculation is empty, so that nobody is stopped
    by an author's mistake; (address, what happened), of a repeat with too many items too.
    ``item`` is what stands behind a form with repeats; None elsewhere.
    """

    states: Mapping[str, QuestionState]
    frame: Frame
    problems: tuple[tuple[str, ExpressionError], ...] = ()
    item: Instance | None = None

    @property
    def trail(self) -> Trail:
        """Of which item this is the evaluation; () for the whole response."""
        return self.item.trail if self.item is not None else ()

    @property
    def plan(self) -> Plan:
        return self.frame.plan

    def page_relevant(self, page: Page, trail: Trail = ()) -> bool:
        """Whether anything on the page is to be shown: of a list, whether it has items or may get some.

        ``trail``: the item whose page it is.
        """
        if len(trail) != len(page.repeats):
            return False
        item = self._item(trail)
        if page.kind == "list" and page.group is not None:
            state = self.repeat(page.group.key, trail)
            return bool(state.shown) or state.may_add
        states = self.states if item is None else item.states
        return any(states[question.key].relevant for question in page.questions)

    def at(self, trail: Trail) -> Evaluation:
        """The same, seen from inside an item (for forms, texts and pages of it). Raises LookupError."""
        item = self._item(trail)
        if item is None or not isinstance(self.frame, RepeatFrame):
            return self
        states = {key: state for each in reversed(list(item.around())) for key, state in each.states.items()}
        return Evaluation(states, self.frame.bound(item), self.problems, item)

    def items(self, key: str, trail: Trail = ()) -> int:
        """How many items a repeat has. ``trail``: the item in which it stands."""
        return self.repeat(key, trail).size

    def repeat(self, key: str, trail: Trail = ()) -> RepeatState:
        """How a repeat stands in the item at ``trail``. Raises LookupError."""
        item, step = self._item(trail), self.plan.repeats[key]
        if item is None or item.repeat != step.repeat:
            raise LookupError(f"{key!r} does not stand there")
        items = item.items.get(step.place, [])
        shown = tuple(at for at, each in enumerate(items) if each.relevant[step.place])
        is_asked, is_fixed = item.relevant[step.place], step.count is not None
        may_add = is_asked and not is_fixed and len(items) < MOST_ITEMS
        return RepeatState(is_asked, len(items), shown, is_fixed, may_add)

    def every(self) -> Iterator[Asked]:
        """Every question of every item, in the order of asking; also what is not relevant."""
        yield from self._every(self.plan.questionnaire.items, self._item(()), "")

    def _every(
        self, items: Iterable[Question | Group], item: Instance | None, prefix: str
    ) -> Iterator[Asked]:
        for each in items:
            path = f"{prefix}{each.key}"
            if isinstance(each, Question):
                states, trail = (self.states, ()) if item is None else (item.states, item.trail)
                yield Asked(address(trail, each.key), path, each.key, trail, each, states[each.key])
            elif each.is_repeat and item is not None:
                for inner in item.items.get(self.plan.repeats[each.key].place, ()):
                    yield from self._every(each.items, inner, f"{path}[{inner.number}]/")
            else:
                yield from self._every(each.items, item, f"{path}/")

    def _item(self, trail: Trail) -> Instance | None:
        """The item at a trail, from the whole response; None in a form without repeats."""
        if self.item is None:
            if trail:
                raise LookupError("nothing is asked several times over here")
            return None
        *_, whole = self.item.around()
        return whole.at(trail)


def evaluate(
    questionnaire: Questionnaire,
    answers: Mapping[str, Any],
    *,
    now: datetime,
    language: str,
    seed: int = 0,
    is_final: bool = False,
) -> Evaluation:
    """How every question stands with these coded answers; those of a repeat are a list of documents.

    ``answers``: a key that is absent takes the question's default; None means shown and left empty. ``now``
    is aware and the same for the whole request; ``seed`` belongs to the response and makes what is random
    stay the same. ``is_final``: the response was submitted; what depends on time or chance stays as stored.
    """
    plan = plan_of(questionnaire)
    if not plan.is_flat:
        by_item = RepeatRun(plan, answers, now=now, language=language, seed=seed, is_final=is_final)
        by_item.settle()
        return Evaluation(by_item.root.states, by_item.frame, tuple(by_item.problems), by_item.root)
    run = Run(plan, answers, Frame(plan, now=now, language=language, seed=seed), is_final=is_final)
    run.settle()
    states = {step.key: run.state(step) for step in plan.questions}
    return Evaluation(states, run.frame, tuple(run.problems))
