"""What is asked, required, allowed, offered and calculated, given some answers."""

from __future__ import annotations

from typing import Any

import pytest

from consult.expressions import Template
from consult.questionnaires.routing import QuestionState
from consult.questionnaires.specification import Group
from consult.questions import Question
from tests.unit.questionnaires.logic_forms import ask, choices, form, group, state_of


def states(*items: Question | Group, **answers: Any) -> dict[str, QuestionState]:
    return dict(state_of(form(*items), answers).states)


def test_question_is_relevant_required_and_changeable_as_its_conditions_say() -> None:
    items = (ask("a", "integer"), ask("b", relevant="${a} > 1", required="${a} > 2", read_only="${a} > 3"))
    assert [states(*items, a=a)["b"][:3] for a in (1, 2, 3, 4)] == [
        (False, False, False),
        (True, False, False),
        (True, True, False),
        (True, True, True),
    ]


def test_what_is_not_relevant_reads_as_empty() -> None:
    items = (ask("a"), ask("b", relevant="${a} = 'yes'"), ask("c", relevant="${b} = ''"))
    assert states(*items, a="no", b="typed before")["b"].value is None
    assert states(*items, a="no", b="typed before")["c"].relevant
    assert not states(*items, a="yes", b="typed before")["c"].relevant


def test_group_passes_its_relevance_on_to_all_within() -> None:
    items = (ask("a"), group("g", group("h", ask("b", required="true()")), relevant="${a} = 'yes'"))
    assert not states(*items, a="no", b="x")["b"].relevant
    assert not states(*items, a="no", b="x")["b"].required
    assert states(*items, a="yes", b="x")["b"].value == "x"


def test_order_of_questions_does_not_matter_for_calculations() -> None:
    items = (
        ask("c", "calculate", calculation="${b} * 2"),
        ask("b", "calculate", calculation="${a} + 1"),
        ask("a", "integer"),
    )
    assert states(*items, a=4)["c"].value == 10


def test_question_before_may_depend_on_one_behind() -> None:
    items = (ask("a", relevant="${b} = 'yes'"), ask("b"))
    assert states(*items, b="yes")["a"].relevant


def test_constraint_is_tested_on_answers_only() -> None:
    item = ask("age", "integer", constraint=". >= 18 and . < 120")
    assert [states(item, **given)["age"].constraint_ok for given in ({"age": 20}, {"age": 12}, {})] == [
        True,
        False,
        None,
    ]
    assert states(ask("age", "integer"), age=5)["age"].constraint_ok is None


def test_constraint_may_look_at_other_answers() -> None:
    items = (ask("start", "date"), ask("end", "date", constraint=". >= ${start}"))
    assert states(*items, start="2026-01-02", end="2026-01-01")["end"].constraint_ok is False


def test_today_is_fixed_by_the_request() -> None:
    item = ask("born", "date", constraint=". <= today()")
    assert states(item, born="2026-01-31")["born"].constraint_ok is True
    assert states(item, born="2026-02-01")["born"].constraint_ok is False


@pytest.mark.parametrize(
    ("kind", "calculation", "value"),
    [
        ("calculate", "1 div 4", 0.25),
        ("calculate", "8 div 4", 2),
        ("calculate", "concat('a', 1)", "a1"),
        ("calculate", "1 = 1", "true"),
        ("calculate", "1 = 2", "false"),
        ("calculate", "number('x')", None),
        ("calculate", "1 div 0", None),
        ("calculate", "''", None),
        ("integer", "7 div 2", 3),
        ("integer", "-7 div 2", -3),
        ("integer", "'x'", None),
        ("decimal", "7 div 2", 3.5),
        ("date", "today() + 1", "2026-02-01"),
        ("date", "'2026-02-01'", "2026-02-01"),
        ("text", "7 div 2", "3.5"),
        ("select_multiple", "'a b'", ["a", "b"]),
    ],
)
def test_calculation_is_coded_as_its_question_is(kind: str, calculation: str, value: Any) -> None:
    assert states(ask("a", kind, calculation=calculation))["a"].value == value


def test_calculated_truth_stays_a_truth_in_conditions() -> None:
    items = (
        ask("a", "integer"),
        ask("adult", "calculate", calculation="${a} >= 18"),
        ask("b", relevant="${adult}"),
    )
    assert not states(*items, a=5)["b"].relevant
    assert states(*items, a=50)["b"].relevant


def test_calculation_of_what_is_not_relevant_is_empty() -> None:
    items = (ask("a"), ask("b", "calculate", calculation="1", relevant="${a} = 'x'"))
    assert states(*items)["b"].value is None


def test_stored_calculation_gives_way_to_a_new_one() -> None:
    assert (
        states(ask("a", "integer"), ask("b", "calculate", calculation="${a} + 1"), a=1, b=99)["b"].value == 2
    )


def test_person_may_overwrite_a_calculation_that_is_asked() -> None:
    item = ask("total", "integer", calculation="1 + 1")
    assert states(item)["total"].value == 2
    assert states(item, total=5)["total"].value == 5


def test_person_may_not_overwrite_a_calculation_that_is_read_only() -> None:
    assert (
        states(ask("total", "integer", calculation="1 + 1", read_only="true()"), total=5)["total"].value == 2
    )


