"""Tallies of arrays: the same as :mod:`consult.reports.tally` counts in a pass over the responses. Pure.

    whole, groups = Counting(holding, asked, parts_of(holding, groupings, masks)).counted()

Each column is counted once for all parts (``bincount`` of part × answer); everything else is adding up. So a
breakdown by thirty groups hardly costs more than one by two.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from consult.reports.code_columns.coding import Codes, answer_of
from consult.reports.code_columns.holding import Holding
from consult.reports.code_columns.parts import Parts
from consult.reports.code_columns.plan import HEADS, Column, column_of
from consult.reports.merging import Asked
from consult.reports.tally import Group, QuestionTally, Tally

Sums = NDArray[Any]

_MOST_DENSE = 1 << 22
"""Counts of parts × answers that are kept all at once; of more, those that are not 0."""


@dataclass(frozen=True, slots=True)
class _Shares:
    """Which parts a group adds up, and how often each counts: ``parts`` and ``times``, group after group;
    ``starts`` of each group there. Few parts belong to many groups, so no table of both is made."""

    number: int
    parts: Sums
    times: Sums
    starts: Sums

    @classmethod
    def of_groups(cls, parts: Parts, places: Mapping[Group, int]) -> _Shares:
        """The first row is the whole; every group has its place behind it."""
        found = [(0, part, 1) for part in range(parts.number)]
        for part, groups in enumerate(parts.groups):
            found += [(places[group], part, times) for group, times in Counter(groups).items()]
        rows, of, times = np.array(sorted(found), np.int64).reshape(-1, 3).T
        return cls(parts.number, of, times.astype(np.float64), np.flatnonzero(np.diff(rows, prepend=-1)))

    def within(self, is_asking: Sums) -> _Shares:
        """Of some parts only."""
        return self if is_asking.all() else replace(self, times=self.times * is_asking[self.parts])

    def once(self) -> _Shares:
        return replace(self, times=np.minimum(self.times, 1))

    def of(self, sums: Sums) -> Sums:
        """A row for each group. ``sums``: one row, or one number, a part."""
        if not self.number:
            return np.zeros((1, *sums.shape[1:]))
        if sums.ndim > 1 and len(self.parts) > _MANY_TIMES * self.number:
            product: Sums = np.array(list(self.rows())) @ sums
            return product
        times = self.times if sums.ndim == 1 else self.times[:, None]
        added: Sums = np.add.reduceat(sums[self.parts] * times, self.starts, axis=0)
        return added

    def rows(self) -> Iterator[Sums]:
        """How often each part counts, group after group."""
        for start, end in zip(self.starts, [*self.starts[1:], len(self.parts)], strict=True):
            row = np.zeros(self.number)
            row[self.parts[start:end]] = self.times[start:end]
            yield row


@dataclass(frozen=True, slots=True)
class _Counted:
    """How often each answer occurs in each part, and how many responses of each part answered."""

    number: int
    dense: Sums | None
    sparse: tuple[Sums, Sums, Sums]
    behind: Sums

    def of(self, shares: _Shares) -> Sums:
        """Counts of all answers: a row for each of ``shares``."""
        if self.dense is not None:
            return shares.of(self.dense)
        parts, answers, counts = self.sparse
        rows = [np.bincount(answers, counts * share[parts], self.number) for share in shares.rows()]
        return np.array(rows)


class Counting:
    """Of the selected responses; ``asked``: the questions that are counted."""

    def __init__(self, holding: Holding, asked: Sequence[Asked], parts: Parts) -> None:
        self._holding = holding
        self._asked = tuple(asked)
        self._parts = parts
        self._sizes = parts.sizes()
        self._columns: dict[Column, _Counted] = {}
        self._entries: dict[tuple[str, ...], Sums] = {}
        self._versions = np.array(parts.versions, np.int64)

    def counted(self) -> tuple[Tally, dict[Group, Tally]]:
        """Over all selected responses, and over those of each group that there is."""
        places: dict[Group, int] = {}
        for groups in self._parts.groups:
            for group in groups:
                places.setdefault(group, 1 + len(places))
        shares = _Shares.of_groups(self._parts, places)
        whole, *rest = self._tallies(shares, 1 + len(places))
        return whole, dict(zip(places, rest, strict=True))

    def _within(self, versions: frozenset[int], shares: _Shares) -> _Shares:
        return shares.within(np.isin(self._versions, list(versions)))

    def _tallies(self, shares: _Shares, number: int) -> list[Tally]:
        tallies = [Tally(self._asked) for _ in range(number)]
        for tally, responses in zip(tallies, shares.of(self._sizes).tolist(), strict=True):
            tally.responses = int(responses)
        self._fill_heads(tallies, shares)
        for repeat in tallies[0].entries:
            entries = self._within(repeat.versions, shares).of(self._entries_of(repeat.path))
            for tally, number in zip(tallies, entries.tolist(), strict=True):
                tally.entries[repeat] = int(number)
        for place, asked in enumerate(self._asked):
            self._fill(
                asked, [tally.questions[place] for tally in tallies], self._within(asked.versions, shares)
            )
        return tallies

    def _fill(self, asked: Asked, tallies: Sequence[QuestionTally], shares: _Shares) -> None:
        path = asked.path
        sizes = shares.of(self._entries_of(path) if path else self._sizes)
        counted = self._counted(column_of(asked))
        self._holding.contributions(asked).fill(tallies, counted.of(shares))
        # Somebody who is in a group twice is one person there, whose entries are then counted twice.
        behind = shares.once().of(counted.behind)
        for tally, size, people in zip(tallies, sizes.tolist(), behind.tolist(), strict=True):
            tally.asked, tally.behind = int(size), int(people) if path else tally.answered

    def _fill_heads(self, tallies: Sequence[Tally], shares: _Shares) -> None:
        row = self._holding.names.row
        say: dict[str, Callable[[Any], Any]] = {
            "language": lambda value: value,
            "channel": lambda value: value,
            "version": int,
            "collector": lambda value: row(0, "collector", value).collector,
            "session": lambda value: row(0, "session", value).session,
            "day": lambda value: value,
        }
        found = {head: self._heads(head, said, shares) for head, said in say.items()}
        for place, tally in enumerate(tallies):
            tally.languages, tally.channels = found["language"][place], found["channel"][place]
            tally.collectors, tally.sessions = found["collector"][place], found["session"][place]
            tally.versions = found["version"][place]
            days = found["day"][place]
            for day, count in days.items():
                tally.months[day[:7]] += count
            if days:
                tally.first_on, tally.last_on = map(dt.date.fromisoformat, (min(days), max(days)))

    def _heads(self, head: str, said: Callable[[Any], Any], shares: _Shares) -> list[Counter[Any]]:
        names = [
            said(answer_of(key)[0]) if place or head in _MAY_LACK else None
            for place, key in enumerate(self._holding.keys(HEADS[head]))
        ]
        counters = []
        for row in self._counted(HEADS[head]).of(shares):
            counter = Counter[Any]()
            for place in np.flatnonzero(row).tolist():
                counter[names[place]] += int(row[place])
            counters.append(counter)
        return counters

    def _counted(self, column: Column) -> _Counted:
        if column not in self._columns:
            self._columns[column] = self._count(column)
        return self._columns[column]

    def _count(self, column: Column) -> _Counted:
        parts, number = self._parts.number, len(self._holding.keys(column))
        is_dense = parts * number <= _MOST_DENSE
        dense = np.zeros(parts * number, np.int64)[: parts * number if is_dense else 0]
        behind = np.zeros(parts, np.int64)
        found: list[tuple[Sums, Sums]] = []
        for shelf in range(self._holding.shelves):
            codes, places = self._rows(column, shelf)
            keys = places * number
            keys += codes
            if is_dense:
                dense += np.bincount(keys, minlength=len(dense))
            else:
                found.append(np.unique(keys, return_counts=True))
            if column.path:
                behind += self._behind(column, shelf)
        if is_dense:
            return _Counted(number, dense.reshape(parts, number).astype(np.float64), _NOTHING, behind)
        keys, counts = (np.concatenate([each[place] for each in found]) for place in (0, 1))
        return _Counted(number, None, (*np.divmod(keys, number), counts), behind)

    def _rows(self, column: Column, shelf: int) -> tuple[Codes, Sums]:
        """Selected rows: their answers and parts."""
        codes = self._holding.codes(column, shelf)
        if not column.path:
            rows = self._parts.rows[shelf]
            return (codes if rows is None else codes[rows]), self._parts.places[shelf]
        table = self._holding.table(column.path, shelf)
        places = _NO_ROWS if table is None else self._parts.all_places[shelf][table.parents]
        is_selected = places >= 0
        return codes[is_selected], places[is_selected]

    def _behind(self, column: Column, shelf: int) -> Sums:
        """Responses of each part of which at least one entry has an answer."""
        table = self._holding.table(column.path, shelf)
        places = self._parts.all_places[shelf]
        is_behind = np.zeros(len(places), bool)
        if table is not None:
            is_behind[table.parents[self._holding.codes(column, shelf) > 0]] = True
        return np.bincount(places[is_behind & (places >= 0)], minlength=self._parts.number)

    def _entries_of(self, path: tuple[str, ...]) -> Sums:
        """Entries of a repeat in each part."""
        if path not in self._entries:
            found = np.zeros(self._parts.number, np.int64)
            for shelf in range(self._holding.shelves):
                table = self._holding.table(path, shelf)
                if table is not None:
                    places = self._parts.all_places[shelf][table.parents]
                    found += np.bincount(places[places >= 0], minlength=self._parts.number)
            self._entries[path] = found
        return self._entries[path]


_MANY_TIMES = 3
"""Groups of a part from which on a table of groups × parts is quicker than looking up parts one by one."""

_MAY_LACK = ("collector", "session")

_NO_ROWS: Sums = np.zeros(0, np.intp)
_NOTHING = _NO_ROWS, _NO_ROWS, _NO_ROWS
