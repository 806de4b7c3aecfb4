"""Server and browser say the same of thousands of expressions that nobody would write."""

from __future__ import annotations

import math
import random
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from consult.expressions import Context, Expression, ExpressionError
from consult.expressions.signatures import OF_LISTS, SIGNATURES
from tests.conformance.documents import Element, at, read
from tests.conformance.twin import ERROR, evaluate_in_browser

NOW = datetime(2026, 1, 31, 21, 30, tzinfo=timezone(timedelta(hours=-5)))
VALUES: dict[str, Any] = {
    "number": 42.0,
    "half": -3.5,
    "word": "l’été 👍",
    "codes": "ar fr so",
    "empty": "",
    "date": "2024-02-29",
    "moment": "2026-01-30T22:15:30.250-05:00",
    "time": "09:30",
    "truth": True,
}
CONSTANTS = (
    *("0", "1", "-1", "2.5", "10", "1e6", "0.001", "''", "'a'", "' '", "'fr'", "'12'", "'-4.5'", "'1e3'"),
    *(
        "'2026-03-05'",
        "'2026-3-5'",
        "'2023-02-29'",
        "'2026-03-05T10:00:00Z'",
        "'true'",
        "'é'",
        "'%e %m %Y %H:%M'",
    ),
)
SERVER_ONLY = frozenset(
    (
        *("digest", "base64-encode", "base64-decode", "uuid", "random", "instance", "pulldata"),
        *("jr:itext", "randomize"),
    )
)
INEXACT = frozenset(
    ("sin", "cos", "tan", "asin", "acos", "atan", "atan2", "exp", "exp10", "log", "log10", "pow")
)
"""Their last digit is the engine's own."""

SPECIAL = frozenset(("regex", "jr:choice-name", "choice-label", "indexed-repeat", "index"))
"""These take more than values."""

SKIPPED = SERVER_ONLY | INEXACT | OF_LISTS | SPECIAL
FUNCTIONS = sorted(set(SIGNATURES) - SKIPPED)
PATTERNS = ("[0-9]{3}", "^[a-z ]+$", "A|B", ".*", "(?i)FR", "[^@]+@[^@]+", "\\d+", "", "[ء-ي]*", "a{2,3}")
PATHS = (
    *(
        "//age",
        "//name",
        "//member",
        "/data/member[2]/age",
        "//member[position() < 3]/age",
        "../age",
        "./name",
    ),
    *("//member[age > 40]/name", "(//name)[last()]", "/data/*", "//age | //name", "//nobody", ".."),
    *("//member[position(.) = 2]/age", "//member[string(./age) != '' and number(./age) > current()]"),
    "/data/member[number(./age) > number(/data/member[position(.) = position(current()/..)]/age)]/name",
)
DOCUMENT = read(
    "<data><member><name>Amal</name><age>42</age></member><member><name>Noor</name><age>9</age></member>"
    "<member><name/><age/></member><member><name>2026-03-05</name><age>x</age></member></data>"
)
HERE = [0, 1]
OPERATORS = ("+", "-", "*", "div", "mod", "=", "!=", "<", "<=", ">", ">=", "and", "or")


def expression(dice: random.Random, depth: int) -> str:
    """A random expression of at most ``depth`` levels."""
    if depth == 0 or dice.random() < 0.15:
        return dice.choice((*CONSTANTS, *(f"${{{key}}}" for key in VALUES), "."))
    if dice.random() < 0.4:
        return f"({expression(dice, depth - 1)} {dice.choice(OPERATORS)} {expression(dice, depth - 1)})"
    if dice.random() < 0.1:
        return dice.choice(PATHS)
    if dice.random() < 0.1:
        return f"{dice.choice(sorted(OF_LISTS))}({dice.choice(PATHS)})"
    if dice.random() < 0.04:
        return f"regex({expression(dice, depth - 1)}, '{dice.choice(PATTERNS)}')"
    name = dice.choice(FUNCTIONS)
    fewest, most = SIGNATURES[name]
    count = dice.randint(fewest, min(most, fewest + 2))
    return f"{name}({', '.join(expression(dice, depth - 1) for _ in range(count))})"


def sources(count: int, seed: int) -> list[str]:
    dice = random.Random(seed)
    return [expression(dice, depth=dice.randint(1, 4)) for _ in range(count)]


def test_browser_says_what_the_server_says_of_random_expressions() -> None:
    assert differences(sources(2_000, seed=2010)) == []


@pytest.mark.parametrize(
    "compared", ["''", "'x'", "0", "true()", "false()", "//nobody", "//member[3]/name", "//age"]
)
@pytest.mark.parametrize("sign", ["=", "!=", "<", ">"])
def test_browser_says_what_the_server_says_of_paths_that_lead_nowhere(compared: str, sign: str) -> None:
    paths = ("//nobody", "//member[3]/name", "//member[9]/age", "//name")
    compared_both_ways = [f"{path} {sign} {compared}" for path in paths]
    compared_both_ways += [f"{compared} {sign} {path}" for path in paths]
    assert differences([*compared_both_ways, *(f"if({path}, 1, 2)" for path in paths)]) == []


@pytest.mark.conformance
@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(5))
def test_browser_says_what_the_server_says_of_many_random_expressions(seed: int) -> None:
    assert differences(sources(4_000, seed)) == []


def differences(given: list[str]) -> list[tuple[str, Any, Any]]:
    """Expression, the server's value, the browser's: where they are not the same."""
    cases = [
        {
            "tree": Expression.parse(source).tree,
            "values": VALUES,
            "now": int(NOW.timestamp() * 1000),
            "offset": -300,
            "document": nested(DOCUMENT),
            "at": HERE,
        }
        for source in given
    ]
    return [
        (source, on_server, in_browser)
        for source, in_browser in zip(given, evaluate_in_browser(cases), strict=True)
        if not _is_same(on_server := _on_server(source), in_browser)
    ]


def nested(element: Element) -> list[Any]:
    return [element.name, element.text, [nested(child) for child in element.children]]


def _on_server(source: str) -> Any:
    try:
        node = at(DOCUMENT, "".join(f"/*[{place}]" for place in HERE))
        value = Expression.parse(source).evaluate(Context(VALUES, now=NOW, node=node, own=[node]))
    except ExpressionError:
        return ERROR
    return [place.path or "/" for place in value] if isinstance(value, list) else value


def _is_same(server: Any, browser: Any) -> bool:
    if isinstance(server, list) or isinstance(browser, list):
        return bool(server == browser)
    if isinstance(server, bool) or isinstance(browser, bool) or isinstance(server, str):
        return type(server) is type(browser) and server == browser
    if math.isnan(server) or math.isnan(browser):
        return math.isnan(server) and math.isnan(browser)
    return math.isclose(server, browser, rel_tol=1e-9)
