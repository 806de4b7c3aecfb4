"""Rows of the sheet of responses as XML: what is kept of earlier rows is what the row itself would give."""

from __future__ import annotations

from typing import Any

import pytest

from consult.reports import encoding
from consult.reports.cells import LONGEST_TEXT, cell_xml, row_xml
from consult.reports.columns import ReportColumn, report_columns
from consult.reports.encoding import RowEncoder
from consult.reports.merging import merge
from consult.reports.wording import Wording
from tests.reports.building import newcomers, row
from tests.samples.questions import ask, choices, questionnaire

ANSWERS: list[dict[str, Any]] = [
    {"status": "worker", "spoken": ["ar", "other"], "spoken_other": "Tigrinya", "rent": 2.5, "arrival": 2019},
    {"status": "worker", "spoken": ["ar", "other"], "spoken_other": "=1+1", "rent": 2.5, "arrival": 1999},
    {"status": "citizen", "spoken": ["ar"], "needs": ["home", "work"], "moved_on": "2021-09-01"},
    {"welcome": 0, "one_change": "A", "agreed": "OK", "needs": ["home", "work"]},
    {"status": "gone", "spoken": "ar", "welcome": "no number", "moved_on": 5},
    {},
]


def singly(columns: tuple[ReportColumn, ...], number: int, of: Any) -> str:
    values = [(place, column.cell(of)) for place, column in enumerate(columns, 1)]
    return row_xml(
        number, [cell_xml(place, number, value, place) for place, value in values if value is not None]
    )


@pytest.mark.parametrize("words", ["en", "both", "ar"])
def test_rows_are_what_their_cells_are_one_by_one(words: str) -> None:
    columns = report_columns(merge([(1, newcomers())]), Wording.of(words))
    encoder = RowEncoder(columns, range(1, len(columns) + 1), "…")
    for number, answers in enumerate(ANSWERS * 2, 3):
        of = row(answers, place=number)
        assert encoder.row(number, of) == singly(columns, number, of)


def test_question_of_another_version_stays_blank() -> None:
    older = questionnaire(ask("integer", "age"))
    newer = questionnaire(ask("integer", "age"), ask("integer", "years"))
    columns = report_columns(merge([(1, older), (2, newer)]), Wording.of("en"))
    encoder = RowEncoder(columns, range(1, len(columns) + 1), "…")
    answers = {"age": 5, "years": 3}
    for version in (2, 1, 2, 1):
        of = row(answers, version=version)
        assert encoder.row(3, of) == singly(columns, 3, of)


def test_text_too_long_for_a_cell_says_where_it_goes_on() -> None:
    columns = report_columns(merge([(1, questionnaire(ask("text", "story")))]), Wording.of("en"))
    encoder = RowEncoder(columns, range(1, len(columns) + 1), "[see there]")
    assert "[see there]" in encoder.row(3, row({"story": "a" * (LONGEST_TEXT + 1)}))


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = choices(*(f"c{number}" for number in range(12)))
    columns = report_columns(
        merge([(1, questionnaire(ask("integer", "n"), ask("select_multiple", "m", choices=listed)))]),
        Wording.of("en"),
    )
    encoder = RowEncoder(columns, range(1, len(columns) + 1), "…")
    monkeypatch.setattr(encoding, "_MOST_KEPT", 100_000)
    for number in range(12_000):
        encoder.row(3, row({"n": number, "m": [f"c{number % 12}", f"c{number % 11}"]}))
        assert encoder.kept <= 100_000
