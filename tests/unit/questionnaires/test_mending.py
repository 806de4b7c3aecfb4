"""A form on its way to being right: marked where it is wrong, corrected by the cell, carried without loss."""

from __future__ import annotations

import base64
import io

import openpyxl
import pytest

from consult.questionnaires.findings import Finding, Place, error, warning
from consult.questionnaires.mending import Workpiece, unpack
from consult.questionnaires.xlsform.alike import gathered
from consult.questionnaires.xlsform.marked import ROWS_IN_A_PART, Marked, mark
from consult.questionnaires.xlsform.mended_workbook import CellName, mended, sheets_of, workbook_of
from consult.questionnaires.xlsform.sheets import Row, Sheet
from tests.unit.questionnaires.small_forms import choices, survey

FORM = (survey("text | a | A", "colour | b | B") + choices("l | x | X")).encode()
SURVEY = Sheet(
    "Survey",
    [Row(1, {1: "type", 2: "name", 3: "label"}), *(Row(n, {1: "text", 2: f"q{n}"}) for n in range(2, 99))],
)


def wrong(row: int | None, column: str = "A", sheet: str = "survey") -> Finding:
    return error("x", Place(sheet, row, column), f"wrong {row}", "mend it")


def doubtful(row: int | None, column: str = "B") -> Finding:
    return warning("y", Place("survey", row, column), f"doubtful {row}", "look")


def rows(marked: Marked) -> list[int]:
    return [row.number for sheet in marked.sheets for row in sheet.rows]


def test_only_rows_with_findings_are_shown() -> None:
    assert rows(mark([SURVEY], [wrong(7), wrong(5)], with_warnings=False)) == [5, 7]


def test_warnings_are_shown_in_rows_with_errors_and_elsewhere_when_asked_for() -> None:
    findings = [wrong(7), doubtful(7), doubtful(9)]
    few = mark([SURVEY], findings, with_warnings=False)
    assert rows(few) == [7]
    assert [len(found) for _cell, found in few.sheets[0].rows[0].findings] == [1, 1]
    assert rows(mark([SURVEY], findings, with_warnings=True)) == [7, 9]


def test_rows_with_errors_come_in_the_first_parts() -> None:
    findings = [*(doubtful(n) for n in range(2, 90)), wrong(95)]
    first = mark([SURVEY], findings, with_warnings=True)
    assert 95 in rows(first)
    assert len(rows(first)) == ROWS_IN_A_PART
    assert first.parts == 3


def test_rows_with_nothing_that_was_not_said_above_are_folded() -> None:
    same = [error("x", Place("survey", row, "A"), "the same", "mend it") for row in (3, 5, 7, 9)]
    marked = mark([SURVEY], [*same, wrong(7), doubtful(9)], with_warnings=False)
    assert rows(marked) == [3, 7]
    assert [row.number for row in marked.sheets[0].again] == [5, 9]
    assert marked.alike.elsewhere(same[0]) == (5, 7, 9)
    assert marked.alike.elsewhere(same[1]) == ()


def test_what_few_rows_have_in_common_is_said_in_each() -> None:
    same = [error("x", Place("survey", row, "A"), "the same", "mend it") for row in (3, 5, 7)]
    assert rows(mark([SURVEY], same, with_warnings=False)) == [3, 5, 7]


def test_rows_of_the_same_come_in_the_last_parts() -> None:
    same = [error("x", Place("survey", row, "A"), "the same", "mend it") for row in range(2, 60)]
    marked = mark([SURVEY], [*same, wrong(90)], with_warnings=False)
    assert rows(marked) == [2, 90]
    assert rows(mark([SURVEY], [*same, wrong(90)], 1, with_warnings=False)) == []


def test_each_sentence_is_gathered_with_all_its_places() -> None:
    same = [error("x", Place("survey", row, "A"), "the same", "mend it") for row in (3, 5, 3)]
    [first, second] = gathered([*same, doubtful(9)])
    assert first.rows == (("survey", (3, 5)),)
    assert second.rows == (("survey", (9,)),)


@pytest.mark.parametrize("part", [-3, 99])
def test_parts_that_are_not_there_are_the_nearest(part: int) -> None:
    marked = mark([SURVEY], [wrong(n) for n in range(2, 60)], part, with_warnings=False)
    assert 0 <= marked.part < marked.parts


