"""Forms as plain text: Markdown tables and CSV."""

from __future__ import annotations

import pytest

from consult.questionnaires.xlsform import read_xlsform
from tests.samples.workbooks import packed
from tests.unit.questionnaires.small_forms import finding, place, questionnaire, read

MARKDOWN = """
What we ask.

| survey  |            |      |              |
|---------|------------|------|--------------|
|         | type       | name | label::en    |
|         | select_one ab | q | A \\| B?     |

| choices |            |      |              |
|         | list_name  | name | label::en    |
|         | ab         | a    | A            |
"""
CSV = """"survey",,,
,"type","name","label::en"
,"text","q","A, or ""B""?"
"settings",,
,"form_title"
,"Title"
"""


def test_markdown_is_read_with_the_text_around_it() -> None:
    assert questionnaire(MARKDOWN).questions["q"].label == {"en": "A | B?"}


def test_rows_are_counted_within_their_sheet() -> None:
    reading = read(MARKDOWN.replace("| ab         | a    | A ", "| ab         |      | A "))
    assert place(finding(reading, "choice_name_made_up")) == "choices B2"


def test_csv_is_read() -> None:
    made = read(CSV, "form.csv").questionnaire
    assert made is not None
    assert made.questions["q"].label == {"en": 'A, or "B"?'}
    assert made.title == {"en": "Title"}


def test_csv_with_semicolons_and_a_byte_order_mark_is_read() -> None:
    data = b"\xef\xbb\xbfsurvey;;;\r\n;type;name;label::fr\r\n;text;q;Pr\xc3\xa9nom, nom\r\n"
    made = read_xlsform(data, "form.CSV").questionnaire
    assert made is not None
    assert made.questions["q"].label == {"fr": "Prénom, nom"}


def test_csv_of_one_sheet_is_the_survey() -> None:
    made = read("type,name,label::en\ntext,q,Name\n", "survey.csv").questionnaire
    assert made is not None
    assert list(made.questions) == ["q"]


def test_row_of_a_csv_of_one_sheet_is_counted_with_its_header() -> None:
    assert (
        place(finding(read("type,name,label::en\ntxt,q,Name\n", "survey.csv"), "type_unknown")) == "survey A2"
    )


def test_csv_with_tabs_is_read_whatever_its_name() -> None:
    made = read("survey\n\ttype\tname\tlabel::en\n\ttext\tq\tName\n", "form.xls").questionnaire
    assert made is not None


def test_csv_in_the_letters_of_windows_is_read_with_a_note() -> None:
    reading = read_xlsform("type,name,label::fr\ntext,q,Prénom\n".encode("cp1252"), "form.csv")
    assert reading.questionnaire is not None
    assert reading.questionnaire.questions["q"].label == {"fr": "Prénom"}
    assert finding(reading, "letters_guessed").severity == "warning"


def test_csv_with_two_bytes_a_letter_is_read() -> None:
    data = "type,name,label::fr\ntext,q,Prénom\n".encode("utf-16")
    assert read_xlsform(data, "form.csv").questionnaire is not None


def test_zip_of_csv_files_is_read() -> None:
    survey = "type,name,label::en\nselect_one ab,q,Which?\n"
    choices = "list_name,name,label::en\nab,a,A\n"
    data = packed({"form/survey.csv": survey, "form/choices.csv": choices, "form/readme.txt": "x"})
    made = read_xlsform(data, "form.zip").questionnaire
    assert made is not None
    assert [choice.key for choice in made.questions["q"].choices] == ["a"]


def test_header_may_stand_beside_the_name_of_the_sheet() -> None:
    form = "| survey | type | name | label::en |\n| | text | q | Name |\n"
    assert list(questionnaire(form).questions) == ["q"]


def test_markdown_of_one_sheet_is_the_survey() -> None:
    assert list(questionnaire("| type | name | label::en |\n| text | q | Name |\n").questions) == ["q"]


def test_remark_after_the_last_bar_is_left_out() -> None:
    form = "| survey |\n| | type | name | label::en |\n| | text | q | Name | # why | \n"
    assert list(questionnaire(form).questions) == ["q"]


def test_markdown_is_known_by_its_first_line_too() -> None:
    assert read(MARKDOWN[MARKDOWN.index("|") :], "form").questionnaire is not None


@pytest.mark.parametrize(
    ("data", "filename", "code"),
    [
        (b"survey\n,t\x81te", "form.csv", "not_utf8"),
        ("tête, type".encode("latin-1"), "form", "not_a_workbook"),
        (b"<html>,type,name</html>", "form.csv", "not_a_workbook"),
        (b"survey\x00", "form.md", "not_a_workbook"),
        (b"| survey |\n" + b"| | " + b"x" * 40_000 + b" |", "form.md", "cell_too_long"),
        (b"|\n" * 100_000, "form.md", "file_too_large"),
        (b"| " * 1_500_000, "form.md", "file_too_large"),
        (b'survey,\n,"' + b"x" * 200_000, "form.csv", "not_a_table"),
        (b"hello", "form.txt", "not_a_workbook"),
        (b"hello", "form.md", "sheet_missing"),
        (b"", "form.csv", "sheet_missing"),
        (b"| survey |\n" + b"| | type | name |\n" + b"| |" + b" x |" * 400, "form.md", "sheet_too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_text_that_is_no_form_is_refused(data: bytes, filename: str, code: str) -> None:
    reading = read_xlsform(data, filename)
    assert reading.questionnaire is None
    assert [found.code for found in reading.findings] == [code]
