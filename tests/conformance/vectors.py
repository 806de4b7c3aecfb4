"""Other engines’ XPath vectors (beside the checkout): which are about our language, and judging a reply.

A vector is left out by a named rule of OUT_OF_SCOPE, never by itself. Where we decided otherwise than the
engine that recorded it, DECIDED says so; those stay in scope and count as differences.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from consult.expressions import Context, Expression, ExpressionError, number, text, truth
from tests.conformance.documents import Element, at, read

FOLDER = Path(__file__).parents[3] / "shared" / "vectors"
RECORDED_AT = datetime(2026, 11, 22, 3, 42, 13, tzinfo=timezone(timedelta(hours=-7)))
"""Phoenix, where the clocks never change."""

Vector = Mapping[str, Any]
Reply = Any
"""What an engine made of a vector: a value as JSON, or the word "error"."""

ERROR = "error"
COLLECT = "Collect says otherwise: JavaRosa, asked the same, contradicts the vector (test_javarosa.py)"
_STUB = "<simple><xpath><to>\n             <node></node>\n           </to></xpath><empty/></simple>"
_LITERAL = re.compile(r"\"[^\"]*\"|'[^']*'")


def _code(vector: Vector) -> str:
    """The expression without its texts."""
    return _LITERAL.sub("''", vector["expr"])


def _has(pattern: str) -> Callable[[Vector], bool]:
    return lambda vector: re.search(pattern, _code(vector)) is not None


def _is_about_other_nodes(vector: Vector) -> bool:
    places = str(vector["expected"]) if vector["kind"] in ("nodes", "unodes") else ""
    return "#" in places + vector["ctx"] or _has(r"\b(text|comment|processing-instruction)\(")(vector)


def _is_about_attributes(vector: Vector) -> bool:
    places = str(vector["expected"]) if vector["kind"] in ("nodes", "unodes") else ""
    return "@" in vector["expr"] + vector["ctx"] + places or "attribute::" in vector["expr"]


def _is_about_namespaces(vector: Vector) -> bool:
    names_prefix = re.search(r"\b(?!jr:)[a-z]+:(?!:)[a-zA-Z*]", _code(vector)) is not None
    is_in_one = "xmlns" in (vector["xml"] or "")
    return names_prefix or (
        is_in_one and (vector["kind"] in ("nodes", "unodes") or "name(" in vector["expr"])
    )


def _counts_local_midnights(vector: Vector) -> bool:
    """A date as a number has the fraction of midnight in Phoenix, or a number as a date its clock."""
    if "decimal-date-time" in vector["expr"] and vector["kind"] != "str":
        return False
    expected = vector["expected"]
    if vector["kind"] == "str" and re.search(r"\bdate(-time)?\(", vector["expr"]) and "T" in str(expected):
        return "T" not in re.sub(r"decimal-date-time\(.*?\)", "", vector["expr"])
    is_written = re.search(r"\d{4}-\d\d-\d\d", f"{vector['expr']} {vector['xml']}") is not None
    if vector["kind"] not in ("num", "rounded", "str") or not is_written:
        return False
    fraction = re.fullmatch(r"-?\d+\.\d+", str(expected))
    return fraction is not None and abs(float(expected) % 1 - 7 / 24) < 0.003


def _shows_what_is_no_date(vector: Vector) -> bool:
    """A message of the browser's in place of a date, or a text that only browsers read as one."""
    return vector["expected"] == "Invalid Date" or "GMT-0700 (Mountain" in vector["expr"]


def _lost_its_document(vector: Vector) -> bool:
    """The test wrote its own document after the recorder had taken the suite's stub."""
    if vector["xml"] != _STUB:
        return False
    names = re.findall(r"(?:^|[\s(,=<>!|*+-])/(\w+)", _code(vector))
    return vector["ctx"] != "/" or any(name != "simple" for name in names)


