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
Route = tuple[str, str, frozenset[str]]
"""A follow-up, the question before it, and the answers to that after which it is asked."""


class Attacker:
    """Knows editions, the oldest first, and from the form who was asked what (``routes``). ``exact``: knows
    shown counts as they are, not only as they were rounded."""

    def __init__(self, editions: Sequence[Protected], *, exact: bool, routes: Sequence[Route] = ()) -> None:
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
        at_most = [{earlier: 1.0, later: -1.0} for earlier, later in self._grows]
        at_most += [row for route in routes for row in self._not_asked(*route)]
        self._at_most = self._matrix(at_most) if at_most else None
        self._rows_at_most = len(at_most)
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

    def growth(self, earlier: Name, later: Name) -> Interval:
        """In which interval lies how many there are more in a cell of the later edition."""
        found = {self._names[later]: 1.0, self._names[earlier]: -1.0}
        return self._bounded(found, 1.0), self._bounded(found, -1.0)

    def _not_asked(self, of: str, before: str, asked_after: frozenset[str]) -> Iterator[dict[int, float]]:
        """Of everybody and of each group: those who were not asked are among those who did not answer."""
        for (number, conditions), silent in list(self._names.items()):
            if (of, "") not in conditions:
                continue
            among = [each for each in conditions if each != (of, "")]
            others = [
                place
                for (edition, found), place in self._names.items()
                if edition == number
                and any(_is_other(each, before, asked_after) for each in found)
                and sorted(each for each in found if each[0] != before) == among
            ]
            yield {silent: -1.0, **dict.fromkeys(others, 1.0)}

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
        return self._bounded({place: 1.0}, sign)

    def _bounded(self, of: Mapping[int, float], sign: float) -> float:
        """The least (``sign`` 1) or the greatest (-1) value of a sum of cells."""
        cost = np.zeros(len(self._names))
        for place, times in of.items():
            cost[place] = sign * times
        found = linprog(
            cost,
            A_eq=self._system,
            b_eq=np.zeros(len(self._equal)),
            A_ub=self._at_most,
            b_ub=np.zeros(self._rows_at_most) if self._rows_at_most else None,
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


def _is_other(condition: tuple[str, str], before: str, asked_after: frozenset[str]) -> bool:
    """Whether nobody of these people was asked."""
    return condition[0] == before and asked_after.isdisjoint(condition[1].split("+"))


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
