"""The Excel report: how long it takes and how much memory, beside two writers that people use.

    python -m bench.workbook                 10,000 × 40, then the memory at 1,000 and at 100,000
    python -m bench.workbook report 10000    one run, as JSON

Every run is a process of its own; all take their cells from the same columns of the same made-up responses.
``openpyxl`` (write-only) and ``xlsxwriter`` (constant memory) write one sheet of plain cells; ``cells`` is
that sheet by our writer; ``report`` is everything: counted, quoted, listed, charts and codebook.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]
from openpyxl import Workbook

from consult.i18n import Localized
from consult.questionnaires.specification import Questionnaire
from consult.questions import Choice, Question
from consult.questions.kind import Cell
from consult.reports.columns import Row, report_columns
from consult.reports.entries import data_tables
from consult.reports.merging import merge
from consult.reports.package import Package
from consult.reports.sheets.responses import add_responses
from consult.reports.source import Source, VersionNote
from consult.reports.wording import Said, Wording
from consult.reports.workbook import write_workbook

ROUNDS = 3
WORDING = Wording.of("en")
MADE_ON = dt.date(2026, 3, 5)
LABELS = (
    ("agree", "Strongly agree", "Tout à fait d’accord", "أوافق بشدة"),
    ("rather", "Rather agree", "Plutôt d’accord", "أوافق إلى حد ما"),
    ("hardly", "Rather disagree", "Plutôt en désaccord", "لا أوافق كثيرا"),
    ("silent", "Prefer not to answer", "Je préfère ne pas répondre", "أفضل عدم الإجابة"),
)
TEXTS = (
    "More evening classes, please, and a bus that runs after nine.",
    "Il faudrait reconnaître nos diplômes plus rapidement.",
    "نحتاج إلى سكن بسعر معقول قرب المدارس.",
    '=HYPERLINK("http://example.org")',
)


def form() -> Questionnaire:
    """31 questions; with what every response has, 40 columns."""
    choices = tuple(Choice(key, Localized({"en": en, "fr": fr, "ar": ar})) for key, en, fr, ar in LABELS)
    chosen = [_question("select_one", place, choices) for place in range(20)]
    rest = [*["integer"] * 5, *["date"] * 2, *["text"] * 4]
    others = [_question(kind, 20 + place) for place, kind in enumerate(rest)]
    return Questionnaire("bench", Localized({"en": "Bench"}), ("en", "fr", "ar"), (*chosen, *others), {})


def _question(kind: str, place: int, choices: tuple[Choice, ...] = ()) -> Question:
    return Question(f"q{place}", kind, Localized({"en": f"Question {place} of the survey"}), choices=choices)


def responses(of: Questionnaire, number: int) -> Iterator[Row]:
    """Made up as they are asked for; the same every time."""
    draw = random.Random(2010)
    make: dict[str, Callable[[], object]] = {
        "select_one": lambda: draw.choice(LABELS)[0],
        "integer": lambda: draw.randrange(1950, 2026),
        "date": lambda: f"20{draw.randrange(10, 26)}-0{draw.randrange(1, 10)}-1{draw.randrange(10)}",
        "text": lambda: draw.choice(TEXTS),
    }
    for _ in range(number):
        answers = {
            key: make[question.kind]() for key, question in of.questions.items() if draw.random() < 0.9
        }
        yield Row(
            uuid.UUID(int=draw.getrandbits(128), version=4), 1, "en", "online", MADE_ON, answers=answers
        )


def source(number: int) -> Source:
    of = form()
    return Source(
        slug="bench",
        title=of.title,
        organisation=Localized({"en": "Bench"}),
        languages=of.languages,
        fallback="en",
        opened_on=MADE_ON,
        closed_on=None,
        versions=(VersionNote(1, MADE_ON, of.notice),),
        asked=merge([(1, of)]),
        rows=lambda: responses(of, number),
        total=number,
        threshold=10,
        made_on=MADE_ON,
    )


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
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False})
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


def run(writer: str, number: int) -> None:
    """One measurement, printed as JSON."""
    of = source(number)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.xlsx"
        started, used = time.perf_counter(), time.process_time()
        WRITERS[writer](of, path)
        measured = {
            "seconds": time.perf_counter() - started,
            "processor": time.process_time() - used,
            "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "file": path.stat().st_size / 1e6 if path.exists() else 0.0,
        }
    print(json.dumps(measured))


def measured(writer: str, number: int) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.workbook", writer, str(number)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def compare() -> None:
    """Rounds interleaved, medians of the processor time; the machine is shared."""
    rounds = [{writer: measured(writer, 10_000) for writer in WRITERS} for _ in range(ROUNDS)]
    medians = {
        writer: {name: statistics.median(each[writer][name] for each in rounds) for name in rounds[0][writer]}
        for writer in WRITERS
    }
    peer = medians["openpyxl"]["processor"]
    print("10,000 responses × 40 columns\n")
    print(f"{'writer':12} {'s':>7} {'cpu s':>7} {'× openpyxl':>11} {'peak MB':>8} {'file MB':>8}")
    for writer, found in medians.items():
        ratio = peer / found["processor"]
        print(
            f"{writer:12} {found['seconds']:7.2f} {found['processor']:7.2f} {ratio:11.1f} "
            f"{found['megabytes']:8.0f} {found['file']:8.2f}"
        )
    few, many = measured("report", 1_000), measured("report", 100_000)
    print(
        f"\nwhole report, 1,000 → 100,000 responses: {few['megabytes']:.0f} → {many['megabytes']:.0f} MB "
        f"(× {many['megabytes'] / few['megabytes']:.2f}), "
        f"{few['processor']:.2f} → {many['processor']:.1f} cpu s"
    )


if __name__ == "__main__":
    if len(sys.argv) == 3:
        run(sys.argv[1], int(sys.argv[2]))
    else:
        compare()
