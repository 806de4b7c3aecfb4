"""The sheet ``consult`` puts back what was written differently for others, and gives way to authors."""

from __future__ import annotations

from consult.questionnaires.xlsform.kept import kept_rows, put_back
from consult.questionnaires.xlsform.sheets import Row, Sheet
from consult.questionnaires.xlsform.written_rows import Cells

HEADER = ("sheet", "list_name", "name", "column", "text", "instead_of")


def sheet(name: str, *rows: tuple[str, ...]) -> Sheet:
    return Sheet(
        name,
        [
            Row(number, {column: text for column, text in enumerate(cells, start=1) if text})
            for number, cells in enumerate(rows, start=1)
        ],
    )


def kept(*rows: tuple[str, ...]) -> Sheet:
    return sheet("consult", HEADER, *rows)


def texts(of: Sheet) -> list[Cells]:
    header, *rows = of.rows
    return [{header.cells[number]: text for number, text in row.cells.items()} for row in rows]


def survey() -> Sheet:
    return sheet("survey", ("type", "name", "label"), ("text", "a", "A"), ("text", "b", "B"))


def test_cell_is_put_back() -> None:
    (found,) = put_back([survey(), kept(("survey", "", "b", "type", "phonenumber", "text"))])
    assert texts(found)[1] == {"type": "phonenumber", "name": "b", "label": "B"}


def test_cell_that_its_author_changed_stays() -> None:
    (found,) = put_back([survey(), kept(("survey", "", "b", "type", "phonenumber", "integer"))])
    assert texts(found)[1]["type"] == "text"


def test_cell_that_was_not_ours_is_taken_away() -> None:
    (found,) = put_back([survey(), kept(("survey", "", "a", "label", "", "A"))])
    assert texts(found)[0] == {"type": "text", "name": "a"}


def test_column_that_is_not_there_is_added() -> None:
    (found,) = put_back([survey(), kept(("survey", "", "a", "remark", "my own", ""))])
    assert texts(found)[0]["remark"] == "my own"


def test_name_is_put_back_by_the_name_that_was_written() -> None:
    (found,) = put_back([survey(), kept(("survey", "", "a", "name", "meta", "a"))])
    assert [row["name"] for row in texts(found)] == ["meta", "b"]


def test_row_that_was_deleted_is_passed_over() -> None:
    (found,) = put_back([survey(), kept(("survey", "", "c", "type", "phonenumber", "text"))])
    assert texts(found) == texts(survey())


def test_choice_is_found_by_its_list_and_name() -> None:
    choices = sheet("choices", ("list_name", "name"), ("one", "x"), ("two", "x"))
    (found,) = put_back([choices, kept(("choices", "two", "x", "my region", "north", ""))])
    assert texts(found) == [
        {"list_name": "one", "name": "x"},
        {"list_name": "two", "name": "x", "my region": "north"},
    ]


def test_settings_are_their_first_row() -> None:
    settings = sheet("settings", ("form_title",), ("Form",))
    (found,) = put_back([settings, kept(("settings", "", "", "form_title::fr", "Formulaire", ""))])
    assert texts(found) == [{"form_title": "Form", "form_title::fr": "Formulaire"}]


def test_sheet_of_somebody_else_with_that_name_changes_nothing() -> None:
    (found,) = put_back([survey(), sheet("Consult", ("remarks",), ("call Mina",))])
    assert texts(found) == texts(survey())


def test_empty_sheet_changes_nothing() -> None:
    (found,) = put_back([survey(), Sheet("consult")])
    assert texts(found) == texts(survey())


def test_sheets_without_rows_take_nothing() -> None:
    found = put_back([Sheet("survey"), kept(("survey", "", "a", "type", "text", ""))])
    assert [each.rows for each in found] == [[]]


def test_only_what_differs_is_kept() -> None:
    wanted = {"survey": [{"type": "phone", "name": "a", "x": "1"}]}
    written = {"survey": [{"type": "text", "name": "a", "y": "2"}]}
    assert kept_rows(wanted, written) == [
        {"sheet": "survey", "name": "a", "column": "type", "text": "phone", "instead_of": "text"},
        {"sheet": "survey", "name": "a", "column": "x", "text": "1", "instead_of": ""},
        {"sheet": "survey", "name": "a", "column": "y", "text": "", "instead_of": "2"},
    ]
