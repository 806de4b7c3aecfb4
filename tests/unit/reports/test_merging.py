"""The questions of several versions in one order."""

from __future__ import annotations

from consult.questionnaires.specification import Questionnaire
from consult.reports.merging import merge
from tests.samples.questions import ask, choices, group, questionnaire, text

FRUIT = choices("apple", "pear")


def keys(*versions: Questionnaire) -> list[str]:
    return [asked.key for asked in merge(list(enumerate(versions, 1)))]


def test_order_and_wording_are_those_of_the_newest_version() -> None:
    old = questionnaire(ask("text", "a", "Old?"), ask("text", "b"))
    new = questionnaire(ask("text", "b"), ask("text", "a", "New?"))
    merged = merge([(1, old), (2, new)])
    assert [(asked.key, asked.question.label["en"]) for asked in merged][1] == ("a", "New?")
    assert [asked.key for asked in merged] == ["b", "a"]
    assert all(asked.versions == {1, 2} for asked in merged)


def test_question_that_was_dropped_stands_where_it_stood() -> None:
    old = questionnaire(ask("text", "a"), ask("text", "gone"), ask("text", "b"))
    new = questionnaire(ask("text", "a"), ask("text", "b"), ask("text", "c"))
    assert keys(old, new) == ["a", "gone", "b", "c"]


def test_question_that_was_dropped_from_the_top_comes_first() -> None:
    assert keys(questionnaire(ask("text", "gone"), ask("text", "a")), questionnaire(ask("text", "a"))) == [
        "gone",
        "a",
    ]


def test_question_that_became_another_kind_is_two() -> None:
    old = questionnaire(ask("text", "fruit"))
    new = questionnaire(ask("select_one", "fruit", choices=FRUIT))
    merged = merge([(1, old), (2, new)])
    assert [(asked.key, asked.question.key, asked.versions) for asked in merged] == [
        ("fruit@1", "fruit", {1}),
        ("fruit", "fruit", {2}),
    ]


def test_whole_number_that_became_a_decimal_stays_one_question() -> None:
    merged = merge([(1, questionnaire(ask("integer", "n"))), (2, questionnaire(ask("decimal", "n")))])
    assert [(asked.question.kind, asked.versions) for asked in merged] == [("decimal", {1, 2})]


def test_choice_that_was_dropped_keeps_its_label() -> None:
    old = questionnaire(ask("select_one", "fruit", choices=choices("apple", ("fig", "A fig"), "pear")))
    new = questionnaire(ask("select_one", "fruit", choices=choices(("apple", "An apple"), "pear")))
    (asked,) = merge([(1, old), (2, new)])
    assert [(choice.key, choice.label["en"]) for choice in asked.question.choices] == [
        ("apple", "An apple"),
        ("fig", "A fig"),
        ("pear", "PEAR"),
    ]


def test_other_that_was_once_offered_keeps_its_column() -> None:
    old = questionnaire(ask("select_one", "fruit", choices=FRUIT, has_other=True))
    new = questionnaire(ask("select_one", "fruit", choices=FRUIT))
    (asked,) = merge([(1, old), (2, new)])
    assert asked.question.has_other


def test_notes_have_no_place_in_a_report_and_calculations_no_number() -> None:
    form = questionnaire(ask("note", "hello"), ask("calculate", "c", calculation="1"), ask("text", "a"))
    assert [(asked.key, asked.number) for asked in merge([(1, form)])] == [("c", 0), ("a", 1)]


def test_groups_give_sections_and_conditions() -> None:
    inner = group(ask("text", "a"), key="inner", label={"en": "Inner"}, relevant="${b} = 'x'")
    form = questionnaire(group(ask("text", "b"), inner, key="outer", label="Outer"))
    asked = {each.key: each for each in merge([(1, form)])}
    assert asked["a"].section == (text("Outer"), text("Inner"))
    assert [condition.source for condition in asked["a"].conditions] == ["${b} = 'x'"]
