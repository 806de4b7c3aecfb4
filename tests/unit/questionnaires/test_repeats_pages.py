"""The pages of repeats, and the way through their items."""

from __future__ import annotations

from typing import Any

import pytest

from consult.questionnaires.routing import (
    Spot,
    first_spot,
    list_spot,
    next_page,
    next_spot,
    pages,
    previous_page,
    previous_spot,
    spots,
)
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions import Question
from tests.unit.questionnaires.logic_forms import ask, form, group, repeat, state_of

Layout = list[tuple[str, str, list[str], list[str]]]


def layout(*items: Question | Group) -> Layout:
    """(key, kind, questions, repeats around) of every page."""
    return [
        (page.key, page.kind, [q.key for q in page.questions], [around.key for around in page.repeats])
        for page in pages(form(*items))
    ]


def test_repeat_is_a_list_and_the_page_of_an_item() -> None:
    assert layout(ask("a"), repeat("members", ask("name"), ask("age")), ask("b")) == [
        ("a", "questions", ["a"], []),
        ("members", "list", [], []),
        ("members-item", "questions", ["name", "age"], ["members"]),
        ("b", "questions", ["b"], []),
    ]


def test_groups_in_a_repeat_are_pages_of_an_item() -> None:
    people = repeat("members", ask("name"), group("work", ask("job")), ask("end"))
    assert layout(people) == [
        ("members", "list", [], []),
        ("name", "questions", ["name"], ["members"]),
        ("work", "questions", ["job"], ["members"]),
        ("end", "questions", ["end"], ["members"]),
    ]


def test_repeats_in_repeats_have_a_list_in_every_item() -> None:
    assert layout(repeat("members", ask("name"), repeat("kids", ask("kid")))) == [
        ("members", "list", [], []),
        ("name", "questions", ["name"], ["members"]),
        ("kids", "list", [], ["members"]),
        ("kids-item", "questions", ["kid"], ["members", "kids"]),
    ]


def test_field_list_in_a_repeat_is_one_page_of_an_item() -> None:
    inner = group("about", ask("a"), group("more", ask("b")), appearance=("field-list",))
    assert layout(repeat("members", inner))[1] == ("about", "questions", ["a", "b"], ["members"])


def test_repeat_that_is_a_field_list_is_one_page_of_an_item() -> None:
    people = repeat("members", ask("a"), group("more", ask("b")), appearance=("field-list",))
    assert layout(people)[1:] == [("members-item", "questions", ["a", "b"], ["members"])]


def test_repeat_in_a_field_list_comes_after_the_others() -> None:
    whole = group(
        "home", ask("a"), group("in", repeat("members", ask("name"))), ask("b"), appearance=("field-list",)
    )
    assert layout(whole) == [
        ("home", "questions", ["a", "b"], []),
        ("members", "list", [], []),
        ("members-item", "questions", ["name"], ["members"]),
    ]


def test_repeat_that_only_calculates_has_no_page() -> None:
    assert layout(ask("a"), repeat("sums", ask("c", "calculate", calculation="1"), count="3")) == [
        ("a", "questions", ["a"], [])
    ]


def test_list_has_its_repeat_as_group_and_a_page_of_an_item_too() -> None:
    people = repeat("members", ask("name"))
    listed, item = pages(form(people))
    assert (listed.group, item.group, item.repeats) == (people, people, (people,))
    assert listed.title["en"] == "Members"


def household(**given: Any) -> Questionnaire:
    return form(
        ask("size", "integer"),
        repeat(
            "members",
            group("who", ask("name"), ask("age", "integer")),
            group("school", ask("grade"), relevant="${age} < 18"),
            repeat("kids", ask("kid"), **given.get("kids", {})),
            **given.get("members", {}),
        ),
        ask("end"),
    )


def named(spot: Spot | None) -> str:
    if spot is None:
        return "-"
    return "/".join([spot.page.key, *(str(number) for number in spot.numbers)])


def way(questionnaire: Questionnaire, answers: Any, *, back: bool = False) -> list[str]:
    """Where somebody comes who only ever goes on (or back), until it repeats or ends."""
    evaluation = state_of(questionnaire, answers)
    step = previous_spot if back else next_spot
    spot, found = step(questionnaire, evaluation, None), []
    while spot is not None and len(found) < 50:
        found.append(named(spot))
        spot = step(questionnaire, evaluation, spot)
    return found


FIXED = {"members": {"count": "${size}"}, "kids": {"count": "1"}}
TWO = {"size": 2, "members": [{"age": 30}, {"age": 4}]}


def test_every_spot_is_in_order() -> None:
    questionnaire = household()
    answers = {"members": [{"age": 30, "kids": [{}, {}]}, {"age": 4}]}
    assert [named(spot) for spot in spots(questionnaire, state_of(questionnaire, answers))] == [
        "size",
        "members",
        *("who/1", "kids/1", "kids-item/1/1", "kids-item/1/2"),
        *("who/2", "school/2", "kids/2"),
        "end",
    ]


