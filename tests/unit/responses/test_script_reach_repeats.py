"""Pages inside repeats: what their script is given, and what is left to the server."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from consult.questionnaires.routing import Page, evaluate, pages
from consult.questionnaires.specification import Questionnaire
from consult.responses.compiled_logic import Logic, logic_of
from consult.responses.page import LIVE, read_page
from consult.responses.script_reach import beyond_script
from tests.samples.questions import NOW, ask, group, questionnaire
from tests.samples.rendering import compiled

ITEM = (("members", 1),)
TWO = {"limit": 18, "members": [{"age": 40}, {"age": 7, "kids": [{"toy": "ball"}]}]}


def household(*questions: Any, **details: Any) -> Questionnaire:
    """A limit; members with an age, these questions, and children; a last page."""
    kids = replace(group(ask("text", "toy"), key="kids"), is_repeat=True)
    person = group(ask("integer", "age"), *questions, key="person", appearance="field-list")
    return questionnaire(
        group(ask("integer", "limit"), key="home"),
        replace(group(person, kids, key="members"), is_repeat=True, **details),
        group(
            ask("text", "why"),
            ask("text", "end", relevant="${why} != '' and sum(${age}) > 40 and count(${members}) = 2"),
            key="last",
            appearance="field-list",
        ),
    )


def found(made: Questionnaire, key: str) -> tuple[Page, Logic]:
    page = next(page for page in pages(made) if page.key == key)
    return page, logic_of(made, page, "en")


def told(made: Questionnaire, logic: Logic, trail: Any = ()) -> Any:
    return json.loads(logic.values(evaluate(made, TWO, now=NOW, language="en").at(trail)))


def test_questions_of_the_same_item_are_ordinary() -> None:
    _, logic = found(household(ask("text", "job", relevant="${age} > 15")), "person")
    assert logic.questions == {"job": {"r": [">", ["v", "age"], ["n", 15]]}}
    assert logic.earlier == ()


def test_questions_around_the_item_travel_as_values() -> None:
    made = household(ask("text", "job", relevant="${age} > ${limit}"))
    _, logic = found(made, "person")
    assert told(made, logic, ITEM) == {"limit": 18}


def test_answers_of_other_items_travel_as_a_list() -> None:
    made = household()
    _, logic = found(made, "last")
    assert "r" in logic.questions["end"]
    assert told(made, logic) == {
        "age": [{"text": "40"}, {"text": "7"}],
        "members": [{"text": ""}, {"text": ""}],
    }


@pytest.mark.parametrize("place", ["index()", "${age} + index()"])
def test_number_of_the_item_is_told(place: str) -> None:
    made = household(ask("text", "job", relevant=f"${{age}} > 3 and {place} > 1"))
    page, logic = found(made, "person")
    assert told(made, logic, ITEM) == {"#": 2}
    assert not beyond_script(made, page)


def test_place_of_the_item_is_told_where_nothing_stands_between() -> None:
    made = questionnaire(
        replace(
            group(ask("text", "a"), ask("text", "b", relevant="${a} != '' and position(..) = 2"), key="r"),
            is_repeat=True,
        )
    )
    page, logic = found(made, pages(made)[-1].key)
    assert logic.questions["b"]["r"][2] == ["=", ["v", "#"], ["n", 2]]
    assert not beyond_script(made, page)


@pytest.mark.parametrize(
    "relevant",
    [
        "../age > 3",
        "${age} > 3 and position(..) > 1",
        "${age} > indexed-repeat(${age}, ${members}, 1)",
        "${age} > 3 and count(${members}[age > 3]) > 1",
        "${age} > 3 and index(${members}) = 1",
        "${age} > 3 and random() > 2",
    ],
)
def test_condition_that_asks_for_more_is_left_to_the_server(relevant: str) -> None:
    made = household(ask("text", "job", relevant=relevant))
    page, logic = found(made, "person")
    assert logic.questions == {}
    assert beyond_script(made, page) == {"job"}


def test_what_rests_on_a_calculation_of_the_server_is_left_to_it_too() -> None:
    made = household(
        ask("calculate", "older", calculation="${age} > indexed-repeat(${age}, ${members}, 1)"),
        ask("text", "job", relevant="${older} = 'true'"),
        ask("text", "free", relevant="${age} > 3"),
    )
    page, logic = found(made, "person")
    assert set(logic.questions) == {"free"}
    assert beyond_script(made, page) == {"job"}


def test_requirement_and_constraint_that_walk_are_not_sent() -> None:
    made = household(ask("text", "job", required="../age > 3", constraint="../age > 3"))
    assert found(made, "person")[1].questions == {}


def test_number_of_items_that_the_page_decides_is_left_to_the_server() -> None:
    made = questionnaire(
        group(
            ask("integer", "size"),
            ask("text", "many", relevant="count(${rooms}) > 2"),
            ask("text", "named", relevant="count-non-empty(${use}) > 0"),
            key="home",
            appearance="field-list",
        ),
        replace(group(ask("text", "use"), key="rooms"), is_repeat=True, repeat_count=expression("${size}")),
    )
    page, logic = found(made, "home")
    assert logic.questions == {}
    assert beyond_script(made, page) == {"many", "named"}


def expression(source: str) -> Any:
    question = ask("text", relevant=source)
    return question.relevant


def test_condition_that_cannot_change_on_the_page_is_settled() -> None:
    made = household(ask("text", "job", relevant="position(../..) = 1 and ${limit} > 3"))
    page, logic = found(made, "person")
    assert (logic.questions, beyond_script(made, page)) == ({}, frozenset())


def test_what_only_the_server_can_tell_is_shown_before_going_on() -> None:
    made = household(ask("text", "job", relevant="${age} < indexed-repeat(${age}, ${members}, 1)"))
    page, _ = found(made, "person")
    sent = MultiDict({"q-age": "5", LIVE: "1"})
    read = read_page(made, page, sent, {"members": [{"age": 40}, {}]}, now=NOW, language="en", trail=ITEM)
    assert read.revealed == ("job",)


@pytest.mark.parametrize(
    "relevant",
    [
        "sum(${age}) > 3",
        "count(${members}) > 1",
        "/data/members/person/age > 3",
        "${older} > 3",
        "count(/data/*) > 0",
    ],
)
def test_page_that_reads_items_is_not_the_same_for_everyone(relevant: str) -> None:
    made = questionnaire(
        *household().items[:2],
        group(
            ask("calculate", "older", calculation="max(${age})"),
            ask("text", "end", relevant=relevant),
            key="last",
        ),
    )
    page = next(page for page in pages(made) if page.key == "last")
    of_page = compiled((made, page))
    assert not of_page.is_blank_for(TWO)
    assert not of_page.is_blank_for({"members": [{"age": 40}]})


def test_page_that_reads_no_items_stays_the_same_for_everyone() -> None:
    made = questionnaire(*household().items[:2], group(ask("text", "end"), key="last"))
    page = next(page for page in pages(made) if page.key == "last")
    assert compiled((made, page)).is_blank_for(TWO)
