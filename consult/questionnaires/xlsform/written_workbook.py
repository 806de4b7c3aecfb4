"""Rows of cells → an Excel workbook that people can work with: frozen headers, widths, texts as texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from consult.questionnaires.xlsform.sheets import letter
from consult.questionnaires.xlsform.written_rows import Cells

_ORDER = (
    *("sheet", "list_name", "type", "name", "label", "exclusive", "hint", "guidance_hint", "media"),
    *("required", "required_message", "relevant", "constraint", "constraint_message"),
    *("calculation", "trigger", "repeat_count", "default", "read_only", "appearance", "choice_filter"),
    *("parameters", "form_title", "form_id", "version", "default_language", "minutes"),
    *("introduction", "notice_authority", "notice_purpose", "notice_contact"),
)
_WIDTHS = {"type": 24, "name": 24, "list_name": 20, "label": 50, "hint": 40, "required": 10}
_WIDTHS |= {"relevant": 36, "constraint": 36, "calculation": 36, "text": 50, "column": 24}
_USUAL_WIDTH = 18
"""In characters."""


def write_workbook(
    sheets: Mapping[str, Sequence[Cells]],
    always: Mapping[str, Sequence[str]],
    exactly: Mapping[str, Sequence[str]],
) -> bytes:
    """An .xlsx workbook. ``always``: columns that a sheet has even where no row fills them; ``exactly``: all
    columns of a sheet, in their order.
    """
    workbook = Workbook(write_only=True)
    for name, rows in sheets.items():
        columns = list(exactly[name]) if name in exactly else _columns(always.get(name, ()), rows)
        _write(workbook, name, columns, rows)
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _write(workbook: Workbook, name: str, columns: Sequence[str], rows: Iterable[Cells]) -> None:
    sheet = workbook.create_sheet(name)
    sheet.freeze_panes = "C2" if name in ("survey", "choices") else "A2"
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[letter(number)].width = _WIDTHS.get(column.split("::")[0], _USUAL_WIDTH)
    sheet.append([_cell(sheet, column, is_header=True) for column in columns])
    for row in rows:
        sheet.append([_cell(sheet, row.get(column, "")) for column in columns])


def _columns(always: Iterable[str], rows: Iterable[Cells]) -> list[str]:
    """All columns that hold something, the standard's in their usual order, the author's own after them."""
    found = dict.fromkeys([*always, *(column for row in rows for column in row)])
    places = {column: place for place, column in enumerate(_ORDER)}
    return sorted(found, key=lambda column: places.get(column.split("::")[0], len(places)))


def _cell(sheet: WriteOnlyWorksheet, text: str, *, is_header: bool = False) -> Cell | None:
    if not text:
        return None
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # a label that begins with = is a label
    cell.alignment = Alignment(vertical="top", wrap_text="\n" in text or None)
    if is_header:
        cell.font = Font(bold=True)
    return cell
