"""What holds inside the items of repeats, and how many items there are."""

from __future__ import annotations

from typing import Any

import pytest

from consult.questionnaires.repeat_run import MOST_ITEMS, MOST_ITEMS_IN_ALL
from consult.questionnaires.routing import Evaluation, find_cycles
from consult.questionnaires.specification import Group
from consult.questions import Question
from tests.unit.questionnaires.logic_forms import ask, choices, form, group, repeat, state_of


def held(*items: Question | Group, **answers: Any) -> Evaluation:
    return state_of(form(*items), answers)


def values(evaluation: Evaluation, key: str) -> list[Any]:
    return [asked.state.value for asked in evaluation.every() if asked.key == key]


def relevant(evaluation: Evaluation, key: str) -> list[bool]:
    return [asked.state.relevant for asked in evaluation.every() if asked.key == key]


AGE = ask("age", "integer")
PEOPLE = [{"age": 30}, {"age": 4}, {}]


def test_without_a_count_the_items_are_those_of_the_answers() -> None:
    evaluation = held(repeat("members", AGE), members=PEOPLE)
    assert evaluation.items("members") == 3
    assert values(evaluation, "age") == [30, 4, None]


def test_without_answers_there_is_no_item() -> None:
    evaluation = held(repeat("members", AGE))
    assert (evaluation.items("members"), values(evaluation, "age")) == (0, [])


@pytest.mark.parametrize(
    ("given", "expected"), [(2, 2), (4, 4), (0, 0), (-1, 0), (None, 0), (2.9, 2)], ids=str
)
def test_number_of_items_follows_its_count(given: Any, expected: int) -> None:
    size = ask("size", "decimal")
    evaluation = held(size, repeat("members", AGE, count="${size}"), size=given, members=PEOPLE)
    assert len(values(evaluation, "age")) == expected


def test_items_beyond_the_count_are_not_counted() -> None:
    total = ask("total", "calculate", calculation="sum(${age})")
    evaluation = held(repeat("members", AGE, count="1"), total, members=PEOPLE)
    assert evaluation.states["total"].value == 30


def test_fixed_number_lets_nobody_add() -> None:
    fixed = held(repeat("members", AGE, count="2")).repeat("members")
    assert (fixed.size, fixed.is_fixed, fixed.may_add) == (2, True, False)
    open_ = held(repeat("members", AGE)).repeat("members")
    assert (open_.size, open_.is_fixed, open_.may_add) == (0, False, True)


def test_no_more_items_than_the_limit() -> None:
    evaluation = held(repeat("members", AGE, count="1000000000"))
    assert evaluation.items("members") == MOST_ITEMS
    assert [(address, problem.code) for address, problem in evaluation.problems] == [
        ("members", "too_many_items")
    ]
    many = held(repeat("members", AGE), members=[{}] * MOST_ITEMS)
    assert (many.problems, many.repeat("members").may_add) == ((), False)


def test_nested_repeats_multiply_only_up_to_the_limit_of_all() -> None:
    inner = repeat("kids", repeat("toys", AGE, count="200"), count="200")
    evaluation = held(repeat("members", inner, count="200"))
    assert sum(1 for _ in evaluation.every()) < MOST_ITEMS_IN_ALL
    assert evaluation.problems


def test_count_that_asks_its_own_items_settles() -> None:
    more = ask("more", "integer")
    people = repeat("calls", more, count="if(count(${calls}) < 5, sum(${more}) + 1, 5)")
    assert held(people).items("calls") == 1
    assert held(people, calls=[{"more": 1}, {"more": 1}, {"more": 0}]).items("calls") == 3
    assert held(people, calls=[{"more": 1}, {"more": 1}]).items("calls") == 3


def test_relevance_is_worked_out_for_each_item() -> None:
    school = ask("school", relevant="${age} < 18")
    evaluation = held(repeat("members", AGE, school), members=PEOPLE)
    assert relevant(evaluation, "school") == [False, True, False]


def test_group_in_an_item_is_relevant_by_item() -> None:
    inner = group("child", ask("school"), relevant="${age} < 18")
    evaluation = held(repeat("members", AGE, inner), members=PEOPLE)
    assert relevant(evaluation, "school") == [False, True, False]


def test_repeat_that_is_not_relevant_has_no_items() -> None:
    people = repeat("members", AGE, relevant="${alone} = 'no'")
    evaluation = held(ask("alone"), people, alone="yes", members=PEOPLE)
    assert evaluation.repeat("members").relevant is False
    assert (evaluation.items("members"), evaluation.repeat("members").may_add) == (0, False)


def test_repeat_can_be_relevant_for_some_of_its_items() -> None:
    people = repeat("members", AGE, relevant="position(.) != 2")
    evaluation = held(people, ask("total", "calculate", calculation="sum(${age})"), members=PEOPLE[:2])
    assert evaluation.repeat("members").shown == (0,)
    assert evaluation.states["total"].value == 30


def test_calculations_are_worked_out_for_each_item() -> None:
    double = ask("double", "calculate", calculation="${age} * 2")
    assert values(held(repeat("members", AGE, double), members=PEOPLE), "double") == [60, 8, None]


