"""Tables of weighted responses beside those that were counted. Pure.

Responses are counted by cell (see weighting.py), and a weighted table is what the tables of the cells come
to: nothing is counted a second time.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from consult.reports.analysis.intervals import Interval, mean_interval, share_interval
from consult.reports.analysis.weighting import Cell, Weights
from consult.reports.columns import Row
from consult.reports.merging import Asked
from consult.reports.statistics import Statistics
from consult.reports.tables import QuestionTable, question_tables
from consult.reports.tally import Group, GroupsOf, Tally


class CellTallies:
    """Counts responses by cell. ``groups``: for each target which one category a response is in."""

    def __init__(self, asked: Iterable[Asked], groups: Sequence[GroupsOf]) -> None:
        self._asked = tuple(asked)
        self._groups = tuple(groups)
        self.cells: dict[Cell, Tally] = {}

    def add(self, row: Row) -> None:
        cell = self.cell_of(row)
        if cell not in self.cells:
            self.cells[cell] = Tally(self._asked)
        self.cells[cell].add(row)

    def cell_of(self, row: Row) -> Cell:
        return cell_of([groups(row) for groups in self._groups])

    @property
    def sizes(self) -> Mapping[Cell, int]:
        return {cell: tally.responses for cell, tally in self.cells.items()}


def cell_of(found: Sequence[tuple[Group, ...]]) -> Cell:
    """The cell of a response that is in these groups of each target: in the first of them."""
    codes = (groups[0] for groups in found)
    return tuple(code if isinstance(code, str) else None for code in codes)


@dataclass(frozen=True, slots=True)
class WeightedShare:
    """Of one choice. None where nobody answered, or where an interval means nothing."""

    code: str
    share: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class WeightedTable:
    """``plain``: the same responses, each counting once. ``effective``: as many responses as its weighted
    shares are as exact as. ``mean``: of a question of numbers."""

    plain: QuestionTable
    base: float
    effective: float
    lines: tuple[WeightedShare, ...] = ()
    mean: float | None = None
    mean_interval: Interval | None = None


def weighted_tables(whole: Tally, cells: Mapping[Cell, Tally], weights: Weights) -> tuple[WeightedTable, ...]:
    """One for each question of choices or numbers that is asked once of everybody."""
    parts = [(weights.of.get(cell, 1.0), question_tables(tally)) for cell, tally in cells.items()]
    return tuple(
        _weighted(plain, [(weight, tables[place]) for weight, tables in parts])
        for place, plain in enumerate(question_tables(whole))
        if plain.summary in ("choices", "numbers") and not plain.asked.repeats
    )


Part = tuple[float, QuestionTable]


def _weighted(plain: QuestionTable, parts: Sequence[Part]) -> WeightedTable:
    base = math.fsum(weight * part.base for weight, part in parts)
    squares = math.fsum(weight * weight * part.base for weight, part in parts)
    effective = base * base / squares if squares else 0.0
    if plain.summary == "numbers":
        return _weighted_numbers(plain, parts, base, effective)
    if not base:
        return WeightedTable(plain, 0, 0, tuple(WeightedShare(line.code, None, None) for line in plain.lines))
    sums: dict[str, list[float]] = {}
    for weight, part in parts:
        for line in part.lines:
            if line.count:
                sums.setdefault(line.code, []).append(weight * line.count)
    shares = ((line.code, math.fsum(sums.get(line.code, ())) / base) for line in plain.lines)
    lines = tuple(
        WeightedShare(code, share, share_interval(share * effective, effective)) for code, share in shares
    )
    return WeightedTable(plain, base, effective, lines)


def _weighted_numbers(
    plain: QuestionTable, parts: Sequence[Part], base: float, effective: float
) -> WeightedTable:
    found = [(weight, part.statistics) for weight, part in parts if part.statistics is not None]
    size = math.fsum(weight * each.n for weight, each in found)
    if plain.statistics is None or not size:
        return WeightedTable(plain, base, effective)
    mean = math.fsum(weight * each.n * each.mean for weight, each in found) / size
    squares = math.fsum(weight * _squares_around(each, mean) for weight, each in found)
    is_one = effective <= 1
    deviation = None if is_one else math.sqrt(squares / size * effective / (effective - 1))
    statistics = Statistics(plain.statistics.n, mean, deviation, mean, mean, mean, mean, mean)
    interval = mean_interval(statistics, effective)
    return WeightedTable(plain, base, effective, mean=mean, mean_interval=interval)


def _squares_around(of: Statistics, mean: float) -> float:
    return (of.deviation or 0.0) ** 2 * (of.n - 1) + of.n * (of.mean - mean) ** 2
