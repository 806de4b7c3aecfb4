"""The sheet “Responses”: keys, labels, then one row a response. Streamed; memory does not grow with it.
The sheets of repeats are alike, with one row an entry.

What a sheet cannot hold goes on in further sheets: rows beyond a million, columns beyond sixteen thousand
(there each sheet begins with the response number, and those of the entry).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from openpyxl.utils import get_column_letter

from consult.questions.kind import ColumnType
from consult.reports.cells import MOST_COLUMNS, MOST_ROWS, cell_xml, row_xml
from consult.reports.columns import ReportColumn, Row
from consult.reports.encoding import RowEncoder, shortened
from consult.reports.entries import DataTable
from consult.reports.lines import text_height
from consult.reports.named import add_table, headers_of
from consult.reports.package import Package
from consult.reports.source import Source
from consult.reports.styles import COLUMN_STYLES, HEAD, KEY_HEAD
from consult.reports.wording import Said

HEADERS = 2
"""Rows above the first response."""

_WIDTHS: dict[ColumnType, float] = {
    "text": 34,
    "choice": 26,
    "any": 16,
    "flag": 14,
    "integer": 14,
    "number": 14,
    "date": 13,
    "time": 10,
    "datetime": 18,
}
_NUMBER_WIDTH = 17.0
_HIGHEST_HEADER = 82.0
_WIDEST_PRINT = 14
"""Columns that still fit on the width of a page."""


def add_responses(
    package: Package,
    source: Source,
    table: DataTable,
    name: Said,
    *,
    size: int,
    pointer: str,
    most_rows: int = MOST_ROWS,
    most_columns: int = MOST_COLUMNS,
) -> None:
    """``size``: how many rows there are. ``pointer`` stands at the end of a text that goes on elsewhere."""
    per_sheet = most_rows - HEADERS
    for block in _blocks(table, most_columns):
        for start in range(0, max(size, 1), per_sheet):
            part = _Part(block, start, min(start + per_sheet, size), pointer)
            _add_part(package, source, part, name)


def _blocks(table: DataTable, most: int) -> Iterator[DataTable]:
    heads, others = table.columns[: table.heads], table.columns[table.heads :]
    room = most - len(heads)
    for start in range(0, max(len(others), 1), room):
        yield replace(table, columns=(*heads, *others[start : start + room]))


class _Part:
    """What one sheet holds: some columns of the rows from ``start`` up to ``end``."""

    def __init__(self, table: DataTable, start: int, end: int, pointer: str) -> None:
        self.table = table
        self.columns = table.columns
        self.start = start
        self.end = end
        self.pointer = pointer

    @property
    def table_name(self) -> str:
        """The same in every language."""
        return "_".join(("Entries", *self.table.repeat.path)) if self.table.repeat else "Responses"

    def rows(self, source: Source) -> Iterator[Row]:
        return islice(self.table.rows(source.rows()), self.start, self.end)


def _add_part(package: Package, source: Source, part: _Part, name: Said) -> None:
    sheet = package.add_sheet(name.line)
    columns = part.columns
    widths = [_NUMBER_WIDTH, *(_WIDTHS[column.type] for column in columns[1:])]
    sheet.set_widths(*widths)
    heads = part.table.heads
    sheet.page.freeze_panes = f"{get_column_letter(heads + 1)}{HEADERS + 1}"
    labels = headers_of((column.label.line, column.key) for column in columns)
    add_table(sheet, part.table_name, labels, HEADERS, part.end - part.start, has_stripes=True)
    sheet.page.print_title_cols = f"A:{get_column_letter(heads)}"
    sheet.print_on_letter(
        landscape=True, repeated_rows=f"1:{HEADERS}", fit_width=len(columns) <= _WIDEST_PRINT
    )
    styles = [package.style(COLUMN_STYLES[column.type]) for column in columns]
    encoder = RowEncoder(columns, styles, part.pointer)
    headers = _headers(package, columns, labels, widths, part.pointer)

    def rows() -> Iterator[str]:
        yield from headers
        for number, row in enumerate(part.rows(source), HEADERS + 1):
            yield encoder.row(number, row)

    sheet.rows = rows


def _headers(
    package: Package,
    columns: Sequence[ReportColumn],
    labels: Sequence[str],
    widths: Sequence[float],
    pointer: str,
) -> list[str]:
    key_style, label_style = package.style(KEY_HEAD), package.style(HEAD)
    height = max(text_height(label, width, HEAD) for label, width in zip(labels, widths, strict=True))
    return [
        row_xml(
            1,
            (
                cell_xml(place, 1, shortened(column.key, pointer), key_style)
                for place, column in enumerate(columns, 1)
            ),
        ),
        row_xml(
            2,
            (cell_xml(place, 2, label, label_style) for place, label in enumerate(labels, 1)),
            min(height, _HIGHEST_HEADER),
        ),
    ]
