"""Answers of repeats: where they are, how they change, and what is stored in the end."""

from __future__ import annotations

from typing import Any

import pytest

from consult.questionnaires.routing import evaluate_report, final_answers
from consult.questionnaires.specification import Group
from consult.questionnaires.trails import (
    add_item,
    address,
    document_at,
    has_item,
    remove_item,
    trail_of,
    with_document,
)
from consult.questions import Question
from tests.unit.questionnaires.logic_forms import NOW, ask, choices, form, group, repeat

ANSWERS: dict[str, Any] = {
    "area": "north",
    "members": [{"name": "Amal"}, {"name": "Binh", "kids": [{"age": 4}, {"age": 6}]}],
}
SECOND = (("members", 1),)
KID = (*SECOND, ("kids", 0))


def final(*items: Question | Group, **answers: Any) -> dict[str, Any]:
    return final_answers(form(*items), answers, now=NOW, language="en")


@pytest.mark.parametrize(
    ("trail", "key", "written"),
    [
        ((), "area", "area"),
        (SECOND, "name", "members[2]/name"),
        (KID, "age", "members[2]/kids[1]/age"),
        (KID, "", "members[2]/kids[1]"),
    ],
)
def test_address_is_written_and_read(trail: Any, key: str, written: str) -> None:
    assert address(trail, key) == written
    assert trail_of(written) == (trail, key)


@pytest.mark.parametrize("written", ["members[0]/name", "members[x]", "a/b", "members[1]]", "[1]/a"])
def test_what_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="not an address"):
        trail_of(written)


def test_document_of_an_item_is_found() -> None:
    assert document_at(ANSWERS, KID) == {"age": 4}
    assert document_at(ANSWERS, ()) is ANSWERS
    assert document_at(ANSWERS, (("members", 5),)) == {}
    assert (has_item(ANSWERS, KID), has_item(ANSWERS, (("kids", 0),))) == (True, False)


def test_document_of_an_item_is_put_in_its_place() -> None:
    changed = with_document(ANSWERS, KID, {"age": 5})
    assert document_at(changed, KID) == {"age": 5}
    assert document_at(changed, SECOND)["name"] == "Binh"
    assert document_at(ANSWERS, KID) == {"age": 4}


def test_items_before_a_new_one_come_into_being() -> None:
    assert with_document({}, (("members", 2),), {"name": "C"}) == {"members": [{}, {}, {"name": "C"}]}


def test_item_is_added_at_the_end() -> None:
    changed, trail = add_item(ANSWERS, SECOND, "kids")
    assert trail == (*SECOND, ("kids", 2))
    assert document_at(changed, SECOND)["kids"] == [{"age": 4}, {"age": 6}, {}]
    assert add_item({}, (), "members") == ({"members": [{}]}, (("members", 0),))


def test_item_is_removed_and_those_after_it_move_up() -> None:
    assert document_at(remove_item(ANSWERS, KID), KID) == {"age": 6}
    assert remove_item(ANSWERS, (("members", 0),))["members"] == [ANSWERS["members"][1]]
    assert "members" not in remove_item({"members": [{}]}, (("members", 0),))


def test_items_are_stored_in_order_with_what_is_calculated() -> None:
    people = repeat("members", ask("age", "integer"), ask("next", "calculate", calculation="${age} + 1"))
    assert final(ask("a"), people, ask("b"), b="x", members=[{"age": 3}, {"age": 8}], a="y") == {
        "a": "y",
        "members": [{"age": 3, "next": 4}, {"age": 8, "next": 9}],
        "b": "x",
    }
    assert list(final(ask("a"), people, ask("b"), b="x", members=[{}], a="y")) == ["a", "members", "b"]


def test_what_is_not_relevant_in_an_item_is_dropped() -> None:
    people = repeat("members", ask("age", "integer"), ask("school", relevant="${age} < 18"))
    assert final(people, members=[{"age": 30, "school": "x"}, {"age": 4, "school": "y"}]) == {
        "members": [{"age": 30}, {"age": 4, "school": "y"}]
    }


def test_item_without_answers_keeps_the_places_of_the_others() -> None:
    people = repeat("members", ask("name"), relevant="position(.) != 1")
    assert final(people, members=[{"name": "A"}, {}, {"name": "C"}]) == {"members": [{}, {}, {"name": "C"}]}


def test_items_beyond_the_count_are_dropped_and_missing_ones_are_empty() -> None:
    people = repeat("members", ask("name"), count="2")
    assert final(people, members=[{"name": "A"}, {"name": "B"}, {"name": "C"}]) == {
        "members": [{"name": "A"}, {"name": "B"}]
    }
    assert final(people, members=[{"name": "A"}]) == {"members": [{"name": "A"}, {}]}


def test_repeat_without_items_or_without_relevance_is_left_out() -> None:
    assert final(repeat("members", ask("name")), members=[]) == {}
    assert final(repeat("members", ask("name"), relevant="false()"), members=[{"name": "A"}]) == {}


def test_text_of_other_is_kept_in_its_item() -> None:
    one = repeat("members", ask("a", "select_one", choices=choices("x"), has_other=True))
    given = [{"a": "other", "a_other": "Guelph"}, {"a": "x", "a_other": "Guelph"}]
    assert final(one, members=given) == {"members": [{"a": "other", "a_other": "Guelph"}, {"a": "x"}]}


def test_what_is_final_is_final() -> None:
    people = repeat("members", ask("name"), repeat("kids", ask("age", "integer"), count="2"))
    once = final(people, members=[{"name": "A", "kids": [{"age": 4}]}])
    assert final(people, **once) == once


def test_report_has_a_path_for_every_question_of_every_item() -> None:
    people = group("home", repeat("members", group("who", ask("age", "integer", constraint=". > 5"))))
    reply = evaluate_report(
        form(people),
        {"answers": {"members": [{"age": 4}, {"age": 6}]}, "now": "2026-01-31T12:00:00-05:00"},
    )
    assert {path: state["constraint_ok"] for path, state in reply["questions"].items()} == {
        "home/members[1]/who/age": False,
        "home/members[2]/who/age": True,
    }
