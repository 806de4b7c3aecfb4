"""An evaluation of a form in which something is asked several times over, or whose expressions walk about.

Each step is done for every item before the next step begins, so that what stands outside a repeat finds all
items ready.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from consult.expressions import ExpressionError, Value, number, truth
from consult.i18n import lazy_gettext as _l
from consult.i18n import lazy_ngettext as _nl
from consult.questionnaires.instances import Instance
from consult.questionnaires.plan import WHOLE, Plan, Step
from consult.questionnaires.repeat_frame import RepeatFrame
from consult.questionnaires.run import MOST_PASSES, Run
from consult.questionnaires.trails import address, items_of

MOST_ITEMS = 200
"""Of one repeat, in one item around it."""

MOST_ITEMS_IN_ALL = 2_000
"""Of all repeats of a response."""


class RepeatRun(Run):
    """One evaluation under way, item by item; ``root`` is the response itself."""

    frame: RepeatFrame

    def __init__(
        self,
        plan: Plan,
        answers: Mapping[str, Any],
        *,
        now: datetime,
        language: str,
        seed: int,
        is_final: bool,
    ) -> None:
        frame = RepeatFrame(plan, now=now, language=language, seed=seed)
        super().__init__(plan, answers, frame, is_final=is_final)
        self.root = Instance(plan, answers, None, WHOLE, 0)
        self.by_repeat: dict[int, list[Instance]] = {WHOLE: [self.root]}
        self.is_first_pass = True
        self.items_left = MOST_ITEMS_IN_ALL

    def settle(self) -> None:
        before: list[dict[str, Value]] | None = None
        for _ in range(1 if self.plan.is_straight else MOST_PASSES):
            self.problems.clear()
            self.items_left = MOST_ITEMS_IN_ALL
            for step in self.plan.steps:
                self.visit_all(step)
            values = [dict(item.values) for items in self.by_repeat.values() for item in items]
            if values == before:
                break
            before, self.is_first_pass = values, False
        for step in self.plan.questions:
            for item in self.by_repeat.get(step.repeat, ()):
                self.enter(item, step.place)
                item.states[step.key] = self.state(step)
        self.frame.enter(self.root, WHOLE)

    def enter(self, item: Instance, place: int) -> None:
        """From now on ``visit`` is about a member of this item."""
        self.answers, self.relevant, self.offered = item.answers, item.relevant, item.offered
        self.prefix = f"{address(item.trail)}/" if item.trail else ""
        self.frame.enter(item, place)

    def visit_all(self, step: Step) -> None:
        """One step, for all items it stands in."""
        around = self.by_repeat.get(step.repeat, [])
        if not step.is_repeat:
            for item in around:
                self.enter(item, step.place)
                self.visit(step)
            return
        self.by_repeat[step.place] = [inner for item in around for inner in self.unfold(step, item)]

    def unfold(self, step: Step, around: Instance) -> list[Instance]:
        """The items of a repeat, with whether each is asked."""
        self.enter(around, step.place)
        is_asked = step.parent is None or self.relevant[step.parent]
        if is_asked and step.relevant is not None and not step.is_relevant_by_item:
            is_asked = truth(self.value_of(step.relevant, step.key, True))
        self.relevant[step.place] = is_asked
        items = around.hold(step.place, self.count(step, around) if is_asked else 0)
        for item in items:
            item.relevant[step.place] = True
            if step.is_relevant_by_item and step.relevant is not None:
                self.enter(item, step.place)
                own: Value = [item.node(step.place)]
                item.relevant[step.place] = truth(self.value_of(step.relevant, step.key, True, own))
        return items

    def count(self, step: Step, around: Instance) -> int:
        """How many items there are: as many as the author counts, else as many as people added."""
        held = len(items_of(around.answers, step.key))
        wanted = float(held)
        if step.count is not None and not (step.counts_itself and self.is_first_pass):
            wanted = number(self.value_of(step.count, step.key, wanted))
            if wanted != wanted and step.counts_itself:  # an item it asks about is not answered yet
                wanted = float(len(around.items.get(step.place, ())))
        if not wanted > 0:  # NaN too: nothing was answered yet
            return 0
        most = min(MOST_ITEMS, self.items_left)
        if wanted >= most + 1:
            self.problems.append((self.prefix + step.key, _too_many(most)))
        found = int(min(wanted, most)) if math.isfinite(wanted) else most
        self.items_left -= found
        return found


def _too_many(most: int) -> ExpressionError:
    return ExpressionError(
        _nl("Only %(num)d can be asked about.", "Only the first %(num)d can be asked about.", most),
        "too_many_items",
        0,
        _l("Count fewer, or ask about a group as a whole."),
    )
