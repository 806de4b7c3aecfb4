"""All shelves of a survey side by side: one numbering of answers over all of them. Pure."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from consult.reports.code_columns.coding import ABSENT, Codes, Piece, Table, answer_of, smallest_type
from consult.reports.code_columns.contributions import Contributions
from consult.reports.code_columns.plan import HEADS, Column, column_of
from consult.reports.columns import Row
from consult.reports.merging import Asked

_NOBODY = uuid.UUID(int=0)


@dataclass(frozen=True, slots=True)
class Names:
    """What identities are called at this moment, by 32 hexadecimal digits. ``sessions``: day and place."""

    collectors: Mapping[str, str] = field(default_factory=dict)
    sessions: Mapping[str, tuple[dt.date, str]] = field(default_factory=dict)

    def row(self, version: int, head: str, value: Any) -> Row:
        """A response of which nothing is known but this."""
        given: dict[str, Any] = {"language": "", "channel": "", "collected_on": None}
        if head in ("language", "channel"):
            given[head] = value
        elif head == "day":
            given["collected_on"] = dt.date.fromisoformat(value) if value else None
        elif head == "collector":
            given["collector"] = self.collectors.get(value)
        elif head == "session" and value in self.sessions:
            given["session_on"], given["session_place"] = self.sessions[value]
        return Row(_NOBODY, version, **given)


class Holding:
    """Looks at pieces, one a shelf, and never changes. ``corrections``: how many the responses have had."""

    def __init__(self, pieces: Sequence[Piece], names: Names, corrections: int = 0) -> None:
        self.pieces = tuple(pieces)
        self.names = names
        self.corrections = corrections
        self._columns: dict[Column, tuple[list[bytes], list[Codes]]] = {}
        self._contributions: dict[tuple[Column, str, bool], Contributions] = {}
        self._sizes: dict[str, dict[str, int]] = {}
        self.kept: dict[Hashable, Any] = {}
        """What has been counted over all responses: it stays true as long as these are the pieces."""

    def with_names(self, names: Names) -> Holding:
        """The same responses."""
        other = Holding(self.pieces, names, self.corrections)
        other._columns, other._contributions = self._columns, self._contributions
        other._sizes, other.kept = self._sizes, self.kept
        return other

    def contributions(self, asked: Asked) -> Contributions:
        """What each answer to a question adds to its tally."""
        column = column_of(asked)
        key = column, asked.question.kind, asked.question.has_other
        if key not in self._contributions:
            self._contributions[key] = Contributions(asked, self.keys(column))
        return self._contributions[key]

    @property
    def shelves(self) -> int:
        return len(self.pieces)

    @property
    def responses(self) -> int:
        return sum(sum(piece.counts) for piece in self.pieces)

    def sizes(self, head: str) -> dict[str, int]:
        """How many responses of each language, channel, collector, session, day; the largest first."""
        if head not in self._sizes:
            self._sizes[head] = self._counted_sizes(head)
        return self._sizes[head]

    def _counted_sizes(self, head: str) -> dict[str, int]:
        keys = self.keys(HEADS[head])
        found = np.zeros(len(keys), np.int64)
        for shelf in range(self.shelves):
            found += np.bincount(self.codes(HEADS[head], shelf), minlength=len(keys))
        sizes = {answer_of(key)[0]: number for key, number in zip(keys[1:], found[1:].tolist(), strict=True)}
        return dict(sorted(sizes.items(), key=lambda item: -item[1]))

    def table(self, path: tuple[str, ...], shelf: int) -> Table | None:
        return self.pieces[shelf].tables.get(path)

    def keys(self, column: Column) -> Sequence[bytes]:
        """Answers by their code on all shelves."""
        return self._column(column)[0]

    def codes(self, column: Column, shelf: int) -> Codes:
        return self._column(column)[1][shelf]

    def _column(self, column: Column) -> tuple[list[bytes], list[Codes]]:
        if column not in self._columns:
            self._columns[column] = self._numbered(column)
        return self._columns[column]

    def _numbered(self, column: Column) -> tuple[list[bytes], list[Codes]]:
        tables = [piece.tables.get(column.path) for piece in self.pieces]
        codings = [table.columns.get(column) if table else None for table in tables]
        used = {key for coding in codings if coding for key in coding.keys} - {ABSENT}
        keys = [ABSENT, *sorted(used)]
        places = {key: place for place, key in enumerate(keys)}
        codes: list[Codes] = []
        for table, coding in zip(tables, codings, strict=True):
            if coding is None:
                codes.append(np.zeros(table.length if table else 0, np.uint8))
            elif coding.keys == keys:
                codes.append(coding.codes)  # most often: every shelf has every answer
            else:
                lookup = np.array([places[key] for key in coding.keys], smallest_type(len(keys)))
                codes.append(lookup[coding.codes])
        return keys, codes
