"""What is stored in the end, and the reply of `survey evaluate`."""

from __future__ import annotations

from typing import Any

import pytest

from consult.questionnaires.answers import logic_value
from consult.questionnaires.routing import evaluate_report, final_answers
from consult.questionnaires.specification import Group
from consult.questions import KINDS, Question
from tests.unit.questionnaires.logic_forms import NOW, ask, choices, form, group

GIVEN = {"now": "2026-01-31T12:00:00-05:00", "language": "en"}


def final(*items: Question | Group, **answers: Any) -> dict[str, Any]:
    return final_answers(form(*items), answers, now=NOW, language="en")


def test_what_is_not_relevant_is_dropped() -> None:
    assert final(ask("a"), ask("b", relevant="${a} = 'yes'"), a="no", b="typed before") == {"a": "no"}


def test_calculations_and_hidden_values_are_added() -> None:
    items = (
        ask("a", "integer"),
        ask("b", "calculate", calculation="${a} + 1"),
        ask("c", "hidden", default="'x'"),
    )
    assert final(*items, a=1) == {"a": 1, "b": 2, "c": "x"}


def test_default_that_nobody_saw_is_no_answer() -> None:
    assert final(ask("a", default="'yes'")) == {}
    assert final(ask("a", default="'yes'"), a=None) == {}
    assert final(ask("a", default="'yes'"), a="yes") == {"a": "yes"}


def test_answers_stand_in_the_order_of_asking() -> None:
    assert list(final(ask("a"), ask("b"), ask("c"), c="3", a="1", b="2")) == ["a", "b", "c"]


def test_text_of_other_is_kept_while_other_is_chosen() -> None:
    one = ask("a", "select_one", choices=choices("x"), has_other=True)
    several = ask("a", "select_multiple", choices=choices("x"), has_other=True)
    assert final(one, a="other", a_other="Guelph") == {"a": "other", "a_other": "Guelph"}
    assert final(one, a="x", a_other="Guelph") == {"a": "x"}
    assert final(several, a=["x", "other"], a_other="Guelph") == {"a": ["x", "other"], "a_other": "Guelph"}


def test_keys_that_no_question_has_are_dropped() -> None:
    assert final(ask("a"), a="1", stranger="2") == {"a": "1"}


def test_false_zero_and_empty_calculations() -> None:
    items = (
        ask("zero", "calculate", calculation="0"),
        ask("no", "calculate", calculation="1 = 2"),
        ask("nothing", "calculate", calculation="''"),
    )
    assert final(*items) == {"zero": 0, "no": "false"}


def test_report_says_how_every_question_stands() -> None:
    questionnaire = form(
        group("home", ask("rooms", "integer", required="true()", constraint=". > 0")),
        ask("city", "select_one", choices=choices("toronto", "london")),
        ask("why", relevant="${rooms} > 9"),
        ask("double", "calculate", calculation="${rooms} * 2"),
    )
    report = evaluate_report(questionnaire, {**GIVEN, "answers": {"rooms": 0, "city": "london", "why": "x"}})
    assert report == {
        "questions": {
            "home/rooms": {
                "relevant": True,
                "required": True,
                "value": 0,
                "constraint_ok": False,
                "choices": None,
            },
            "city": {
                "relevant": True,
                "required": False,
                "value": "london",
                "constraint_ok": None,
                "choices": ["toronto", "london"],
            },
            "why": {
                "relevant": False,
                "required": False,
                "value": None,
                "constraint_ok": None,
                "choices": None,
            },
            "double": {
                "relevant": True,
                "required": False,
                "value": 0,
                "constraint_ok": None,
                "choices": None,
            },
        }
    }


def test_report_uses_the_moment_and_language_it_is_given() -> None:
    questionnaire = form(ask("a", "calculate", calculation="format-date(today(), '%e %B')"))
    report = evaluate_report(
        questionnaire, {"answers": {}, "now": "2026-03-05T00:30:00+02:00", "language": "fr"}
    )
    assert report["questions"]["a"]["value"] == "5 mars"


def test_report_needs_neither_moment_nor_language() -> None:
    assert evaluate_report(form(ask("a")), {"answers": {"a": "x"}})["questions"]["a"]["value"] == "x"


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"answers": []},
        {"answers": {}, "now": "yesterday"},
        {"answers": {}, "now": "2026-01-31T12:00"},
        {"answers": {}, "now": 5},
    ],
)
def test_report_refuses_what_it_cannot_read(given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="must be"):
        evaluate_report(form(ask("a")), given)


@pytest.mark.parametrize("value", [7, "7", 7.0, True, ["x"], {"a": 1}, [[1]], [None], ""])
def test_report_takes_answers_of_any_shape(value: Any) -> None:
    questionnaire = form(
        *(ask(f"q_{kind}", kind, constraint=". > 1", choices=choices("x")) for kind in KINDS)
    )
    report = evaluate_report(questionnaire, {**GIVEN, "answers": {f"q_{kind}": value for kind in KINDS}})
    assert len(report["questions"]) == len(KINDS)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", "x"),
        ("integer", 5),
        ("decimal", 2.5),
        ("range", 3),
        ("date", "2026-03-05"),
        ("time", "09:30"),
        ("dateTime", "2026-03-05T09:30:00.000-05:00"),
        ("select_one", "a"),
        ("select_multiple", ["a", "b"]),
        ("rank", ["b", "a"]),
        ("acknowledge", "OK"),
        ("calculate", 5),
        ("calculate", "x"),
    ],
)
def test_expressions_read_what_the_kind_says(kind: str, value: Any) -> None:
    assert logic_value(value) == KINDS[kind].logic_value(value)
