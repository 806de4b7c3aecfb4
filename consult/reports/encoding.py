"""Many rows of the same columns as XML. What repeats is worked out and written once: the label of a choice, 0
and 1 for each choice of a list, numbers and days. Pure.

Neighbouring columns that the same answer decides are one group: a list of twenty choices is looked up once,
not twenty times. Measured (docs/performance.md): finding the label in the language asked for costs more than
writing it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from openpyxl.utils import get_column_letter

from consult.questions.kind import Cell, ColumnType
from consult.reports.cells import LONGEST_TEXT, content_xml, fits, pieces
from consult.reports.columns import ReportColumn, Row

_MOST_KEPT = 16_000_000
"""Characters that are kept of all groups together; then they start anew."""

_ROUGHLY = 100
"""What keeping something takes besides its characters."""

_OWN_WORDS: frozenset[ColumnType] = frozenset(("text", "any"))
"""Columns of which hardly two cells are equal."""

_ROW = "\0"
"""Stands for the number of the row in what is kept; no cell can hold it."""


class _Place(NamedTuple):
    """A column in a row. ``opening``: what its cells begin with."""

    column: ReportColumn
    opening: str
    style: int


class _Group(NamedTuple):
    """Columns that are decided together: by the answer ``of``, or by what ``known_by`` reads of a row.

    ``kept``: their cells by what decides them; None where hardly two rows are equal. ``given``: the only
    column, where a text that was answered is its cell.
    """

    of: str | None
    known_by: Callable[[Row], Any] | None
    kept: dict[Any, str] | None
    places: tuple[_Place, ...]
    given: _Place | None = None


class RowEncoder:
    """``styles``: of each column, as openpyxl numbered them. ``pointer`` stands at the end of a text that is
    too long for a cell."""

    def __init__(self, columns: Sequence[ReportColumn], styles: Sequence[int], pointer: str) -> None:
        self._pointer = pointer
        self._places = [
            _Place(column, f'<c r="{get_column_letter(number)}{_ROW}"', style)
            for number, (column, style) in enumerate(zip(columns, styles, strict=True), 1)
        ]
        self._of_version: dict[int, list[_Group]] = {}
        self._size = 0

    def row(self, number: int, row: Row) -> str:
        """One row of a sheet; what is blank has no cell at all."""
        groups = self._of_version.get(row.version)
        if groups is None:
            groups = self._of_version[row.version] = self._asked_in(row.version)
        answer, cells = row.answers.get, []
        for group in groups:
            of, known_by, kept, _places, given = group
            if of is not None:
                value = answer(of)
                if value is None:
                    continue
            elif known_by is not None:
                value = known_by(row)
            if kept is None:
                if given is not None and type(value) is str and value:
                    cells.append(self._said(given, value))
                else:
                    cells.append(self._written(group, row))
                continue
            try:
                cells.append(kept[value])
            except KeyError:
                cells.append(self._learnt(group, value, row))
            except TypeError:  # a list, or an answer that is not what its kind expects
                cells.append(self._of_list(group, value, row))
        return f'<row r="{_ROW}">{"".join(cells)}</row>'.replace(_ROW, str(number))

    @property
    def kept(self) -> int:
        """Characters, about, that are kept."""
        return self._size

    def _asked_in(self, version: int) -> list[_Group]:
        here = [
            place
            for place in self._places
            if place.column.of is None or place.column.asked is None or version in place.column.asked.versions
        ]
        return [_group(list(places)) for places in _together(here)]

    def _of_list(self, group: _Group, value: Any, row: Row) -> str:
        if isinstance(value, list) and group.kept is not None:
            known_by = tuple(value)
            try:
                return group.kept.get(known_by) or self._learnt(group, known_by, row)
            except TypeError:
                pass
        return self._written(group, row)

    def _learnt(self, group: _Group, known_by: Any, row: Row) -> str:
        written = self._written(group, row)
        if group.kept is not None:
            self._size += len(written) + _ROUGHLY
            if self._size > _MOST_KEPT:
                self._forget()
            group.kept[known_by] = written
        return written

    def _forget(self) -> None:
        for groups in self._of_version.values():
            for group in groups:
                if group.kept is not None:
                    group.kept.clear()
        self._size = 0

    def _said(self, place: _Place, text: str) -> str:
        return f"{place.opening}{content_xml(shortened(text, self._pointer), place.style)}"

    def _written(self, group: _Group, row: Row) -> str:
        if len(group.places) == 1:
            return self._cell(group.places[0], row)
        return "".join([self._cell(place, row) for place in group.places])

    def _cell(self, place: _Place, row: Row) -> str:
        value: Cell = place.column.cell(row)
        if value is None:
            return ""
        if isinstance(value, str):
            value = shortened(value, self._pointer)
        return f"{place.opening}{content_xml(value, place.style)}"


def _together(places: Iterable[_Place]) -> Iterator[Iterable[_Place]]:
    """Neighbours that the same answer decides, or that a row decides by what many rows share."""
    for key, group in groupby(places, key=_decided_by):
        if key == ("row",) or key[0] == "answer":
            yield group
        else:
            yield from ([place] for place in group)


def _decided_by(place: _Place) -> tuple[str, ...]:
    column = place.column
    if column.part is not None:
        return ("row",)
    is_own = column.of is None or column.type in _OWN_WORDS
    return ("alone", column.key) if is_own or column.of is None else ("answer", column.of)


def _group(places: list[_Place]) -> _Group:
    parts = [place.column.part for place in places if place.column.part is not None]
    if parts:
        return _Group(None, attrgetter(*parts), {}, tuple(places))
    first = places[0].column
    is_kept = first.of is not None and first.type not in _OWN_WORDS
    given = places[0] if first.is_as_given and first.of is not None and len(places) == 1 else None
    return _Group(first.of, None, {} if is_kept else None, tuple(places), given)


def shortened(text: str, pointer: str) -> str:
    """What a cell can hold of a text, and where the whole of it is."""
    return text if fits(text) else pieces(text, LONGEST_TEXT - len(pointer) - 1)[0] + " " + pointer
