"""What expressions see inside and outside the items of repeats.

How a name is found (pyxform's rule): from the nearest item around both, the one answer it leads to; where it
leads into other items, all of theirs that are relevant, in order.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from copy import copy
from datetime import datetime
from typing import NamedTuple

from consult.expressions import Context, ExpressionError, Node, Value
from consult.expressions.values import NAN
from consult.i18n import lazy_gettext as _l
from consult.questionnaires.instances import Element, Instance
from consult.questionnaires.plan import Frame, Plan
from consult.questions import kind_of

MOST_STEPS = 500_000
"""Nodes that all expressions of one evaluation may look at."""


class Way(NamedTuple):
    """From an item to what a name means: ``up`` so many items, then ``down`` into these repeats."""

    up: int
    down: tuple[int, ...]
    place: int
    is_answer: bool


class RepeatFrame(Frame):
    """The context of expressions in ``instance``."""

    __slots__ = ("candidate", "instance", "ways")
    instance: Instance
    candidate: Instance | None
    """Inside a predicate, the item it is asked about."""

    def __init__(self, plan: Plan, *, now: datetime, language: str, seed: int) -> None:
        super().__init__(plan, now=now, language=language, seed=seed)
        self.budget = [MOST_STEPS]
        self.ways: dict[tuple[int, str], Way | None] = {}

    def enter(self, instance: Instance, place: int) -> None:
        """From now on expressions are those of a member of ``instance``."""
        self.instance, self.values, self.coded = instance, instance.values, instance.coded
        self.candidate = None
        self.node = self.origin = instance.node(place)

    def bound(self, instance: Instance) -> RepeatFrame:
        """The same circumstances, seen from inside an item."""
        inner = copy(self)
        inner.enter(instance, instance.repeat)
        return inner

    def value(self, key: str) -> Value:
        way, start = self._way(self.instance, key), self.instance
        if way is not None and way.down and self.candidate is not None:
            nearer = self._way(self.candidate, key)
            if nearer is not None and len(nearer.down) < len(way.down):
                way, start = nearer, self.candidate
        if way is None:
            return ""
        if way.is_answer and not way.down:
            return _up(start, way.up).values.get(key, "")
        return list(self._elements(start, way))

    def shown(self, key: str) -> str:
        """Of several items the first, as ODK shows it."""
        way = self._way(self.instance, key)
        if way is None or not way.is_answer:
            return ""
        holder = _up(self.instance, way.up)
        if way.down:
            elements = self._elements(self.instance, way)
            if not elements:
                return ""
            holder = elements[0].instance
        question = self.plan.questionnaire.questions[key]
        return kind_of(question).display(question, holder.coded.get(key), self.language)

    def attribute(self, name: str) -> Value:
        """A column of a choice; inside a predicate, what stands in the node it is asked about."""
        if self.attributes or not isinstance(self.node, Element):
            return super().attribute(name)
        return [child for child in self.node.children if child.name == name]

    def at(self, node: Node, position: int, size: int) -> Context:
        """In ``${members}[${age} > 4]`` a name means the member's, unless who asks is a member too."""
        inner = super().at(node, position, size)
        if isinstance(inner, RepeatFrame) and isinstance(node, Element):
            inner.candidate = node.instance
        return inner

    def indexed(self, key: str, places: Sequence[tuple[str, float]]) -> Value:
        """As in ODK: of a repeat that no place is given for, the item around who asks; below one that has a
        place, and where nobody asks from inside, all of them."""
        place = self.plan.places.get(key)
        if place is None:
            return ""
        wanted = dict(places)
        own = {each.repeat: each for each in self.instance.around()}
        found = [next(each for each in self.instance.around() if each.outer is None)]
        is_one = key in self.plan.questionnaire.questions
        chain = self.plan.chain(self.plan.repeat_around(place))
        for repeat in (*chain, place) if self._is_repeat(key, place) else chain:
            name = self.plan.members[repeat].item.key
            if name in wanted:
                items = [self._item(each, repeat, wanted[name]) for each in found]
                found = [item for item in items if item is not None]
                own = {}
            elif repeat in own:
                found = [own[repeat]]
            else:
                found, is_one = [item for each in found for item in each.items.get(repeat, ())], False
        if is_one:
            return found[0].values.get(key, "") if found else ""
        self._spend(len(found))
        return [each.node(place) for each in found if each.relevant.get(place)]

    def _is_repeat(self, key: str, place: int) -> bool:
        return key in self.plan.repeats and self.plan.repeats[key].place == place

    def entries(self, repeat: int) -> list[Instance]:
        """The items of ``repeat`` that are asked, within the nearest item around it and ``instance``."""
        here, there = self.plan.chain(self.instance.repeat), self.plan.chain(repeat)
        pairs = zip(here, there[:-1], strict=False)
        shared = next(
            (at for at, pair in enumerate(pairs) if pair[0] != pair[1]), min(len(here), len(there) - 1)
        )
        found = [_up(self.instance, len(here) - shared)]
        for inner in there[shared:]:
            found = [item for each in found for item in each.items.get(inner, ())]
        self._spend(len(found))
        return [each for each in found if each.relevant.get(repeat)]

    def item_number(self, repeat: str = "") -> float:
        for each in self.instance.around():
            if each.outer is not None and repeat in ("", each.trail[-1][0]):
                return float(each.number)
        return NAN

    def _item(self, holder: Instance, repeat: int, number: float) -> Instance | None:
        items = holder.items.get(repeat, [])
        is_there = math.isfinite(number) and 1 <= number < len(items) + 1
        return items[int(number) - 1] if is_there else None

    def _elements(self, start: Instance, way: Way) -> list[Element]:
        found = [_up(start, way.up)]
        for repeat in way.down:
            found = [item for each in found for item in each.items.get(repeat, ())]
        self._spend(len(found))
        return [each.node(way.place) for each in found if each.relevant.get(way.place)]

    def _spend(self, nodes: int) -> None:
        self.budget[0] -= nodes
        if self.budget[0] < 0:
            raise ExpressionError(
                _l("The expression looks at too many answers."),
                "too_much_work",
                0,
                _l("Make its paths more exact."),
            )

    def _way(self, start: Instance, key: str) -> Way | None:
        sought = (start.repeat, key)
        if sought not in self.ways:
            self.ways[sought] = _way(self.plan, self.plan.places, *sought)
        return self.ways[sought]


def _up(start: Instance, levels: int) -> Instance:
    for _ in range(levels):
        start = start.outer or start
    return start


def _way(plan: Plan, places: Mapping[str, int], repeat: int, key: str) -> Way | None:
    place = places.get(key)
    if place is None:
        return None
    here, there = plan.chain(repeat), plan.chain(plan.repeat_around(place))
    shared = next((at for at, pair in enumerate(zip(here, there, strict=False)) if pair[0] != pair[1]), None)
    shared = min(len(here), len(there)) if shared is None else shared
    down = there[shared:]
    if key in plan.repeats and plan.repeats[key].place == place:
        down = (*down, place)
    return Way(len(here) - shared, down, place, key in plan.questionnaire.questions)
