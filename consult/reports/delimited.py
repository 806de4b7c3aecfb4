"""Responses as CSV: UTF-8 with a byte order mark (spreadsheets read accents by it), keys in the first row.

    write_csv_file(source, "en", file)        the responses
    write_csv_archive(source, "en", file)     a zip: the responses, and a file for each repeat, a row an entry

Who opens such a file in a spreadsheet would have texts that begin like formulas computed: they get a leading
apostrophe, in headers too (OWASP ASVS 5, 1.2.10). Numbers keep their sign: they are numbers.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Sequence
from typing import IO, TextIO

from consult.questions.kind import Cell
from consult.reports.archives import write_archive
from consult.reports.cells import clean
from consult.reports.columns import ReportColumn, Row
from consult.reports.entries import DataTable, data_tables
from consult.reports.source import Source
from consult.reports.wording import Wording

CODES = "codes"
"""Instead of a language: codes of choices, not labels."""

_LIKE_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_BELOW_ZERO = re.compile(r"-[0-9]{1,15}")


def guarded(text: str) -> str:
    """The text as a spreadsheet shows it instead of computing it."""
    text = clean(text)
    return f"'{text}" if text.startswith(_LIKE_A_FORMULA) else text


def coded(text: str) -> str:
    """A code: as it is where it is a number below zero, which nothing can be computed from."""
    return text if _BELOW_ZERO.fullmatch(text) else guarded(text)


def write_csv(columns: Sequence[ReportColumn], rows: Iterable[Row], file: TextIO) -> None:
    """``file``: opened with ``encoding="utf-8-sig"`` and ``newline=""``."""
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([guarded(column.key) for column in columns])
    cells = [(column.cell, coded if column.type == "choice" else guarded) for column in columns]
    for row in rows:
        writer.writerow([_written(cell(row), safe) for cell, safe in cells])


def write_csv_file(source: Source, words: str, file: IO[bytes]) -> None:
    """``words``: a language, ``both``, or ``CODES``."""
    _write_table(csv_tables(source, words)[0], source, file)


def write_csv_archive(source: Source, words: str, file: IO[bytes]) -> None:
    """As :func:`write_csv_file`, with the entries of repeats; made as it is written, without clock times."""
    write_archive(
        csv_tables(source, words), "csv", lambda table, opened: _write_table(table, source, opened), file
    )


def csv_tables(source: Source, words: str) -> tuple[DataTable, ...]:
    """That of the responses, then those of the repeats."""
    is_coded = words == CODES
    wording = Wording.of(source.fallback if is_coded else words, source.fallback)
    return data_tables(source.asked, wording, is_coded=is_coded)


def _write_table(table: DataTable, source: Source, file: IO[bytes]) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    write_csv(table.columns, table.rows(source.rows()), text)
    text.detach()


def _written(value: Cell, safe: Callable[[str], str]) -> str | float | None:
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, dt.time):
        return value.isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, dt.date) else value
