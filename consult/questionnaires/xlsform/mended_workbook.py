"""The sheets of an uploaded form with some cells corrected, as a workbook: each text stays where it was.

Colours, widths and formulas of the original are not in it; its texts are, also in sheets that no form needs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from consult.questionnaires.xlsform.sheets import MAX_CELL, Row, Sheet
from consult.questionnaires.xlsform.sources import plain, read_source

_FAULT = "#REF!"
"""Stands for any error of a formula: which one it was is not known any more."""


class CellName(NamedTuple):
    """A cell of a workbook: name of its sheet, row and column (from 1)."""

    sheet: str
    row: int
    column: int


class EveryName(frozenset[str]):
    """Names of sheets, all that there are."""

    def __contains__(self, _name: object) -> bool:
        return True


def sheets_of(data: bytes, filename: str) -> list[Sheet]:
    """All sheets of a form, whatever they are called. Raises Unreadable."""
    return read_source(data, filename, EveryName()).sheets


def mended(sheets: Sequence[Sheet], corrections: Mapping[CellName, str]) -> list[Sheet]:
    """The same sheets with these cells; an empty text empties its cell."""
    return [
        Sheet(
            sheet.name,
            [_mended_row(row, sheet, corrections) for row in sheet.rows],
            [place for place in sheet.faults if not _is_corrected(sheet, place, corrections)],
        )
        for sheet in sheets
    ]


def workbook_of(sheets: Sequence[Sheet]) -> bytes:
    """An .xlsx workbook in which every text stands where it stood."""
    workbook = Workbook(write_only=True)
    for sheet in sheets:
        made = workbook.create_sheet(sheet.name[:31])
        at = 1
        for row in sheet.rows:
            for _empty in range(at, row.number):
                made.append([])
            at = row.number + 1
            faults = {column for number, column in sheet.faults if number == row.number}
            last = max({*row.cells, *faults}, default=0)
            made.append([_cell(made, row.cells.get(c, ""), is_fault=c in faults) for c in range(1, last + 1)])
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _cell(sheet: WriteOnlyWorksheet, text: str, *, is_fault: bool) -> Cell:
    cell: Cell = WriteOnlyCell(sheet, _FAULT if is_fault else _writable(text) or None)
    if cell.value is not None and not is_fault:
        cell.data_type = "s"  # also where it begins with =
    return cell


def _is_corrected(sheet: Sheet, place: tuple[int, int], corrections: Mapping[CellName, str]) -> bool:
    return any((plain(n.sheet), n.row, n.column) == (plain(sheet.name), *place) for n in corrections)


def _mended_row(row: Row, sheet: Sheet, corrections: Mapping[CellName, str]) -> Row:
    changed = {
        name.column: text
        for name, text in corrections.items()
        if name.row == row.number and plain(name.sheet) == plain(sheet.name)
    }
    if not changed:
        return row
    return Row(
        row.number, {column: text for column, text in {**row.cells, **changed}.items() if text.strip()}
    )


def _writable(text: str) -> str:
    """Without the characters that no workbook can hold."""
    kept = (sign for sign in text[:MAX_CELL] if sign >= " " or sign in "\t\n\r")
    return "".join(sign for sign in kept if not "\ud800" <= sign <= "\udfff" and sign not in "\ufffe\uffff")
