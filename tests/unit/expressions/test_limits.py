"""Hostile expressions end in an ExpressionError, soon, and never in a RecursionError."""

from __future__ import annotations

import sys
import time

import pytest

from consult.expressions import Context, Expression, ExpressionError
from consult.expressions.context import MAXIMUM_STEPS
from consult.expressions.lexer import MAXIMUM_LENGTH
from consult.expressions.parser import MAXIMUM_DEPTH
from consult.expressions.patterns import MAXIMUM_PATTERN
from tests.conformance.documents import read


def code_of(source: str) -> str:
    with pytest.raises(ExpressionError) as caught:
        Expression.parse(source).evaluate(Context())
    return caught.value.code


@pytest.mark.parametrize(
    "source",
    [
        "(" * 9_000 + "1" + ")" * 9_000,
        "not(" * 3_000 + "1" + ")" * 3_000,
        "-" * 15_000 + "1",
        "a[" * 5_000 + "1" + "]" * 5_000,
        "1" + " * 1" * 4_000,
        "1" + " = 1" * 4_000,
        "(" * 90 + "1" + ("*1" * 90 + ")") * 90,
        "if(1, 2, " * 1_500 + "3" + ")" * 1_500,
    ],
    ids=["brackets", "calls", "minuses", "predicates", "products", "comparisons", "staircase", "ifs"],
)
def test_deep_nesting_is_refused(source: str) -> None:
    assert code_of(source) == "too_deep"


def test_long_expression_is_refused() -> None:
    assert code_of("1" + " + 1" * MAXIMUM_LENGTH) == "too_long"


@pytest.mark.parametrize("operator", ["+", "-", "and", "or"])
def test_long_sum_or_condition_is_no_nesting(operator: str) -> None:
    Expression.parse("1" + f" {operator} 1" * 2_000).evaluate(Context())


def test_nesting_up_to_the_limit_is_far_from_the_interpreters() -> None:
    levels = MAXIMUM_DEPTH - 2
    expression = Expression.parse("not(" * (levels // 2) + "1" + ")" * (levels // 2))
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(_frames() + 4 * MAXIMUM_DEPTH)
    try:
        expression.evaluate(Context())
    finally:
        sys.setrecursionlimit(limit)


def _frames() -> int:
    frame, count = sys._getframe(), 0
    while frame is not None:
        frame, count = frame.f_back, count + 1  # type: ignore[assignment]
    return count


def test_texts_that_double_each_other_stop() -> None:
    doubled = Context({"a": "x" * 60_000})
    with pytest.raises(ExpressionError) as caught:
        Expression.parse("concat(${a}, ${a})").evaluate(doubled)
    assert caught.value.code == "too_much_work"


def test_glue_between_many_texts_counts_too() -> None:
    with pytest.raises(ExpressionError):
        Expression.parse("join(${a}, 1, 2, 3)").evaluate(Context({"a": "x" * 60_000}))


def test_pattern_is_matched_in_linear_time() -> None:
    start = time.process_time()
    assert Expression.parse("regex(${a}, '(a+)+b')").evaluate(Context({"a": "a" * 9_999})) is False
    assert time.process_time() - start < 3


def test_overlong_pattern_is_refused() -> None:
    assert code_of(f"regex('a', '{'a' * (MAXIMUM_PATTERN + 1)}')") == "pattern"


def test_pattern_that_would_need_much_memory_is_refused() -> None:
    assert code_of("regex('a', '((a{1000}){1000}){1000}')") == "pattern"


def test_overlong_answer_matches_no_pattern() -> None:
    assert Expression.parse("regex(${a}, 'a*')").evaluate(Context({"a": "a" * 10_001})) is False


def test_paths_that_look_at_everything_stop() -> None:
    node = read(f"<a>{'<b/>' * 700}</a>")
    with pytest.raises(ExpressionError) as caught:
        Expression.parse("//b[count(//b) > 0]").evaluate(Context(node=node))
    assert caught.value.code == "too_much_work"


def test_paths_within_reason_do_not_stop() -> None:
    node = read(f"<a>{'<b/>' * 100}</a>")
    assert MAXIMUM_STEPS > 100 * 200
    assert len(Expression.parse("//b[count(//b) > 0]").evaluate(Context(node=node))) == 100  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["1e400", "-1e400"])
def test_number_too_large_is_infinite_not_an_error(value: str) -> None:
    assert str(Expression.parse(f"string(number('{value}'))").evaluate(Context())).endswith("Infinity")
