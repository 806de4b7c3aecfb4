"""The Excel report: how long it takes and how much memory, beside the writers that people use.

    python -m bench.workbook [10000]      10,000 × 40, then the memory at a tenth and at five times as many
    FORMPACK_PYTHON=…/bin/python python -m bench.workbook   with KoboToolbox’s exporter: formpack_writer.py

Every run is a process of its own (one_workbook.py); all read the same made-up responses from the same
database (SQLite), and take their cells from the same columns. ``openpyxl`` (write-only) and ``xlsxwriter``
(constant memory) write one sheet of plain cells; ``cells`` is that sheet by our writer; ``report`` is
everything: counted, quoted, listed, charts and codebook. ``nothing`` reads and works out the cells, one by
one, and writes none.
``formpack`` reads the same responses from the same file with its own means.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from bench.one_workbook import MADE_ON, WRITERS
from consult.db import Database
from consult.i18n import Localized
from consult.questionnaires.document import to_document
from consult.questionnaires.specification import Questionnaire
from consult.questions import Choice, Question
from consult.responses.records import Finished, Start
from consult.responses.service import store_responses
from consult.schema import migrate
from tests import factories

ROUNDS = 3
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
    return Questionnaire(
        "bench", Localized({"en": "Bench"}), ("en", "fr", "ar"), (*chosen, *others), {"views": choices}
    )


def _question(kind: str, place: int, choices: tuple[Choice, ...] = ()) -> Question:
    label = Localized({"en": f"Question {place} of the survey"})
    return Question(f"q{place}", kind, label, choices=choices, list_name="views" if choices else "")


def responses(of: Questionnaire, number: int) -> Iterator[dict[str, object]]:
    """Answers made up as they are asked for; the same every time."""
    draw = random.Random(2010)
    make: dict[str, Callable[[], object]] = {
        "select_one": lambda: draw.choice(LABELS)[0],
        "integer": lambda: draw.randrange(1950, 2026),
        "date": lambda: f"20{draw.randrange(10, 26)}-0{draw.randrange(1, 10)}-1{draw.randrange(10)}",
        "text": lambda: draw.choice(TEXTS),
    }
    for _ in range(number):
        yield {key: make[question.kind]() for key, question in of.questions.items() if draw.random() < 0.9}


def fill(url: str, number: int) -> None:
    """A database with a survey that has ``number`` responses."""
    database, of = Database(url), form()
    migrate(database)
    with database.write() as session:
        survey = factories.make_open_survey(session, to_document(of), slug="bench")
        assert survey.current_version_id is not None
        ids = survey.id, survey.current_version_id
    finished = (
        Finished(Start(uuid.uuid4(), *ids, MADE_ON), "en", MADE_ON, answers)
        for answers in responses(of, number)
    )
    while batch := list(islice(finished, 500)):
        store_responses(database, batch)
    database.dispose()


FORMPACK = "formpack"


def measured(writer: str, url: str) -> dict[str, float]:
    if writer == FORMPACK:
        return _measured_formpack(url)
    command = [sys.executable, "-m", "bench.one_workbook", writer, url]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _measured_formpack(url: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        path, script = Path(folder) / "report.xlsx", Path(__file__).parent / "formpack_writer.py"
        command = [os.environ["FORMPACK_PYTHON"], str(script), url.removeprefix("sqlite:///"), str(path)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        return {**json.loads(done.stdout), "file": path.stat().st_size / 1e6}


def compare(number: int) -> None:
    """Rounds interleaved, medians of the processor time; the machine is shared."""
    with tempfile.TemporaryDirectory() as folder:
        few, some, many = (f"sqlite:///{folder}/{size}.db" for size in ("few", "some", "many"))
        for url, size in ((few, number // 10), (some, number), (many, number * 5)):
            fill(url, size)
        writers = [*WRITERS, *([FORMPACK] if "FORMPACK_PYTHON" in os.environ else [])]
        rounds = [{writer: measured(writer, some) for writer in writers} for _ in range(ROUNDS)]
        _print_table(number, rounds)
        for writer in ("cells", "report"):
            low, high = measured(writer, few), measured(writer, many)
            print(
                f"\n{writer}, {number // 10:,} → {number * 5:,} responses: "
                f"{low['megabytes']:.0f} → {high['megabytes']:.0f} MB, "
                f"{low['processor']:.2f} → {high['processor']:.1f} cpu s"
            )


def _print_table(number: int, rounds: list[dict[str, dict[str, float]]]) -> None:
    medians = {
        writer: {name: statistics.median(each[writer][name] for each in rounds) for name in rounds[0][writer]}
        for writer in rounds[0]
    }
    peer = medians["openpyxl"]["processor"]
    print(f"{number:,} responses × 40 columns\n")
    print(f"{'writer':12} {'s':>7} {'cpu s':>7} {'× openpyxl':>11} {'peak MB':>8} {'file MB':>8}")
    for writer, found in medians.items():
        ratio = peer / found["processor"]
        print(
            f"{writer:12} {found['seconds']:7.2f} {found['processor']:7.2f} {ratio:11.1f} "
            f"{found['megabytes']:8.0f} {found['file']:8.2f}"
        )


if __name__ == "__main__":
    compare(int(sys.argv[1]) if len(sys.argv) == 2 else 10_000)
