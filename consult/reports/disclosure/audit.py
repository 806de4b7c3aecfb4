"""What an attacker can work out of a hidden cell: bounds by linear programs over everything that is shown.

The attacker knows every shown count exactly (in truth it is rounded, which is more protection), that counts
are not negative, how cells add up, and that nobody leaves between two editions. A hidden cell is safe when
the interval in which it must lie is at least as wide as its threshold.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from consult.reports.disclosure.cells import Cell, Equation

_CLOSE = 1e-6


@dataclass(frozen=True, slots=True)
class Bounds:
    """The interval of a hidden cell."""

    low: float
    high: float

    @property
    def width(self) -> float:
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Row:
    """``low`` ≤ sum of coefficient × hidden cell ≤ ``high``."""

    coefficients: Mapping[Cell, float]
    low: float
    high: float


def rows_of(
    equations: Iterable[Equation], counts: Mapping[Cell, int], hidden: Collection[Cell]
) -> Iterator[Row]:
    """What is known of hidden cells: the equations they stand in, and their growth between editions."""
    for equation in equations:
        found: dict[Cell, float] = {}
        known = 0.0
        for cell, sign in ((equation.total, -1.0), *((part, 1.0) for part in equation.parts)):
            if cell in hidden:
                found[cell] = found.get(cell, 0.0) + sign
            else:
                known += sign * counts[cell]
        if found:
            yield Row(found, -known, -known)
    for later, earlier in _successors(counts):
        if later in hidden and earlier in hidden:
            yield Row({later: 1.0, earlier: -1.0}, 0.0, highspy.kHighsInf)
        elif later in hidden:
            yield Row({later: 1.0}, counts[earlier], highspy.kHighsInf)
        elif earlier in hidden:
            yield Row({earlier: 1.0}, 0.0, counts[later])


def _successors(counts: Mapping[Cell, int]) -> Iterator[tuple[Cell, Cell]]:
    """Each cell and the same one of the edition before that has it. Where answers were corrected a count can
    shrink: an attacker who believed in growth would be wrong there."""
    oldest = max((cell.edition for cell in counts), default=0)
    for cell, count in counts.items():
        before = (Cell(cell.conditions, edition) for edition in range(cell.edition + 1, oldest + 1))
        earlier = next((found for found in before if found in counts), None)
        if earlier is not None and counts[earlier] <= count:
            yield cell, earlier


class Audit:
    """Bounds of those ``hidden`` cells that have a threshold: how wide theirs must be. Wider ones are not
    measured; nor are others, that are hidden for their sake only.

    Hidden cells that no equation links, over however many others, say nothing of each other: each part of
    the system is a linear program by itself.
    """

    def __init__(
        self,
        equations: Iterable[Equation],
        counts: Mapping[Cell, int],
        hidden: Collection[Cell],
        thresholds: Mapping[Cell, int],
    ) -> None:
        rows = list(rows_of(equations, counts, set(hidden)))
        parts = (_Part(own, counts, thresholds) for own in _linked(rows))
        self._parts = [part for part in parts if not part.cells.isdisjoint(thresholds)]

    def weak(self, settled: set[frozenset[Cell]] | None = None) -> dict[Cell, Bounds]:
        """Cells that are pinned too closely, with their bounds. ``settled``: parts that were found safe
        before, added to."""
        known = set() if settled is None else settled
        found: dict[Cell, Bounds] = {}
        for part in self._parts:
            if part.cells in known:
                continue
            weak = part.weak()
            found |= weak
            if not weak:
                known.add(part.cells)
        return found


def _linked(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows of each part of the system."""
    leader: dict[Cell, Cell] = {}

    def lead(cell: Cell) -> Cell:
        while leader.setdefault(cell, cell) != cell:
            leader[cell] = leader[leader[cell]]
            cell = leader[cell]
        return cell

    for row in rows:
        first, *others = row.coefficients
        for other in others:
            leader[lead(other)] = lead(first)
    parts: dict[Cell, list[Row]] = {}
    for row in rows:
        parts.setdefault(lead(next(iter(row.coefficients))), []).append(row)
    return list(parts.values())


class _Part:
    """The linear program of hidden cells that are linked."""

    def __init__(
        self, rows: Sequence[Row], counts: Mapping[Cell, int], thresholds: Mapping[Cell, int]
    ) -> None:
        self.cells = frozenset(cell for row in rows for cell in row.coefficients)
        self._rows = rows
        self._cells = sorted(self.cells, key=lambda cell: (cell.edition, cell.name))
        self._place = {cell: place for place, cell in enumerate(self._cells)}
        self._thresholds = thresholds
        start = np.array([float(counts[cell]) for cell in self._cells])
        self._low, self._high = start.copy(), start.copy()  # the truth is always possible

    def weak(self) -> dict[Cell, Bounds]:
        """Cells that are pinned too closely, with their bounds."""
        model = self._modelled()
        found = {}
        for cell in self._cells:
            if cell not in self._thresholds:
                continue
            place = self._place[cell]
            for sense in (highspy.ObjSense.kMaximize, highspy.ObjSense.kMinimize):
                if self._seen(place) < self._thresholds[cell]:
                    self._stretch(model, place, sense)
            if self._seen(place) < self._thresholds[cell] - _CLOSE:
                found[cell] = Bounds(float(self._low[place]), float(self._high[place]))
        return found

    def _seen(self, place: int) -> float:
        return float(self._high[place] - self._low[place])

    def _stretch(self, model: highspy.Highs, place: int, sense: highspy.ObjSense) -> None:
        """As far as this cell goes one way; every solution says something of the other cells too."""
        model.changeColCost(place, 1.0)
        model.changeObjectiveSense(sense)
        model.run()
        values = np.array(model.getSolution().col_value)
        status = model.getModelStatus()
        model.changeColCost(place, 0.0)
        if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            self._high[place] = highspy.kHighsInf
        elif status == highspy.HighsModelStatus.kOptimal:
            self._low = np.minimum(self._low, values)
            self._high = np.maximum(self._high, values)
        else:
            raise ArithmeticError(f"the linear program ended as {status}")

    def _modelled(self) -> highspy.Highs:
        model = highspy.Highs()  # type: ignore[no-untyped-call]
        model.setOptionValue("output_flag", False)
        model.setOptionValue("threads", 1)
        size = len(self._cells)
        model.addVars(size, np.zeros(size), np.full(size, highspy.kHighsInf))
        for row in self._rows:
            places = np.array([self._place[cell] for cell in row.coefficients], dtype=np.int32)
            values = np.array(list(row.coefficients.values()), dtype=np.float64)
            model.addRow(row.low, row.high, len(places), places, values)
        return model
