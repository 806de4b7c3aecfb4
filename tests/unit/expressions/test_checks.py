"""What an import asks of expressions that could be read."""

from __future__ import annotations

import pytest

from consult.expressions import Expression, Template, check_expression


def test_known_names_are_no_problem() -> None:
    assert check_expression(Expression.parse("${a} + ${b}"), {"a", "b"}) == []


def test_unknown_name_is_said_with_its_place_and_likeliest_spelling() -> None:
    (problem,) = check_expression(Expression.parse("1 + ${arival}"), ["arrival", "age"])
    assert (problem.code, problem.offset, problem.severity) == ("unknown_name", 6, "error")
    assert str(problem.message) == "No question is called “arival”."
    assert str(problem.remedy) == "Did you mean “${arrival}”?"


def test_every_unknown_name_is_said_once() -> None:
    found = check_expression(Expression.parse("${b} + ${a} + ${b}"), ["zzz"])
    assert [str(problem.message) for problem in found] == [
        "No question is called “a”.",
        "No question is called “b”.",
    ]
    assert str(found[0].remedy) == "Check the column “name”."


def test_names_in_sentences_are_checked_too() -> None:
    assert [problem.code for problem in check_expression(Template.parse("Hi ${nme}"), ["name"])] == [
        "unknown_name"
    ]


@pytest.mark.parametrize("written", ["${city}", "city", " /data/home/city "])
def test_name_that_a_choices_label_is_asked_of_is_checked(written: str) -> None:
    expression = Expression.parse(f"jr:choice-name(${{town}}, '{written}')")
    assert check_expression(expression, ["town", "city"]) == []
    assert len(check_expression(expression, ["town"])) == 1
