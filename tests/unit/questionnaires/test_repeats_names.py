"""What names, paths and functions mean inside, outside and across repeats: pyxform's rules."""

from __future__ import annotations

from typing import Any

import pytest

from consult.questionnaires.routing import find_cycles
from tests.unit.questionnaires.logic_forms import ask, form, group, repeat, state_of

PEOPLE = {
    "limit": 18,
    "members": [
        {"name": "Amal", "age": 30, "kids": [{"kid": "Bo", "years": 3}, {"kid": "Cy", "years": 5}]},
        {"name": "Dara", "age": 4},
        {"name": "Ede", "age": 41, "kids": [{"kid": "Fu", "years": 9}]},
    ],
    "visits": [{"who": 3}, {"who": 1}],
}


def household(where: str, expression: str) -> Any:
    """Values of a calculation that stands at ``where``: outside, member, kid or visit; in each item."""
    result = {where: (ask("result", "calculate", calculation=expression),)}
    questionnaire = form(
        ask("limit", "integer"),
        group(
            "home",
            repeat(
                "members",
                ask("name"),
                group("about", ask("age", "integer"), *result.get("about", ())),
                repeat("kids", ask("kid"), ask("years", "integer"), *result.get("kid", ())),
                *result.get("member", ()),
            ),
        ),
        repeat("visits", ask("who", "integer"), *result.get("visit", ())),
        *result.get("outside", ()),
    )
    assert find_cycles(questionnaire) == []
    evaluation = state_of(questionnaire, PEOPLE)
    assert evaluation.problems == ()
    found = [asked.state.value for asked in evaluation.every() if asked.key == "result"]
    return found[0] if where == "outside" else found


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("${name}", "Amal"),
        ("join(', ', ${name})", "Amal, Dara, Ede"),
        ("sum(${age})", 75),
        ("max(${age}) - min(${age})", 37),
        ("count(${members})", 3),
        ("count(${name})", 3),
        ("count(${kids})", 3),
        ("sum(${years})", 17),
        ("count-non-empty(${kid})", 3),
        ("indexed-repeat(${name}, ${members}, 2)", "Dara"),
        ("indexed-repeat(${name}, ${members}, '3')", "Ede"),
        ("indexed-repeat(${kid}, ${members}, 1, ${kids}, 2)", "Cy"),
        ("indexed-repeat(${name}, ${members}, 4)", None),
        ("join(' ', indexed-repeat(${kid}, ${members}, 1))", "Bo Cy"),
        ("sum(indexed-repeat(${years}, ${members}, 3))", 9),
        ("count(indexed-repeat(${kids}, ${members}, 1))", 2),
        ("count(indexed-repeat(${kids}, ${members}, 2))", 0),
        ("count(indexed-repeat(${kids}, ${members}, 9))", 0),
        ("indexed-repeat(${kid}, ${members}, 1)", "Bo"),
        ("indexed-repeat(${name}, ${members}, 0)", None),
        ("indexed-repeat(${name}, ${members}, 'x')", None),
        ("/data/home/members[2]/name", "Dara"),
        ("count(/data/home/members/kids)", 3),
        ("join(' ', //kid)", "Bo Cy Fu"),
        ("${members}[2]/name", "Dara"),
        ("join(' ', ${members}[about/age > 18]/name)", "Amal Ede"),
        ("count(${members}[${age} > ${limit}])", 2),
        ("join(' ', ${members}[position() != 1]/name)", "Dara Ede"),
        ("join(' ', ${members}[position() = last()]/name)", "Ede"),
        ("join(' ', ${kids}[years > 4]/kid)", "Cy Fu"),
        ("count(${name}[. = 'Ede'])", 1),
        ("if(${age} = 41, 'one is', 'none is')", "one is"),
        ("index()", None),
    ],
)
def test_outside_of_repeats(expression: str, value: Any) -> None:
    assert household("outside", expression) == value


@pytest.mark.parametrize(
    ("expression", "values"),
    [
        ("concat(${name}, '!')", ["Amal!", "Dara!", "Ede!"]),
        ("position(..)", [1, 2, 3]),
        ("index()", [1, 2, 3]),
        ("../name", ["Amal", "Dara", "Ede"]),
        ("../about/age", [30, 4, 41]),
        ("${age} > ${limit}", ["true", "false", "true"]),
        ("../../../limit", [18, 18, 18]),
        ("count(${members})", [3, 3, 3]),
        ("count(${kids})", [2, 0, 1]),
        ("sum(${years})", [8, 0, 9]),
        ("join(' ', ${kid})", ["Bo Cy", None, "Fu"]),
        ("count(../kids)", [2, 0, 1]),
        ("sum(/data/home/members/about/age)", [75, 75, 75]),
        ("indexed-repeat(${name}, ${members}, position(..) - 1)", [None, "Amal", "Dara"]),
        ("indexed-repeat(${kid}, ${kids}, 1)", ["Bo", None, "Fu"]),
        ("join(' ', indexed-repeat(${kid}, ${members}, 1))", ["Bo Cy", "Bo Cy", "Bo Cy"]),
        ("count(indexed-repeat(${kids}, ${members}, 1))", [2, 2, 2]),
        (
            "join(' ', /data/home/members[name != current()/../name]/name)",
            ["Dara Ede", "Amal Ede", "Amal Dara"],
        ),
        ("join(' ', ${visits}[${who} = position(current()/..)]/who)", ["1", None, "3"]),
        ("count(${who})", [2, 2, 2]),
    ],
)
def test_inside_an_item(expression: str, values: list[Any]) -> None:
    assert household("member", expression) == values


