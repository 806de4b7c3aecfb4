"""How often each answer occurs in each part, for many columns at once. Pure.

Counting a column takes time for each row, however few answers it has. So columns of few answers are put
together: one number a row says what stands in all of them, it is counted once (``bincount`` of part ×
number), and adding up gives each of them. Where there are two processors, two such counts go on at the same
time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from consult.reports.code_columns.coding import Codes, smallest_type
from consult.reports.code_columns.holding import Holding
from consult.reports.code_columns.parts import Parts

Sums = NDArray[Any]

_MOST_DENSE = 1 << 22
"""Counts of parts × answers that are kept all at once; of more, those that are not 0."""

_FEW_TOGETHER = 1 << 12
_ROWS_A_COUNT = 16
"""Columns are put together up to so many counts, and up to one for so many rows: every one has to be made and
added up again."""

_MOST_TOGETHER = 1 << 16

_ROWS_A_SUM = 2
"""Rows that are counted at a time, for each count that has to be made."""

_WORTH_A_THREAD = 100_000
"""Rows."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Of one column: ``number`` different ones; ``codes`` by shelf, each below it. ``is_reduced``: fewer are
    told apart than there are."""

    number: int
    codes: Callable[[int], Codes]
    is_reduced: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """``dense``: parts × answers; where these would be too many, ``sparse``: part, answer and count of those
    that there are."""

    parts: int
    number: int
    dense: Sums | None
    sparse: tuple[Sums, Sums, Sums]

    def by_part(self, of_answers: Sums) -> Sums:
        """Each answer counting as much as ``of_answers`` says, in each part."""
        if self.dense is not None:
            found: Sums = self.dense @ of_answers
            return found
        parts, answers, counts = self.sparse
        return np.bincount(parts, counts * of_answers[answers], self.parts)


@dataclass(frozen=True, slots=True)
class Rows:
    """Responses, or entries of a repeat, that were selected. By shelf: ``taken``, which rows (None: all), and
    ``places``, the part of each of these."""

    taken: tuple[Sums | None, ...]
    places: tuple[Sums, ...]

    @property
    def number(self) -> int:
        return sum(map(len, self.places))


def rows_of(holding: Holding, parts: Parts, path: tuple[str, ...]) -> Rows:
    """``path``: keys of the repeats around it; () for the responses themselves."""
    if not path:
        return Rows(parts.rows, parts.places)
    taken, found = [], []
    for shelf, of_responses in enumerate(parts.all_places):
        table = holding.table(path, shelf)
        places = NO_ROWS if table is None else of_responses[table.parents]
        rows = np.flatnonzero(places >= 0)
        taken.append(rows)
        found.append(places[rows])
    return Rows(tuple(taken), tuple(found))


def count_all(columns: Sequence[Answers], rows: Rows, parts: int) -> list[Counted]:
    """In the order of ``columns``."""
    found: dict[int, Counted] = {}
    work = [
        partial(_count_together, columns, places, rows, parts) for places in _together(columns, rows, parts)
    ]
    for counted in _done(work, rows.number):
        found |= counted
    return [found[place] for place in range(len(columns))]


def _together(columns: Sequence[Answers], rows: Rows, parts: int) -> list[list[int]]:
    """Places of columns that are counted as one: the largest first, each with the first that it fits with."""
    most = min(_MOST_TOGETHER, max(_FEW_TOGETHER, rows.number // _ROWS_A_COUNT) // max(parts, 1))
    found: list[tuple[int, list[int]]] = []
    for place in sorted(range(len(columns)), key=lambda place: -columns[place].number):
        number = columns[place].number
        fitting = (each for each, (size, _) in enumerate(found) if size * number <= most)
        each = next(fitting, None)
        if each is None:
            found.append((number, [place]))
        else:
            size, places = found[each]
            found[each] = size * number, [*places, place]
    return [places for _, places in found]


def _done(work: Sequence[Callable[[], dict[int, Counted]]], rows: int) -> Iterator[dict[int, Counted]]:
    if rows < _WORTH_A_THREAD or len(work) < 2 or _processors() < 2:
        return (each() for each in work)
    return _threads(os.getpid()).map(lambda each: each(), work)


def _processors() -> int:
    """That this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cache
def _threads(_process: int) -> ThreadPoolExecutor:
    """Of this process: a process that began as a copy of another one has none of its threads."""
    return ThreadPoolExecutor(2, "counting")


def _count_together(
    columns: Sequence[Answers], places: Sequence[int], rows: Rows, parts: int
) -> dict[int, Counted]:
    numbers = [columns[place].number for place in places]
    together = prod(numbers)
    if parts * together > _MOST_DENSE:
        (place,) = places
        return {place: _sparse(columns[place], rows, parts)}
    own = [columns[place] for place in places]
    keys = (
        _keys(_codes(own, rows, shelf, together), of_rows, together, parts)
        for shelf, of_rows in enumerate(rows.places)
    )
    shaped = _sums(keys, parts * together).reshape(parts, *numbers)
    axes = range(1, 1 + len(places))
    return {
        place: _dense(shaped.sum(axis=tuple(each for each in axes if each != axis)))
        for axis, place in zip(axes, places, strict=True)
    }


def _sums(keys: Iterable[Sums], number: int) -> Sums:
    """How often each of ``number`` keys occurs: of so many rows at a time that adding up costs less."""
    sums = np.zeros(number, np.int64)
    waiting: list[Sums] = []
    for of_shelf in keys:
        waiting.append(of_shelf)
        if sum(map(len, waiting)) >= _ROWS_A_SUM * number:
            sums += np.bincount(np.concatenate(waiting), minlength=number)
            waiting = []
    return sums + np.bincount(np.concatenate(waiting), minlength=number) if waiting else sums


def _dense(sums: Sums) -> Counted:
    parts, number = sums.shape
    return Counted(parts, number, sums.astype(np.float64), _NOTHING)


def _sparse(column: Answers, rows: Rows, parts: int) -> Counted:
    found = []
    for shelf, places in enumerate(rows.places):
        codes = _codes([column], rows, shelf, column.number)
        found.append(np.unique(_keys(codes, places, column.number, parts), return_counts=True))
    keys, counts = (np.concatenate([each[place] for each in found]) for place in (0, 1))
    return Counted(parts, column.number, None, (*np.divmod(keys, column.number), counts))


def _codes(columns: Sequence[Answers], rows: Rows, shelf: int, together: int) -> Codes:
    first, *others = columns
    codes = first.codes(shelf)
    if others:
        codes = codes.astype(smallest_type(together))
        for column in others:
            codes *= column.number
            codes += column.codes(shelf)
    taken = rows.taken[shelf]
    return codes if taken is None else codes.take(taken)


def _keys(codes: Codes, places: Sums, together: int, parts: int) -> Sums:
    if parts == 1:
        return codes.astype(np.intp)
    wide = np.int32 if parts * together <= _MOST_DENSE else np.int64
    keys: Sums = places * wide(together)
    keys += codes
    return keys


NO_ROWS: Sums = np.zeros(0, np.int32)
_NOTHING = NO_ROWS, NO_ROWS, NO_ROWS
