"""Items of repeats while they are evaluated, and the document that paths of expressions walk through.

The response itself is an item of its own, the outermost. As in a form of ODK, the document has an element for
every group, question and item, by their names; only leaves have text. What is not relevant is not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from consult.expressions import Value, text
from consult.questionnaires.plan import WHOLE, Plan
from consult.questionnaires.trails import Document, Trail, items_of

ROOT = "data"
"""The name of a form's outermost element, unless its author gave another (settings: ``name``)."""


class Instance:
    """One item under evaluation.

    ``repeat`` its repeat's place in the plan, ``answers`` its own document, ``items`` place of a repeat in it
    → that one's items; ``values``, ``coded``, ``relevant``, ``offered`` and ``states`` as in a run, of what
    stands in this item and in no item within.
    """

    __slots__ = (
        *("answers", "coded", "items", "nodes", "offered", "outer", "plan", "relevant", "repeat", "states"),
        *("trail", "values", "whole"),
    )

    def __init__(
        self, plan: Plan, answers: Document, outer: Instance | None, repeat: int, index: int
    ) -> None:
        self.plan = plan
        self.answers = answers
        self.outer = outer
        self.repeat = repeat
        self.trail: Trail = () if outer is None else (*outer.trail, (plan.members[repeat].item.key, index))
        self.values: dict[str, Value] = {}
        self.coded: dict[str, Any] = {}
        self.relevant: dict[int, bool] = {}
        self.offered: dict[str, tuple[str, ...]] = {}
        self.items: dict[int, list[Instance]] = {}
        self.states: dict[str, Any] = {}
        self.nodes: dict[int, Element] = {}
        self.whole: Whole | None = None

    @property
    def number(self) -> int:
        """Its place among its repeat's items, from 1."""
        return self.trail[-1][1] + 1 if self.trail else 1

    def hold(self, repeat: int, count: int) -> list[Instance]:
        """Exactly ``count`` items of a repeat, those that are there already among them."""
        items = self.items.setdefault(repeat, [])
        held = items_of(self.answers, self.plan.members[repeat].item.key)
        del items[count:]
        for index in range(len(items), count):
            answers: Mapping[str, Any] = held[index] if index < len(held) else {}
            items.append(Instance(self.plan, answers, self, repeat, index))
        return items

    def node(self, place: int) -> Element:
        """The element of a member in this item; of its own repeat, the element of the item."""
        found = self.nodes.get(place)
        if found is None:
            found = self.nodes[place] = Element(self, place)
        return found

    def at(self, trail: Trail) -> Instance:
        """The item at a trail below this one. Raises LookupError."""
        found = self
        for key, index in trail:
            step = self.plan.repeats[key]
            items = found.items.get(step.place, [])
            if not 0 <= index < len(items) or step.repeat != found.repeat:
                raise LookupError(f"no item {index + 1} of {key!r}")
            found = items[index]
        return found

    def around(self) -> Iterator[Instance]:
        """Itself and the items around it, the response last."""
        found: Instance | None = self
        while found is not None:
            yield found
            found = found.outer


class Element:
    """A node of the document (see expressions/values.py); ``position`` of an item among its likes, from 1."""

    __slots__ = ("instance", "name", "place", "position")

    def __init__(self, instance: Instance, place: int) -> None:
        self.instance = instance
        self.place = place
        plan = instance.plan
        self.name = (
            plan.questionnaire.settings.get("name", ROOT) if place == WHOLE else plan.members[place].item.key
        )
        self.position = instance.number if place == instance.repeat and place != WHOLE else 1

    @property
    def answer(self) -> Value:
        """The answer as expressions read it, "" of what holds others."""
        return self.instance.values.get(self.name, "") if self._is_leaf else ""

    @property
    def text(self) -> str:
        return text(self.answer)

    @property
    def _is_leaf(self) -> bool:
        return self.place != WHOLE and not hasattr(self.instance.plan.members[self.place].item, "items")

    @property
    def parent(self) -> Element | Whole | None:
        if self.place == WHOLE:
            self.instance.whole = self.instance.whole or Whole(self)
            return self.instance.whole
        instance = self.instance
        if self.place == instance.repeat and instance.outer is not None:
            instance = instance.outer
        around = instance.plan.members[self.place].parent
        return instance.node(WHOLE if around is None else around)

    @property
    def children(self) -> Sequence[Element]:
        found: list[Element] = []
        for place in self.instance.plan.within.get(self.place, ()):
            if place in self.instance.items:
                items = self.instance.items[place]
                found += [item.node(place) for item in items if item.relevant.get(place)]
            elif self.instance.relevant.get(place):
                found.append(self.instance.node(place))
        return found

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


class Whole:
    """The document around the outermost element: where ``/`` begins."""

    __slots__ = ("_root",)
    name = ""
    text = ""
    parent = None

    def __init__(self, root: Element) -> None:
        self._root = root

    @property
    def children(self) -> Sequence[Element]:
        return (self._root,)
