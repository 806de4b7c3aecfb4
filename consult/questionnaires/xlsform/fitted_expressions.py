"""Expressions in the words of JavaRosa, the engine of ODK Collect, which knows fewer functions than ours.

Which it knows was read from its class XPathFuncExpr (as it comes with ODK Validate 1.20).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from consult.expressions.lexer import Token, tokens

_KNOWN = frozenset(
    (
        *("abs", "acos", "area", "asin", "atan", "atan2", "base64-decode", "boolean", "boolean-from-string"),
        *("checklist", "coalesce", "concat", "contains", "cos", "count", "count-non-empty", "count-selected"),
        *("current", "date", "date-time", "decimal-date-time", "decimal-time", "digest", "distance"),
        *("enclosed-area", "ends-with", "exp", "exp10", "false", "format-date", "format-date-time"),
        *("geofence", "if", "indexed-repeat", "instance", "int", "is-selected", "join", "jr:choice-name"),
        *("jr:itext", "log", "log10", "max", "min", "node", "normalize-space", "not", "now", "number"),
        *("once", "pi", "position", "pow", "property", "pulldata", "random", "randomize", "regex", "round"),
        *("selected", "selected-at", "sin", "sqrt", "starts-with", "string", "string-length", "substr"),
        *("substring-after", "substring-before", "sum", "tan", "text", "today", "translate", "true", "uuid"),
        *("version", "weighted-checklist"),
    )
)
_OF_OWN_VALUE = frozenset(("string", "number"))
"""There they want to be told whose value."""
Rewriting = Callable[[Sequence[str]], str]


class NotThere(Exception):
    """The expression calls a function that JavaRosa has not, and that cannot be said in another way."""

    def __init__(self, function: str) -> None:
        super().__init__(function)
        self.function = function


def in_other_words(source: str) -> str:
    """The same for JavaRosa; ``source`` itself if it is that already. Raises NotThere."""
    found = tokens(source)
    return _between(source, found, 0, len(found) - 1)


def _between(source: str, found: Sequence[Token], first: int, last: int) -> str:
    """The text of the tokens from ``first`` until before ``last``."""
    pieces: list[str] = []
    written, at = found[first].offset, first
    while at < last:
        if found[at].kind != "name" or found[at + 1][:2] != ("operator", "("):
            at += 1
            continue
        name, close = found[at].text, _closing(found, at + 1)
        parts = list(_parts(found, at + 2, close))
        if _is_there(name, len(parts)):
            at += 1  # what stands in its brackets comes next
            continue
        if name not in _REWRITTEN:
            raise NotThere(name)
        arguments = [_between(source, found, *part).strip() for part in parts]
        pieces += [source[written : found[at].offset], _REWRITTEN[name](arguments)]
        at, written = close + 1, found[close].offset + 1
    return "".join((*pieces, source[written : found[last].offset]))


def _is_there(name: str, given: int) -> bool:
    if name == "coalesce":
        return given == 2
    return name in _KNOWN and (given > 0 or name not in _OF_OWN_VALUE)


def _closing(found: Sequence[Token], opening: int) -> int:
    """The place of the bracket that closes the one at ``opening``."""
    depth = 0
    for at in range(opening, len(found)):
        depth += {"(": 1, ")": -1}.get(found[at].text, 0) if found[at].kind == "operator" else 0
        if depth == 0:
            return at
    raise AssertionError("a parsed expression closes its brackets")


def _parts(found: Sequence[Token], first: int, close: int) -> Iterator[tuple[int, int]]:
    """Where each argument begins, and before which token it ends."""
    depth, begin = 0, first
    for at in range(first, close):
        if found[at].kind != "operator":
            continue
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(found[at].text, 0)
        if depth == 0 and found[at].text == ",":
            yield begin, at
            begin = at + 1
    if begin < close:
        yield begin, close


def _coalesce(given: Sequence[str]) -> str:
    first, *rest = given
    return f"coalesce({first}, {_coalesce(rest) if len(rest) > 1 else rest[0]})"


def _substring(given: Sequence[str]) -> str:
    """XPath counts from 1 and takes a length; substr from 0, and takes where to end."""
    start = f"({given[1]}) - 1"
    return f"substr({', '.join((given[0], start, *(f'{start} + ({length})' for length in given[2:])))})"


_REWRITTEN: Mapping[str, Rewriting] = MappingProxyType(
    {
        "coalesce": _coalesce,
        "substring": _substring,
        "string": lambda _given: "string(.)",
        "number": lambda _given: "number(.)",
        # Half is rounded up, also below zero.
        "floor": lambda given: f"round(({given[0]}) - 0.5)",
        "ceiling": lambda given: f"(0 - round(0 - ({given[0]}) - 0.5))",
    }
)
