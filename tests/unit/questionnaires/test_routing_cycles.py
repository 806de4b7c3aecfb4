"""Questions that wait for each other's answer are found before anybody is asked."""

from __future__ import annotations

import pytest

from consult.questionnaires.routing import find_cycles
from consult.questionnaires.specification import Group
from consult.questions import Question
from tests.unit.questionnaires.logic_forms import ask, choices, form, group, state_of


@pytest.mark.parametrize(
    ("items", "circles"),
    [
        ((ask("a", relevant="${b} = 1"), ask("b", relevant="${a} = 1")), [("a", "b")]),
        ((ask("a", "calculate", calculation="${a} + 1"),), [("a",)]),
        ((ask("a", relevant="${a} = ''"),), [("a",)]),
        ((group("g", ask("a"), relevant="${a} = 1"),), [("g", "a")]),
        (
            (
                ask("a", "calculate", calculation="${b}"),
                ask("b", "calculate", calculation="${c}"),
                ask("c", "calculate", calculation="${a}"),
                ask("d", "calculate", calculation="${a}"),
            ),
            [("a", "b", "c")],
        ),
        (
            (
                ask("a", relevant="${b}"),
                ask("b", relevant="${a}"),
                ask("c", relevant="${d}"),
                ask("d", relevant="${c}"),
            ),
            [("a", "b"), ("c", "d")],
        ),
    ],
    ids=["two", "itself", "own relevance", "group and member", "three", "two circles"],
)
def test_circle_is_found(items: tuple[Question | Group, ...], circles: list[tuple[str, ...]]) -> None:
    assert find_cycles(form(*items)) == circles


@pytest.mark.parametrize(
    "items",
    [
        (ask("a", "integer", constraint=". < ${b}"), ask("b", "integer", constraint=". > ${a}")),
        (ask("a", "select_multiple", choices=choices("x"), choice_filter="not(selected(${a}, 'none'))"),),
        (ask("a", default="${a}"),),
        (ask("a", required="${b} = ''"), ask("b", required="${a} = ''")),
        (ask("a", "calculate", calculation="once(. + 1)"),),
        (ask("a"), ask("b", "calculate", calculation="${b} + 1", trigger=("a",))),
        (ask("a", relevant="${nobody} = 1"),),
    ],
    ids=[
        "constraints",
        "own filter",
        "own default",
        "required",
        "once",
        "what a trigger sets",
        "unknown name",
    ],
)
def test_what_looks_like_a_circle_is_none(items: tuple[Question | Group, ...]) -> None:
    assert find_cycles(form(*items)) == []


def test_lists_may_leave_out_what_was_chosen_from_the_other() -> None:
    listed = choices("x", "y")
    questionnaire = form(
        ask("first", "select_one", choices=listed, choice_filter="name != ${second}"),
        ask("second", "select_one", choices=listed, choice_filter="name != ${first}"),
    )
    assert find_cycles(questionnaire) == []
    states = state_of(questionnaire, {"first": "x", "second": "y"}).states
    assert (states["first"].choices, states["second"].choices) == (("x",), ("y",))


def test_long_chain_is_no_recursion() -> None:
    chain = [ask(f"q{n}", "calculate", calculation=f"${{q{n + 1}}} + 1") for n in range(3_000)]
    questionnaire = form(*chain, ask("q3000", "integer"))
    assert find_cycles(questionnaire) == []
    assert state_of(questionnaire, {"q3000": 1}).states["q0"].value == 3_001


def test_circle_that_got_through_ends_all_the_same() -> None:
    questionnaire = form(
        ask("a", "calculate", calculation="coalesce(${b}, 0) + 1"), ask("b", "calculate", calculation="${a}")
    )
    assert isinstance(state_of(questionnaire, {}).states["a"].value, int)
