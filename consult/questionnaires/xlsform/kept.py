"""The sheet ``consult``: what other programs would refuse, or not understand, and what stands in its place.

An exported form has to go through the field's reference converter, and to come back as it was. So every
cell that is written differently for others has a row here: where it stands, what it says for us, and what
stands there instead. Reading puts it back, but only where nobody has changed the cell in the meantime:
what an author types into survey, choices or settings always wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from consult.questionnaires.xlsform.repairs import clean_code, clean_text
from consult.questionnaires.xlsform.sheets import Row, Sheet
from consult.questionnaires.xlsform.written_rows import Cells

SHEET = "consult"
_COLUMNS = ("sheet", "list_name", "name", "column", "text", "instead_of")
_NAMED_BY = {"survey": ("name",), "choices": ("list_name", "name"), "settings": ()}


def kept_rows(wanted: Mapping[str, Sequence[Cells]], written: Mapping[str, Sequence[Cells]]) -> list[Cells]:
    """One row for every cell in which ``written`` is not what was ``wanted``; both have the same rows."""
    found = []
    for sheet, named_by in _NAMED_BY.items():
        for ours, theirs in zip(wanted.get(sheet, ()), written.get(sheet, ()), strict=True):
            named = {column: theirs.get(column, "") for column in named_by}
            for column in dict.fromkeys([*ours, *theirs]):
                text, instead_of = ours.get(column, ""), theirs.get(column, "")
                if text != instead_of:
                    cells = {"sheet": sheet, "column": column, "text": text, "instead_of": instead_of}
                    found.append(named | cells)
    return found


def put_back(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets as they were before they were fitted for others, without the sheet ``consult``."""
    found = {clean_code(sheet.name).lower(): sheet for sheet in sheets}
    kept = found.get(SHEET)
    if kept is None:
        return list(sheets)
    records = list(_records(kept))
    for name, named_by in _NAMED_BY.items():
        mine = [record for record in records if record.get("sheet") == name]
        if mine and name in found and found[name].rows:
            _change(found[name], named_by, mine)
    return [sheet for sheet in sheets if sheet is not kept]


def _records(sheet: Sheet) -> Iterator[Cells]:
    first, *rows = sheet.rows or [Row(1, {})]
    columns = {number: clean_code(text) for number, text in first.cells.items()}
    for row in rows:
        yield {columns[number]: clean_text(text) for number, text in row.cells.items() if number in columns}


def _change(sheet: Sheet, named_by: Sequence[str], records: Sequence[Cells]) -> None:
    header = dict(sheet.rows[0].cells)
    numbers = {clean_text(text): number for number, text in header.items()}
    changed: dict[int, dict[int, str]] = {}
    rows = _rows_by_name(sheet, named_by, numbers)
    for record in records:
        place = rows.get(tuple(record.get(column, "") for column in named_by))
        column = record.get("column", "")
        if place is None or not column:
            continue
        number = numbers.get(column)
        there = clean_text(sheet.rows[place].cells.get(number, "")) if number else ""
        if there != record.get("instead_of", ""):
            continue  # its author has changed it since
        if number is None:
            number = numbers[column] = max(header, default=0) + 1
            header[number] = column
        cells = changed.setdefault(place, dict(sheet.rows[place].cells))
        cells[number] = record.get("text", "")
    for place, cells in changed.items():
        filled = {number: text for number, text in cells.items() if text}
        sheet.rows[place] = Row(sheet.rows[place].number, filled)
    sheet.rows[0] = Row(sheet.rows[0].number, header)


def _rows_by_name(
    sheet: Sheet, named_by: Sequence[str], numbers: Mapping[str, int]
) -> dict[tuple[str, ...], int]:
    """What names a row → its place among the rows; of two rows of the same name the first."""
    found: dict[tuple[str, ...], int] = {}
    for place, row in enumerate(sheet.rows[1:], start=1):
        named = tuple(clean_text(row.cells.get(numbers.get(column, 0), "")) for column in named_by)
        if all(named):
            found.setdefault(named, place)
    return found
