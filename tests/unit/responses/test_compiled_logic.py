"""The data for the page's script: what can change on the page, and nothing else."""

from __future__ import annotations

import json
from typing import Any

from consult.questionnaires.routing import evaluate, pages
from consult.questionnaires.specification import Questionnaire
from consult.responses.compiled_logic import Logic, json_in_html, logic_of
from tests.samples.questions import NOW, ask, choices, group, one_page, questionnaire
from tests.samples.rendering import filled, parsed

ABC = choices("a", "b")


def logic(*items: Any, language: str = "en") -> Logic:
    made, page = one_page(*items)
    return logic_of(made, page, language)


def of_second_page(*first: Any, second: tuple[Any, ...]) -> tuple[Questionnaire, Logic]:
    made = questionnaire(group(*first, key="one"), group(*second, key="two", appearance="field-list"))
    return made, logic_of(made, pages(made)[1], "en")


def test_a_page_without_conditions_carries_no_data() -> None:
    page = one_page(ask("text", "a"), ask("integer", "b", required="true()"))
    assert logic_of(*page, "en").questions == {}
    assert "<script" not in filled(page)


def test_a_condition_on_the_page_travels_as_a_tree() -> None:
    found = logic(ask("integer", "age"), ask("text", "why", relevant="${age} > 18"))
    assert found.questions == {"why": {"r": [">", ["v", "age"], ["n", 18]]}}
    assert found.earlier == ()


def test_conditions_of_groups_inside_the_page_count_together() -> None:
    found = logic(
        ask("text", "a"),
        group(ask("text", "b", relevant="${a} != 'x'"), ask("text", "c"), key="inner", relevant="${a} != ''"),
    )
    outer, inner = ["!=", ["v", "a"], ["s", ""]], ["!=", ["v", "a"], ["s", "x"]]
    assert found.questions == {"b": {"r": ["and", outer, inner]}, "c": {"r": outer}}


def test_a_condition_on_earlier_pages_only_is_settled_by_the_server() -> None:
    _made, found = of_second_page(ask("text", "a"), second=(ask("text", "b", relevant="${a} = 'x'"),))
    assert found.questions == {}


def test_earlier_answers_that_live_conditions_read_travel_as_values() -> None:
    made, found = of_second_page(
        ask("integer", "a"),
        ask("text", "secret"),
        second=(ask("text", "b"), ask("text", "c", relevant="${a} > 1 and ${b} != ''")),
    )
    assert found.earlier == ("a",)
    evaluation = evaluate(made, {"a": 5, "secret": "s"}, now=NOW, language="en")
    assert json.loads(found.values(evaluation)) == {"a": 5.0}
    nobody = evaluate(made, {}, now=NOW, language="en")
    assert json.loads(found.values(nobody)) == {}


def test_a_calculation_elsewhere_comes_along_when_it_reads_the_page() -> None:
    made = questionnaire(
        group(
            ask("integer", "a"), ask("text", "b", relevant="${sum} > 10"), key="one", appearance="field-list"
        ),
        ask("calculate", "sum", calculation="${a} + ${far}"),
        group(ask("integer", "far"), key="two"),
    )
    found = logic_of(made, pages(made)[0], "en")
    assert found.questions["sum"] == {"k": ["+", ["v", "a"], ["v", "far"]]}
    assert found.earlier == ("far",)


def test_a_constraint_travels_with_its_words_and_the_places_of_answers_in_them() -> None:
    found = logic(
        ask("integer", "age", constraint=". < 120", constraint_message={"fr": "Trop, ${name}."}),
        ask("text", "name"),
        language="fr",
    )
    assert found.questions == {"age": {"c": ["<", ["."], ["n", 120]], "m": ["Trop, ", "name", "."]}}


def test_required_that_can_change_travels_with_both_words() -> None:
    found = logic(ask("text", "a"), ask("text", "b", required="${a} != ''"))
    assert "n" in found.questions["b"]
    assert '"w":["(required)","(optional)"]' in found.json()[0]


def test_a_live_filter_travels_with_the_columns_it_reads() -> None:
    towns = tuple(
        type(choice)(choice.key, choice.label, {"region": region, "secret": "no"})
        for choice, region in zip(choices("london", "kenora"), ("south", "north"), strict=True)
    )
    found = logic(
        ask("text", "where"), ask("select_one", "town", choices=towns, choice_filter="region = ${where}")
    )
    assert found.questions["town"]["a"] == {"london": {"region": "south"}, "kenora": {"region": "north"}}


def test_data_cannot_end_the_element_it_stands_in() -> None:
    nasty = "</script><script>alert(1)</script><!-- \u2028 & "
    written = json_in_html({"m": nasty})
    assert not set("<>&\u2028") & set(written)
    assert json.loads(written) == {"m": nasty}


def test_hostile_earlier_answers_are_data() -> None:
    made = questionnaire(
        group(ask("text", "a"), key="one"),
        group(ask("text", "b"), ask("text", "c", relevant="${a} = ${b}"), key="two", appearance="field-list"),
    )
    html = filled((made, pages(made)[1]), {"a": "</script><script>alert(1)"})
    scripts = list(parsed(html).iter("script"))
    assert len(scripts) == 1
    assert json.loads(scripts[0].text or "")["v"] == {"a": "</script><script>alert(1)"}


def test_functions_that_few_pages_need_are_loaded_where_they_are_used() -> None:
    usual = one_page(ask("text", "a"), ask("text", "b", relevant="${a} != ''"))
    rare = one_page(ask("text", "a"), ask("text", "b", relevant="area(${a}) > 5"))
    assert not logic_of(*usual, "en").has_rare_functions
    assert logic_of(*rare, "en").has_rare_functions
    assert "/rare-functions." not in filled(usual)
    assert "rare-functions" in filled(rare)
