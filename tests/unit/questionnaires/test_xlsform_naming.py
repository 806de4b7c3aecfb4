"""Names that stand twice, that are missing, that cannot be names: each row gets one; references follow."""

from __future__ import annotations

import pytest

from tests.unit.questionnaires.small_forms import (
    choices,
    errors,
    finding,
    place,
    questionnaire,
    read,
    survey,
)


def relevant(form: str, key: str) -> str:
    expression = questionnaire(form).questions[key].relevant
    assert expression is not None
    return expression.source


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("1st", "_1st"),
        ("my name", "my_name"),
        ("a/b", "a_b"),
        ("é?", "é"),
        ("-a", "a"),
        ("اسم كامل", "اسم_كامل"),
    ],
)
def test_name_that_is_none_is_changed_with_a_warning(written: str, key: str) -> None:
    reading = read(survey(f"text | {written} | A"))
    assert place(finding(reading, "name_changed")) == "survey B2"
    assert reading.questionnaire is not None
    assert list(reading.questionnaire.questions) == [key]


def test_reference_follows_a_changed_name() -> None:
    form = survey("text | my name | A", "text | b | Hello ${ my name } | ${my name} != ''")
    assert relevant(form, "b") == "${my_name} != ''"
    assert questionnaire(form).questions["b"].label == {"en": "Hello ${my_name}"}


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ("text | | Your town?", "your_town"),
        ("text | | مدينتك؟", "question_2"),
        ("note | | Welcome", "note_2"),
    ],
)
def test_row_without_a_name_gets_one_with_a_warning(row: str, key: str) -> None:
    reading = read(survey(row))
    assert place(finding(reading, "name_made_up")) == "survey B2"
    assert reading.questionnaire is not None
    assert list(reading.questionnaire.questions) == [key]


def test_column_of_names_may_be_missing() -> None:
    form = survey("text | Town?", "date | Since when?", header="type | label::en")
    assert list(questionnaire(form).questions) == ["town", "since_when"]


def test_second_question_of_a_name_is_renamed_after_its_group() -> None:
    form = survey("text | a | A", "begin_group | g | G", "integer | a | C", "end_group")
    reading = read(form)
    found = finding(reading, "name_repeated")
    assert (place(found), "row 2" in str(found.message)) == ("survey B4", True)
    assert list(questionnaire(form).questions) == ["a", "g_a"]


def test_second_question_of_a_name_in_one_group_is_numbered() -> None:
    assert list(questionnaire(survey("note | a | A", "note | a | B", "note | a | C")).questions) == [
        "a",
        "a_2",
        "a_3",
    ]


def test_made_name_never_takes_one_that_stands_above() -> None:
    form = survey("text | a_2 | A", "text | a | B", "text | a | C")
    assert list(questionnaire(form).questions) == ["a_2", "a", "a_3"]


TWICE = (
    *("begin_group | g | G", "text | a | A", "text | b | B | ${a} = 1", "end_group"),
    *("begin_group | h | H", "text | a | A", "text | c | C | ${a} = 1", "end_group"),
)


def test_reference_means_the_question_of_its_own_group() -> None:
    assert relevant(survey(*TWICE), "b") == "${a} = 1"
    assert relevant(survey(*TWICE), "c") == "${h_a} = 1"


def test_reference_of_a_question_to_itself_means_itself() -> None:
    form = survey("text | a | A", "begin_group | g | G", "text | a | ${a}?", "end_group")
    assert questionnaire(form).questions["g_a"].label == {"en": "${g_a}?"}


def test_reference_from_inside_a_group_means_what_stands_further_out_rather_than_in_another_group() -> None:
    form = survey(
        *("text | a | A", "begin_group | g | G", "text | a | A", "end_group"),
        *("begin_group | h | H", "text | c | C | ${a} = 1", "end_group"),
    )
    assert relevant(form, "c") == "${a} = 1"


def told(*rows: str) -> list[tuple[str, str]]:
    """Where and what was said of references that took the nearest of several."""
    found = [each for each in read(survey(*rows)).findings if each.code == "reference_nearest"]
    assert {each.severity for each in found} <= {"warning"}
    return [(place(each), str(each.message)) for each in found]


def test_reference_that_takes_the_nearest_says_so_and_names_both_rows() -> None:
    assert told(*TWICE) == [
        ("survey D4", "“${a}” was read as row 3, which is nearer than row 7."),
        ("survey D8", "“${a}” was read as row 7, which is nearer than row 3."),
    ]


