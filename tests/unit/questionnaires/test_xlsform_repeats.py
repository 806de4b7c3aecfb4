"""Repeats as authors write them."""

from __future__ import annotations

import pytest

from consult.questionnaires.specification import Group
from consult.questionnaires.xlsform import read_xlsform, write_xlsform
from tests.unit.questionnaires.small_forms import errors, finding, place, read, survey

HEADER = "type | name | label::en | relevant | repeat_count | calculation"


def repeat_of(*rows: str, header: str = HEADER) -> Group:
    reading = read(survey(*rows, header=header))
    assert reading.questionnaire is not None, errors(reading)
    (found,) = (item for item in reading.questionnaire.items if isinstance(item, Group))
    assert found.is_repeat
    return found


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("begin_repeat", "end_repeat"),
        ("begin repeat", "end repeat"),
        ("Begin Repeat", "END_REPEAT"),
        ("begin lgroup", "end lgroup"),
        ("begin looped group", "end looped group"),
    ],
)
def test_repeat_is_read_in_every_spelling(begin: str, end: str) -> None:
    found = repeat_of(f"{begin} | members | Members", "text | name | Name", end)
    assert (found.key, found.repeat_count, [item.key for item in found.items]) == ("members", None, ["name"])


@pytest.mark.parametrize("column", ["repeat_count", "jr:count", "count", "control::jr:count", "Repeat count"])
def test_number_of_items_is_read_in_every_spelling(column: str) -> None:
    rows = ("integer | size | Size", "begin_repeat | r | R | ${size} + 1", "text | a | A", "end_repeat")
    found = repeat_of(*rows, header=f"type | name | label::en | {column}")
    assert found.repeat_count is not None
    assert found.repeat_count.source == "${size} + 1"


def test_repeats_stand_in_groups_and_repeats() -> None:
    outer = repeat_of(
        *("begin_repeat | members | Members", "begin_group | about | About", "begin_repeat | kids | Kids"),
        *("text | a | A", "end_repeat", "end_group", "end_repeat"),
    )
    (about,) = outer.items
    assert isinstance(about, Group)
    assert not about.is_repeat
    (kids,) = about.items
    assert isinstance(kids, Group)
    assert kids.is_repeat


@pytest.mark.parametrize(
    "expression",
    [
        "count(${members})",
        "sum(${age})",
        "indexed-repeat(${age}, ${members}, 1)",
        "/data/members[1]/age",
        "join(' ', ${members}[age > 4]/age)",
        "count(//age)",
    ],
)
def test_expressions_on_repeats_are_understood(expression: str) -> None:
    rows = ("begin_repeat | members | Members", "integer | age | Age", "end_repeat")
    assert errors(read(survey(*rows, f"calculate | c | | | | {expression}", header=HEADER))) == []


@pytest.mark.parametrize("expression", ["position(..)", "../age", "index()", "${age}", "current()/../age"])
def test_expressions_in_repeats_are_understood(expression: str) -> None:
    rows = ("begin_repeat | members | Members", "integer | age | Age", f"calculate | c | | | | {expression}")
    assert errors(read(survey(*rows, "end_repeat", header=HEADER))) == []


def test_number_of_items_that_cannot_be_read_is_found() -> None:
    reading = read(survey("begin_repeat | r | R | | ${nobody}", "text | a | A", "end_repeat", header=HEADER))
    assert place(finding(reading, "expression_unknown_name")) == "survey E2"


def test_repeat_is_written_and_read_again() -> None:
    reading = read(
        survey(
            *("integer | size | Size", "begin_repeat | members | Members | ${size} > 0 | ${size}"),
            *("text | name | Name", "end_repeat"),
            header=HEADER,
        )
    )
    assert reading.questionnaire is not None
    again = read_xlsform(write_xlsform(reading.questionnaire), "form.xlsx").questionnaire
    assert again is not None
    assert again.items == reading.questionnaire.items
