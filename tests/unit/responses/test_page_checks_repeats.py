"""Whole responses with repeats: what is wrong is said with the item it is wrong in."""

from __future__ import annotations

from typing import Any

import pytest

from consult.i18n import Localized
from consult.questionnaires.repeat_run import MOST_ITEMS
from consult.questionnaires.specification import Group
from consult.responses.page_checks import check_answers
from tests.unit.questionnaires.logic_forms import NOW, ask, choices, form, group, repeat

NAME = ask("name", required="true()")
AGE = ask(
    "age", "integer", constraint=". < 120", constraint_message=Localized({"en": "${name} is not that old."})
)
NOT_ITEMS = "The answers of a repeat are a list of objects, one for each item."
UNKNOWN = "This questionnaire has no such question."


def judged(answers: dict[str, Any], *items: Any) -> dict[str, str]:
    found = check_answers(form(*items), answers, now=NOW, language="en")
    return {key: str(message) for key, message in found.items()}


def household(*more: Any) -> Group:
    return group("home", repeat("members", NAME, group("about", AGE), *more))


def test_right_items_have_no_problem() -> None:
    people = [{"name": "Amal", "age": 30}, {"name": "Binh"}]
    assert judged({"members": people}, household()) == {}


def test_problems_are_told_by_item_in_the_order_of_asking() -> None:
    found = judged({"members": [{"age": 200}, {"name": "Binh", "age": "x"}, {}]}, household())
    assert list(found) == ["members[1]/name", "members[1]/age", "members[2]/age", "members[3]/name"]


def test_words_of_the_author_are_about_the_item() -> None:
    people = [{"name": "Amal"}, {"name": "Binh", "age": 200}]
    assert judged({"members": people}, household()) == {"members[2]/age": "Binh is not that old."}


def test_items_of_items_have_their_own_problems() -> None:
    inner = repeat("kids", ask("toy", "select_one", choices=choices("ball")))
    people = [{"name": "Amal", "kids": [{"toy": "ball"}, {"toy": "car"}]}]
    assert list(judged({"members": people}, household(inner))) == ["members[1]/kids[2]/toy"]


def test_questions_of_an_item_are_unknown_outside_and_the_other_way_round() -> None:
    people = [{"name": "Amal", "area": "north"}]
    found = judged({"age": 3, "members": people}, ask("area"), household())
    assert found == {"age": UNKNOWN, "members[1]/area": UNKNOWN}


@pytest.mark.parametrize("broken", ["x", 3, {"name": "A"}, None])
def test_what_is_no_list_of_items_is_a_problem(broken: Any) -> None:
    assert judged({"members": broken}, household()) == {"members": NOT_ITEMS}


def test_what_is_no_item_is_a_problem() -> None:
    found = judged({"members": [{"name": "A"}, "x"]}, household())
    assert found["members[2]"] == NOT_ITEMS


def test_more_items_than_the_limit_are_a_problem() -> None:
    found = judged({"members": [{"name": "A"}] * (MOST_ITEMS + 1)}, household())
    assert found == {"members": "At most 200 items can be stored here."}


def test_text_of_other_belongs_to_its_item() -> None:
    one = repeat("members", ask("a", "select_one", choices=choices("x"), has_other=True))
    people = [{"a": "other", "a_other": "Guelph"}, {"a": "x", "a_other": "Guelph"}]
    assert list(judged({"members": people}, one)) == ["members[2]/a_other"]


def test_what_is_not_relevant_in_an_item_is_neither_missing_nor_wrong() -> None:
    school = ask("school", required="true()", relevant="${age} < 18")
    people = [{"name": "Amal", "age": 30}, {"name": "Binh", "age": 4}]
    assert list(judged({"members": people}, household(school))) == ["members[2]/school"]