@pytest.mark.parametrize(
    ("expression", "values"),
    [
        ("${name}", ["Amal", "Amal", "Ede"]),
        ("concat(${name}, ' ', ${kid})", ["Amal Bo", "Amal Cy", "Ede Fu"]),
        ("concat(position(../..), '.', position(..))", ["1.1", "1.2", "3.1"]),
        ("concat(index(${members}), '.', index())", ["1.1", "1.2", "3.1"]),
        ("count(${kids})", [2, 2, 1]),
        ("sum(${age})", [30, 30, 41]),
        ("../../name", ["Amal", "Amal", "Ede"]),
    ],
)
def test_inside_an_item_of_an_item(expression: str, values: list[Any]) -> None:
    assert household("kid", expression) == values


@pytest.mark.parametrize(
    ("expression", "values"),
    [
        ("indexed-repeat(${name}, ${members}, ${who})", ["Ede", "Amal"]),
        ("/data/home/members[position() = current()/../who]/name", ["Ede", "Amal"]),
        ("${members}[position() = ${who}]/name", ["Ede", "Amal"]),
        ("join(' ', ${name})", ["Amal Dara Ede"] * 2),
        ("indexed-repeat(${kid}, ${members}, ${who}, ${kids}, 1)", ["Fu", "Bo"]),
    ],
)
def test_from_one_repeat_into_another(expression: str, values: list[Any]) -> None:
    assert household("visit", expression) == values


def test_group_in_an_item_counts_itself_as_the_only_one() -> None:
    assert household("about", "position(..)") == [1, 1, 1]
    assert household("about", "position(../..)") == [1, 2, 3]


def test_what_is_not_relevant_drops_out_of_lists() -> None:
    questionnaire = form(
        repeat("members", ask("age", "integer"), ask("pay", "integer", relevant="${age} > 17")),
        ask("sum", "calculate", calculation="sum(${pay})"),
        ask("count", "calculate", calculation="count(${pay})"),
        ask("path", "calculate", calculation="count(/data/members/pay)"),
    )
    people = [{"age": 30, "pay": 10}, {"age": 4, "pay": 99}, {"age": 41, "pay": 5}]
    states = state_of(questionnaire, {"members": people}).states
    assert (states["sum"].value, states["count"].value, states["path"].value) == (15, 2, 2)


def test_one_unanswered_number_makes_the_sum_unknown_as_in_odk() -> None:
    questionnaire = form(
        repeat("members", ask("age", "integer")), ask("sum", "calculate", calculation="sum(${age})")
    )
    assert state_of(questionnaire, {"members": [{"age": 30}, {}]}).states["sum"].value is None


def test_running_total_reads_the_item_before() -> None:
    before = "indexed-repeat(${total}, ${days}, position(..) - 1)"
    questionnaire = form(
        repeat(
            "days",
            ask("spent", "integer"),
            ask("total", "calculate", calculation=f"coalesce({before}, 0) + ${{spent}}"),
        )
    )
    assert find_cycles(questionnaire) == []
    evaluation = state_of(questionnaire, {"days": [{"spent": 5}, {"spent": 7}, {"spent": 1}]})
    assert [asked.state.value for asked in evaluation.every() if asked.key == "total"] == [5, 12, 13]


def test_question_that_sums_itself_over_all_items_is_a_circle() -> None:
    questionnaire = form(repeat("days", ask("total", "calculate", calculation="sum(${total})")))
    assert find_cycles(questionnaire) == [("total",)]


def test_paths_work_in_a_form_without_repeats() -> None:
    questionnaire = form(
        group("home", ask("rooms", "integer"), ask("twice", "calculate", calculation="../rooms * 2")),
        ask("also", "calculate", calculation="/data/home/rooms + 1"),
    )
    states = state_of(questionnaire, {"rooms": 3}).states
    assert (states["twice"].value, states["also"].value) == (6, 4)


def test_expressions_of_all_items_together_have_a_budget() -> None:
    calculations = [ask(f"c{n}", "calculate", calculation="sum(//age)") for n in range(30)]
    questionnaire = form(repeat("members", ask("age", "integer"), *calculations, count="200"))
    evaluation = state_of(questionnaire, {})
    assert "too_much_work" in {problem.code for _, problem in evaluation.problems}
