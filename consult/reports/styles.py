"""How a report looks: one calm palette, one font that spreadsheets have everywhere, few kinds of cells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from consult.i18n import Direction
from consult.questions.kind import ColumnType

FONT = "Arial"  # with Arabic; replaced by Liberation Sans, of the same widths, where it is missing
SIZE = 10
INK = "17242B"
SOFT = "4A5962"
BRAND = "0B5A62"
DEEP = "07393F"
TINT = "EEF4F3"
RULE = "CFDAD9"
PAPER = "FFFFFF"

NO_BREAK = "\u00a0"
_DATE = "yyyy-mm-dd"  # the numeric form of both official languages (CAN/CSA-Z234.4)

_APART = "_)"  # the width of a bracket: a number does not touch the text in the next column

Part = Literal["start", "end", "center"]


@dataclass(frozen=True, slots=True)
class Style:
    """What one kind of cell looks like. ``align``: None leaves it to the content (numbers at the end)."""

    size: float = SIZE
    is_bold: bool = False
    is_italic: bool = False
    color: str = INK
    fill: str | None = None
    rule: str | None = None
    align: Part | None = None
    is_wrapped: bool = False
    is_centered: bool = False
    indent: int = 0
    format: str = "General"
    direction: Direction | None = None
    is_typed: bool = False


TEXT = Style(align="start", is_wrapped=True)
TITLE = Style(size=18, is_bold=True, color=DEEP, align="start", is_wrapped=True, is_centered=True)
SUBTITLE = Style(size=11, color=SOFT, align="start", is_wrapped=True)
SECTION = Style(
    size=13, is_bold=True, color=PAPER, fill=BRAND, align="start", is_wrapped=True, is_centered=True
)
QUESTION = Style(size=11, is_bold=True, color=DEEP, align="start", is_wrapped=True)
NOTE = Style(size=9, color=SOFT, align="start", is_wrapped=True)
TERM = Style(is_bold=True, color=DEEP, align="start", is_wrapped=True)
HEAD = Style(
    is_bold=True, color=DEEP, fill=TINT, rule=BRAND, align="start", is_wrapped=True, is_centered=True
)
HEAD_END = replace(HEAD, align="end")
KEY_HEAD = Style(size=9, color=SOFT, fill=TINT, align="start")
NAME = Style(rule=RULE, align="start", is_wrapped=True, is_centered=True)
# Side by side with others like it: the indent keeps two texts apart.
LABEL = Style(rule=RULE, align="start", is_wrapped=True, indent=1)
LABEL_HEAD = replace(HEAD, indent=1)
QUESTION_LABEL = replace(LABEL, is_bold=True, color=DEEP, fill=TINT)
COUNT = Style(rule=RULE, align="end", is_centered=True, format="#,##0")
NUMBER = Style(rule=RULE, align="end", is_centered=True)
DECIMAL = Style(rule=RULE, align="end", is_centered=True, format="0.00")
TOTAL = Style(is_bold=True, color=SOFT, align="start", is_wrapped=True, is_centered=True)
TOTAL_COUNT = Style(is_bold=True, color=SOFT, align="end", is_centered=True, format="#,##0")
PERCENT = Style(rule=RULE, align="end", is_centered=True, format="0%")
PERCENT_SPACED = Style(rule=RULE, align="end", is_centered=True, format=f'0"{NO_BREAK}"%')
CODE = replace(LABEL, color=SOFT)
SOFT_TERM = Style(color=SOFT, align="start", is_wrapped=True)

# Texts that people typed: editing such a cell in a spreadsheet does not make a formula of it either.
_CELL = Style(is_typed=True)
COLUMN_STYLES: dict[ColumnType, Style] = {
    "text": _CELL,
    "choice": _CELL,
    "any": _CELL,
    "flag": Style(format=f"0{_APART}"),
    "integer": Style(format=f"0{_APART}"),
    "number": Style(format=f"General{_APART}"),
    "date": Style(format=f"{_DATE}{_APART}"),
    "time": Style(format=f"hh:mm{_APART}"),
    "datetime": Style(format=f"{_DATE} hh:mm{_APART}"),
}

MOMENTS = {
    kind: replace(COLUMN_STYLES[kind], rule=RULE, align="end", is_centered=True)
    for kind in ("date", "time", "datetime")
}
"""Moments in a table of the summary, by the type of their column."""


class Styles:
    """The styles of one workbook, by the number that its cells carry. ``direction``: of the report;
    ``is_mixed``: its own words run the other way."""

    def __init__(self, workbook: Workbook, direction: Direction, *, is_mixed: bool) -> None:
        sheet: Worksheet = workbook.worksheets[0]
        self._sheet = sheet
        self._direction = direction
        self._is_mixed = is_mixed
        self._numbers: dict[Style, int] = {}
        self._is_closed = False
        workbook._fonts[0] = _font(Style())  # type: ignore[attr-defined]

    def number(self, style: Style) -> int:
        """The same style has the same number."""
        if style not in self._numbers:
            if self._is_closed:
                raise RuntimeError("a style that comes after the styles were written")
            self._numbers[style] = self._register(style)
        return self._numbers[style]

    def close(self) -> None:
        """From now on only styles that are known."""
        self._is_closed = True

    def _register(self, style: Style) -> int:
        cell = WriteOnlyCell(self._sheet)
        cell.font = _font(style)
        if style.fill:
            cell.fill = PatternFill("solid", fgColor=style.fill)
        if style.rule:
            cell.border = Border(bottom=Side("thin", color=style.rule))
        cell.alignment = self._alignment(style)
        cell.number_format = style.format
        if style.is_typed:
            cell.quotePrefix = True
        return int(cell.style_id)

    def _alignment(self, style: Style) -> Alignment:
        direction = style.direction or self._direction
        ends = ("left", "right") if direction == "ltr" else ("right", "left")
        sides = {"start": ends[0], "end": ends[1], "center": "center"}
        return Alignment(
            horizontal=sides[style.align] if style.align else None,
            vertical="center" if style.is_centered else "top",
            wrap_text=style.is_wrapped or None,
            indent=style.indent,
            readingOrder=self._reading_order(style, direction),
        )

    def _reading_order(self, style: Style, direction: Direction) -> int:
        """Of what people typed the text itself decides; so too in a report whose words and labels run two
        ways."""
        if style.is_typed or (style.direction is None and self._is_mixed):
            return 0
        return 2 if direction == "rtl" else 1


def _font(style: Style) -> Font:
    return Font(name=FONT, size=style.size, bold=style.is_bold, italic=style.is_italic, color=style.color)
