"""Pieces put together and taken apart. What comes out depends on what is in it, not on how it came together.

Pure. Answers are numbered anew in the order of their keys each time, and those that nobody gives any more are
dropped: a shelf that was folded a hundred times is, byte by byte, the one that is folded at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

import numpy as np

from consult.reports.code_columns.coding import ABSENT, NO_PARENTS, Codes, Coding, Piece, Table, smallest_type
from consult.reports.code_columns.plan import Column


def part_of(piece: Piece, first: int, last: int) -> Piece:
    """The ranges from ``first`` up to ``last``, without it. Looks at the same memory."""
    ends = [0, *accumulate(piece.counts)]
    low, high = ends[first], ends[last]
    tables = {}
    for path, table in piece.tables.items():
        if path:
            begin, end = (int(np.searchsorted(table.parents, place)) for place in (low, high))
            parents = table.parents[begin:end] - np.uint32(low)
        else:
            begin, end, parents = low, high, NO_PARENTS
        columns = {
            column: Coding(coding.codes[begin:end], coding.keys) for column, coding in table.columns.items()
        }
        tables[path] = Table(end - begin, parents, columns)
    return Piece(piece.counts[first:last], tables)


def joined(pieces: Sequence[Piece]) -> Piece:
    """All of them, one after the other."""
    counts = tuple(count for piece in pieces for count in piece.counts)
    paths = sorted({path for piece in pieces for path in piece.tables})
    return Piece(counts, {path: _joined_table(path, pieces) for path in paths})


def _joined_table(path: tuple[str, ...], pieces: Sequence[Piece]) -> Table:
    tables = [piece.tables.get(path) or Table(0, NO_PARENTS, {}) for piece in pieces]
    starts = [0, *accumulate(sum(piece.counts) for piece in pieces)]
    parents = [
        table.parents + np.uint32(start) for table, start in zip(tables, starts[:-1], strict=True)
    ]  # of the responses themselves: nothing
    columns = sorted({column for table in tables for column in table.columns})
    codings = {column: _joined_coding(column, tables) for column in columns}
    return Table(
        sum(table.length for table in tables),
        np.concatenate([NO_PARENTS, *parents]),
        {column: coding for column, coding in codings.items() if len(coding.keys) > 1},
    )


def _joined_coding(column: Column, tables: Sequence[Table]) -> Coding:
    parts = [
        table.columns.get(column) or Coding(np.zeros(table.length, np.uint8), [ABSENT]) for table in tables
    ]
    used = {key for part in parts for key in _used(part)} - {ABSENT}
    keys = [ABSENT, *sorted(used)]
    places = {key: place for place, key in enumerate(keys)}
    tables_of: dict[int, Codes] = {}
    for part in parts:
        if id(part.keys) not in tables_of:
            tables_of[id(part.keys)] = np.array(
                [places.get(key, 0) for key in part.keys], smallest_type(len(keys))
            )
    codes = [tables_of[id(part.keys)][part.codes] for part in parts]
    return Coding(np.concatenate(codes) if codes else np.zeros(0, np.uint8), keys)


def _used(coding: Coding) -> Iterable[bytes]:
    counts = np.bincount(coding.codes, minlength=len(coding.keys))
    return (key for key, count in zip(coding.keys, counts.tolist(), strict=True) if count)


def spliced(old: Piece, fresh: Mapping[int, Piece]) -> Piece:
    """``old`` with some of its ranges replaced. ``fresh``: by the place of the first range of each."""
    parts: list[Piece] = []
    start = 0
    for place in sorted(fresh):
        if start < place:
            parts.append(part_of(old, start, place))
        parts.append(fresh[place])
        start = place + len(fresh[place].counts)
    if start < len(old.counts):
        parts.append(part_of(old, start, len(old.counts)))
    return joined(parts)
