"""Addresses that differ from the page by one thing: they hold codes, and the rest of what was chosen."""

from __future__ import annotations

from consult.reports.links import Links

LINKS = Links("/r/", {"language": ["fr"], "answered": ["area:north", "gender:woman"], "by": ["stay"]})


def test_answer_is_added_to_those_that_are_there() -> None:
    assert LINKS.with_answer("age", "18+") == (
        "/r/?language=fr&answered=area%3Anorth&answered=gender%3Awoman&answered=age%3A18%2B&by=stay"
    )


def test_each_of_several_answers_can_be_taken_away() -> None:
    assert LINKS.without("answered", 0) == "/r/?language=fr&answered=gender%3Awoman&by=stay"
    assert LINKS.without("answered", 1) == "/r/?language=fr&answered=area%3Anorth&by=stay"


def test_breakdown_by_another_thing_takes_the_place_of_both() -> None:
    links = Links("/r/", {"by": ["stay"], "and_by": ["area"], "language": ["fr"]})
    assert links.broken_down_by("age") == "/r/?language=fr&by=age"
    assert links.whole == "/r/?language=fr"


def test_what_is_chosen_already_is_known() -> None:
    assert LINKS.has_answer("area", "north")
    assert not LINKS.has_answer("area", "south")
    assert LINKS.is_broken_down_by("stay")


def test_nothing_chosen_is_the_page_itself() -> None:
    assert Links("/r/", {"language": ["fr"]}).without("language") == "/r/"
