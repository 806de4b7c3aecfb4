"""One Excel report by one writer, in a process of its own: what it takes, as JSON.

    python -m bench.one_workbook WRITER DATABASE_URL

Nothing is imported that the writer does without, so that the memory is its own: ours has what the process
has that makes files (consult/reports/export.py).
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from openpyxl import Workbook

from consult.db import Database
from consult.questions.kind import Cell
from consult.reports.columns import report_columns
from consult.reports.entries import data_tables
from consult.reports.package import Package
from consult.reports.queries import source_of
from consult.reports.sheets.responses import add_responses
from consult.reports.source import Source
from consult.reports.wording import Said, Wording
from consult.reports.workbook import write_workbook
from consult.surveys.service import survey_by_slug

WORDING = Wording.of("en")
MADE_ON = dt.date(2026, 3, 5)


@contextmanager
def source(url: str) -> Iterator[Source]:
    database = Database(url)
    with database.read() as session:
        survey = survey_by_slug(session, "bench")
        assert survey is not None
        yield source_of(session, survey, secret_key="a key for the bench", made_on=MADE_ON)
    database.dispose()


def _values(of: Source) -> Iterator[list[Cell]]:
    columns = report_columns(of.asked, WORDING)
    yield [column.label.line for column in columns]
    cells = [column.cell for column in columns]
    for row in of.rows():
        yield [cell(row) for cell in cells]


def write_nothing(of: Source, _path: Path) -> None:
    """What all have in common: making up responses and working out cells."""
    for _values_of_row in _values(of):
        pass


def write_openpyxl(of: Source, path: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Responses")
    for values in _values(of):
        sheet.append(values)
    book.save(path)


def write_xlsxwriter(of: Source, path: Path) -> None:
    book = import_module("xlsxwriter").Workbook(path, {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("Responses")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, values in enumerate(_values(of)):
        for place, value in enumerate(values):
            if isinstance(value, dt.date):
                sheet.write_datetime(number, place, dt.datetime.combine(value, dt.time()), day)
            elif value is not None:
                sheet.write(number, place, value)
    book.close()


def write_cells(of: Source, path: Path) -> None:
    moment = dt.datetime.combine(MADE_ON, dt.time(), dt.UTC)
    package = Package(title="B", creator="B", language="en", direction="ltr", made_at=moment)
    (table,) = data_tables(of.asked, WORDING)
    add_responses(package, of, table, Said(("Responses",)), size=of.total, pointer="…")
    package.save(path)


def write_report(of: Source, path: Path) -> None:
    write_workbook(of, WORDING, path)


WRITERS = {
    "nothing": write_nothing,
    "openpyxl": write_openpyxl,
    "xlsxwriter": write_xlsxwriter,
    "cells": write_cells,
    "report": write_report,
}


def run(writer: str, url: str) -> None:
    """One measurement, printed as JSON."""
    with tempfile.TemporaryDirectory() as folder, source(url) as of:
        path = Path(folder) / "report.xlsx"
        started, used = time.perf_counter(), time.process_time()
        WRITERS[writer](of, path)
        measured = {
            "seconds": time.perf_counter() - started,
            "processor": time.process_time() - used,
            "megabytes": peak_megabytes(),
            "file": path.stat().st_size / 1e6 if path.exists() else 0.0,
        }
    print(json.dumps(measured))


def peak_megabytes() -> float:
    """The most memory that this process has had. Not from getrusage: that begins with what its parent had."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024  # type: ignore[index]


if __name__ == "__main__":
    run(sys.argv[1], sys.argv[2])
