"""Per cents are the same in workbook, Word and page, and add up where everybody is in one line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from consult.reports.results import results_of
from consult.reports.shown import shares_adding_up
from consult.reports.source import Source
from consult.reports.word.summary import write_summary
from consult.reports.wording import Wording, rounded_percent
from tests.reports.building import rows, source, written
from tests.samples.questions import ask, choices, questionnaire

THREE = choices("a", "b", "c")


def chosen(counts: Mapping[str, int], kind: str = "select_one") -> Source:
    answers = [code for code, count in counts.items() for _ in range(count)]
    form = questionnaire(ask(kind, choices=THREE))
    given_ = ({"it": [each] if kind == "select_multiple" else each} for each in answers)
    return source(form, rows(*given_), threshold=1)


def on_the_page(of: Source) -> list[str]:
    return [line.percent for line in results_of(of, "en").results[0].lines]


def in_word(of: Source, folder: Path) -> list[str]:
    write_summary(of, Wording.of("en"), folder / "summary.docx")
    tables = Document(str(folder / "summary.docx")).tables
    return [row.cells[2].text for row in tables[-1].rows[1:]]


def in_the_workbook(of: Source, folder: Path, by: str | None = None) -> list[str]:
    """As a spreadsheet shows what is in the cells."""
    sheet = load_workbook(written(of, "en", folder), data_only=True)["Summary"]
    lines = [line for line in sheet.iter_rows() if line[0].value in ("A", "B", "C")]
    assert {line[2].number_format for line in lines} == {"0%"}
    return [f"{rounded_percent(line[2].value)}%" for line in lines]


@pytest.mark.parametrize(
    ("counts", "percents"),
    [
        ({"a": 1, "b": 1, "c": 1}, ["34%", "33%", "33%"]),
        ({"a": 1, "b": 1, "c": 4}, ["17%", "16%", "67%"]),
        ({"a": 1, "b": 7}, ["12%", "88%", "0%"]),
        ({"a": 1, "b": 3}, ["25%", "75%", "0%"]),
    ],
)
def test_all_formats_show_the_same(counts: dict[str, int], percents: list[str], tmp_path: Path) -> None:
    of = chosen(counts)
    assert on_the_page(of) == in_word(of, tmp_path) == in_the_workbook(of, tmp_path) == percents


def test_halves_go_up_where_several_answers_could_be_chosen(tmp_path: Path) -> None:
    of = chosen({"a": 1, "b": 7}, "select_multiple")
    assert on_the_page(of) == in_word(of, tmp_path) == in_the_workbook(of, tmp_path) == ["13%", "88%", "0%"]


def test_only_a_share_that_is_shown_otherwise_is_another_formula(tmp_path: Path) -> None:
    sheet = load_workbook(written(chosen({"a": 1, "b": 1, "c": 1}), "en", tmp_path))["Summary"]
    assert [sheet[cell].value for cell in ("C7", "C8", "C9", "C10")] == [
        "=ROUND(B7/B$10,2)+0.01",
        "=B8/B$10",
        "=B9/B$10",
        "=SUM(B7:B9)/B10",
    ]


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=30).filter(any))
def test_they_add_up_to_a_hundred_and_are_less_than_one_away(counts: list[int]) -> None:
    shares = shares_adding_up(counts)
    assert sum(map(rounded_percent, shares)) == 100
    whole = sum(counts)
    assert all(abs(share - count / whole) < 0.01 for share, count in zip(shares, counts, strict=True))


def test_nobody_is_no_per_cent() -> None:
    assert shares_adding_up([0, 0]) == (0, 0)
