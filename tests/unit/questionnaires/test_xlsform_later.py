"""What does not exist yet is refused with its place and its reason, never dropped."""

from __future__ import annotations

import pytest

from tests.unit.questionnaires.small_forms import errors, finding, place, read, survey


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("select_one ${member}", "repeat_later"),
        ("include", "foreign_type"),
    ],
)
def test_type_of_a_later_version_is_refused_by_name(written: str, code: str) -> None:
    found = finding(read(survey("text | b | B", f"{written} | a | A")), code)
    assert (found.severity, place(found)) == ("error", "survey A3")


@pytest.mark.parametrize("function", ["join-if(', ', ${a}, true())"])
def test_function_of_a_later_version_is_refused(function: str) -> None:
    found = finding(read(survey(f"text | a | A | {function} = 1")), "expression_unsupported")
    assert place(found) == "survey D2"


def test_answer_of_an_earlier_response_is_refused() -> None:
    assert errors(read(survey("text | a | A | | | | ${last-saved#a}"))) == ["expression_unsupported"]


def test_trigger_is_refused() -> None:
    form = (
        "| survey |\n| | type | name | label::en | trigger |\n| | text | a | A | |\n| | text | b | B | ${a} |"
    )
    assert place(finding(read(form), "trigger_later")) == "survey D3"


@pytest.mark.parametrize("header", ["image", "media::image", "media::audio::en", "video", "big-image"])
def test_picture_beside_a_question_is_refused(header: str) -> None:
    form = survey("text | a | A | a.png", header=f"type | name | label::en | {header}")
    assert place(finding(read(form), "media_later")) == "survey D2"


def test_column_for_pictures_may_stay_empty() -> None:
    form = survey("text | a | A |", header="type | name | label::en | media::image")
    assert errors(read(form)) == []


def test_questions_inside_a_repeat_are_checked_all_the_same() -> None:
    reading = read(survey("begin_repeat | r", "txt | a | A", "end_repeat"))
    assert errors(reading) == ["type_unknown"]


def test_reference_to_a_refused_question_is_no_second_mistake() -> None:
    assert errors(read(survey("include | a | A", "text | b | B | ${a} != ''"))) == ["foreign_type"]


def test_repeat_that_ends_as_a_group_is_found() -> None:
    reading = read(survey("begin_repeat | r", "text | a | A", "end_group"))
    assert errors(reading) == ["group_mixed_up"]
