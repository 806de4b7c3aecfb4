"""The browser's half stays small, and runs no text as code."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from rjsmin import jsmin

import consult.ui
from consult.expressions import Context, Expression
from consult.expressions.functions import RARE, dialects
from tests.conformance.twin import ERROR, evaluate_in_browser

FOLDER = Path(consult.ui.__file__).parent / "static" / "js"
INTERPRETER, FUNCTIONS, EXTRAS = (
    (FOLDER / f"{name}.js").read_text(encoding="utf-8")
    for name in ("expressions", "expression-functions", "expression-extras")
)
SOURCE = INTERPRETER + FUNCTIONS + EXTRAS


def weight(source: str) -> int:
    return len(gzip.compress(jsmin(source).encode(), 9))


def test_it_takes_at_most_five_kilobytes_on_the_way() -> None:
    assert weight(INTERPRETER + FUNCTIONS) <= 5_000


def test_functions_that_few_pages_need_take_little_more() -> None:
    assert weight(EXTRAS) <= 1_250


def test_functions_that_few_pages_need_are_known_to_the_server() -> None:
    named = set(re.findall(r'^ {4}"?([a-z-]+)"?:|, "?([a-z-]+)"?: ', EXTRAS, re.MULTILINE))
    assert RARE - set(dialects.OF_DEVICES) - {"area", "distance", "geofence"} <= {a or b for a, b in named}


def test_it_runs_no_text_as_code() -> None:
    assert not re.search(
        r"\beval\b|\bFunction\s*\(|\bimport\b|\bexport\b|innerHTML|setTimeout\(['\"]", SOURCE
    )


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "((a+))+", "([a-z]+,?)*"])
def test_pattern_that_could_keep_a_browser_busy_is_left_to_the_server(pattern: str) -> None:
    expression = Expression.parse(f"regex('{'a' * 40}!', '{pattern}')")
    assert expression.evaluate(Context()) is False
    assert evaluate_in_browser([{"tree": expression.tree, "now": 0, "offset": 0}]) == [ERROR]


@pytest.mark.parametrize("pattern", ["[a-z]+", "(ab)?a{40}!", "a+(b|c)?!"])
def test_pattern_that_runs_straight_through_is_tried_at_once(pattern: str) -> None:
    expression = Expression.parse(f"regex('{'a' * 40}!', '{pattern}')")
    replies = evaluate_in_browser([{"tree": expression.tree, "now": 0, "offset": 0}])
    assert replies == [expression.evaluate(Context())]
