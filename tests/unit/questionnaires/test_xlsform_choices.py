"""The sheet choices."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from consult.questionnaires.routing import evaluate
from consult.questions import kind_of
from consult.questions.question import Choice
from tests.unit.questionnaires.small_forms import (
    choices,
    errors,
    finding,
    place,
    questionnaire,
    read,
    settings,
    survey,
)

ASKED = survey("select_one yn | a | A")
SEVERAL = survey("select_multiple yn | a | A")


def listed(*rows: str, header: str = "list_name | name | label::en") -> tuple[Choice, ...]:
    return questionnaire(ASKED + choices(*rows, header=header)).questions["a"].choices


def test_question_carries_its_list_in_order() -> None:
    made = listed("yn | yes | Yes", "other | x | X", "yn | no | No")
    assert [(choice.key, choice.label["en"]) for choice in made] == [("yes", "Yes"), ("no", "No")]


@pytest.mark.parametrize("header", ["list name | name | label::en", "List_Name | value | Label::English"])
def test_old_names_of_columns_are_understood(header: str) -> None:
    assert [choice.key for choice in listed("yn | 1 | Yes", header=header)] == ["1"]


def test_further_columns_become_attributes() -> None:
    made = listed("yn | yes | Yes | north | 3", header="list_name | name | label::en | region | value")
    assert made[0].attributes == {"region": "north", "value": "3"}


@pytest.mark.parametrize(("written", "expected"), [("yes", True), ("TRUE", True), ("no", False), ("", False)])
def test_exclusive_choice_is_marked_in_a_column(written: str, expected: bool) -> None:
    made = listed(f"yn | none | None | {written}", header="list_name | name | label::en | exclusive")
    assert made[0].is_exclusive is expected


def test_rows_between_lists_may_be_empty() -> None:
    assert len(listed("yn | yes | Yes", "| |", "yn | no | No")) == 2


def test_missing_list_comes_with_the_likeliest_spelling() -> None:
    reading = read(survey("select_one yes_noo | a | A") + choices("yes_no | yes | Yes"))
    found = finding(reading, "list_missing")
    assert place(found) == "survey A2"
    assert str(found.remedy).startswith("Did you mean “yes_no”?")


def test_question_whose_list_is_missing_is_answered_in_words() -> None:
    reading = read(survey("select_one z or_other | a | A") + choices("yn | yes | Yes"))
    assert finding(reading, "list_missing").severity == "warning"
    assert reading.questionnaire is not None
    asked = reading.questionnaire.questions["a"]
    assert (asked.kind, asked.list_name, asked.has_other) == ("text", "", False)


def test_list_is_missing_where_there_is_no_sheet_choices() -> None:
    assert errors(read(ASKED)) == ["list_missing"]


def test_sheet_choices_without_a_row_is_as_none() -> None:
    empty = choices(header="My lists | of choices")
    assert errors(read(survey("text | a | A") + empty)) == []
    assert errors(read(ASKED + empty)) == ["list_missing"]
    assert set(errors(read(ASKED + choices("yn | yes", header="My lists | of choices")))) == {
        "column_missing"
    }


def test_choice_that_stands_twice_is_left_out_once() -> None:
    reading = read(ASKED + choices("yn | yes | Yes", "yn | yes | Yes"))
    assert reading.questionnaire is not None
    assert place(finding(reading, "choice_repeated")) == "choices B3"


def test_two_choices_of_one_name_get_names_of_their_own() -> None:
    reading = read(
        ASKED + choices("yn | yes | Yes", "yn | yes | Maybe", "yn | yes | Perhaps", "yn | yes | yes")
    )
    assert [place(each) for each in reading.findings if each.code == "choice_renamed"] == [
        "choices B3",
        "choices B4",
    ]
    assert place(finding(reading, "choice_repeated")) == "choices B5"
    assert reading.questionnaire is not None
    kept = reading.questionnaire.questions["a"].choices
    assert [(choice.key, choice.label["en"]) for choice in kept] == [
        ("yes", "Yes"),
        ("yes_2", "Maybe"),
        ("yes_3", "Perhaps"),
    ]


def test_choice_without_a_name_is_named_after_its_label() -> None:
    reading = read(ASKED + choices("yn | no | No", "yn | | Not sure!", "yn | | Not sure!"))
    assert [place(each) for each in reading.findings if each.code == "choice_name_made_up"] == [
        "choices B3",
        "choices B4",
    ]
    assert reading.questionnaire is not None
    assert [choice.key for choice in reading.questionnaire.questions["a"].choices] == [
        "no",
        "not_sure",
        "not_sure_2",
    ]


def test_choice_that_differs_in_capitals_and_spaces_only_is_the_same() -> None:
    assert [choice.key for choice in listed("yn | yes | Yes", "yn | yes | YES ", "yn | no | No")] == [
        "yes",
        "no",
    ]


FILTERED = "list_name | name | label::en | region"


def test_choice_of_two_regions_is_offered_in_both() -> None:
    reading = read(
        ASKED + choices("yn | o | Other | n", "yn | x | X | n", "yn | o | Other | s", header=FILTERED)
    )
    assert place(finding(reading, "choice_shares_name")) == "choices B4"
    assert reading.questionnaire is not None
    kept = reading.questionnaire.questions["a"].choices
    assert [(choice.key, choice.attributes["region"]) for choice in kept] == [
        ("o", "n"),
        ("x", "n"),
        ("o", "s"),
    ]


def test_choice_of_two_regions_is_one_choice_in_reports_and_offered_in_either() -> None:
    form = survey(
        "text | r | R |",
        "select_multiple yn | a | A | region = ${r}",
        header="type | name | label::en | choice_filter",
    )
    rows = choices("yn | o | Other | n", "yn | x | X | n", "yn | o | Other | s", header=FILTERED)
    made = questionnaire(form + rows)
    asked = made.questions["a"]
    assert [column.key for column in kind_of(asked).columns(asked)] == ["a", "a/o", "a/x"]
    now = datetime(2026, 3, 5, tzinfo=UTC)
    offered = [evaluate(made, {"r": region}, now=now, language="en").states["a"].choices for region in "ns"]
    assert offered == [("o", "x"), ("o",)]


def test_one_name_for_two_labels_is_kept_where_a_filter_or_the_settings_tell_them_apart() -> None:
    form = ASKED + choices("yn | 1 | North | n", "yn | 1 | South | s", header=FILTERED)
    alone = ASKED + choices("yn | 1 | North", "yn | 1 | South")
    for each in (form, form + settings("allow_choice_duplicates", "yes")):
        assert place(finding(read(each), "choice_shares_name")) == "choices B3"
    allowed = read(alone + settings("allow_choice_duplicates", "yes"))
    assert place(finding(allowed, "choice_shares_name")) == "choices B3"
    assert errors(allowed) == []


def test_list_whose_name_varies_in_capitals_is_taken_with_a_warning() -> None:
    reading = read(survey("select_one Yes-No | a | A") + choices("yes_no | yes | Yes"))
    assert place(finding(reading, "list_name_varies")) == "survey A2"
    assert reading.questionnaire is not None
    assert reading.questionnaire.questions["a"].list_name == "yes_no"


def test_choice_of_no_list_is_left_out_with_a_warning() -> None:
    reading = read(ASKED + choices("yn | no | No", "| yes | Yes"))
    assert finding(reading, "choice_incomplete").severity == "warning"
    assert reading.questionnaire is not None


@pytest.mark.parametrize(("row", "where"), [("yn | |", "choices B3"), ("| yes | Yes", "choices A3")])
def test_half_a_choice_is_left_out_and_said(row: str, where: str) -> None:
    reading = read(ASKED + choices("yn | no | No", row))
    assert place(finding(reading, "choice_incomplete")) == where
    assert errors(reading) == []


def test_choice_without_a_label_is_found_where_it_is_used() -> None:
    form = choices("yn | yes |", "unused | x |")
    assert place(finding(read(ASKED + form), "choice_without_label")) == "choices C2"


def test_code_that_looks_like_an_answer_is_not_one_where_it_stands_for_a_label() -> None:
    (made,) = listed("yn | ${gone}", header="list_name | name")
    assert made.key == "${gone}"
    assert made.label == {"en": "{gone}"}


def test_spaces_in_a_name_are_found_where_several_are_chosen() -> None:
    form = choices("yn | not sure | Not sure")
    assert errors(read(ASKED + form)) == []
    assert place(finding(read(SEVERAL + form), "choice_name_spaces")) == "choices B2"


def test_filter_by_a_column_that_is_not_there_is_found() -> None:
    form = survey("select_one yn | a | A | regoin = 'x'", header="type | name | label::en | choice_filter")
    table = choices("yn | yes | Yes | x", header="list_name | name | label::en | region")
    found = finding(read(form + table), "choice_column_missing")
    assert (place(found), str(found.remedy)) == ("survey D2", "Did you mean “region”?")


def test_filter_by_a_column_that_nothing_resembles_reads_it_as_empty() -> None:
    form = survey("select_one yn | a | A | place = 'x'", header="type | name | label::en | choice_filter")
    reading = read(form + choices("yn | yes | Yes"))
    assert finding(reading, "choice_column_missing").severity == "warning"
    assert errors(reading) == []


def test_filter_by_a_column_and_an_answer_is_kept() -> None:
    form = survey(
        "text | r | Region |",
        "select_one yn | a | A | region = ${r} and name != 'no'",
        header="type | name | label::en | choice_filter",
    )
    table = choices("yn | yes | Yes | x", header="list_name | name | label::en | region")
    asked = questionnaire(form + table).questions["a"]
    assert asked.choice_filter is not None
    assert asked.choice_filter.source == "region = ${r} and name != 'no'"


def test_picture_of_a_choice_is_kept() -> None:
    made = listed("yn | yes | Yes | yes.png", header="list_name | name | label::en | media::image::en")
    assert made[0].media == {"image": {"en": "yes.png"}}


def test_missing_column_of_choices_is_found() -> None:
    table = choices("yn | Yes", header="list_name | label::en")
    assert errors(read(ASKED + table)) == ["column_missing"]
