"""What an attacker can work out of a hidden cell: bounds by linear programs over everything that is shown.

The attacker knows every shown count exactly (in truth it is rounded, which is more protection), that counts
are not negative, how cells add up, and that nobody leaves between two editions. A hidden cell is safe when
the interval in which it must lie is at least as wide as its threshold.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
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
    for cell in counts:
        earlier = next(
            (
                found
                for edition in range(cell.edition + 1, cell.edition + 20)
                if (found := Cell(cell.conditions, edition)) in counts
            ),
            None,
        )
        if earlier is not None:
            yield cell, earlier


class Audit:
    """Bounds of all ``hidden`` cells. ``thresholds``: how wide each must be; wider ones are not measured."""

    def __init__(
        self,
        equations: Iterable[Equation],
        counts: Mapping[Cell, int],
        hidden: Collection[Cell],
        thresholds: Mapping[Cell, int],
    ) -> None:
        self._cells = sorted(hidden, key=lambda cell: (cell.edition, cell.name))
        self._place = {cell: place for place, cell in enumerate(self._cells)}
        self._thresholds = thresholds
        start = np.array([float(counts[cell]) for cell in self._cells])
        self._low, self._high = start.copy(), start.copy()  # the truth is always possible
        self._model = self._modelled(list(rows_of(equations, counts, set(hidden))))

    def weak(self) -> dict[Cell, Bounds]:
        """Cells that are pinned too closely, with their bounds."""
        found = {}
        for cell in self._cells:
            place = self._place[cell]
            for sense in (highspy.ObjSense.kMaximize, highspy.ObjSense.kMinimize):
                if self._seen(place) < self._thresholds[cell]:
                    self._stretch(place, sense)
            if self._seen(place) < self._thresholds[cell] - _CLOSE:
                found[cell] = Bounds(float(self._low[place]), float(self._high[place]))
        return found

    def _seen(self, place: int) -> float:
        return float(self._high[place] - self._low[place])

    def _stretch(self, place: int, sense: highspy.ObjSense) -> None:
        """As far as this cell goes one way; every solution says something of the other cells too."""
        model = self._model
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

    def _modelled(self, rows: list[Row]) -> highspy.Highs:
        model = highspy.Highs()  # type: ignore[no-untyped-call]
        model.setOptionValue("output_flag", False)
        model.setOptionValue("threads", 1)
        size = len(self._cells)
        model.addVars(size, np.zeros(size), np.full(size, highspy.kHighsInf))
        for row in rows:
            places = np.array([self._place[cell] for cell in row.coefficients], dtype=np.int32)
            values = np.array(list(row.coefficients.values()), dtype=np.float64)
            model.addRow(row.low, row.high, len(places), places, values)
        return model
