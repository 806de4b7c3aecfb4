"""A part of a larger form goes in once somebody says so; what was assumed is said at every place."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from textwrap import dedent

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from consult.questionnaires.specification import Group, Questionnaire
from consult.questionnaires.xlsform import Reading, read_xlsform, write_xlsform
from consult.questionnaires.xlsform.assuming import MOST_QUESTIONS, assumptions, may_be_assumed
from consult.questionnaires.xlsform.writer import export_xlsform
from consult.questions.question import Question
from tests.unit.questionnaires.generated import UNHURRIED, questionnaires
from tests.unit.questionnaires.small_forms import choices, codes, errors, place, survey

Items = tuple[Question | Group, ...]

PART = survey(
    "note | hello | About ${crop_label}",
    "integer | area | Area? | ${crop_label} != ''",
    "text | farm | Farm?",
)


def assumed(form: str) -> Reading:
    return read_xlsform(dedent(form).encode(), "form.md", assume=True)


def made_of(form: str) -> Questionnaire:
    reading = assumed(form)
    assert reading.questionnaire is not None, [str(found.message) for found in reading.findings]
    return reading.questionnaire


def said(form: str) -> list[tuple[str, str]]:
    """Code and place of everything that was assumed."""
    return [(found.code, place(found)) for found in assumptions(assumed(form).findings)]


def with_errors(form: str) -> Reading:
    return read_xlsform(dedent(form).encode(), "form.md")


def test_without_the_choice_a_part_is_refused_as_before() -> None:
    assert errors(with_errors(PART)) == ["expression_unknown_name"] * 2
    assert not assumptions(with_errors(PART).findings)


def test_a_name_that_no_question_has_becomes_one_hidden_question_at_the_start() -> None:
    made = made_of(PART)
    assert list(made.questions) == ["crop_label", "hello", "area", "farm"]
    assert made.questions["crop_label"].kind == "hidden"


def test_it_is_said_at_every_place_that_names_it() -> None:
    assert said(PART) == [("assumed_question", "survey C2"), ("assumed_question", "survey D3")]
    found = assumptions(assumed(PART).findings)[0]
    assert "crop_label" in str(found.message)
    assert "hidden" in str(found.message)
    assert found.severity == "warning"


def test_a_likely_spelling_is_still_told() -> None:
    [found] = assumptions(assumed(survey("text | town | Town?", "note | n | ${twon}")).findings)
    assert "Did you mean “${town}”?" in str(found.remedy)


def test_a_path_through_what_is_not_there_leads_to_a_hidden_question() -> None:
    form = survey("integer | area | Area? | ../livestock_name != ''")
    assert list(made_of(form).questions) == ["livestock_name", "area"]
    assert said(form) == [("assumed_question", "survey D2")]


def test_a_choice_can_name_what_is_elsewhere() -> None:
    form = survey("select_one l | q | Q?") + choices("l | a | The field of ${owner}", "l | b | Another")
    assert list(made_of(form).questions) == ["owner", "q"]
    assert said(form) == [("assumed_question", "choices C2")]


def test_a_name_inside_a_text_of_the_logic_is_no_other_question() -> None:
    form = survey("select_one l | q | Q?", "note | n | N | ${gone} = jr:choice-name(${q}, '${q}')")
    assert list(made_of(form + choices("l | a | A")).questions) == ["gone", "q", "n"]


def test_what_cannot_be_a_name_stays_an_error() -> None:
    assert "expression_unknown_name" in errors(assumed(survey("note | n | ${1st}")))


def test_too_many_missing_questions_are_not_assumed() -> None:
    rows = [f"note | n{number} | ${{gone_{number}}}" for number in range(MOST_QUESTIONS + 1)]
    assert errors(assumed(survey(*rows))) == ["expression_unknown_name"]


def test_a_group_that_is_never_closed_ends_after_the_last_row() -> None:
    form = survey("begin_group | g | G", "text | a | A", "text | b | B")
    assert said(form) == [("assumed_end", "survey A2")]
    [group] = made_of(form).items
    assert isinstance(group, Group)
    assert [item.key for item in group.items] == ["a", "b"]


def test_a_repeat_that_is_never_closed_ends_with_the_group_around_it() -> None:
    form = survey(
        *("begin_group | g | G", "begin_repeat | r | R", "text | a | A", "end_group", "text | b | B"),
    )
    assert said(form) == [("assumed_end", "survey A3")]
    assert "“g”" in str(assumptions(assumed(form).findings)[0].message)
    assert made_of(form).paths == {"a": "g/r/a", "b": "b"}


def test_ends_in_the_wrong_order_stay_an_error() -> None:
    form = survey(
        *("begin_group | g | G", "begin_repeat | r | R", "text | a | A", "end_group", "end_repeat"),
    )
    assert errors(assumed(form)) == ["group_not_open"]


TWICE = (
    *("begin_group | g | G", "text | a | A", "end_group"),
    *("note | between | ${a}", "begin_group | h | H", "text | a | A", "end_group"),
)


@pytest.mark.parametrize(
    ("rows", "label"),
    [
        ((*TWICE, "note | n | ${a}"), "${h_a}"),
        (("note | n | ${a}", *TWICE), "${a}"),
    ],
    ids=["the nearest above", "the first where none is above"],
)
def test_a_name_that_can_mean_two_rows_means(rows: tuple[str, ...], label: str) -> None:
    questions = made_of(survey(*rows)).questions
    assert (questions["n"].label["en"], questions["between"].label["en"]) == (label, "${a}")


def test_the_row_that_was_taken_is_said() -> None:
    found = assumptions(assumed(survey(*TWICE, "note | n | ${a}")).findings)
    assert [(place(each), each.code) for each in found] == [
        ("survey C5", "assumed_nearest"),
        ("survey C9", "assumed_nearest"),
    ]
    assert "rows 3, 7: the nearest above, row 3," in str(found[0].message)
    assert "rows 3, 7: the nearest above, row 7," in str(found[1].message)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("txt | q | Q", "type_unknown"),
        ("note | q | Q | ${q", "expression_syntax"),
        ("calculate | q | | | | ${q} + 1", "expression_cycle"),
        ("note | q | Q | nofunction()", "expression_unknown_function"),
    ],
)
def test_what_nobody_can_assume_stays_an_error_beside_what_was_assumed(row: str, code: str) -> None:
    reading = assumed(survey("note | n | ${gone}", row))
    assert reading.questionnaire is None
    assert errors(reading) == [code]
    assert len(assumptions(reading.findings)) == 1
    assert not may_be_assumed(with_errors(survey("note | n | ${gone}", row)).findings)


def test_whether_assuming_helps_is_known_before() -> None:
    assert may_be_assumed(with_errors(PART).findings)
    assert not may_be_assumed(with_errors(survey("text | a | A")).findings)


def test_a_form_without_gaps_is_read_the_same_with_the_choice() -> None:
    form = survey("text | a | A", "begin_group | g | G", "note | b | ${a}", "end_group")
    assert assumed(form).questionnaire == with_errors(form).questionnaire
    assert not assumptions(assumed(form).findings)


@pytest.mark.parametrize(
    "form",
    [
        PART,
        survey("begin_repeat | r | R", "text | a | A", "calculate | n | | | | ${other} + ../more"),
        survey(*TWICE, "note | n | ${a} of ${whom}"),
    ],
)
def test_what_was_assumed_goes_out_and_comes_back_without_assumptions(form: str) -> None:
    made = made_of(form)
    again = read_xlsform(export_xlsform(made).workbook, "again.xlsx")
    assert again.questionnaire == made
    assert "name_repeated" not in codes(again)


def without(items: Items, key: str) -> Items:
    """The same items, one question gone."""
    return tuple(
        replace(item, items=without(item.items, key)) if isinstance(item, Group) else item
        for item in items
        if item.key != key
    )


@settings(UNHURRIED, max_examples=40)
@given(questionnaires(), st.randoms(use_true_random=False))
def test_any_questionnaire_that_lost_a_question_goes_in_out_and_in_again(
    whole: Questionnaire, dice: Random
) -> None:
    lost = dice.choice(list(whole.questions))
    part = replace(whole, items=without(whole.items, lost))
    assume(part.questions)
    reading = read_xlsform(write_xlsform(part), "part.xlsx", assume=True)
    assert reading.questionnaire is not None, errors(reading)
    assert reading.questionnaire.questions.keys() - part.questions.keys() <= {lost}
    again = read_xlsform(write_xlsform(reading.questionnaire), "again.xlsx")
    assert again.questionnaire == reading.questionnaire


def test_parameters_that_a_type_has_not_do_nothing_and_are_not_lost() -> None:
    header = "type | name | label::en | calculation | parameters"
    form = survey("calculate | c | | 1 + 1 | ${existing}", "text | t | T | |", header=header)
    reading = with_errors(form)
    assert [place(found) for found in reading.findings if found.code == "parameters_unused"] == ["survey E2"]
    assert reading.questionnaire is not None
    assert reading.questionnaire.questions["c"].extra == {"parameters": "${existing}"}
    again = read_xlsform(export_xlsform(reading.questionnaire).workbook, "again.xlsx")
    assert again.questionnaire == reading.questionnaire


def test_parameters_of_a_type_that_has_some_stay_an_error() -> None:
    form = survey("range | r | R | start:0", header="type | name | label::en | parameters")
    assert "parameters_unreadable" in errors(with_errors(form))
