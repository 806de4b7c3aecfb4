"""Which question waits for which: the order of evaluation, and circles that cannot be evaluated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from consult.expressions import Expression
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions.question import Question


@dataclass(frozen=True, slots=True)
class Member:
    """A question or group with the group around it; ``needs`` are the places of the members it waits for."""

    item: Question | Group
    parent: int | None
    needs: frozenset[int]


@dataclass(frozen=True, slots=True)
class Order:
    """``members`` in the order of asking, ``steps`` their places in the order of evaluation.

    ``circles``: places that wait for each other; they come last in ``steps``.
    """

    members: tuple[Member, ...]
    steps: tuple[int, ...]
    circles: tuple[tuple[int, ...], ...]


def order_of(questionnaire: Questionnaire) -> Order:
    """Work out who waits for whom."""
    placed = list(_placed(questionnaire.items, None, [0]))
    by_key = {item.key: place for place, (item, _) in enumerate(placed) if isinstance(item, Question)}
    members = tuple(
        Member(item, parent, frozenset(_needs(item, parent, place, by_key)))
        for place, (item, parent) in enumerate(placed)
    )
    circles = tuple(_circles([member.needs for member in members]))
    return Order(members, tuple(_sorted([member.needs for member in members])), circles)


def find_cycles(questionnaire: Questionnaire) -> list[tuple[str, ...]]:
    """Circles of questions and groups that wait for each other's answer, each as keys in order of asking."""
    order = order_of(questionnaire)
    return [tuple(order.members[place].item.key for place in circle) for circle in order.circles]


def _placed(
    items: Iterable[Question | Group], parent: int | None, counter: list[int]
) -> Iterator[tuple[Question | Group, int | None]]:
    for item in items:
        place = counter[0]
        counter[0] += 1
        yield item, parent
        if isinstance(item, Group):
            yield from _placed(item.items, place, counter)


def _needs(
    item: Question | Group, parent: int | None, place: int, by_key: Mapping[str, int]
) -> Iterator[int]:
    if parent is not None:
        yield parent
    if isinstance(item, Group):
        yield from _read(by_key, item.relevant)
        return
    yield from _read(by_key, item.relevant, item.calculation)
    # A list may be filtered by what is already chosen from it, and a default may look at itself.
    yield from (need for need in _read(by_key, item.choice_filter, item.default) if need != place)


def _read(by_key: Mapping[str, int], *expressions: Expression | None) -> Iterator[int]:
    for expression in expressions:
        if expression is not None:
            yield from (by_key[key] for key in expression.references if key in by_key)


def _sorted(needs: list[frozenset[int]]) -> Iterator[int]:
    """Everyone after those they wait for, otherwise in the order of asking; members of circles last."""
    waiting_for = [len(need - {place}) for place, need in enumerate(needs)]
    wanted_by: list[list[int]] = [[] for _ in needs]
    for place, need in enumerate(needs):
        for other in need - {place}:
            wanted_by[other].append(place)
    ready = [place for place in reversed(range(len(needs))) if not waiting_for[place]]
    done = [False] * len(needs)
    while ready:
        place = ready.pop()
        done[place] = True
        yield place
        for other in reversed(wanted_by[place]):
            waiting_for[other] -= 1
            if not waiting_for[other]:
                ready.append(other)
    yield from (place for place in range(len(needs)) if not done[place])


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
