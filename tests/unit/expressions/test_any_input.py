"""Whatever stands in a cell, the parser reads it or says what is wrong; whatever it read can be evaluated."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from consult.expressions import (
    Context,
    Expression,
    ExpressionError,
    Template,
    Value,
    normalise,
    number,
    text,
    truth,
)
from consult.expressions.signatures import SIGNATURES

PIECES = (
    *(
        "${a}",
        "${",
        "}",
        "'",
        '"',
        "“",
        "’",
        ".",
        "..",
        "/",
        "//",
        "(",
        ")",
        "[",
        "]",
        ",",
        "|",
        "*",
        "-",
        "+",
    ),
    *(
        "+",
        "=",
        "!=",
        "<",
        ">=",
        "and",
        "or",
        "div",
        "mod",
        " ",
        "\u00a0",
        "\u200f",
        "1",
        "2.5",
        "'x'",
        "a",
        "$",
    ),
    *("child::", "@", "::", "\x00"),
    *(f"{name}(" for name in SIGNATURES),
)
TELLING = ("2026-03-05", "2026-03-05T10:00:00Z", "a b", "\ud800", "\x00", "1e999", "٣", "[", "MD5")
VALUES = st.text(max_size=20) | st.floats() | st.booleans() | st.sampled_from(TELLING)


def outcome(source: str, context: Context) -> tuple[Value, ExpressionError | None]:
    """The value, or "" and what is wrong. Any other exception fails the test."""
    try:
        return Expression.parse(source).evaluate(context), None
    except ExpressionError as problem:
        return "", problem


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=40), VALUES)
def test_any_text_is_read_or_refused(source: str, value: Any) -> None:
    result, problem = outcome(source, Context({"a": value}, own=value))
    if problem is not None:
        assert str(problem)
        assert str(problem.remedy)
        assert 0 <= problem.offset <= max(len(source), len(normalise(source)[0]))
    assert isinstance(text(result), str)
    assert isinstance(number(result), float)
    assert isinstance(truth(result), bool)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(SIGNATURES)), st.lists(VALUES, min_size=3, max_size=3))
def test_every_function_takes_any_value(name: str, values: list[Any]) -> None:
    fewest, most = SIGNATURES[name]
    now = datetime(2026, 1, 31, tzinfo=UTC)
    context = Context({f"v{place}": value for place, value in enumerate(values)}, now=now)
    for count in range(fewest, min(most, 3) + 1):
        source = f"{name}({', '.join(f'${{v{place}}}' for place in range(count))})"
        result, problem = outcome(source, context)
        assert problem is None or problem.code in ("pattern", "too_much_work")
        assert isinstance(text(result), str)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_sentence_is_a_template(source: str) -> None:
    assert isinstance(Template.parse(source).render(Context()), str)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_repairing_twice_changes_nothing_more(source: str) -> None:
    repaired, _ = normalise(source)
    assert normalise(repaired)[0] == repaired
