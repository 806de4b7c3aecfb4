"""Many rows of the same columns as XML. What repeats is worked out and written once: the label of a choice, 0
and 1 for each choice of a list, numbers and days. Pure.

Measured (docs/performance.md): finding the label in the language asked for costs more than writing it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from openpyxl.utils import get_column_letter

from consult.questions.kind import Cell, ColumnType
from consult.reports.cells import LONGEST_TEXT, content_xml, fits, pieces
from consult.reports.columns import ReportColumn, Row

_MOST_KEPT = 5_000
"""Contents that are kept of a column; then it starts anew."""

_OWN_WORDS: frozenset[ColumnType] = frozenset(("text", "any"))
"""Columns of which hardly two cells are equal."""


class _Place(NamedTuple):
    """A column in a row: what its cells begin with, whose answer decides them, and those that are known."""

    opening: str
    of: str | None
    kept: dict[Any, str | None]
    cell: Callable[[Row], Cell]
    style: int
    is_kept: bool


class RowEncoder:
    """``styles``: of each column, as openpyxl numbered them. ``pointer`` stands at the end of a text that is
    too long for a cell."""

    def __init__(self, columns: Sequence[ReportColumn], styles: Sequence[int], pointer: str) -> None:
        self._columns = columns
        self._pointer = pointer
        self._places = [
            _Place(
                f'<c r="{get_column_letter(number)}',
                column.of,
                {},
                column.cell,
                style,
                column.type not in _OWN_WORDS,
            )
            for number, (column, style) in enumerate(zip(columns, styles, strict=True), 1)
        ]
        self._of_version: dict[int, list[_Place]] = {}

    def row(self, number: int, row: Row) -> str:
        """One row of a sheet; what is blank has no cell at all."""
        places = self._of_version.get(row.version)
        if places is None:
            places = self._of_version[row.version] = self._asked_in(row.version)
        answers, cells = row.answers, []
        for place in places:
            opening, of, kept, cell, _style, is_kept = place
            content: str | None
            value: Any
            if of is None:
                value = cell(row)
                if value is None:
                    continue
                content = kept.get(value) if is_kept else None
                if content is None:
                    content = self._learnt(place, value, value)
            else:
                value = answers.get(of)
                if value is None:
                    continue
                if type(value) is list:
                    value = tuple(value)
                try:
                    content = kept[value]
                except KeyError:
                    content = self._learnt(place, value, cell(row))
                except TypeError:  # an answer that is not what its kind expects; shown as it is
                    content = self._content(place, cell(row))
            if content is not None:
                cells.append(f'{opening}{number}"{content}')
        return f'<row r="{number}">{"".join(cells)}</row>'

    def _asked_in(self, version: int) -> list[_Place]:
        return [
            place
            for place, column in zip(self._places, self._columns, strict=True)
            if column.of is None or column.asked is None or version in column.asked.versions
        ]

    def _learnt(self, place: _Place, known_by: Any, value: Cell) -> str | None:
        content = self._content(place, value)
        if place.is_kept:
            if len(place.kept) >= _MOST_KEPT:
                place.kept.clear()
            place.kept[known_by] = content
        return content

    def _content(self, place: _Place, value: Cell) -> str | None:
        if value is None:
            return None
        if isinstance(value, str):
            value = shortened(value, self._pointer)
        return content_xml(value, place.style)


def shortened(text: str, pointer: str) -> str:
    """What a cell can hold of a text, and where the whole of it is."""
    return text if fits(text) else pieces(text, LONGEST_TEXT - len(pointer) - 1)[0] + " " + pointer
