"""Choices out of a repeat: ``select_one ${name}``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from consult.questionnaires.document import from_document, to_document
from consult.questionnaires.outcome import final_answers
from consult.questionnaires.routing import evaluate
from consult.questionnaires.xlsform import read_xlsform, write_xlsform
from tests.unit.questionnaires.small_forms import choices, errors, finding, place, questionnaire, read, survey

NOW = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)
HEADER = "type | name | label::English (en) | choice_filter"
PEOPLE = {"members": [{"name": "Amal", "age": 34}, {"name": "Binh", "age": 8}, {"age": 3}, {"name": "Amal"}]}


def form(*asked: str, within: str = "text | about | About |") -> str:
    rows = ("begin_repeat | members | Members |", "text | name | Name |", "integer | age | Age |", within)
    return survey(*rows, "end_repeat | | |", "integer | limit | Limit |", *asked, header=HEADER)


def offered(made: str, key: str, answers: dict[str, Any]) -> tuple[str, ...] | None:
    return evaluate(questionnaire(made), answers, now=NOW, language="en").states[key].choices


def test_answers_of_the_items_are_offered_each_once() -> None:
    assert offered(form("select_one ${name} | head | Head |"), "head", PEOPLE) == ("Amal", "Binh")


def test_nothing_is_offered_before_somebody_told_about_anything() -> None:
    assert offered(form("select_one ${name} | head | Head |"), "head", {}) == ()


def test_filter_is_asked_of_each_item() -> None:
    made = form("select_one ${name} | head | Head | ${age} >= ${limit}")
    assert offered(made, "head", PEOPLE | {"limit": 18}) == ("Amal",)


def test_filter_may_name_the_questions_of_the_item_alone() -> None:
    made = form("select_one ${name} | head | Head | age < 18")
    assert offered(made, "head", PEOPLE) == ("Binh",)


def test_inside_the_repeat_a_name_in_the_filter_means_who_may_be_chosen() -> None:
    made = form(within="select_one ${name} | friend | Friend | ${age} < 18")
    evaluation = evaluate(questionnaire(made), PEOPLE, now=NOW, language="en")
    assert evaluation.at((("members", 0),)).states["friend"].choices == ("Binh",)


def test_inside_the_repeat_a_place_tells_oneself_from_the_others() -> None:
    made = form(within="select_one ${name} | friend | Friend | position() != position(current()/..)")
    evaluation = evaluate(questionnaire(made), PEOPLE, now=NOW, language="en")
    assert evaluation.at((("members", 1),)).states["friend"].choices == ("Amal",)


def test_in_a_repeat_beside_it_all_items_can_be_chosen() -> None:
    rows = ("begin_repeat | jobs | Jobs |", "integer | least | Least |")
    made = form(*rows, "select_one ${name} | who | Who | ${age} > ${least}", "end_repeat | | |")
    answers = PEOPLE | {"jobs": [{"least": 5}, {"least": 20}]}
    evaluation = evaluate(questionnaire(made), answers, now=NOW, language="en")
    found = [evaluation.at((("jobs", at),)).states["who"].choices for at in (0, 1)]
    assert found == [("Amal", "Binh"), ("Amal",)]


def test_in_a_repeat_within_only_those_of_the_same_item_can_be_chosen() -> None:
    made = survey(
        *("begin_repeat | houses | Houses |", "begin_repeat | members | Members |", "text | name | Name |"),
        *("end_repeat | | |", "select_one ${name} | head | Head |", "end_repeat | | |"),
        header=HEADER,
    )
    answers = {"houses": [{"members": [{"name": "Amal"}]}, {"members": [{"name": "Binh"}]}]}
    evaluation = evaluate(questionnaire(made), answers, now=NOW, language="en")
    assert evaluation.at((("houses", 1),)).states["head"].choices == ("Binh",)


def test_entry_that_was_renamed_is_chosen_no_longer() -> None:
    made = questionnaire(form("select_one ${name} | head | Head |"))
    before = {**PEOPLE, "head": "Binh"}
    after = {"members": [{"name": "Bình"}], "head": "Binh"}
    assert final_answers(made, before, now=NOW, language="en")["head"] == "Binh"
    assert "head" not in final_answers(made, after, now=NOW, language="en")


def test_entries_that_are_choices_themselves_keep_their_labels() -> None:
    made = survey(
        *("begin_repeat | tongues | Languages |", "select_one tongue | which | Which |", "end_repeat | | |"),
        "select_one ${which} | best | Best |",
        header=HEADER,
    ) + choices("tongue | ar | Arabic", "tongue | vi | Vietnamese")
    best = questionnaire(made).questions["best"]
    assert [choice.key for choice in best.choices] == ["ar", "vi"]
    assert offered(made, "best", {"tongues": [{"which": "vi"}]}) == ("vi",)


def test_it_survives_a_document_and_a_workbook() -> None:
    made = questionnaire(form("select_one ${name} | head | Head | ${age} > 17"))
    assert from_document(to_document(made)) == made
    assert read_xlsform(write_xlsform(made), "again.xlsx").questionnaire == made


def test_reference_follows_a_name_that_had_to_change() -> None:
    made = survey(
        *("begin_repeat | members | Members |", "text | first name | Name |", "end_repeat | | |"),
        "select_one ${first name} | head | Head |",
        header=HEADER,
    )
    assert questionnaire(made).questions["head"].entries_of == "first_name"


@pytest.mark.parametrize(
    ("row", "code", "where"),
    [
        ("select_one ${nam} | head | Head |", "expression_unknown_name", "survey A8"),
        ("select_one ${name} ${age} | head | Head |", "references_unreadable", "survey A8"),
        ("select_one ${limit} | head | Head |", "entries_not_repeated", "survey B8"),
        ("select_one ${name} | head | Head | ages > 1", "entries_column_missing", "survey B8"),
        ("select_multiple ${name} | head | Head |", "entries_several", "survey A8"),
        ("rank ${name} | head | Head |", "entries_several", "survey A8"),
        ("select_one ${name} or_other | head | Head |", "entries_other", "survey A8"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_place(row: str, code: str, where: str) -> None:
    reading = read(form(row))
    assert errors(reading) == [code]
    assert place(finding(reading, code)) == where
