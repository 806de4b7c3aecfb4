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
            opening, of, kept, *_ = place
            content: str | None
            if of is None:
                content = self._content(place, row)
            else:
                value = answers.get(of)
                if value is None:
                    continue
                try:
                    content = kept[tuple(value) if type(value) is list else value]
                except KeyError:
                    content = self._learnt(place, row, tuple(value) if type(value) is list else value)
                except TypeError:  # an answer that is not what its kind expects; shown as it is
                    content = self._content(place, row)
            if content is not None:
                cells.append(f'{opening}{number}"{content}')
        return f'<row r="{number}">{"".join(cells)}</row>'

    def _asked_in(self, version: int) -> list[_Place]:
        return [
            place
            for place, column in zip(self._places, self._columns, strict=True)
            if column.of is None or column.asked is None or version in column.asked.versions
        ]

    def _learnt(self, place: _Place, row: Row, value: Any) -> str | None:
        content = self._content(place, row)
        if place.is_kept:
            if len(place.kept) >= _MOST_KEPT:
                place.kept.clear()
            place.kept[value] = content
        return content

    def _content(self, place: _Place, row: Row) -> str | None:
        value = place.cell(row)
        if value is None:
            return None
        if place.of is None and place.is_kept:  # what every row has: few languages, channels, days, versions
            content = place.kept.get(value)
            if content is None:
                content = place.kept[value] = content_xml(value, place.style)
            return content
        if isinstance(value, str):
            value = shortened(value, self._pointer)
        return content_xml(value, place.style)


def shortened(text: str, pointer: str) -> str:
    """What a cell can hold of a text, and where the whole of it is."""
    return text if fits(text) else pieces(text, LONGEST_TEXT - len(pointer) - 1)[0] + " " + pointer
