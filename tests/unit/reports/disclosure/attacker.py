"""Somebody who works out hidden counts from shown ones: written apart from the audit, with other tools.

All cells are variables, also those that are shown; these are fixed to what is shown of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from consult.reports.disclosure.cells import Table
from consult.reports.disclosure.protect import Protected

Name = tuple[int, tuple[tuple[str, str], ...]]
Interval = tuple[float, float]


class Attacker:
    """Knows editions, the oldest first; ``slack``: how far a shown count may be from the true one."""

    def __init__(self, editions: Sequence[Protected], *, exact: bool) -> None:
        self._names: dict[Name, int] = {}
        self._fixed: dict[int, Interval] = {}
        self._equal: list[dict[int, float]] = []
        self._grows: list[tuple[int, int]] = []
        for number, edition in enumerate(editions):
            for table in edition.edition.merged.tables:
                self._read(number, table, edition, exact=exact)
        for (number, conditions), place in list(self._names.items()):
            later = self._names.get((number + 1, conditions))
            if later is not None:
                self._grows.append((place, later))

        self._system = self._matrix(self._equal)
        grows = [{earlier: 1.0, later: -1.0} for earlier, later in self._grows]
        self._growth = self._matrix(grows) if grows else None
        self._bounds = [self._fixed.get(each, (0.0, None)) for each in range(len(self._names))]

    def recovered(self, truth: Mapping[Name, int], below: int) -> dict[Name, Interval]:
        """Small counts, not shown, that must lie in an interval narrower than ``below``."""
        found = {}
        for name, place in self._names.items():
            is_harmless = any(category == "" for _, category in name[1])
            if place in self._fixed or is_harmless or not 0 < truth[name] < below:
                continue
            low, high = self._bound(place, 1.0), self._bound(place, -1.0)
            assert low - 1e-6 <= truth[name] <= high + 1e-6
            if high - low < below - 1e-6:
                found[name] = (low, high)
        return found

    def _read(self, number: int, table: Table, edition: Protected, *, exact: bool) -> None:
        first, *rest = table.dimensions
        second = rest[0] if rest else None
        rows = (None, *first.categories)
        columns = (None, *second.categories) if second else (None,)
        place: dict[tuple[str | None, str | None], int] = {}
        for row, column in product(rows, columns):
            conditions = [first.condition(row)] if row is not None else []
            if second and column is not None:
                conditions.append(second.condition(column))
            name = (number, tuple(sorted(conditions)))
            place[row, column] = at = self._names.setdefault(name, len(self._names))
            cell = next(each for each in edition.shown if each.conditions == frozenset(conditions))
            if edition.shown[cell] is not None:
                shown = float(count_of(table, row, column))
                self._fixed[at] = (shown, shown) if exact else around(float(edition.shown[cell] or 0))
        for row in rows:
            if second:
                self._add_up(place[row, None], [place[row, column] for column in second.categories])
        for column in columns:
            self._add_up(place[None, column], [place[row, column] for row in first.categories])

    def _add_up(self, total: int, parts: Sequence[int]) -> None:
        self._equal.append({total: -1.0, **dict.fromkeys(parts, 1.0)})

    def _bound(self, place: int, sign: float) -> float:
        cost = np.zeros(len(self._names))
        cost[place] = sign
        found = linprog(
            cost,
            A_eq=self._system,
            b_eq=np.zeros(len(self._equal)),
            A_ub=self._growth,
            b_ub=None if self._growth is None else np.zeros(len(self._grows)),
            bounds=self._bounds,
            method="highs",
        )
        if found.status == 3:
            return -sign * float("inf")
        assert found.status == 0, found.message
        return float(sign * found.fun)

    def _matrix(self, rows: Sequence[Mapping[int, float]]) -> csr_matrix:
        entries = [(line, place, value) for line, row in enumerate(rows) for place, value in row.items()]
        lines, places, values = zip(*entries, strict=True)
        return csr_matrix((values, (lines, places)), shape=(len(rows), len(self._names)))


def around(shown: float) -> Interval:
    """Whoever knows how counts are rounded knows this of a shown one."""
    return max(0.0, shown - 4), shown + 4


def count_of(table: Table, row: str | None, column: str | None) -> int:
    return sum(
        count
        for codes, count in table.counts.items()
        if row in (None, codes[0]) and (column is None or codes[1] == column)
    )


def truth_of(editions: Sequence[Protected]) -> dict[Name, int]:
    """Every count of every published table."""
    return dict(_truths(editions))


def _truths(editions: Sequence[Protected]) -> Iterator[tuple[Name, int]]:
    for number, edition in enumerate(editions):
        for table in edition.edition.merged.tables:
            for cell, count in table.cells():
                yield (number, tuple(sorted(cell.conditions))), count
