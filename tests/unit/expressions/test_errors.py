"""What is wrong with an expression is said where it is, with a remedy."""

from __future__ import annotations

import pickle

import pytest

from consult.expressions import Context, Expression, ExpressionError

MISSING = "Something is missing before it: an operator, a comma or a closing bracket."


def refusal(source: str) -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        Expression.parse(source)
    return caught.value


@pytest.mark.parametrize(
    ("source", "code", "offset", "remedy"),
    [
        ("", "empty", 0, "Write it, or clear the cell."),
        ("   ", "empty", 0, "Write it, or clear the cell."),
        ("slected(${a}, 'x')", "unknown_function", 0, "Did you mean “selected”?"),
        ("1 + SELECTED(${a}, 'x')", "unknown_function", 4, "Did you mean “selected”?"),
        ("xyzzy()", "unknown_function", 0, "Check the spelling."),
        ("not(if(1, 2))", "arity", 4, "It takes 3."),
        ("today(1)", "arity", 0, "It takes 0."),
        ("coalesce(1)", "arity", 0, "It takes at least 2."),
        ("round(1, 2, 3)", "arity", 0, "It takes 1 to 2."),
        ("count('a')", "argument", 0, "Name a question as ${name}."),
        ("${a} == 1", "syntax", 6, "Write one “=”, not two."),
        ("${a} <> 1", "syntax", 6, "Write “!=” for “is not”."),
        ("${a} && ${b}", "syntax", 5, "Write “and” instead of “&&”."),
        ("${a} || ${b}", "syntax", 6, "Write “or” instead of “||”."),
        ("!${a}", "syntax", 0, "Write “not(…)” around what shall not be so, or “!=” for “is not”."),
        ("${a} AND ${b}", "syntax", 5, "Write “and” in small letters."),
        ("if(1; 2; 3)", "syntax", 4, "Separate the parts of a function by commas."),
        ("5 % 2", "syntax", 2, "Write “mod” for the remainder of a division."),
        ("'abc", "syntax", 0, "Close the text with the same quotation mark that opens it."),
        ("(1 + 2", "syntax", 6, "Close what is open: “)” is missing."),
        ("1 +", "syntax", 3, "Complete it."),
        ("1 2", "syntax", 2, "Something is missing before it: an operator, a comma or a closing bracket."),
        (
            "${a} ${b}",
            "syntax",
            5,
            "Something is missing before it: an operator, a comma or a closing bracket.",
        ),
        ("${a b}", "syntax", 0, "Between the braces stands a name from the column “name”, without spaces."),
        ("${}", "syntax", 0, "Between the braces stands a name from the column “name”, without spaces."),
        ("$a", "syntax", 0, "Write a question’s name as ${name}."),
        ("1 # 2", "syntax", 2, "Remove this sign."),
        ("regex(., '(')", "pattern", 0, None),
        (r"regex(., '(a)\1')", "pattern", 0, None),
        ("regex(., '(?=a)')", "pattern", 0, None),
        ("sum-if(${a}, ${b} = 1)", "argument", 0, "Write it as sum-if(${amount}, ${age} > 17)."),
        (
            "hash(${a})",
            "unsupported",
            0,
            "Work it out with functions of the XLSForm standard, or take the question out.",
        ),
        (
            "cht:extension-lib('a.js')",
            "unsupported",
            0,
            "Work it out with functions of the XLSForm standard, or take the question out.",
        ),
        ("choice-label('a', ${a})", "argument", 0, "Refer to questions as ${name}."),
        ("${last-saved#a}", "unsupported", 0, "Refer to questions as ${name}."),
        ("@id", "unsupported", 0, "Refer to questions as ${name}."),
        ("following::a", "unsupported", 0, "Refer to questions as ${name}."),
        ("text()", "unknown_function", 0, None),
        ("a/text()", "unsupported", 2, "Refer to questions as ${name}."),
    ],
)
def test_error_says_what_where_and_what_to_do(
    source: str, code: str, offset: int, remedy: str | None
) -> None:
    problem = refusal(source)
    assert (problem.code, problem.offset) == (code, offset)
    assert str(problem)
    assert str(problem.remedy) == remedy if remedy else str(problem.remedy)


def test_message_counts_the_arguments() -> None:
    assert str(refusal("if(1, 2)")) == "“if” cannot work with 2 arguments."
    assert str(refusal("selected(1)")) == "“selected” cannot work with 1 argument."


@pytest.mark.parametrize(
    "source", ["and", "or or or", "${div} div ${mod} mod mod", "selected", "not-a-function", "true"]
)
def test_words_of_the_language_are_names_where_a_name_can_stand(source: str) -> None:
    assert Expression.parse(source).tree


def test_expression_knows_what_it_reads() -> None:
    expression = Expression.parse("if(selected(${a}, 'x'), ${b}, region) > count(${a})")
    assert expression.references == {"a", "b"}
    assert expression.attributes == {"region"}
    assert expression.functions == {"if", "selected", "count"}


def test_words_inside_texts_are_no_references() -> None:
    assert Expression.parse("concat('v', 'a', 'f')").references == frozenset()


def test_expression_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        Expression.parse("1").source = "2"  # type: ignore[misc]


def test_expressions_are_equal_by_their_source() -> None:
    assert Expression.parse("1 + 1") == Expression.parse("1 + 1")
    assert Expression.parse("1 + 1") != Expression.parse("1+1")
    assert len({Expression.parse("1 + 1"), Expression.parse("1 + 1")}) == 1


def test_expression_survives_pickling() -> None:
    expression = pickle.loads(pickle.dumps(Expression.parse("${a} + 1")))
    assert expression.evaluate(Context({"a": 2.0})) == 3


def test_expression_is_volatile_if_time_or_chance_decides() -> None:
    assert Expression.parse("if(true(), 1, now())").is_volatile
    assert not Expression.parse("${a} + 1").is_volatile


def test_pattern_that_is_put_together_is_refused_when_it_runs() -> None:
    expression = Expression.parse("regex('a', concat('(', ''))")
    with pytest.raises(ExpressionError) as caught:
        expression.evaluate(Context())
    assert caught.value.code == "pattern"


def test_message_holds_no_answer() -> None:
    expression = Expression.parse("regex('a', ${secret})")
    with pytest.raises(ExpressionError) as caught:
        expression.evaluate(Context({"secret": "(my diagnosis"}))
    assert "diagnosis" not in str(caught.value) + str(caught.value.remedy)
