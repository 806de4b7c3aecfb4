"""Sheets written as plain text: Markdown tables or CSV, the sheet's name alone in the first column.

    | survey |      |      |                      |
    |        | type | name | label::English (en)  |
    |        | text | town | Where do you live?   |

A file whose first row has the columns type and name is a sheet survey as it stands, without that column.
Rows and columns are numbered as if each sheet stood in a workbook of its own.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Place, error
from consult.questionnaires.xlsform.sheets import Sheet, Unreadable

MAX_TEXT = 2 * 1024 * 1024
MAX_LINES = 60_000
_START = 4096
_SEPARATORS = ",;\t"
_CELL_END = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\s*:?-{2,}:?\s*")
_SHEETS = frozenset(("survey", "choices", "settings", "external_choices", "entities", "osm"))
_OF_A_SURVEY = frozenset(("type", "name"))
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_markdown(text: str) -> list[Sheet]:
    """Every line that begins with ``|`` is a row; ``\\|`` is a bar inside a cell. Raises Unreadable."""
    lines = (line.strip() for line in text.splitlines())
    return _sheets(row for line in lines if line.startswith("|") and not _is_rule(row := _cells(line)))


def read_csv(text: str, name: str = "") -> list[Sheet]:
    """Separated by comma, semicolon or tab; one sheet when its ``name`` is given. Raises Unreadable."""
    first = next((line for line in text[:_START].split("\n") if any(map(line.count, _SEPARATORS))), "")
    rows = _csv_rows(text, max(_SEPARATORS, key=first.count))
    return [_one_sheet(name, rows)] if name else _sheets(rows)


def is_form(sheets: Iterable[Sheet]) -> bool:
    """Whether this is a form at all, or any text with commas in it."""
    return any(sheet.name.strip().lower() in _SHEETS for sheet in sheets)


def decode(data: bytes) -> tuple[str, bool]:
    """The text, and whether its letters had to be guessed (Windows, West European). Raises Unreadable."""
    if len(data) > MAX_TEXT or data.count(b"\n") > MAX_LINES:
        raise Unreadable(
            error("file_too_large", Place(), _l("The file is too large."), _l("Leave out what is no form."))
        )
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding), False
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), True
    except UnicodeDecodeError as problem:
        raise Unreadable(
            error(
                "not_utf8",
                Place(),
                _l("The letters of this file cannot be read."),
                _l("Save it with the encoding UTF-8, or as an Excel workbook (.xlsx)."),
            )
        ) from problem


def _csv_rows(text: str, separator: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=separator)
    except csv.Error as problem:
        raise Unreadable(
            error(
                "not_a_table",
                Place(),
                _l("The file cannot be read as a table."),
                _l("Save it as CSV (UTF-8) or as an Excel workbook (.xlsx) and try again."),
            )
        ) from problem


def _cells(line: str) -> list[str]:
    end = line.rstrip().rfind("|")
    # What follows the last bar is a remark.
    inner = line[1:end] if end > 0 and line[end - 1] != "\\" else line[1:]
    return [cell.replace("\\|", "|").strip() for cell in _CELL_END.split(inner)]


def _is_rule(row: Sequence[str]) -> bool:
    filled = [cell for cell in row if cell]
    return bool(filled) and all(_RULE.fullmatch(cell) for cell in filled)


def _sheets(rows: Iterable[Sequence[str]]) -> list[Sheet]:
    sheets: list[Sheet] = []
    number = 0
    waiting = iter(rows)
    for row in waiting:
        name = row[0].strip() if row else ""
        if (
            not sheets
            and {cell.strip().lower() for cell in row} >= _OF_A_SURVEY
            and name.lower() not in _SHEETS
        ):
            return [_one_sheet("survey", (each for part in ([row], waiting) for each in part))]
        if name:
            sheets.append(Sheet(name))
            number = 0
        if sheets and (not name or any(cell.strip() for cell in row[1:])):
            number += 1
            sheets[-1].add(number, _filled(row[1:]))
    return sheets


def _one_sheet(name: str, rows: Iterable[Sequence[str]]) -> Sheet:
    sheet = Sheet(name)
    for number, row in enumerate(rows, start=1):
        sheet.add(number, _filled(row))
    return sheet


def _filled(row: Sequence[str]) -> dict[int, str]:
    return {column: cell for column, cell in enumerate(row, start=1) if cell.strip()}
