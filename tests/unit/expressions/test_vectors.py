"""Our own vectors (tests/vectors/logic.json), on the server and in the browser."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from consult.expressions import Context, Expression, normalise
from consult.expressions.signatures import SIGNATURES
from consult.expressions.tables import Table
from tests.conformance.twin import ERROR, evaluate_in_browser

FILE = Path(__file__).parents[2] / "vectors" / "logic.json"


@dataclass(frozen=True)
class Vector:
    """One line: ``expected`` is a value of the language; infinities and NaN are spelled out in the file."""

    source: str
    expected: Any
    circumstances: Mapping[str, Any]

    @property
    def is_server_only(self) -> bool:
        return bool(self.circumstances.get("server"))

    @property
    def now(self) -> datetime:
        return datetime.fromisoformat(self.circumstances["now"])


class Labelled(Context):
    """A context with labels of choices."""

    def __init__(self, vector: Vector) -> None:
        given = vector.circumstances
        super().__init__(
            given["values"],
            now=vector.now,
            language=given["language"],
            own=given.get("own", ""),
            attributes=given.get("attributes", {}),
        )
        self.labels = given["labels"]
        self.tables = {name: Table(head, rows) for name, (head, *rows) in given.get("tables", {}).items()}

    def table(self, name: str) -> Table | None:
        return self.tables.get(name)

    def choice_label(self, key: str, code: str, language: str) -> str:
        return str(self.labels.get(key, {}).get(code, code))


def read() -> Iterator[Vector]:
    whole = json.loads(FILE.read_text(encoding="utf-8"))
    for group in whole["groups"]:
        for source, expected in group["vectors"]:
            yield Vector(source, expected, {**whole, **group})


VECTORS = list(read())


def is_same(got: Any, expected: Any) -> bool:
    if expected in ("NaN", "Infinity", "-Infinity") and isinstance(got, float):
        return math.isnan(got) if expected == "NaN" else got == float(expected)
    if isinstance(expected, bool) or isinstance(got, bool):
        return got is expected
    if isinstance(expected, int | float):
        return isinstance(got, int | float) and math.isclose(got, expected, rel_tol=1e-14)
    return bool(got == expected)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.source)
def test_server_comes_to(vector: Vector) -> None:
    got = Expression.parse(vector.source).evaluate(Labelled(vector))
    assert is_same(got, vector.expected), got


def test_browser_comes_to_the_same() -> None:
    replies = evaluate_in_browser([_case(vector) for vector in VECTORS])
    wrong = [
        (vector.source, vector.expected, got)
        for vector, got in zip(VECTORS, replies, strict=True)
        if not vector.is_server_only and not is_same(got, vector.expected)
    ]
    assert wrong == []


def test_browser_leaves_to_the_server_what_it_lacks() -> None:
    cases = [_case(vector) for vector in VECTORS if vector.is_server_only]
    assert set(evaluate_in_browser(cases)) == {ERROR}


def test_every_function_has_a_vector() -> None:
    used = {name for vector in VECTORS for name in Expression.parse(vector.source).functions}
    with_nodes = {"position", "last", "current", "name", "local-name"}  # test_paths.py
    with_nodes |= {"indexed-repeat", "index"}  # tests/unit/questionnaires/test_repeats_*.py
    with_nodes |= {"choice-label"}  # the parser makes it jr:choice-name
    assert set(SIGNATURES) - used - with_nodes == set()


def test_repaired_sources_say_so() -> None:
    typed = [vector for vector in VECTORS if "word processors" in vector.circumstances["about"]]
    silent = [vector.source for vector in typed if not normalise(vector.source)[1]]
    assert silent == ["concat('l’été', \"“\")"]


def _case(vector: Vector) -> dict[str, Any]:
    given = vector.circumstances
    offset = vector.now.utcoffset()
    assert offset is not None
    return {
        "tree": Expression.parse(vector.source).tree,
        "values": given["values"],
        "own": given.get("own", ""),
        "attributes": given.get("attributes", {}),
        "now": int(vector.now.timestamp() * 1000),
        "offset": offset.total_seconds() // 60,
        "language": given["language"],
        "labels": given["labels"],
    }