def test_constraint_is_judged_for_each_item() -> None:
    young = ask("age", "integer", constraint=". < ${limit}")
    evaluation = held(ask("limit", "integer"), repeat("members", young), limit=18, members=PEOPLE)
    assert [asked.state.constraint_ok for asked in evaluation.every() if asked.key == "age"] == [
        *(False, True, None)
    ]


def test_choices_are_filtered_for_each_item() -> None:
    town = ask(
        "town",
        "select_one",
        choices=choices("toronto", "montreal", toronto="on", montreal="qc"),
        choice_filter="of = ${province}",
    )
    evaluation = held(
        repeat("members", ask("province"), town),
        members=[{"province": "on", "town": "montreal"}, {"province": "qc", "town": "montreal"}],
    )
    offered = [asked.state.choices for asked in evaluation.every() if asked.key == "town"]
    assert offered == [("toronto",), ("montreal",)]
    assert values(evaluation, "town") == [None, "montreal"]


def test_default_stands_in_each_item_until_it_is_emptied() -> None:
    people = repeat("members", ask("from", default="${country}"))
    evaluation = held(ask("country"), people, country="SO", members=[{}, {"from": None}, {"from": "IQ"}])
    assert values(evaluation, "from") == ["SO", None, "IQ"]


def test_required_is_worked_out_for_each_item() -> None:
    people = repeat("members", AGE, ask("name", required="${age} > 17"))
    evaluation = held(people, members=PEOPLE)
    assert [asked.state.required for asked in evaluation.every() if asked.key == "name"] == [
        *(True, False, False)
    ]


def test_random_values_differ_from_item_to_item_and_stay() -> None:
    people = repeat("members", ask("code", "calculate", calculation="once(uuid())"), count="2")
    first, second = values(held(people), "code")
    assert first != second
    assert values(held(people), "code") == [first, second]


def test_items_in_items_belong_to_theirs() -> None:
    people = repeat("members", ask("name"), repeat("kids", AGE))
    evaluation = held(people, members=[{"kids": [{"age": 1}]}, {}, {"kids": [{"age": 2}, {"age": 3}]}])
    assert [evaluation.items("kids", (("members", place),)) for place in range(3)] == [1, 0, 2]
    assert values(evaluation, "age") == [1, 2, 3]


def test_evaluation_at_an_item_holds_its_own_and_what_is_around_it() -> None:
    people = repeat("members", ask("name"), repeat("kids", AGE))
    answers = {"area": "north", "members": [{"name": "Amal", "kids": [{"age": 4}]}]}
    inner = held(ask("area"), people, **answers).at((("members", 0), ("kids", 0)))
    assert {key: state.value for key, state in inner.states.items()} == {
        "area": "north",
        "name": "Amal",
        "age": 4,
    }
    assert inner.trail == (("members", 0), ("kids", 0))
    assert inner.frame.shown("name") == "Amal"


@pytest.mark.parametrize("trail", [(("members", 1),), (("kids", 0),), (("members", -1),), (("x", 0),)])
def test_there_is_no_evaluation_at_an_item_that_is_not_there(trail: Any) -> None:
    people = repeat("members", ask("name"), repeat("kids", AGE))
    with pytest.raises(LookupError):
        held(people, members=[{}]).at(trail)


def test_form_without_repeats_has_no_items() -> None:
    evaluation = held(ask("a"), a="1")
    assert evaluation.at(()) is evaluation
    assert [asked.address for asked in evaluation.every()] == ["a"]
    with pytest.raises(LookupError):
        evaluation.at((("members", 0),))


def test_every_question_has_an_address_and_a_path() -> None:
    people = group("home", repeat("members", group("who", ask("name")), repeat("kids", AGE)))
    evaluation = held(people, members=[{"kids": [{}]}, {}])
    assert [(asked.address, asked.path) for asked in evaluation.every()] == [
        ("members[1]/name", "home/members[1]/who/name"),
        ("members[1]/kids[1]/age", "home/members[1]/kids[1]/age"),
        ("members[2]/name", "home/members[2]/who/name"),
    ]


@pytest.mark.parametrize("broken", ["x", 3, {"age": 1}, None, [3, "x", None], [[{}]]], ids=repr)
def test_answers_that_are_no_items_are_taken_for_empty_ones(broken: Any) -> None:
    evaluation = held(repeat("members", AGE), members=broken)
    assert values(evaluation, "age") == [None] * (len(broken) if isinstance(broken, list) else 0)


def test_count_that_asks_its_own_items_by_way_of_others_settles() -> None:
    people = repeat("calls", ask("more", "integer"), count="${wanted}")
    total = ask("total", "calculate", calculation="sum(${more})")
    wanted = ask("wanted", "calculate", calculation="${total} + 1")
    assert find_cycles(form(wanted, total, people)) == []
    for items in ((wanted, total, people), (people, total, wanted)):
        assert held(*items, calls=[{"more": 1}, {"more": 1}, {"more": 0}]).items("calls") == 3
        assert held(*items).items("calls") == 1


def test_what_decides_about_a_repeat_as_a_whole_cannot_wait_for_it() -> None:
    people = repeat("calls", ask("more", "integer"), relevant="${wanted} = 1")
    wanted = ask("wanted", "calculate", calculation="sum(${more})")
    assert find_cycles(form(people, wanted)) == [("calls", "more", "wanted")]
