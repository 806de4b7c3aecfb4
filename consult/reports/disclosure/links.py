"""What is known from who was asked: a follow-up tells of the question before it. Pure.

Where a question is asked of those only who said "yes", nobody answered it who said "no": who gave it no
answer are these, and others. So of "no" there are at most as many, and where all who were asked answered,
exactly as many.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consult.reports.disclosure.cells import EVERYBODY, Cell, Condition, Dimension, Equation, Link, System
from consult.reports.disclosure.merging import Merged

_ASKED = "?"
"""Names those who were asked and gave no answer: no table counts them."""


def add_routes(system: System, merged: Merged, links: Sequence[Link]) -> set[Cell]:
    """Add what ``links`` say of the cells of the merged tables; returns what is counted for it and published
    nowhere. A link that the counts contradict (the form was another one once) tells nobody anything."""
    dimensions = {each.key: each for table in merged.tables for each in table.dimensions}
    added: set[Cell] = set()
    for link in links:
        before = dimensions.get(link.dimension)
        if before is None or Cell(frozenset((link.unanswered,))) not in system.counts:
            continue
        outside = [
            before.condition(category)
            for category, parts in merged.parts[before.key].items()
            if parts[0] not in link.codes
        ]
        for among in _among(merged, before, link):
            added |= _add(system, link, outside, among)
            silent = Cell(among | {link.unanswered})
            if silent in system.counts:
                system.telling[silent] = _telling(merged, link, among)
        _add_same(system, link, outside)
    return added


def _among(merged: Merged, before: Dimension, link: Link) -> Iterator[frozenset[Condition]]:
    """Everybody, and each group by which the question before is broken down."""
    yield EVERYBODY
    for table in merged.tables:
        if len(table.dimensions) == 2 and table.dimensions[0].key == before.key:
            groups = table.dimensions[1]
            for category in groups.categories:
                if groups.condition(category)[0] != link.unanswered[0]:
                    yield frozenset((groups.condition(category),))


def _telling(merged: Merged, link: Link, among: frozenset[Condition]) -> frozenset[Cell]:
    """The cells of a follow-up, of everybody or of a group. Each choice of several has a dimension of its
    own, and each of them tells how many gave no answer."""
    key = link.unanswered[0]
    own = {each.key for table in merged.tables for each in table.dimensions if key in (each.key, each.of)}
    return frozenset(
        cell
        for table in merged.tables
        if any(dimension.key in own for dimension in table.dimensions)
        for cell, _ in table.cells()
        if among < cell.conditions and any(each in own or each == key for each, _ in cell.conditions)
    )


def _add(system: System, link: Link, outside: Sequence[Condition], among: frozenset[Condition]) -> set[Cell]:
    counts = system.counts
    unanswered = Cell(among | {link.unanswered})
    parts = tuple(Cell(among | {condition}) for condition in outside)
    if not parts or unanswered not in counts or any(part not in counts for part in parts):
        return set()
    rest = counts[unanswered] - sum(counts[part] for part in parts)
    if rest < 0:
        return set()
    if not rest:  # all who were asked answered, or it can be guessed
        system.routes[Equation(unanswered, parts)] = None
        return set()
    asked = Cell(unanswered.conditions | {(_ASKED, "|".join(sorted(part.name for part in parts)))})
    counts[asked], system.thresholds[asked] = rest, system.thresholds[unanswered]
    system.routes[Equation(unanswered, (*parts, asked))] = None
    return {asked}


def _add_same(system: System, link: Link, outside: Sequence[Condition]) -> None:
    """Of the one question by the other: all who were not asked gave no answer."""
    for condition in outside:
        all_of_them, silent = Cell(frozenset((condition,))), Cell(frozenset((condition, link.unanswered)))
        if silent in system.counts and system.counts.get(all_of_them) == system.counts[silent]:
            system.routes[Equation(all_of_them, (silent,))] = None
