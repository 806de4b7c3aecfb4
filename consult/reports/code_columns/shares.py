"""Which parts a group of a breakdown adds up. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from consult.reports.code_columns.joints import Counted, Sums
from consult.reports.code_columns.parts import Parts
from consult.reports.tally import Group


@dataclass(frozen=True, slots=True)
class _Block:
    """Some ``rows``, and how often each adds up the parts from ``first`` up to ``end``."""

    rows: Sequence[int]
    first: int
    end: int
    table: Sums


@dataclass(frozen=True)
class Shares:
    """``number`` of parts. Row after row, which ``parts`` it adds up, and how often each counts (``times``);
    ``starts`` of each row there. Few parts belong to many groups, so often no table of both is made."""

    number: int
    parts: Sums
    times: Sums
    starts: Sums

    @property
    def rows(self) -> int:
        return len(self.starts)

    def within(self, is_asking: Sums) -> Shares:
        """Of some parts only."""
        return self if is_asking.all() else replace(self, times=self.times * is_asking[self.parts])

    def once(self) -> Shares:
        return replace(self, times=np.minimum(self.times, 1))

    def of(self, sums: Sums) -> Sums:
        """A row for each. ``sums``: one row, or one number, a part."""
        if not len(self.parts):
            return np.zeros((self.rows, *sums.shape[1:]))
        if sums.ndim > 1 and self._is_close:
            product = np.zeros((self.rows, *sums.shape[1:]))
            for block in self._blocks:
                product[block.rows] = block.table @ sums[block.first : block.end]
            return product
        times = self.times if sums.ndim == 1 else self.times[:, None]
        added: Sums = np.add.reduceat(sums[self.parts] * times, self.starts, axis=0)
        return added

    def of_answers(self, counted: Counted) -> Sums:
        """Counts of all answers."""
        if counted.dense is not None:
            return self.of(counted.dense)
        parts, answers, counts = counted.sparse
        return np.array(
            [np.bincount(answers, counts * row[parts], counted.number) for row in self._each()]
        ).reshape(self.rows, counted.number)

    def highest(self, places: Sums) -> Sums:
        """The highest number of the parts of each row; 0 where there is none. ``places``: one a part."""
        if not len(self.parts):
            return np.zeros(self.rows, places.dtype)
        found: Sums = np.maximum.reduceat(np.where(self.times > 0, places[self.parts], 0), self.starts)
        return found

    @cached_property
    def _is_close(self) -> bool:
        """Whether tables have little in them but what is added up."""
        room = sum(len(rows) * (end - first) for first, end, rows in self._spans)
        return room < _MOST_ROOM * len(self.parts)

    @cached_property
    def _spans(self) -> list[tuple[int, int, list[int]]]:
        """Rows that add up parts of the same neighbourhood, and its first part and its end."""
        ends = [*self.starts[1:], len(self.parts)]
        own = [self.parts[first:end] for first, end in zip(self.starts, ends, strict=True)]
        spans = [(int(parts.min()), int(parts.max()) + 1, row) for row, parts in enumerate(own)]
        found: list[tuple[int, int, list[int]]] = []
        for first, end, row in sorted(spans):
            if found and first < found[-1][1]:
                before, until, rows = found[-1]
                found[-1] = before, max(until, end), [*rows, row]
            else:
                found.append((first, end, [row]))
        return found

    @cached_property
    def _blocks(self) -> Sequence[_Block]:
        table = np.array(list(self._each()))
        return [_Block(rows, first, end, table[rows, first:end]) for first, end, rows in self._spans]

    def _each(self) -> Iterator[Sums]:
        """How often each part counts, row after row."""
        for start, end in zip(self.starts, [*self.starts[1:], len(self.parts)], strict=True):
            row = np.zeros(self.number)
            row[self.parts[start:end]] = self.times[start:end]
            yield row


class Members:
    """The parts of each group."""

    def __init__(self, parts: Parts) -> None:
        self._number = parts.number
        self._of: dict[Group, tuple[list[int], list[int]]] = {}
        for part, groups in enumerate(parts.groups):
            counted = Counter(groups) if len(set(groups)) < len(groups) else dict.fromkeys(groups, 1)
            for group, times in counted.items():
                own, often = self._of.setdefault(group, ([], []))
                own.append(part)
                often.append(times)

    @property
    def groups(self) -> Sequence[Group]:
        """All of them, in the order of their first parts."""
        return tuple(self._of)

    def whole(self) -> Shares:
        """One row: all parts."""
        return Shares(self._number, np.arange(self._number), np.ones(self._number), np.zeros(1, np.intp))

    def of_each(self, groups: Sequence[Group]) -> Shares:
        """A row for each of ``groups``."""
        found = [self._of[group] for group in groups]
        parts = np.array([part for own, _ in found for part in own], np.intp)
        times = np.array([each for _, often in found for each in often], np.float64)
        ends = np.cumsum([len(own) for own, _ in found], dtype=np.intp)
        return Shares(self._number, parts, times, np.concatenate([np.zeros(1, np.intp), ends])[: len(found)])


_MOST_ROOM = 8
"""Places in a table, for each that is not 0, up to which it is quicker than looking up one by one."""
