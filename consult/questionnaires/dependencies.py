"""Which question waits for which: the order of evaluation, and circles that cannot be evaluated.

What stands in a repeat is one member here, however many items there are: each step of the evaluation is done
for all of them. A question may read its own answer in another item (a running total), and what a trigger sets
the value it had before: these are no circles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from consult.expressions import Expression
from consult.questionnaires.data.sources import filter_of
from consult.questionnaires.naming import keys_within, names_in, step_names
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions.question import Question


@dataclass(frozen=True, slots=True)
class Member:
    """A question or group with the place of the group around it, and of the repeat.

    ``needs``: places of the members it waits for. ``hints``: those that its choices depend on, or how many
    items it has; here a form may go in a circle, as when a list leaves out what was chosen elsewhere.
    """

    item: Question | Group
    parent: int | None
    repeat: int | None
    needs: frozenset[int]
    hints: frozenset[int]


@dataclass(frozen=True, slots=True)
class Order:
    """``members`` in the order of asking, ``steps`` their places in the order of evaluation.

    ``entangled``: places that wait for each other, be it for hints only. ``circles``: those among them that
    need each other, which no form may have. ``is_straight``: one pass through
    ``steps`` settles everything.
    """

    members: tuple[Member, ...]
    steps: tuple[int, ...]
    entangled: frozenset[int]
    circles: tuple[tuple[int, ...], ...]
    is_straight: bool


def order_of(questionnaire: Questionnaire) -> Order:
    """Work out who waits for whom."""
    placed = list(_placed(questionnaire.items, None, None, [0]))
    by_key = {item.key: place for place, (item, _, _) in enumerate(placed) if isinstance(item, Group)}
    by_key |= {item.key: place for place, (item, _, _) in enumerate(placed) if isinstance(item, Question)}
    members = tuple(
        Member(
            item,
            parent,
            repeat,
            frozenset(_needs(item, parent, place, by_key, is_repeated=repeat is not None)),
            frozenset(_hints(item, by_key)) - {place},
        )
        for place, (item, parent, repeat) in enumerate(placed)
    )
    waits = [member.needs | member.hints for member in members]
    ready = list(_in_turn(waits))
    left = sorted(set(range(len(members))) - set(ready))
    circles = tuple(_circles([member.needs for member in members]))
    entangled = frozenset(place for circle in _circles(waits) for place in circle) if left else frozenset()
    return Order(members, (*ready, *left), entangled, circles, not left)


def find_cycles(questionnaire: Questionnaire) -> list[tuple[str, ...]]:
    """Circles of questions and groups that wait for each other's answer, each as keys in order of asking."""
    order = order_of(questionnaire)
    return [tuple(order.members[place].item.key for place in circle) for circle in order.circles]


def _placed(
    items: Iterable[Question | Group], parent: int | None, repeat: int | None, counter: list[int]
) -> Iterator[tuple[Question | Group, int | None, int | None]]:
    for item in items:
        place = counter[0]
        counter[0] += 1
        yield item, parent, repeat
        if isinstance(item, Group):
            yield from _placed(item.items, place, place if item.is_repeat else repeat, counter)


def _needs(
    item: Question | Group, parent: int | None, place: int, by_key: Mapping[str, int], *, is_repeated: bool
) -> Iterator[int]:
    if parent is not None:
        yield parent
    if isinstance(item, Group):
        inside = set(keys_within(item)) if item.is_repeat else set()
        outside = {key: at for key, at in by_key.items() if key not in inside and at != place}
        yield from _read(outside if item.is_repeat else by_key, item.relevant)
        return
    for expression in (item.relevant, item.calculation):
        reads_another_item = is_repeated and expression is not None and _goes_elsewhere(expression)
        reads_what_was = bool(item.trigger) and expression is item.calculation
        may_read_itself = reads_another_item or reads_what_was
        yield from (need for need in _read(by_key, expression) if need != place or not may_read_itself)
    yield from (need for need in _read(by_key, item.default, item.read_only) if need != place)


def _hints(item: Question | Group, by_key: Mapping[str, int]) -> Iterator[int]:
    if isinstance(item, Question):
        yield from _read(by_key, filter_of(item))
        if item.entries_of:
            bare = item.choice_filter.attributes if item.choice_filter is not None else frozenset()
            yield from (by_key[key] for key in (item.entries_of, *bare) if key in by_key)
    elif item.is_repeat:
        yield from _read(by_key, item.relevant, item.repeat_count)


def _goes_elsewhere(expression: Expression) -> bool:
    return "indexed-repeat" in expression.functions or any(step_names(expression))


def _read(by_key: Mapping[str, int], *expressions: Expression | None) -> Iterator[int]:
    for expression in expressions:
        if expression is not None:
            yield from (by_key[key] for key in names_in(expression) if key in by_key)


def _in_turn(waits: list[frozenset[int]]) -> Iterator[int]:
    """Everyone after those they wait for, else in the order of asking; nobody who waits in a circle."""
    left = [len(others - {place}) for place, others in enumerate(waits)]
    wanted_by: list[list[int]] = [[] for _ in waits]
    for place, others in enumerate(waits):
        for other in others - {place}:
            wanted_by[other].append(place)
    ready = [place for place in reversed(range(len(waits))) if not left[place]]
    while ready:
        place = ready.pop()
        yield place
        for other in reversed(wanted_by[place]):
            left[other] -= 1
            if not left[other]:
                ready.append(other)


def _circles(needs: list[frozenset[int]]) -> Iterator[tuple[int, ...]]:
    """Strongly connected members (Tarjan, without recursion: questionnaires can be long chains)."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    on_stack: set[int] = set()
    for root in range(len(needs)):
        if root in index:
            continue
        walk: list[tuple[int, Iterator[int]]] = [(root, iter(sorted(needs[root])))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while walk:
            place, rest = walk[-1]
            following = next(rest, None)
            if following is None:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[place])
                if low[place] == index[place]:
                    circle = _popped(stack, on_stack, place)
                    if len(circle) > 1 or place in needs[place]:
                        yield tuple(sorted(circle))
            elif following not in index:
                index[following] = low[following] = len(index)
                stack.append(following)
                on_stack.add(following)
                walk.append((following, iter(sorted(needs[following]))))
            elif following in on_stack:
                low[place] = min(low[place], index[following])


def _popped(stack: list[int], on_stack: set[int], until: int) -> list[int]:
    found = []
    while True:
        place = stack.pop()
        on_stack.discard(place)
        found.append(place)
        if place == until:
            return found
