"""CSV: nothing that a spreadsheet would compute, and nothing lost."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest

from consult.reports.columns import report_columns
from consult.reports.delimited import guarded, write_csv
from consult.reports.merging import merge
from consult.reports.wording import Wording
from tests.reports.building import row
from tests.samples.questions import ask, questionnaire


def lines_of(*questions: object, **answers: object) -> list[list[str]]:
    columns = report_columns(merge([(1, questionnaire(*questions))]), Wording.of("en"))  # type: ignore[arg-type]
    file = io.StringIO(newline="")
    write_csv(columns, [row(answers)], file)
    return list(csv.reader(io.StringIO(file.getvalue(), newline="")))


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_text_like_a_formula_gets_an_apostrophe(first: str) -> None:
    assert guarded(f"{first}1+1") == f"'{first}1+1"
    assert lines_of(ask("text"), it=f"{first}1")[1][-1] == f"'{first}1"


def test_other_texts_are_as_they_were() -> None:
    assert guarded("a=1; “b”, 'c'\n") == "a=1; “b”, 'c'\n"


def test_control_characters_are_replaced() -> None:
    assert guarded("a\x00b\ud800") == "a\ufffdb\ufffd"


def test_numbers_keep_their_sign() -> None:
    assert lines_of(ask("decimal"), it=-5.5)[1][-1] == "-5.5"


def test_headers_are_guarded_too() -> None:
    assert lines_of(ask("text", "=cmd"))[0][-1] == "'=cmd"


def test_dates_and_times_are_iso() -> None:
    found = lines_of(ask("date", "d"), ask("time", "t"), d="2026-03-05", t="09:30")[1]
    assert found[-2:] == ["2026-03-05", "09:30"]
    assert dt.date.fromisoformat(found[4]) == dt.date(2026, 3, 5)


def test_unanswered_is_empty() -> None:
    assert lines_of(ask("integer"))[1][-1] == ""
