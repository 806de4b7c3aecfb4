"""What the standard's first versions had, and what other programs add: understood, or empty with a note."""

from __future__ import annotations

import pytest

from consult.questionnaires.specification import Group
from tests.unit.questionnaires.small_forms import (
    choices,
    codes,
    errors,
    finding,
    place,
    questionnaire,
    read,
    survey,
)

CARS = choices("car | small | Small car", "car | large | Large car")


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("q string", "text"),
        ("add text prompt", "text"),
        ("Q Note", "note"),
        ("int", "integer"),
        ("numeric", "decimal"),
        ("percentage", "integer"),
        ("number of days in last six months", "integer"),
        ("add dateTime prompt", "dateTime"),
        ("q date time", "dateTime"),
        ("date_time", "dateTime"),
        ("phone_number", "phone"),
        ("q acknowledge", "acknowledge"),
        ("select1 car", "select_one"),
        ("q select1 car", "select_one"),
        ("add select one prompt using car", "select_one"),
        ("select-one car", "select_one"),
        ("Select Multiple from car", "select_multiple"),
        ("select all that apply from car", "select_multiple"),
        ("add select multiple prompt using car", "select_multiple"),
        ("select_one car or specify other", "select_one"),
        ("select_multiple car or-other", "select_multiple"),
        ("select_one: car", "select_one"),
        ("select_one_from_list car", "select_one"),
        ("geo point", "geopoint"),
        ("bar-code", "barcode"),
    ],
)
def test_old_spelling_of_a_type_is_understood(written: str, kind: str) -> None:
    assert questionnaire(survey(f"{written} | a | A") + CARS).questions["a"].kind == kind


def test_signature_as_a_type_is_a_picture_that_is_drawn() -> None:
    question = questionnaire(survey("signature | a | A")).questions["a"]
    assert (question.kind, question.appearance) == ("image", ("signature",))


def test_list_may_have_spaces_in_its_name() -> None:
    made = questionnaire(survey("select_one my cars or_other | a | A") + choices("my cars | s | Small"))
    assert (made.questions["a"].list_name, made.questions["a"].has_other) == ("my cars", True)


@pytest.mark.parametrize(
    "written",
    [
        *("caseid", "comments", "enumerator", "text audit", "audio audit", "speed violations list"),
        *("sensor_stream light_level", "sensor_statistic pct_quiet", "background-geopoint", "osm buildings"),
    ],
)
def test_what_another_program_records_stays_empty_with_a_note(written: str) -> None:
    reading = read(survey(f"{written} | m", "text | a | A | ${m} != ''"))
    assert errors(reading) == []
    assert place(finding(reading, "metadata_empty")) == "survey A2"


def test_calculation_of_another_program_is_a_calculation() -> None:
    assert (
        questionnaire(survey("text | b | B", "calculate_here | a | | | | 1 + 1")).questions["a"].kind
        == "calculate"
    )


def test_part_of_another_form_is_refused() -> None:
    assert errors(read(survey("include | other_form", "text | a | A"))) == ["foreign_type"]


@pytest.mark.parametrize(("title", "name"), [("set form title", "set form id"), ("form_title", "form_id")])
def test_rows_may_set_title_and_name_of_the_form(title: str, name: str) -> None:
    made = questionnaire(survey(f"{title} | Our survey, 2026", f"{name} | our_survey", "text | a | A"))
    assert (made.title, made.key, list(made.questions)) == ({"en": "Our survey, 2026"}, "our_survey", ["a"])


LOOP = ("begin loop over car | cars | Cars", "integer | count | How many %(label)s?", "end loop")


def test_loop_is_asked_for_each_choice() -> None:
    made = questionnaire(survey(*LOOP) + CARS)
    assert list(made.questions) == ["count", "large_count"]
    assert [question.label["en"] for question in made.questions.values()] == [
        "How many Small car?",
        "How many Large car?",
    ]


def test_each_round_of_a_loop_is_a_group_called_after_its_choice() -> None:
    loop = questionnaire(survey(*LOOP) + CARS).items[0]
    assert isinstance(loop, Group)
    assert [(item.key, item.label["en"]) for item in loop.items] == [
        ("small", "Small car"),
        ("large", "Large car"),
    ]


def test_reference_in_a_loop_means_the_question_of_the_same_round() -> None:
    rows = (*LOOP[:2], "text | which | Which? | ${count} > 1", "end loop")
    relevant = questionnaire(survey(*rows) + CARS).questions["large_which"].relevant
    assert relevant is not None
    assert relevant.source == "${large_count} > 1"


def test_loop_within_a_loop_is_written_out() -> None:
    rows = ("begin loop over car | all | All", *LOOP, "end loop")
    assert len(questionnaire(survey(*rows) + CARS).questions) == 4


def test_loop_within_loops_without_end_is_found() -> None:
    many = choices(*(f"n | c{n} | {n}" for n in range(60)))
    rows = (*["begin loop over n | g | G"] * 3, "text | a | A", *["end loop"] * 3)
    assert "too_many_rows" in codes(read(survey(*rows) + many))


@pytest.mark.parametrize("written", ["begin loop over nobody", "begin loop"])
def test_loop_over_a_list_that_is_not_there_is_found(written: str) -> None:
    reading = read(survey(f"{written} | g | G", "text | a | A", "end loop") + CARS)
    assert errors(reading) == ["loop_without_list"]
