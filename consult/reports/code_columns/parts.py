"""Responses in parts: those that were selected, by version and by the groups of a breakdown. Pure.

A response is in exactly one part; a part has the groups that its responses are in: none, one, or several
(languages spoken). So whatever is counted is counted once for each part, and a group adds up its parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from consult.reports.breakdowns import Grouping
from consult.reports.code_columns.coding import answer_of
from consult.reports.code_columns.contributions import row_with
from consult.reports.code_columns.holding import Holding
from consult.reports.code_columns.plan import HEADS, Column, column_of
from consult.reports.columns import Row
from consult.reports.merging import Asked
from consult.reports.tally import Combine, Group, every_pair

Places = NDArray[Any]
Mask = NDArray[Any]

SELECTED, OTHERS = "selected", "others"

_MOST_DENSE = 1 << 22
_MOST_COMBINED = 1 << 12
"""Combinations of groups; of more, responses are looked at group by group."""


@dataclass(frozen=True)
class Parts:
    """``versions`` and ``groups`` of each part. By shelf: ``rows`` that were selected (None: all), and
    ``places``, the part of each of these; ``all_places`` of all rows, -1 for those that were not selected."""

    versions: tuple[int, ...]
    groups: tuple[tuple[Group, ...], ...]
    rows: tuple[Places | None, ...]
    places: tuple[Places, ...]
    all_places: tuple[Places, ...] = field(repr=False)

    @property
    def number(self) -> int:
        return len(self.versions)

    @property
    def is_whole(self) -> bool:
        """All responses are in it, and told apart by their version only."""
        return not any(self.groups) and all(rows is None for rows in self.rows)

    def sizes(self) -> Places:
        """How many responses each has."""
        found = np.zeros(self.number, np.int64)
        for places in self.places:
            found += np.bincount(places, minlength=self.number)
        return found


def parts_of(
    holding: Holding,
    groupings: Sequence[Grouping] = (),
    masks: Sequence[Mask] | None = None,
    combine: Combine = every_pair,
    *,
    is_spread: bool = False,
) -> Parts:
    """``masks``: which rows are selected, by shelf; None: all. ``is_spread``: a response may be in several
    parts (then no entries of repeats can be counted), where there would be too many otherwise."""
    versions = _versions(holding)
    tables = [_Table.of(holding, grouping, versions) for grouping in groupings]
    if is_spread and combine is every_pair and (spread := _to_spread(tables)):
        return _spread(holding, tables, spread, versions, masks)
    raw = [_raw(holding, tables, shelf, len(versions)) for shelf in range(holding.shelves)]
    if masks is not None:
        raw = [np.where(mask, places, -1) for mask, places in zip(masks, raw, strict=True)]
    bound = len(versions) * prod(len(table.groups) for table in tables)
    present = _present(raw, bound)
    found = [_decoded(int(each), versions, [table.groups for table in tables]) for each in present]
    numbered: dict[tuple[int, tuple[Group, ...]], int] = {}
    numbers = [
        numbered.setdefault((version, tuple(combine(groups)) if groups else ()), len(numbered))
        for version, groups in found
    ]
    all_places = [_renumbered(places, present, bound, numbers) for places in raw]
    rows = [None if masks is None else np.flatnonzero(places >= 0) for places in all_places]
    return Parts(
        tuple(version for version, _ in numbered),
        tuple(groups for _, groups in numbered),
        tuple(rows),
        tuple(places if row is None else places[row] for places, row in zip(all_places, rows, strict=True)),
        tuple(all_places),
    )


def parts_by_mask(holding: Holding, masks: Sequence[Mask] | None) -> Parts:
    """All rows: those that are selected are the group :data:`SELECTED`, the rest :data:`OTHERS`. ``masks``
    None: all are selected."""
    versions = _versions(holding)
    raw = []
    for shelf in range(holding.shelves):
        version = _raw(holding, (), shelf, len(versions))
        raw.append(2 * version + (1 if masks is None else masks[shelf]))
    bound = 2 * len(versions)
    present = _present(raw, bound)
    places = tuple(_renumbered(each, present, bound) for each in raw)
    return Parts(
        tuple(versions[each >> 1] for each in present.tolist()),
        tuple((SELECTED,) if each & 1 else (OTHERS,) for each in present.tolist()),
        (None,) * holding.shelves,
        places,
        places,
    )


def _to_spread(tables: Sequence[_Table]) -> frozenset[int]:
    """Places of those whose groups are told apart one by one and no longer combination by combination, so
    that there are not too many parts."""
    number = [len(table.groups) for table in tables]
    found: set[int] = set()
    while prod(number) > _MOST_COMBINED:
        place = max(range(len(tables)), key=lambda place: number[place] / len(tables[place].codes))
        if number[place] <= len(tables[place].codes):
            break
        number[place] = len(tables[place].codes)
        found.add(place)
    return frozenset(found)


def _spread(
    holding: Holding,
    tables: Sequence[_Table],
    spread: frozenset[int],
    versions: Sequence[int],
    masks: Sequence[Mask] | None,
) -> Parts:
    """By questions with several answers there are thousands of combinations. A response is looked at once for
    each of its groups, as if these were many responses."""
    members = {place: tables[place].members for place in spread}
    # Those first: then the parts of a group are neighbours, as shares.py likes them.
    order = sorted(range(len(tables)), key=lambda place: place not in spread)
    groups = [
        tuple((code,) for code in tables[place].codes) if place in spread else tables[place].groups
        for place in order
    ]
    rows, raw = [], []
    for shelf in range(holding.shelves):
        version = holding.codes(HEADS["version"], shelf).astype(np.intp) - 1
        row = np.arange(len(version)) if masks is None else np.flatnonzero(masks[shelf])
        found = np.zeros(len(row), np.intp)
        for place, different in zip(order, groups, strict=True):
            own = _groups(holding, tables[place], shelf, len(versions)).take(row)
            if place in spread:
                taken, own = _each(members[place], own)
                row, found = row.take(taken), found.take(taken)
            found *= len(different)
            found += own
        rows.append(row)
        raw.append(found if len(versions) == 1 else found * len(versions) + version.take(row))
    bound = len(versions) * prod(map(len, groups))
    present = _present(raw, bound)
    decoded = [_decoded(int(each), versions, groups) for each in present]
    return Parts(
        tuple(version for version, _ in decoded),
        tuple(every_pair([found[order.index(place)] for place in range(len(order))]) for _, found in decoded),
        tuple(rows),
        tuple(_renumbered(places, present, bound) for places in raw),
        (),
    )


def _each(members: Mask, combinations: Places) -> tuple[Places, Places]:
    """Places of those that have the first of a table's groups, then the second, …; and which group each is.

    Group after group, so that what is counted next to each other lies next to each other.
    """
    taken = [np.flatnonzero(has.take(combinations)) for has in members]
    return np.concatenate(taken), np.repeat(np.arange(len(members)), [len(each) for each in taken])


@dataclass(frozen=True, slots=True)
class _Table:
    """``groups``: different ones of a thing; ``places``: which of them, by code × version."""

    column: Column
    groups: tuple[tuple[Group, ...], ...]
    places: Places

    @classmethod
    def of(cls, holding: Holding, grouping: Grouping, versions: Sequence[int]) -> _Table:
        column = HEADS[grouping.of] if isinstance(grouping.of, str) else column_of(grouping.of)
        numbered: dict[tuple[Group, ...], int] = {}
        places = [
            numbered.setdefault(grouping.groups(row), len(numbered))
            for key in holding.keys(column)
            for row in _rows(holding, grouping.of, key, versions)
        ]
        return cls(column, tuple(numbered), np.array(places, np.intp))

    @property
    def codes(self) -> tuple[Group, ...]:
        """The groups one by one."""
        return tuple(dict.fromkeys(chain.from_iterable(self.groups)))

    @property
    def members(self) -> Mask:
        """Whether each of :attr:`codes` is in each of the different groups."""
        return np.array([[code in groups for groups in self.groups] for code in self.codes])


def _rows(holding: Holding, of: str | Asked, key: bytes, versions: Sequence[int]) -> Iterable[Row]:
    """A response with this answer, to each version."""
    value, _ = answer_of(key)
    for version in versions:
        if isinstance(of, str):
            yield holding.names.row(version, of, value)
        else:
            yield row_with(of, value, version)


def _versions(holding: Holding) -> list[int]:
    return [int(answer_of(key)[0]) for key in holding.keys(HEADS["version"])[1:]]


def _raw(holding: Holding, tables: Sequence[_Table], shelf: int, versions: int) -> Places:
    """By shelf which combination of groups, and version, each row is."""
    version = holding.codes(HEADS["version"], shelf).astype(np.intp) - 1
    raw = np.zeros(len(version), np.intp)
    for table in tables:
        raw *= len(table.groups)
        raw += _groups(holding, table, shelf, versions)
    return raw * versions + version


def _groups(holding: Holding, table: _Table, shelf: int, versions: int) -> Places:
    """Which of the different groups of a thing each row has."""
    version = holding.codes(HEADS["version"], shelf).astype(np.intp) - 1
    places: Places = table.places[holding.codes(table.column, shelf) * np.intp(versions) + version]
    return places


def _present(raw: Sequence[Places], bound: int) -> Places:
    if bound <= _MOST_DENSE:
        seen = np.zeros(bound + 1, bool)
        for places in raw:
            seen[places] = True  # -1 is the last one
        return np.flatnonzero(seen[:bound])
    found = np.unique(np.concatenate([np.unique(places) for places in raw]))
    return found[found >= 0]


def _renumbered(places: Places, present: Places, bound: int, numbers: Sequence[int] | None = None) -> Places:
    """``numbers`` of those that are present; None: in their order."""
    new = np.arange(len(present), dtype=np.int32) if numbers is None else np.array(numbers, np.int32)
    if bound <= _MOST_DENSE or not len(present):
        table = np.full(min(bound, _MOST_DENSE) + 1, -1, np.int32)
        table[present] = new
        return table[places]
    found: Places = np.searchsorted(present, np.maximum(places, 0))
    return np.where(places < 0, np.int32(-1), new[np.minimum(found, len(new) - 1)])


def _decoded(
    raw: int, versions: Sequence[int], groups: Sequence[Sequence[tuple[Group, ...]]]
) -> tuple[int, list[tuple[Group, ...]]]:
    raw, version = divmod(raw, len(versions))
    found = []
    for each in reversed(groups):
        raw, place = divmod(raw, len(each))
        found.append(each[place])
    return versions[version], found[::-1]