def test_nearest_is_told_once_for_all_who_mean_it() -> None:
    assert len(told(*TWICE[:-1], "text | d | ${a} | ${a} = 2", "end_group")) == 2


def test_nothing_is_told_where_only_one_can_be_meant() -> None:
    assert (
        told("text | a | A", "text | b | ${a}", "begin_group | a | A", "text | c | ${a}", "end_group") == []
    )


def test_reference_in_a_repeat_means_the_question_of_its_own_item() -> None:
    rows = (
        *("begin_repeat | kids | Kids", "integer | age | Age", "begin_group | g | G"),
        *("text | school | School | ${age} > 5", "end_group", "end_repeat"),
        *("begin_repeat | adults | Adults", "integer | age | Age", "begin_group | h | H"),
        *("text | job | Job | ${age} > 15", "end_group", "end_repeat", "integer | age | Age"),
    )
    made = questionnaire(survey(*rows))
    assert list(made.questions) == ["age", "school", "adults_age", "job", "age_2"]
    assert relevant(survey(*rows), "school") == "${age} > 5"
    assert relevant(survey(*rows), "job") == "${adults_age} > 15"


def test_of_two_questions_in_one_group_neither_is_nearer() -> None:
    rows = ("begin_group | g | G", "text | a | A", "note | a | B", "text | b | B | ${a} = 1", "end_group")
    found = finding(read(survey(*rows)), "reference_ambiguous")
    assert (found.severity, place(found)) == ("error", "survey D5")


def test_of_two_questions_in_groups_beside_it_neither_is_nearer() -> None:
    rows = ("begin_group | i | I", *TWICE, "text | d | D | ${a} = 1", "end_group", "text | a | A")
    found = finding(read(survey(*rows)), "reference_ambiguous")
    assert "row 4 or row 8" in str(found.message)


def test_reference_that_can_mean_two_questions_is_found() -> None:
    found = finding(read(survey(*TWICE, "text | d | D | ${a} = 1")), "reference_ambiguous")
    assert (found.severity, place(found)) == ("error", "survey D10")
    assert "row 3 or row 7" in str(found.message)


def test_choice_filter_and_choices_follow_a_changed_name() -> None:
    rows = survey(
        *("text | my town | A", "select_one yn | b | B | | ${my town} = 'x'"),
        header="type | name | label::en | relevant | choice_filter",
    )
    made = questionnaire(rows + choices("yn | y | In ${my town}"))
    assert made.questions["b"].choices[0].label == {"en": "In ${my_town}"}
    assert made.questions["b"].choice_filter is not None
    assert made.questions["b"].choice_filter.source == "${my_town} = 'x'"


def test_groups_may_have_the_names_of_questions_but_not_of_groups() -> None:
    rows = (
        "begin_group | a | A",
        "text | a | A",
        "end_group",
        "begin_group | a | B",
        "text | b | B",
        "end_group",
    )
    made = questionnaire(survey(*rows))
    assert [item.key for item in made.items] == ["a", "a_2"]
    assert list(made.questions) == ["a", "b"]


def test_name_of_a_row_that_is_switched_off_is_free() -> None:
    form = survey("text | a | A | yes", "text | a | B", header="type | name | label::en | disabled")
    assert list(questionnaire(form).questions) == ["a"]


@pytest.mark.parametrize("name", ["data", "meta", "name", "label", "instanceID", "true", "and"])
def test_reserved_name_of_other_programs_is_a_name_here(name: str) -> None:
    assert list(questionnaire(survey(f"text | {name} | A", f"text | z | Z | ${{{name}}} = 1")).questions) == [
        name,
        "z",
    ]


@pytest.mark.parametrize(
    "row",
    [
        "What kind of question | its name | What people read",
        "type | name | label",
        "See the guide for this | | |",
    ],
)
def test_row_of_prose_is_a_remark(row: str) -> None:
    reading = read(survey(row, "text | a | A"))
    assert errors(reading) == []
    assert place(finding(reading, "row_of_prose")) == "survey A2"


def test_slip_in_a_type_is_no_remark() -> None:
    assert errors(read(survey("selct one off list | a | A", "text | b | B"))) == ["type_unknown"]
    assert errors(read(survey("text | b | B", "a very free text | a | A"))) == ["type_unknown"]


def test_prose_above_the_header_is_a_remark() -> None:
    form = "| survey |\n| | Our survey of 2026 |\n| | |\n| | type | name | label::en |\n| | text | a | A |\n"
    reading = read(form)
    assert errors(reading) == []
    assert place(finding(reading, "row_above_header")) == "survey 1"
