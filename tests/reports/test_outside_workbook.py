"""The workbook for readers outside: what the document for Word says, with numbers as numbers."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from consult.reports.outside_workbook import write_tables
from consult.reports.source import Source
from consult.reports.word.summary import write_summary
from consult.reports.wording import Wording, rounded_percent
from tests.reports.building import newcomers, rows, source
from tests.samples.questions import ask, choices, questionnaire

ANSWERS = choices("yes", "no", "silent")


def workbook(of: Source, words: str = "en") -> Any:
    file = io.BytesIO()
    write_tables(of, Wording.of(words, "en"), file)
    return load_workbook(io.BytesIO(file.getvalue()))


def answered(**counts: int) -> Source:
    given = ({"it": code} for code, count in counts.items() for _ in range(count))
    return source(questionnaire(ask("select_one", choices=ANSWERS)), rows(*given), threshold=10)


def many() -> Source:
    """A form with a question of nearly every kind, answered by eighty."""
    draw = random.Random(7)
    given = (
        {
            "arrival": draw.randrange(1990, 2026),
            "status": draw.choice(["citizen", "worker"]),
            "spoken": draw.sample(["ar", "fr", "en"], draw.randrange(1, 4)),
            "rent": draw.randrange(600, 2_400) / 2,
            "welcome": draw.randrange(0, 11),
            "needs": draw.sample(["work", "home"], 2),
            "moved_on": f"2024-0{draw.randrange(1, 10)}-15",
            "one_change": "A library",
        }
        for _ in range(80)
    )
    return source(newcomers(), rows(*given), threshold=10)


def lines(book: Any) -> dict[str, tuple[object, ...]]:
    """The rows of all tables by their first cell."""
    found = {}
    for row in book.worksheets[0].iter_rows(max_col=3):
        if row[1].value is not None:
            found[str(row[0].value)] = tuple(cell.value for cell in row[1:])
    return found


def shown(cell: Any) -> str:
    """As a spreadsheet shows it in an English report."""
    if cell.value is None:
        return ""
    if "%" in cell.number_format:
        return f"{rounded_percent(cell.value)}%"
    return f"{cell.value:,}" if isinstance(cell.value, int) else str(cell.value).removesuffix(".0")


def in_the_workbook(of: Source) -> Iterator[list[str]]:
    for row in workbook(of).worksheets[0].iter_rows(max_col=3):
        if row[1].value is not None:
            yield [shown(cell) for cell in row if cell.value is not None]


def in_word(of: Source, folder: Path) -> Iterator[list[str]]:
    write_summary(of, Wording.of("en"), folder / "summary.docx")
    for table in Document(str(folder / "summary.docx")).tables:
        yield from ([cell.text for cell in row.cells if cell.text] for row in table.rows)


def plain(found: Iterator[list[str]]) -> list[list[str]]:
    """Rows with numbers. Two words that stand in one cell of the workbook are two cells in Word."""
    parts = [re.split(r": |\x00", "\x00".join(cells).replace(",", "")) for cells in found]
    return [row for row in parts if len(row) > 1]


def test_every_table_says_what_word_says(tmp_path: Path) -> None:
    of = many()
    assert plain(in_the_workbook(of)) == plain(in_word(of, tmp_path))


def test_numbers_are_numbers_and_shares_are_shares() -> None:
    assert lines(workbook(answered(yes=30, no=10)))["YES"] == (30, 0.75)


def test_small_numbers_are_put_together_and_none_is_left_to_be_worked_out() -> None:
    found = lines(workbook(answered(yes=30, no=4, silent=7)))
    assert {count for count, _ in found.values() if isinstance(count, int)} >= {30, 11}
    assert not {4, 7} & {count for count, _ in found.values()}


def test_nothing_of_single_people_is_in_it() -> None:
    book = workbook(many())
    assert book.sheetnames == ["Results", "Method"]
    texts = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert not any("A library" in text or "2024-0" in text for text in texts)


@pytest.mark.parametrize(("words", "is_mirrored"), [("fr", False), ("ar", True)])
def test_sheets_go_the_way_of_their_language(words: str, *, is_mirrored: bool) -> None:
    book = workbook(many(), words)
    assert [bool(sheet.sheet_view.rightToLeft) for sheet in book] == [is_mirrored] * 2


def test_too_few_responses_are_no_tables() -> None:
    book = workbook(answered(yes=4))
    assert lines(book) == {}
    assert "Fewer than 10 responses" in str([cell.value for cell in book.worksheets[0]["A"]])