def test_the_cell_of_a_finding_is_marked_and_named() -> None:
    row = mark([SURVEY], [wrong(5, "B")], with_warnings=False).sheets[0].rows[0]
    assert [(cell.name, cell.text) for cell in row.cells if cell.is_wrong] == [
        (CellName("Survey", 5, 2), "q5")
    ]


def test_a_finding_about_an_empty_cell_or_row_is_shown_too() -> None:
    marked = mark([SURVEY], [wrong(500, "F")], with_warnings=False)
    assert [cell.text for cell in marked.sheets[0].rows[0].cells if cell.is_wrong] == [""]


def test_findings_about_sheets_and_files_stand_apart() -> None:
    marked = mark([SURVEY], [wrong(None, ""), wrong(None, "", "")], with_warnings=False)
    assert len(marked.whole) == 1
    assert len(marked.sheets[0].whole) == 1


def test_control_characters_are_not_shown() -> None:
    odd = Sheet("survey", [Row(1, {1: "type"}), Row(2, {1: "a\x00b\x1fc\x85" + "d" * 500})])
    cell = mark([odd], [wrong(2)], with_warnings=False).sheets[0].rows[0].cells[0]
    assert cell.text.startswith("abcd")
    assert cell.text.endswith("…")
    assert len(cell.whole) == 503


def test_a_corrected_cell_is_written_where_it_stood() -> None:
    sheets = mended(
        sheets_of(FORM, "form.md"), {CellName("survey", 3, 1): "text", CellName("choices", 2, 3): "=1+1"}
    )
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(sheets)))
    assert [[cell.value for cell in row][:3] for row in book["survey"].iter_rows(min_row=2)] == [
        ["text", "a", "A"],
        ["text", "b", "B"],
    ]
    assert (book["choices"]["C2"].value, book["choices"]["C2"].data_type) == ("=1+1", "s")


def test_rows_keep_their_numbers() -> None:
    gaps = Sheet("survey", [Row(1, {1: "type"}), Row(9, {1: "text", 40: "far"})])
    read = sheets_of(workbook_of([gaps]), "form.xlsx")[0]
    assert [(row.number, dict(row.cells)) for row in read.rows] == [
        (1, {1: "type"}),
        (9, {1: "text", 40: "far"}),
    ]


def test_an_error_of_a_formula_stays_one_until_it_is_corrected() -> None:
    faulty = Sheet("survey", [Row(1, {1: "type", 2: "name"}), Row(2, {1: "text"})], [(2, 2)])
    assert sheets_of(workbook_of([faulty]), "form.xlsx")[0].faults == [(2, 2)]
    corrected = mended([faulty], {CellName("survey", 2, 2): "town"})
    assert sheets_of(workbook_of(corrected), "form.xlsx")[0].faults == []


def test_what_no_workbook_can_hold_is_left_out() -> None:
    odd = Sheet("survey", [Row(1, {1: "a\x00\x0b\ud800\ufffeb"})])
    assert dict(sheets_of(workbook_of([odd]), "form.xlsx")[0].rows[0].cells) == {1: "ab"}


def test_a_workpiece_is_carried_with_its_files() -> None:
    piece = Workpiece.of([("form.md", FORM), ("towns.csv", b"name,label\na,A\n")])
    assert unpack(piece.packed()) == piece


def test_corrections_make_it_readable() -> None:
    piece = Workpiece.of([("form.md", FORM)])
    assert piece.read().questionnaire is None
    corrected = piece.corrected({CellName("survey", 3, 1): "text"})
    assert corrected.name == "form.xlsx"
    assert corrected.read().questionnaire is not None


def test_nothing_to_correct_changes_nothing() -> None:
    piece = Workpiece.of([("form.md", FORM)])
    assert piece.corrected({}) is piece


@pytest.mark.parametrize("text", ["", "AAAA", "not base64!", "é", "A" * 7_000_000])
def test_what_was_not_packed_is_nothing(text: str) -> None:
    assert unpack(text) is None


def test_a_workbook_is_no_packed_workpiece() -> None:
    assert unpack(base64.b64encode(workbook_of([SURVEY])).decode()) is None


def test_columns_are_named_by_the_header_also_below_a_line_of_prose() -> None:
    sheet = Sheet("survey", [Row(1, {1: "Draft, please check"}), *SURVEY.rows[:1], Row(3, {1: "texte"})])
    marked = mark([sheet], [wrong(3)], with_warnings=False)
    assert [header for _letter, header in marked.sheets[0].columns] == ["type", "name", "label"]
