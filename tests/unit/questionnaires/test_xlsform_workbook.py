"""What real workbooks have in their cells, and the sheets around the form."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import pytest
from openpyxl import Workbook

from consult.questionnaires.xlsform import Reading, read_xlsform
from tests.samples.workbooks import packed, parts, sheet, text_row, workbook
from tests.unit.questionnaires.small_forms import errors, finding, place

HEADER = ("type", "name", "label::English (en)", "default", "required")


def read_rows(*rows: tuple[object, ...], header: tuple[object, ...] = HEADER) -> Reading:
    """Written by openpyxl, with the type of each cell."""
    made = Workbook()
    made.active.title = "survey"
    for row in (header, *rows):
        made.active.append(row)
    stream = BytesIO()
    made.save(stream)
    return read_xlsform(stream.getvalue(), "form.xlsx")


@pytest.mark.parametrize(
    ("cell", "source"),
    [
        (5, "'5'"),
        (5.0, "'5'"),
        (0.1, "'0.1'"),
        (2022062100, "'2022062100'"),
        (dt.date(2026, 3, 5), "'2026-03-05'"),
        (dt.datetime(2026, 3, 5, 9, 30), "'2026-03-05T09:30:00'"),  # noqa: DTZ001
        (dt.time(9, 30), "'09:30:00'"),
        ("=1", "'=1'"),
    ],
)
def test_cell_is_read_as_people_see_it(cell: object, source: str) -> None:
    made = Workbook()
    made.active.title = "survey"
    made.active.append(HEADER)
    made.active.append(("text", "a", "A", cell))
    if cell == "=1":
        made.active["D2"].data_type = "s"
    stream = BytesIO()
    made.save(stream)
    questionnaire = read_xlsform(stream.getvalue(), "form.xlsx").questionnaire
    assert questionnaire is not None
    default = questionnaire.questions["a"].default
    assert default is not None
    assert default.source == source


def test_ticked_cell_is_yes() -> None:
    questionnaire = read_rows(("text", "a", "A", None, True), ("text", "b", "B", None, False)).questionnaire
    assert questionnaire is not None
    assert [question.required is not None for question in questionnaire.questions.values()] == [True, False]


def test_numbers_as_names_and_labels_are_texts() -> None:
    questionnaire = read_rows(("text", "a", 2026)).questionnaire
    assert questionnaire is not None
    assert questionnaire.questions["a"].label == {"en": "2026"}


def test_dates_may_count_from_1904() -> None:
    made = parts({"survey": sheet(text_row(1, *HEADER), _dated_row())})
    made["xl/workbook.xml"] = made["xl/workbook.xml"].replace(
        "<sheets>", '<workbookPr date1904="1"/><sheets>'
    )
    questionnaire = read_xlsform(packed(made), "form.xlsx").questionnaire
    assert questionnaire is not None
    default = questionnaire.questions["a"].default
    assert default is not None
    assert default.source == "'1904-01-02'"


def _dated_row() -> str:
    texts = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in ("text", "a", "A"))
    return f'<row r="2">{texts}<c r="D2" s="2"><v>1</v></c></row>'


def test_rich_text_is_one_text_without_its_reading_aid() -> None:
    strings = "<si><r><t>Your </t></r><r><t>town</t></r><rPh><t>never shown</t></rPh></si>"
    label = '<c r="C2" t="s"><v>0</v></c>'
    row = f'<row r="2"><c t="inlineStr"><is><t>text</t></is></c><c t="str"><v>a</v></c>{label}</row>'
    reading = read_xlsform(workbook(survey=sheet(text_row(1, *HEADER), row), strings=strings), "form.xlsx")
    assert reading.questionnaire is not None
    assert reading.questionnaire.questions["a"].label == {"en": "Your town"}


def test_cell_that_shows_an_error_is_found() -> None:
    row = '<row r="2"><c r="A2" t="e"><v>#REF!</v></c></row>'
    reading = read_xlsform(workbook(survey=sheet(text_row(1, *HEADER), row)), "form.xlsx")
    assert place(finding(reading, "cell_error")) == "survey A2"


def test_line_ends_of_other_systems_become_one() -> None:
    questionnaire = read_rows(("text", "a", "one\r\ntwo_x000D_\nthree\rfour")).questionnaire
    assert questionnaire is not None
    assert questionnaire.questions["a"].label["en"] == "one\ntwo\nthree\nfour"


def test_formatted_empty_rows_far_below_do_not_matter() -> None:
    far = '<row r="1048576"><c r="A1048576" s="1"/></row>'
    survey = sheet(text_row(1, *HEADER), text_row(2, "text", "a", "A"), far)
    assert read_xlsform(workbook(survey=survey), "form.xlsx").questionnaire is not None


def test_header_may_stand_below_empty_rows() -> None:
    survey = sheet(text_row(3, *HEADER), text_row(5, "txt", "a", "A"))
    reading = read_xlsform(workbook(survey=survey), "form.xlsx")
    assert place(finding(reading, "type_unknown")) == "survey A5"


def test_name_of_a_sheet_may_have_capitals_and_spaces() -> None:
    contents = parts({" Survey ": sheet(text_row(1, *HEADER), text_row(2, "text", "a", "A"))})
    assert read_xlsform(packed(contents), "form.xlsx").questionnaire is not None


def test_other_sheets_are_not_read() -> None:
    survey = sheet(text_row(1, *HEADER), text_row(2, "text", "a", "A"))
    reading = read_xlsform(workbook(survey=survey, notes="<broken"), "form.xlsx")
    assert reading.questionnaire is not None


def test_misspelled_sheet_is_suggested() -> None:
    reading = read_xlsform(packed(parts({"Surveys": sheet()})), "form.xlsx")
    assert str(finding(reading, "sheet_missing").remedy) == "Rename the sheet “surveys” to survey."


def test_two_sheets_of_one_name_are_found() -> None:
    survey = sheet(text_row(1, *HEADER), text_row(2, "text", "a", "A"))
    assert errors(read_xlsform(packed(parts({"survey": survey, "Survey": survey})), "x.xlsx")) == [
        "sheet_twice"
    ]


def test_sheets_of_a_later_version_are_mentioned() -> None:
    survey = sheet(text_row(1, *HEADER), text_row(2, "text", "a", "A"))
    reading = read_xlsform(packed(parts({"survey": survey, "entities": sheet()})), "form.xlsx")
    assert finding(reading, "sheet_unused").sheet == "entities"


def test_what_a_file_is_counts_more_than_its_name() -> None:
    survey = sheet(text_row(1, *HEADER), text_row(2, "text", "a", "A"))
    assert read_xlsform(workbook(survey=survey), "form.txt").questionnaire is not None
