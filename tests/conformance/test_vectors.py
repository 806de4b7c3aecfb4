"""Two other engines' XPath vectors, through our parser and both our evaluators.

`pytest tests/conformance/test_vectors.py -s` prints the table.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from consult.expressions import Expression, ExpressionError
from tests.conformance.documents import Element
from tests.conformance.twin import evaluate_in_browser
from tests.conformance.vectors import (
    ERROR,
    FOLDER,
    OUT_OF_SCOPE,
    RECORDED_AT,
    Reply,
    Vector,
    agrees,
    decision,
    document,
    exclusion,
    has_its_place,
    reply,
    vectors,
)

pytestmark = [
    pytest.mark.conformance,
    pytest.mark.skipif(
        not FOLDER.is_dir(), reason=f"other engines' vectors are not beside the checkout: {FOLDER}"
    ),
]

SERVER_ONLY = frozenset(
    (
        "digest",
        "base64-encode",
        "base64-decode",
        "uuid",
        "random",
        "instance",
        "pulldata",
        "randomize",
        "jr:itext",
    )
)
"""What the twin leaves to the server: there it throws, and the page stays as it is."""

Results = list[tuple[Vector, Reply]]


@pytest.fixture(scope="module")
def in_scope() -> list[Vector]:
    every = list(vectors())
    left_out = Counter(exclusion(vector) for vector in every)
    _print("vectors", len(every))
    for rule in OUT_OF_SCOPE:
        _print(f"  left out: {rule}", left_out[rule])
    _print("  in scope", left_out[None])
    return [vector for vector in every if exclusion(vector) is None]


@pytest.fixture(scope="module")
def on_server(in_scope: list[Vector]) -> Results:
    return [(vector, reply(vector)) for vector in in_scope]


@pytest.fixture(scope="module")
def in_browser(in_scope: list[Vector]) -> Results:
    return _in_browser(in_scope)


def _in_browser(given: list[Vector]) -> Results:
    wanted = [
        vector for vector in given if not SERVER_ONLY & set(re.findall(r"[\w:-]+(?=\()", vector["expr"]))
    ]
    cases = [_case(vector) for vector in wanted]
    replies = iter(evaluate_in_browser([case for case in cases if case is not None]))
    return [
        (vector, ERROR if case is None else next(replies)) for vector, case in zip(wanted, cases, strict=True)
    ]


def test_server_agrees_on_nearly_all_vectors(on_server: Results) -> None:
    assert _share_agreed("server", on_server) >= 0.985


def test_browser_agrees_on_nearly_all_vectors(in_browser: Results) -> None:
    assert _share_agreed("browser", in_browser) >= 0.985


def test_every_difference_was_decided(on_server: Results) -> None:
    assert [v["expr"] for v, got in on_server if not agrees(v, got) and decision(v) is None] == []


def test_every_difference_in_the_browser_was_decided(in_browser: Results) -> None:
    assert [v["expr"] for v, got in in_browser if not agrees(v, got) and decision(v) is None] == []


def test_browser_says_what_the_server_says_of_every_vector_in_scope_or_not() -> None:
    every = [vector for vector in vectors() if "random" not in vector["expr"] and has_its_place(vector)]
    differ = [
        (vector["expr"], said, got)
        for vector, got in _in_browser(every)
        if not _is_same(said := reply(vector), got)
    ]
    _print("browser differs from server", len(differ))
    assert differ == []


def _is_same(server: Any, browser: Any) -> bool:
    if isinstance(server, float) and isinstance(browser, (int, float)):
        return server == browser or server != server or abs(server - browser) <= 1e-12 * abs(server)
    return bool(server == browser)


def _share_agreed(name: str, results: Results) -> float:
    agreed = sum(agrees(vector, got) for vector, got in results)
    _print(f"{name}: vectors", len(results))
    _print(f"{name}: agreed", agreed, f"{agreed / len(results):.2%}")
    decided = Counter(decision(vector) for vector, got in results if not agrees(vector, got))
    for rule, count in decided.items():
        _print(f"  {name} differs: {rule or 'UNDECIDED'}", count)
    return agreed / len(results)


def _print(*columns: object) -> None:
    print(f"{columns[0]!s:<78}", *columns[1:])


def _case(vector: Vector) -> dict[str, Any] | None:
    """The vector for the twin; None where the parser already refuses it."""
    try:
        tree = Expression.parse(vector["expr"]).tree
    except ExpressionError:
        return None
    root = document(vector)
    return {
        "tree": tree,
        "kind": vector["kind"],
        "now": int(RECORDED_AT.timestamp() * 1000),
        "offset": -420,
        "document": None if root is None else _nested(root),
        "at": list(_indexes(vector["ctx"])),
    }


def _nested(element: Element) -> list[Any]:
    return [element.name, element.text, [_nested(child) for child in element.children]]


def _indexes(path: str) -> Iterator[int]:
    return (int(index) for index in re.findall(r"\*\[(\d+)\]", path))
