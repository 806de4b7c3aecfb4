"""Reports from right to left: sentences, numbers and charts stand as their readers expect them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

from consult.i18n import Localized
from consult.reports.phrases import class_said
from consult.reports.statistics import NumberClass
from consult.reports.word.summary import write_summary
from consult.reports.wording import Wording
from tests.reports.building import newcomers, rows, source, written
from tests.samples.questions import ask, choices, questionnaire

ONE = choices(("a", {"ar": "نعم"}), ("b", {"ar": "لا"}))
FORM = questionnaire(ask("select_one", "stay", {"ar": "هل ستبقى؟"}, choices=ONE))
ANSWERS = [{"stay": "a"}] * 30 + [{"stay": "b"}] * 30


def orders(language: str, folder: Path) -> set[int]:
    """Reading orders of the cells of the summary: 0 as the text says, 1 from the left, 2 from the right."""
    path = written(source(newcomers(), rows(*[{}] * 12)), language, folder)
    sheet = load_workbook(path).worksheets[1]
    cells = (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str))
    return {int(cell.alignment.readingOrder) for cell in cells}


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ar", {2}),
        ("fa", {0}),  # labels from right to left beside our words in English
        ("en", {1}),
    ],
)
def test_cells_read_as_their_words_run(language: str, expected: set[int], tmp_path: Path) -> None:
    assert orders(language, tmp_path) == expected


@pytest.mark.parametrize(("language", "is_isolated"), [("ar", False), ("fa", True), ("en", False)])
def test_numbers_around_a_word_are_kept_apart_only_where_it_runs_the_other_way(
    language: str, is_isolated: bool
) -> None:
    (said,) = class_said(Wording((language,)), NumberClass(1990, 1995, 1, is_whole=True))
    assert said.startswith("\u2068") == is_isolated


@pytest.mark.parametrize(("language", "is_turned_back"), [("ar", True), ("en", False)])
def test_a_chart_in_word_stands_in_a_paragraph_from_left_to_right(
    language: str, is_turned_back: bool
) -> None:
    file = io.BytesIO()
    write_summary(source(FORM, rows(*ANSWERS)), Wording((language,)), file)
    with zipfile.ZipFile(file) as archive:
        document = etree.fromstring(archive.read("word/document.xml"))
    charts = [each for each in document.iter("{*}p") if each.find(".//{*}drawing") is not None]
    values = [list(bidi.attrib.values()) for each in charts for bidi in each.iter("{*}bidi")]
    assert charts
    assert values == ([["0"]] * len(charts) if is_turned_back else [])


def test_things_in_a_row_are_parted_as_their_language_parts_them() -> None:
    parts = [Wording(("ar",)).text(Localized({"ar": each})) for each in ("واحد", "اثنان")]
    assert Wording(("ar",)).joined(parts).line == "واحد، اثنان"
