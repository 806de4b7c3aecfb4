"""The sheet that staff fill in with known numbers: a row for every answer of every question that fits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from consult.reports.cells import clean
from consult.reports.profile_terms import Term
from consult.reports.wording import Wording

MOST_CODES = 60
"""Of a longer list there are only rows to fill in; whoever knows the numbers knows the codes."""

_FREE_ROWS = 5
_WIDTHS = {"A": 24, "B": 46, "C": 20, "D": 40, "E": 14, "F": 46}
_FIRST_TO_FILL = 4  # the columns of number and source
_TO_FILL = PatternFill("solid", fgColor="FFF6DC")


def write_template(terms: Sequence[Term], w: Wording) -> bytes:
    """An .xlsx workbook in one language; profile_sheet.py reads it in either of the official ones."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(w.pgettext("sheet", "Profile").line[:31])
    sheet.freeze_panes = "A2"
    for column, width in _WIDTHS.items():
        sheet.column_dimensions[column].width = width
    _write(sheet, _head(w), is_head=True)
    for row in _rows(terms, w):
        _write(sheet, row)
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _write(sheet: WriteOnlyWorksheet, row: Sequence[str], *, is_head: bool = False) -> None:
    cells = []
    for place, text in enumerate(row):
        cell = WriteOnlyCell(sheet, clean(text) or None)
        if text:
            cell.data_type = "s"  # a label that begins with = is a label
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        if is_head:
            cell.font = Font(bold=True)
        elif place >= _FIRST_TO_FILL:
            cell.fill = _TO_FILL
        cells.append(cell)
    sheet.append(cells)


def _head(w: Wording) -> list[str]:
    return [
        w.pgettext("profile", "Question").line,
        w.gettext("Wording of the question").line,
        w.pgettext("profile", "Category").line,
        w.gettext("Wording of the answer").line,
        w.pgettext("profile", "Number").line,
        w.pgettext("profile", "Source").line,
    ]


def _rows(terms: Sequence[Term], w: Wording) -> Iterator[list[str]]:
    for term in terms:
        wording = w.text(term.label, term.by).line
        if term.is_numbers:
            hint = w.gettext("Give bands, like 2016-2020 or 65+.").line
            yield from ([term.by, wording, "", hint if not row else "", "", ""] for row in range(_FREE_ROWS))
        elif len(term.codes) > MOST_CODES:
            yield from ([term.by, wording, "", "", "", ""] for _ in range(_FREE_ROWS))
        else:
            for code, label in term.codes.items():
                yield [term.by, wording, code, w.text(label, code).line, "", ""]
