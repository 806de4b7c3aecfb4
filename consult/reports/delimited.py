"""Responses as CSV: UTF-8 with a byte order mark (spreadsheets read accents by it), keys in the first row.

Who opens such a file in a spreadsheet would have texts that begin like formulas computed: they get a leading
apostrophe, in headers too (OWASP ASVS 5, 1.2.10). Numbers keep their sign: they are numbers.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TextIO

from consult.questions.kind import Cell
from consult.reports.cells import clean
from consult.reports.columns import ReportColumn, Row

_LIKE_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def guarded(text: str) -> str:
    """The text as a spreadsheet shows it instead of computing it."""
    text = clean(text)
    return f"'{text}" if text.startswith(_LIKE_A_FORMULA) else text


def write_csv(columns: Sequence[ReportColumn], rows: Iterable[Row], file: TextIO) -> None:
    """``file``: opened with ``encoding="utf-8-sig"`` and ``newline=""``."""
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([guarded(column.key) for column in columns])
    cells = [column.cell for column in columns]
    for row in rows:
        writer.writerow([_written(cell(row)) for cell in cells])


def _written(value: Cell) -> str | float | None:
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, dt.time):
        return value.isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, dt.date) else value