def test_default_stands_until_it_is_answered_or_emptied() -> None:
    item = ask("day", "date", default="today()")
    assert states(item)["day"].value == "2026-01-31"
    assert states(item, day="2026-01-01")["day"].value == "2026-01-01"
    assert states(item, day=None)["day"].value is None


def test_default_counts_in_conditions() -> None:
    items = (ask("a", default="'yes'"), ask("b", relevant="${a} = 'yes'"))
    assert states(*items)["b"].relevant
    assert not states(*items, a=None)["b"].relevant


def test_choices_are_filtered_by_their_columns() -> None:
    cities = choices("toronto", "london", "montreal", toronto="on", london="on", montreal="qc")
    items = (ask("province"), ask("city", "select_one", choices=cities, choice_filter="of = ${province}"))
    assert states(*items, province="on")["city"].choices == ("toronto", "london")
    assert states(*items)["city"].choices == ()


def test_answer_that_is_no_longer_offered_is_empty() -> None:
    cities = choices("toronto", "montreal", toronto="on", montreal="qc")
    items = (
        ask("province"),
        ask("city", "select_one", choices=cities, choice_filter="of = ${province}"),
        ask("cities", "select_multiple", choices=cities, choice_filter="of = ${province}"),
    )
    after = states(*items, province="qc", city="toronto", cities=["toronto", "montreal"])
    assert (after["city"].value, after["cities"].value) == (None, ["montreal"])


def test_questions_without_choices_offer_none() -> None:
    assert states(ask("a"))["a"].choices is None


def test_filter_of_choices_beside_a_question_without_choices_refuses_nothing() -> None:
    items = (ask("community"), ask("other", "text", choice_filter="${community} = 'other'"))
    after = states(*items, community="other", other="By the river")["other"]
    assert (after.choices, after.value) == (None, "By the river")


def test_other_is_offered_last() -> None:
    assert states(ask("a", "select_one", choices=choices("x"), has_other=True))["a"].choices == ("x", "other")


def test_random_order_is_the_responses_own() -> None:
    item = ask("a", "select_one", choices=choices(*"abcdefgh"), parameters={"randomize": "true"})
    orders = {seed: state_of(form(item), {}, seed=seed).states["a"].choices for seed in (1, 2)}
    assert orders[1] != orders[2]
    assert orders[1] == state_of(form(item), {}, seed=1).states["a"].choices
    assert sorted(orders[1] or ()) == list("abcdefgh")


def test_way_out_stays_last_in_random_order() -> None:
    listed = (
        *choices(*"abcdef"),
        choices("none")[0].__class__("none", choices("none")[0].label, is_exclusive=True),
    )
    item = ask("a", "select_multiple", choices=listed, has_other=True, parameters={"randomize": "yes"})
    for seed in range(20):
        assert (state_of(form(item), {}, seed=seed).states["a"].choices or ())[-2:] == ("none", "other")


def test_questions_with_the_same_seed_have_the_same_order() -> None:
    how = {"choices": choices(*"abcdef"), "parameters": {"randomize": "true", "seed": "${s}"}}
    items = (ask("s", "integer"), ask("a", "select_one", **how), ask("b", "select_one", **how))
    after = states(*items, s=12)
    assert after["a"].choices == after["b"].choices != states(*items, s=13)["a"].choices


def test_chance_is_the_responses_own_and_stays() -> None:
    items = (ask("x"), ask("dice", "calculate", calculation="once(random())"))
    first = state_of(form(*items), {}, seed=9).states["dice"].value
    assert state_of(form(*items), {"x": "changed"}, seed=9).states["dice"].value == first
    assert state_of(form(*items), {"dice": 0.5}, seed=9).states["dice"].value == 0.5


def test_submitted_response_keeps_what_time_and_chance_gave_it() -> None:
    items = (ask("a", "calculate", calculation="now()"), ask("b", "calculate", calculation="1 + 1"))
    stored = {"a": "2020-01-01T00:00:00.000-05:00", "b": 1}
    after = state_of(form(*items), stored, is_final=True).states
    assert (after["a"].value, after["b"].value) == (stored["a"], 2)
    assert state_of(form(*items), stored).states["a"].value != stored["a"]


def test_mistake_of_the_author_stops_nobody() -> None:
    broken = "regex('a', concat('(', ''))"
    items = (
        ask("a", relevant=broken, constraint=broken, required=broken),
        ask("b", "calculate", calculation=broken),
    )
    evaluation = state_of(form(*items), {"a": "x"})
    assert evaluation.states["a"] == QuestionState(True, False, False, "x", True, None)
    assert evaluation.states["b"].value is None
    assert {key for key, _ in evaluation.problems} == {"a", "b"}


def test_sentences_show_chosen_labels() -> None:
    items = (ask("city", "select_one", choices=choices("london")), ask("hidden", relevant="false()"))
    evaluation = state_of(form(*items), {"city": "london", "hidden": "x"}, language="fr")
    assert Template.parse("${city}${hidden}${nobody}").render(evaluation.frame) == "london (fr)"


def test_conditions_can_ask_for_the_label_of_a_choice() -> None:
    items = (
        ask("city", "select_one", choices=choices("london")),
        ask("label", "calculate", calculation="jr:choice-name(${city}, '${city}')"),
    )
    assert states(*items, city="london")["label"].value == "London"
