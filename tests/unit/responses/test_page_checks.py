"""Whole responses are judged like pages are."""

from __future__ import annotations

from typing import Any

import pytest

from consult.responses.page_checks import check_answers
from tests.samples.questions import NOW, ask, choices, one_page

AREAS = choices("home", "work", "health", none="None")


def judged(answers: dict[str, Any], *questions: Any, language: str = "en") -> dict[str, str]:
    made, _page = one_page(*questions)
    found = check_answers(made, answers, now=NOW, language=language)
    return {key: str(message) for key, message in found.items()}


def test_a_whole_and_right_response_has_no_problem() -> None:
    needs = ask("select_multiple", "needs", choices=AREAS, has_other=True)
    answers = {"age": 34, "needs": ["home", "other"], "needs_other": "A library"}
    assert judged(answers, ask("integer", "age", required="true()"), needs) == {}


def test_problems_come_in_the_order_of_asking_and_unknown_keys_last() -> None:
    found = judged({"zzz": 1, "age": "34"}, ask("text", "name", required="true()"), ask("integer", "age"))
    assert list(found) == ["name", "age", "zzz"]
    assert found["zzz"] == "This questionnaire has no such question."


def test_a_malformed_value_is_reported_once_as_what_it_is() -> None:
    assert judged({"age": "old"}, ask("integer", "age", constraint=". > 5")) == {
        "age": "The answer must be a number."
    }


def test_a_choice_that_is_not_offered_is_a_problem() -> None:
    town = ask("select_one", "town", choices=AREAS, choice_filter="name != 'work'")
    assert judged({"town": "work"}, town) == {"town": "Please choose one of the answers offered."}


def test_a_broken_constraint_has_the_author_s_words() -> None:
    age = ask("integer", "age", constraint=". < 120", constraint_message="Nobody is that old.")
    assert judged({"age": 200}, age) == {"age": "Nobody is that old."}


def test_what_is_not_relevant_is_neither_missing_nor_wrong() -> None:
    rent = ask("integer", "rent", relevant="${age} > 18", required="true()", constraint=". > 0")
    assert judged({"age": 5}, ask("integer", "age"), rent) == {}
    assert judged({"age": 5, "rent": -1}, ask("integer", "age"), rent) == {}
    assert list(judged({"age": 50}, ask("integer", "age"), rent)) == ["rent"]


@pytest.mark.parametrize("answers", [{"needs_other": "x"}, {"needs": ["home"], "needs_other": "x"}])
def test_other_text_needs_other_to_be_chosen(answers: dict[str, Any]) -> None:
    needs = ask("select_multiple", "needs", choices=AREAS, has_other=True)
    assert judged(answers, needs) == {"needs_other": "This text belongs to “other”, which was not chosen."}


def test_other_text_is_a_text() -> None:
    needs = ask("select_one", "needs", choices=AREAS, has_other=True)
    assert list(judged({"needs": "other", "needs_other": 5}, needs)) == ["needs_other"]


def test_none_together_with_others_is_a_problem() -> None:
    assert list(judged({"needs": ["home", "none"]}, ask("select_multiple", "needs", choices=AREAS))) == [
        "needs"
    ]


def test_an_emptied_default_is_no_problem() -> None:
    assert judged({"city": None}, ask("text", "city", default="'London'")) == {}


def test_a_required_default_that_nobody_saw_is_missing() -> None:
    assert list(judged({}, ask("text", "city", default="'London'", required="true()"))) == ["city"]
