"""Sheets written as plain text: Markdown tables or CSV, the sheet's name alone in the first column.

    | survey |      |      |                      |
    |        | type | name | label::English (en)  |
    |        | text | town | Where do you live?   |

Rows and columns are numbered as if each sheet stood in a workbook of its own.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Place, error
from consult.questionnaires.xlsform.sheets import MAX_CELL, Sheet, Unreadable

MAX_TEXT = 2 * 1024 * 1024
MAX_LINES = 60_000
_CELL_END = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\s*:?-{2,}:?\s*")


def read_markdown(data: bytes) -> list[Sheet]:
    """Every line that begins with ``|`` is a row; ``\\|`` is a bar inside a cell. Raises Unreadable."""
    lines = (line.strip() for line in _text(data).splitlines())
    return _sheets(row for line in lines if line.startswith("|") and not _is_rule(row := _cells(line)))


def read_csv(data: bytes) -> list[Sheet]:
    """Comma or semicolon separated. Raises Unreadable."""
    text = _text(data)
    first = text.split("\n", 1)[0]
    separator = ";" if first.count(";") > first.count(",") else ","
    return _sheets(_csv_rows(text, separator))


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


def _text(data: bytes) -> str:
    if len(data) > MAX_TEXT or data.count(b"\n") > MAX_LINES:
        raise Unreadable(
            error("file_too_large", Place(), _l("The file is too large."), _l("Leave out what is no form."))
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Unreadable(
            error(
                "not_utf8",
                Place(),
                _l("The letters of this file cannot be read."),
                _l("Save it with the encoding UTF-8, or as an Excel workbook (.xlsx)."),
            )
        ) from problem


def _cells(line: str) -> list[str]:
    inner = line[1:-1] if line.endswith("|") and not line.endswith("\\|") else line[1:]
    return [cell.replace("\\|", "|").strip() for cell in _CELL_END.split(inner)]


def _is_rule(row: Sequence[str]) -> bool:
    filled = [cell for cell in row if cell]
    return bool(filled) and all(_RULE.fullmatch(cell) for cell in filled)


def _sheets(rows: Iterable[Sequence[str]]) -> list[Sheet]:
    sheets: list[Sheet] = []
    number = 0
    for row in rows:
        name = row[0].strip() if row else ""
        if name:
            sheets.append(Sheet(name))
            number = 0
            continue
        if sheets:
            number += 1
            sheets[-1].add(number, _filled(row[1:], sheets[-1].name, number))
    return sheets


def _filled(row: Sequence[str], sheet: str, number: int) -> dict[int, str]:
    if any(len(cell) > MAX_CELL for cell in row):
        raise Unreadable(
            error(
                "cell_too_long",
                Place(sheet, number),
                _l("A cell holds more than %(limit)s characters.", limit=MAX_CELL),
                _l("Shorten the text."),
            )
        )
    return {column: cell for column, cell in enumerate(row, start=1) if cell.strip()}
