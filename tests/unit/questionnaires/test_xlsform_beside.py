"""Files beside a form: which it uses, what is said when they are not there or not as they should be."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from textwrap import dedent

import pytest

from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.xlsform import Reading, read_xlsform, write_xlsform
from consult.questionnaires.xlsform.beside import external_choices, unused
from consult.questionnaires.xlsform.sheets import Row, Sheet
from tests.unit.questionnaires.small_forms import choices, codes, errors, finding, place, survey

TOWNS = b"name,label,province\nlondon,London,on\ngatineau,Gatineau,qc\n"
HEADER = "type | name | label::en | choice_filter | calculation | appearance | parameters"


def read(form: str, files: Mapping[str, bytes] | None = None) -> Reading:
    return read_xlsform(dedent(form).encode(), "form.md", files or {"towns.csv": TOWNS})


def good(form: str, files: Mapping[str, bytes] | None = None) -> Questionnaire:
    reading = read(form, files)
    assert reading.questionnaire is not None, [str(found.message) for found in reading.findings]
    return reading.questionnaire


def rows(*written: str) -> str:
    return survey(*written, header=HEADER)


def test_file_without_an_ending_is_a_list_of_that_name() -> None:
    form = rows("select_one_from_file Yes no | a | A | group = 'x'") + choices(
        "yes no | y | Yes | x", "yes no | n | No | z", header="list_name | name | label::en | group"
    )
    reading = read(form)
    assert place(finding(reading, "file_is_list")) == "survey A2"
    assert reading.questionnaire is not None
    asked = reading.questionnaire.questions["a"]
    assert (asked.kind, asked.source, asked.list_name) == ("select_one", "", "yes no")
    assert [choice.key for choice in asked.choices] == ["y", "n"]


def test_file_without_an_ending_is_else_a_csv_file() -> None:
    assert good(rows("select_one_from_file towns | t | T")).questions["t"].source == "towns.csv"
    missing = read(rows("select_one_from_file cities | t | T"))
    assert "cities.csv" in str(finding(missing, "file_missing").message)


@pytest.mark.parametrize(
    ("written", "kind", "source", "list_name"),
    [
        ("select_one_from_file towns.csv", "select_one", "towns.csv", ""),
        ("select one from file towns.csv", "select_one", "towns.csv", ""),
        ("select_multiple_from_file towns.csv", "select_multiple", "towns.csv", ""),
        ("select_multiple_from_file towns.csv or_other", "select_multiple", "towns.csv", ""),
        ("rank_from_file towns.csv", "rank", "towns.csv", ""),
        ("Select_One_External towns", "select_one", "itemsets.csv", "towns"),
    ],
)
def test_type_names_the_file_that_has_the_choices(
    written: str, kind: str, source: str, list_name: str
) -> None:
    files = {"towns.csv": TOWNS, "itemsets.csv": b"list_name,name,label\ntowns,a,A\n"}
    question = good(rows(f"{written} | t | T"), files).questions["t"]
    assert (question.kind, question.source, question.list_name) == (kind, source, list_name)


@pytest.mark.parametrize("name", ["csv-external", "xml-external"])
def test_row_may_only_name_a_file(name: str) -> None:
    form = rows("text | a | A", f"{name} | towns")
    file = f"towns.{name[:3]}"
    questionnaire = good(form, {file: TOWNS if name[0] == "c" else b"<r><item><name>a</name></item></r>"})
    assert list(questionnaire.files) == [file]


def test_form_names_the_hash_of_every_file_it_uses() -> None:
    form = rows("select_one_from_file towns.csv | t | T")
    reading = read(form, {"towns.csv": TOWNS, "other.csv": b"a\n"})
    assert reading.questionnaire is not None
    assert reading.questionnaire.files == {"towns.csv": hashlib.sha256(TOWNS).hexdigest()}
    assert reading.files == {"towns.csv": TOWNS}


def test_file_is_found_whatever_its_capitals() -> None:
    reading = read(rows("select_one_from_file towns.csv | t | T"), {"Towns.CSV": TOWNS})
    assert reading.files == {"towns.csv": TOWNS}


@pytest.mark.parametrize(
    "form",
    [
        rows("select_one_from_file towns.csv | t | T"),
        rows("text | t | T | | | ", "calculate | c | | | pulldata('towns', 'label', 'name', ${t})"),
        rows("calculate | c | | | count(instance('towns')/root/item[province = 'on'])"),
        rows("select_one s | t | T | | | search('towns')")
        + choices("s | name | label", header="list_name | name | label::en"),
        rows("csv-external | towns", "text | t | T"),
    ],
)
def test_missing_file_is_a_warning_and_the_form_goes_through(form: str) -> None:
    reading = read(form, {"town.csv": TOWNS})
    assert reading.questionnaire is not None, codes(reading)
    found = finding(reading, "file_missing")
    assert found.severity == "warning"
    assert "towns.csv" in str(found.message)
    assert reading.questionnaire.files == {}


def test_list_of_the_form_needs_no_file() -> None:
    form = rows("select_one ab | t | T", "calculate | c | | | instance('ab')/root/item[name = ${t}]/label")
    assert "file_missing" not in codes(read(form + choices("ab | a | A")))


def test_sheet_external_choices_becomes_a_file() -> None:
    form = rows("select_one_external towns | t | T | province = 'on'")
    form += "| external_choices |\n| | list name | name | label | province |\n"
    form += "| | towns | london | London | on |\n"
    reading = read(form)
    assert reading.files == {"itemsets.csv": b"list_name,name,label,province\ntowns,london,London,on\n"}


def test_row_of_spaces_in_external_choices_is_no_choice() -> None:
    rows_of = ({1: "list_name", 2: "name"}, {1: " "}, {1: "towns", 2: "london"})
    sheet = Sheet("external_choices", [Row(number, cells) for number, cells in enumerate(rows_of, start=1)])
    assert external_choices(sheet) == b"list_name,name\ntowns,london\n"


def test_external_choices_without_their_sheet_are_typed_with_a_warning() -> None:
    reading = read(rows("select_one_external towns | t | T"))
    assert place(finding(reading, "external_choices_missing")) == "survey A2"
    assert errors(reading) == []


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ("select_one_from_file cities.csv | t | T", "A2"),
        ("calculate | t | | | pulldata('cities', 'a', 'b', 'c')", "E2"),
        ("select_one s | t | T | | | search('cities')", "F2"),
    ],
)
def test_missing_file_is_said_at_the_cell_that_names_it(row: str, cell: str) -> None:
    reading = read(rows(row) + choices("s | name | label"))
    assert place(finding(reading, "file_missing")) == f"survey {cell}"


@pytest.mark.parametrize(
    ("row", "column", "remedy"),
    [
        ("select_one_from_file towns.csv | t | T | | | | value=nam", "nam", "Did you mean “name”?"),
        ("select_one_from_file towns.csv | t | T | provins = 'on'", "provins", "Did you mean “province”?"),
        ("calculate | t | | | pulldata('towns', 'labl', 'name', 'london')", "labl", "Did you mean “label”?"),
        ("calculate | t | | | pulldata('towns', 'label', 'key', 'x')", "key", "Add the column to the file"),
        (
            "select_one s | t | T | | | search('towns', 'contains', 'x1', 'y')",
            "x1",
            "Add the column to the file",
        ),
    ],
)
def test_column_that_the_file_lacks_is_an_error(row: str, column: str, remedy: str) -> None:
    found = finding(read(rows("text | q | Q", row) + choices("s | name | label")), "file_column_missing")
    assert (found.severity, found.row) == ("error", 3)
    assert f"“{column}”" in str(found.message)
    assert remedy in str(found.remedy)


@pytest.mark.parametrize(
    ("files", "code"),
    [({"towns.csv": b""}, "file_unreadable"), ({"towns.csv": b"x" * 30_000_000}, "file_too_large")],
)
def test_file_that_cannot_be_used_is_an_error(files: Mapping[str, bytes], code: str) -> None:
    assert errors(read(rows("select_one_from_file towns.csv | t | T"), files)) == [code]


@pytest.mark.parametrize("name", ["../towns.csv", "lists/towns.csv", ".towns.csv", "/etc/passwd"])
def test_file_name_may_not_lead_elsewhere(name: str) -> None:
    assert errors(read(rows(f"select_one_from_file {name} | t | T"), {name: TOWNS})) == ["file_name_unusable"]


@pytest.mark.parametrize(
    "call",
    [
        *("search(", "search()", "search('a', 'contains')", "search('a', 'finds', 'b', 'c')"),
        *("search('a', 'contains', ',', 'c')", "search('a' 'b')"),
    ],
)
def test_search_that_cannot_be_read_is_an_error(call: str) -> None:
    form = rows("text | q | Q", f"select_one s | t | T | | | minimal {call}") + choices("s | name | label")
    assert "search_unreadable" in errors(read(form))


@pytest.mark.parametrize("call", ["search(${q})", "search('a', 'contains', ${q}, 'c')"])
def test_search_in_a_list_that_an_answer_names_is_typed_with_a_warning(call: str) -> None:
    form = rows("text | q | Q", f"select_one s | t | T | | | minimal {call}") + choices("s | name | label")
    reading = read(form)
    assert place(finding(reading, "search_moving")) == "survey F3"
    assert errors(reading) == []


def test_search_may_only_ask_for_answers_that_there_are() -> None:
    form = rows("select_one s | t | T | | | search('towns', 'matches', 'name', ${nobody})")
    assert "expression_unknown_name" in errors(read(form + choices("s | name | label")))


def test_what_was_uploaded_and_is_not_used_is_named() -> None:
    found = list(unused({"Towns.csv": b"", "cities.csv": b""}, {"towns.csv": b""}))
    assert [(each.code, each.severity) for each in found] == [("file_unused", "warning")]
    assert "cities.csv" in str(found[0].message)


@pytest.mark.parametrize(
    "form",
    [
        rows("select_one_from_file towns.csv | t | T | province = 'on' | | | value=name label=label"),
        rows("select_multiple_from_file towns.csv | t | T"),
        rows("select_one s | t | T | | | minimal search('towns', 'contains', 'label', 'l')")
        + choices("s | name | label"),
        rows("text | a | A", "csv-external | towns"),
    ],
)
def test_form_is_the_same_after_writing_and_reading_it(form: str) -> None:
    questionnaire = good(form)
    again = read_xlsform(write_xlsform(questionnaire), "form.xlsx", {"towns.csv": TOWNS})
    assert again.questionnaire == questionnaire