def test_counted_items_follow_one_after_the_other() -> None:
    expected = [
        *("size", "members"),
        *("who/1", "kids/1", "kids-item/1/1"),
        *("who/2", "school/2", "kids/2", "kids-item/2/1"),
        "end",
    ]
    assert way(household(**FIXED), TWO) == expected
    assert way(household(**FIXED), TWO, back=True) == expected[::-1]


def test_added_items_are_passed_by_on_the_way() -> None:
    assert way(household(), TWO) == ["size", "members", "end"]
    assert way(household(), TWO, back=True) == ["end", "members", "size"]


def after(questionnaire: Questionnaire, answers: Any, key: str, *trail: tuple[str, int]) -> tuple[str, str]:
    """(before, after) of a page of an item."""
    page = next(page for page in pages(questionnaire) if page.key == key)
    evaluation = state_of(questionnaire, answers)
    return (
        named(previous_spot(questionnaire, evaluation, Spot(page, trail))),
        named(next_spot(questionnaire, evaluation, Spot(page, trail))),
    )


def test_end_of_an_added_item_leads_back_to_its_list() -> None:
    answers = {"members": [{"age": 30}, {"age": 4, "kids": [{}]}]}
    second = ("members", 1)
    assert after(household(), answers, "who", second) == ("members", "school/2")
    assert after(household(), answers, "school", second) == ("who/2", "kids/2")
    assert after(household(), answers, "kids", second) == ("school/2", "members")
    assert after(household(), answers, "kids-item", second, ("kids", 0)) == ("kids/2", "kids/2")


def test_counted_items_in_an_added_one_lead_back_to_the_outer_list() -> None:
    questionnaire = household(kids={"count": "2"})
    answers = {"members": [{"age": 30}]}
    first = ("members", 0)
    assert after(questionnaire, answers, "kids-item", first, ("kids", 0)) == ("kids/1", "kids-item/1/2")
    assert after(questionnaire, answers, "kids-item", first, ("kids", 1)) == ("kids-item/1/1", "members")


def test_added_items_in_a_counted_one_lead_on() -> None:
    questionnaire = household(members={"count": "2"})
    assert after(questionnaire, TWO, "kids", ("members", 0)) == ("who/1", "who/2")
    assert after(questionnaire, TWO, "kids", ("members", 1)) == ("school/2", "end")


def test_way_goes_on_from_an_item_that_is_gone() -> None:
    assert after(household(), TWO, "who", ("members", 7)) == ("members", "members")
    assert after(household(**FIXED), TWO, "who", ("members", 7)) == ("kids-item/2/1", "end")


def test_list_without_items_is_shown_only_where_some_can_be_added() -> None:
    assert way(household(), {}) == ["size", "members", "end"]
    assert way(household(**FIXED), {"size": 0}) == ["size", "end"]


def test_items_that_are_not_asked_are_passed_over() -> None:
    people = repeat("members", ask("name"), count="3", relevant="position(.) != 2")
    assert way(form(people), {}) == ["members", "members-item/1", "members-item/3"]


def test_repeat_that_is_not_relevant_has_no_spot() -> None:
    questionnaire = form(ask("a"), repeat("members", ask("name"), relevant="${a} = 1"))
    assert way(questionnaire, {"members": [{}]}) == ["a"]


def test_first_spot_of_an_item_is_its_first_page_with_something_to_ask() -> None:
    questionnaire = form(
        repeat("members", group("school", ask("grade"), relevant="false()"), group("who", ask("name")))
    )
    evaluation = state_of(questionnaire, {"members": [{}, {}]})
    assert named(first_spot(questionnaire, evaluation, (("members", 1),))) == "who/2"
    assert first_spot(questionnaire, evaluation, (("members", 2),)) is None


def test_list_of_an_item_is_found() -> None:
    assert named(list_spot(household(), (("members", 1),))) == "members"
    assert named(list_spot(household(), (("members", 1), ("kids", 0)))) == "kids/2"
    with pytest.raises(LookupError):
        list_spot(household(), (("strangers", 0),))


def test_pages_alone_lead_from_list_to_what_comes_after() -> None:
    questionnaire = household(**FIXED)
    evaluation = state_of(questionnaire, TWO)
    size, members, *_, end = pages(questionnaire)
    assert next_page(questionnaire, evaluation, size) == members
    assert next_page(questionnaire, evaluation, members) == end
    assert previous_page(questionnaire, evaluation, end) == members


def test_trail_of_a_spot_fits_the_repeats_of_its_page() -> None:
    questionnaire = household(**FIXED)
    for spot in spots(questionnaire, state_of(questionnaire, TWO)):
        assert [key for key, _ in spot.trail] == [around.key for around in spot.page.repeats]