OUT_OF_SCOPE: Mapping[str, Callable[[Vector], bool]] = {
    "attributes": _is_about_attributes,
    "text, comment and instruction nodes": _is_about_other_nodes,
    "namespaces": _is_about_namespaces,
    "axes that no form uses": _has(r"(following|preceding|namespace)(-sibling)?::"),
    "functions on markup (id, lang, namespace-uri)": _has(r"\b(id|lang|namespace-uri)\("),
    "second instances and translations of a whole XForm": _has(r"\b(instance|jr:itext|randomize)\("),
    "recording artefact: the test's own document was not recorded": _lost_its_document,
    "broken calls where nothing runs (errors at import here)": _has(r"\b(explode\S*|fn)\(|substring\(\)"),
    COLLECT: lambda vector: _counts_local_midnights(vector) or _shows_what_is_no_date(vector),
}

DECIDED: Mapping[str, Callable[[Vector], bool]] = {
    "beside a date, a date with time counts as its day": lambda vector: (
        vector["kind"] == "bool" and "T00:00:00.00" in vector["expr"]
    ),
    "date() leaves the time of day off": _has(r"\bdate\("),
    "regex matches the whole text": _has(r"\bregex\("),
    "the smallest and the largest leave out what is no number": _has(r"\b(min|max)\([^')]*\)"),
    "a path that leads to no answer is the empty text, and does not hold": lambda vector: (
        re.search(r"[!=]= ?\*|\* [!=]?= |if\(self::|'' = \*", _code(vector)) is not None
    ),
    "nothing has no length and no area; what is no place has none": _has(r"\b(area|distance)\(''\)"),
}


def vectors() -> Iterator[Vector]:
    """Every vector of both suites."""
    for name in ("orxe", "getodk"):
        yield from json.loads((FOLDER / f"{name}.json").read_text())


def exclusion(vector: Vector) -> str | None:
    """The rule that leaves a vector out, if one does."""
    return next((name for name, holds in OUT_OF_SCOPE.items() if holds(vector)), None)


def decision(vector: Vector) -> str | None:
    """The decision that explains a difference, if one does."""
    return next((name for name, holds in DECIDED.items() if holds(vector)), None)


def document(vector: Vector) -> Element | None:
    return read(vector["xml"]) if vector["xml"] else None


def has_its_place(vector: Vector) -> bool:
    """Whether the recorded document has the place from which the vector is evaluated."""
    root = document(vector)
    try:
        return root is None or at(root, vector["ctx"]) is not None
    except IndexError:
        return False


def reply(vector: Vector) -> Reply:
    """What our engine makes of it."""
    root = document(vector)
    node = at(root, vector["ctx"]) if root else None
    try:
        value = Expression.parse(vector["expr"]).evaluate(
            Context(now=RECORDED_AT, node=node, own="" if node is None else [node])
        )
    except ExpressionError:
        return ERROR
    if vector["kind"] in ("nodes", "unodes"):
        return (
            [each.path or "/" for each in value if isinstance(each, Element)]
            if isinstance(value, list)
            else text(value)
        )
    convert: Callable[[Any], Any] = {"bool": truth, "num": number, "rounded": number}.get(
        vector["kind"], text
    )
    return convert(value)


def agrees(vector: Vector, got: Reply) -> bool:
    """Whether a reply is what the vector expects."""
    kind, expected = vector["kind"], vector["expected"]
    if kind == "throw" or got == ERROR:
        return bool(kind == "throw" and got == ERROR)
    if kind in ("num", "rounded"):
        return _is_number(
            float(got), expected, (1 / (vector.get("factor") or 1e5)) if kind == "rounded" else 1e-14
        )
    if kind == "match":
        return re.search(expected, got) is not None
    if kind == "len":
        return len(got) == expected
    if kind == "unodes":
        return sorted(got) == sorted(expected)
    return bool(got == (str(expected) if kind == "str" else expected))


def _is_number(got: float, expected: Any, precision: float) -> bool:
    if expected is None:
        return math.isinf(got)
    wanted = float(expected)
    if math.isnan(wanted) or math.isnan(got):
        return math.isnan(wanted) and math.isnan(got)
    return got == wanted or abs(got - wanted) <= precision * max(
        1.0, abs(wanted) if precision < 1e-9 else 1.0
    )
