"""What readers outside may be told of a survey: which answers are put together, which numbers are not shown.

    told = told_of(whole, limits)             of all responses
    told = told_of(whole, limits, part)       of some, in the light of the summary of all

The rules are those of published editions, but for the rounding: a summary says the same numbers as everything
else. All tables of all questions are protected at once, whichever of them a summary shows, so that two
summaries of the same responses hide the same. A summary of a selection is read beside that of all: what is in
the one and not in the other are the responses that were not selected, and these are protected too. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from consult.reports.disclosure.cells import (
    EVERYBODY,
    Cell,
    Condition,
    Dimension,
    Equation,
    Link,
    System,
    system_of,
)
from consult.reports.disclosure.cells import Table as Counted
from consult.reports.disclosure.links import add_routes
from consult.reports.disclosure.merging import Merged, merge_small
from consult.reports.disclosure.protect import Edition, TooFew, protect
from consult.reports.disclosure.suppression import Unprotectable, hidden_cells, primary_cells
from consult.reports.edition_tables import NO_ANSWER, YES
from consult.reports.routed import links_of
from consult.reports.spreads import Spread, spreads_of
from consult.reports.tally import Tally

_IN, _OUT = "in", "out"
_SELECTED = Dimension("\x1fselected", (_IN, _OUT), may_merge=False)
_INSIDE, _OUTSIDE = _SELECTED.condition(_IN), _SELECTED.condition(_OUT)
_NO_ROUNDING = b"\0"

Parts = Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Limits:
    """Below which count a number is not shown: of questions with the keys ``sensitive``, and of others."""

    threshold: int
    sensitive_threshold: int
    sensitive: frozenset[str] = frozenset()

    def of(self, key: str) -> int:
        return self.sensitive_threshold if key in self.sensitive else self.threshold


@dataclass(frozen=True, slots=True)
class ToldLine:
    """``codes``: of the answers in it, more than one where they were put together. ``count``: None where it
    is not shown."""

    codes: tuple[str, ...]
    count: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """``counts`` of cells, of which ``hidden`` are not shown; ``among`` whom; ``parts``: what the categories
    of each dimension are made of. Nothing at all is told where there are no counts."""

    limits: Limits
    spreads: Mapping[str, Spread]
    parts: Parts
    counts: Mapping[Cell, int]
    hidden: Collection[Cell]
    among: frozenset[Condition] = EVERYBODY

    def lines(self, key: str) -> tuple[ToldLine, ...]:
        """Of a question, or of what every response has (spreads.HEARD), in the order of showing."""
        return tuple(self._lines(key))

    def answered(self, key: str) -> int | None:
        """How many answered a question; None where this is not told, nor anything else of it."""
        silent = Cell(self.among | {(key, NO_ANSWER)})
        if silent not in self.counts or silent in self.hidden:
            return None
        answered = self.counts[Cell(self.among)] - self.counts[silent]
        is_told = answered >= self.limits.of(key) and not 0 < self._others(key) < self.limits.of(key)
        return answered if is_told else None

    def _others(self, key: str) -> int:
        """How many of those answered that were not selected."""
        if not self.among:
            return 0
        outside = frozenset((_OUTSIDE,))
        return self.counts[Cell(outside)] - self.counts[Cell(outside | {(key, NO_ANSWER)})]

    def _lines(self, key: str) -> Iterator[ToldLine]:
        spread = self.spreads[key]
        if spread.is_several:
            for code in spread.codes:
                yield ToldLine((code,), self._shown((f"{key}/{code}", YES)))
            return
        for category, codes in self.parts.get(key, {}).items():
            if set(codes) <= set(spread.codes):
                yield ToldLine(codes, self._shown((key, category)))

    def _shown(self, condition: Condition) -> int | None:
        cell = Cell(self.among | {condition})
        return None if cell in self.hidden else self.counts.get(cell)


def told_of(whole: Tally, limits: Limits, part: Tally | None = None) -> Told:
    """``whole``: all responses of the survey, counted by all its questions; ``part``: those a summary is of,
    where it is not of all."""
    spreads = {each.key: each for each in spreads_of(whole, () if part is None else (part,))}
    counted = [each for each in spreads.values() if whole.responses >= limits.of(each.key)]
    values = {each.key: each.values for each in counted if each.values}
    links = links_of([question.of for question in whole.questions], values)
    nothing = Told(limits, spreads, {}, {}, frozenset())
    tables = [table for each in counted for table in each.tables(whole, limits.of(each.key))]
    if whole.responses < limits.threshold or not tables:
        return nothing
    try:
        edition = protect(tables, key=_NO_ROUNDING, links=links).edition
        if part is not None:
            inside = [table for each in counted for table in each.tables(part, limits.of(each.key))]
            return _of_part(Told(limits, spreads, {}, {}, frozenset()), edition, inside, links)
    except (TooFew, Unprotectable):
        return nothing
    counts = system_of(edition.merged.tables).counts
    return Told(limits, spreads, edition.merged.parts, counts, edition.hidden)


def _of_part(told: Told, whole: Edition, inside: Sequence[Counted], links: Sequence[Link]) -> Told:
    """``inside``: the selected responses, as the whole was counted. Raises Unprotectable."""
    fine = whole.merged
    inside = fine.apply(inside)
    renamed = [_renamed(link, fine) for link in links]
    coarse = merge_small(inside, renamed)
    tables = coarse.apply(
        [_by_selection(of_all, of_some) for of_all, of_some in zip(fine.tables, inside, strict=True)]
    )
    system = system_of(tables)
    counts = dict(system.counts)
    unseen = {cell for cell in counts if len(cell.conditions - {_OUTSIDE}) and _INSIDE not in cell.conditions}
    small = {
        cell
        for cell in primary_cells(system, tables) - {Cell(frozenset((each,))) for each in (_INSIDE, _OUTSIDE)}
        if _OUTSIDE not in cell.conditions or 0 < counts[cell] < system.thresholds[cell]
    }
    merged = Merged(tables, {**coarse.parts, _SELECTED.key: {code: (code,) for code in (_IN, _OUT)}})
    unseen |= add_routes(system, merged, renamed)
    known = _seen_of_all(system, counts, coarse, whole, links)
    _settle_sizes(system)
    hidden = hidden_cells(system, small | unseen, known, telling=small)
    parts = {
        key: {
            name: tuple(code for each in group for code in fine.parts[key][each])
            for name, group in groups.items()
        }
        for key, groups in coarse.parts.items()
    }
    return replace(told, parts=parts, counts=counts, hidden=hidden, among=frozenset((_INSIDE,)))


def _seen_of_all(
    system: System, counts: Mapping[Cell, int], coarse: Merged, whole: Edition, links: Sequence[Link]
) -> frozenset[Cell]:
    """Add to ``system`` the summary of all responses, of which nothing more can be hidden; returns what is
    hidden of it."""
    every = system_of(whole.merged.tables)
    unseen = add_routes(every, whole.merged, links)
    for cell in counts:
        if cell.conditions and cell.conditions.isdisjoint((_INSIDE, _OUTSIDE)):
            parts = tuple(part._replace(edition=1) for part in coarse.made_of(cell))
            system.equations[Equation(cell, parts)] = None
    system.take(every.moved(1))
    return frozenset(cell._replace(edition=1) for cell in whole.hidden | unseen)


def _settle_sizes(system: System) -> None:
    """How many were selected, and how many not, is said above every summary: as what was published before,
    it cannot be hidden."""
    sizes = {Cell(frozenset((group,))): Cell(frozenset((group,)), 1) for group in (_INSIDE, _OUTSIDE)}
    for size, settled in sizes.items():
        system.counts[settled] = system.counts.pop(size)
        system.thresholds[settled] = system.thresholds.pop(size)
    equations = list(system.equations)
    system.equations.clear()
    for each in equations:
        parts = tuple(sizes.get(part, part) for part in each.parts)
        system.equations[Equation(sizes.get(each.total, each.total), parts)] = None


def _renamed(link: Link, merged: Merged) -> Link:
    """The same of merged categories, each of which leads on or does not."""
    groups = merged.parts.get(link.dimension, {})
    return replace(link, codes=frozenset(name for name, parts in groups.items() if parts[0] in link.codes))


def _by_selection(of_all: Counted, of_some: Counted) -> Counted:
    counts: dict[tuple[str, ...], int] = {}
    for codes, count in of_all.counts.items():
        selected = of_some.counts.get(codes, 0)
        counts[*codes, _IN], counts[*codes, _OUT] = selected, count - selected
    return replace(of_all, dimensions=(*of_all.dimensions, _SELECTED), counts=counts)
