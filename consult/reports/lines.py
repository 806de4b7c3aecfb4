"""The rows of a small sheet, put down one under the other: what a person reads rather than filters."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence

from openpyxl.utils import get_column_letter

from consult.reports.cells import Content, cell_xml, row_xml, unfolded
from consult.reports.package import Package, Sheet
from consult.reports.styles import Style

Placed = tuple[Content, Style]
_Row = Sequence[tuple[Content, Style | None]]

HIGHEST_ROW = 409.0
"""Points."""

_POINTS_PER_LINE = 1.32
"""Height of a line of text, in sizes of its font."""

_HIGHER = 1.15
"""Where Chinese, Japanese or Korean stands in it."""

_PADDING = 3.5

_NARROW = 24.0
"""Characters of a column in which words matter: few of them stand on a line."""

_MAYBE_WIDE = re.compile("[\u1100-\U0010ffff]")
"""No wide character stands before the first letter of Hangul."""


class Lines:
    """Rows of one sheet. ``widths``: of its columns, in characters."""

    def __init__(self, package: Package, sheet: Sheet, widths: Sequence[float]) -> None:
        self._package = package
        self._sheet = sheet
        self._widths = widths
        self._rows: list[str] = []
        self._heights: list[float] = []
        sheet.set_widths(*widths)
        sheet.rows = lambda: self._rows

    @property
    def next_row(self) -> int:
        return len(self._rows) + 1

    def add(
        self, *cells: Placed | None, height: float | None = None, span: tuple[int, int] | None = None
    ) -> int:
        """One row, and more below it for what is too long for a cell; returns the number of the first.

        ``height`` in points; else as the texts need. ``span``: columns (from 1) that the text of the first
        of them takes together.
        """
        first = self.next_row
        styles = [cell[1] if cell else None for cell in cells]
        for values in unfolded([cell[0] if cell else None for cell in cells]):
            self._put(list(zip(values, styles, strict=True)), height, span)
        return first

    def add_across(self, text: str, style: Style, columns: int) -> int:
        """One text over the first columns; returns the number of its row."""
        empty: list[Placed] = [(None, style)] * (columns - 1)
        return self.add((text, style), *empty, span=(1, columns) if columns > 1 else None)

    def skip(self, height: float = 8) -> None:
        """A row of nothing, for air."""
        self._put([], height, None)

    def height_of(self, first: int, last: int) -> float:
        """Points that these rows take together, both included."""
        return math.fsum(self._heights[first - 1 : last])

    def _put(self, row: _Row, height: float | None, span: tuple[int, int] | None) -> None:
        number = self.next_row
        cells = [
            cell_xml(column, number, value, self._package.style(style))
            for column, (value, style) in enumerate(row, 1)
            if style is not None
        ]
        height = min(self._needed(row, span) if height is None else height, HIGHEST_ROW)
        self._rows.append(row_xml(number, cells, height))
        self._heights.append(height)
        if span:
            first, last = (get_column_letter(column) for column in span)
            self._sheet.page.merged_cells.add(f"{first}{number}:{last}{number}")

    def _needed(self, row: _Row, span: tuple[int, int] | None) -> float:
        widths = list(self._widths)
        if span:
            widths[span[0] - 1] = sum(widths[span[0] - 1 : span[1]])
        heights = [
            text_height(str(value) if isinstance(value, str) else "", width, style)
            for (value, style), width in zip(row, widths, strict=False)
            if style is not None
        ]
        return max(heights, default=13.5)


def text_height(text: str, width: float, style: Style) -> float:
    """Points that a text takes in a column of ``width`` characters; estimated: spreadsheets do not work it
    out for merged cells, nor does every program that shows one."""
    line = style.size * _POINTS_PER_LINE
    if not style.is_wrapped:
        return line + _PADDING
    # A character is narrower than a digit, by which columns are measured; a bold one is not.
    room = max(width * 10 / style.size * (1.0 if style.is_bold else 1.08) - style.indent * 2, 4)
    if len(text) <= room and text.isascii() and "\n" not in text:
        return line + _PADDING
    wide = [(_wide(each), len(each)) for each in text.split("\n")]
    if width < _NARROW:
        return sum(_wrapped(each, room) for each in text.split("\n")) * line + _PADDING
    lines = sum(max(1, math.ceil(width / room)) for width, _ in wide)
    if any(width > length for width, length in wide):
        line *= _HIGHER
    return lines * line + _PADDING


def _wrapped(text: str, room: float) -> int:
    """Lines of a text whose words are not broken unless they must be."""
    lines, used = 1, 0
    for width in map(_wide, text.split(" ")):
        if used and used + 1 + width > room:
            lines, used = lines + 1, 0
        used += width + bool(used)
        if used > room:
            lines, used = lines + math.ceil(used / room) - 1, math.ceil(used % room)
    return lines


def _wide(text: str) -> int:
    """Characters of a usual width that a text is wide."""
    if text.isascii() or _MAYBE_WIDE.search(text) is None:
        return len(text)
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
