"""Expressions in the words of JavaRosa, the engine of ODK Collect, which knows fewer functions than ours.

Which it knows was read from its class XPathFuncExpr (as it comes with ODK Validate 1.20).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from consult.expressions import ExpressionError
from consult.questionnaires.xlsform.calls import Rewriting, with_calls

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


class NotThere(Exception):
    """The expression calls a function that JavaRosa has not, and that cannot be said in another way."""

    def __init__(self, function: str) -> None:
        super().__init__(function)
        self.function = function


def in_other_words(source: str, items: Sequence[tuple[str, int]] = ()) -> str:
    """The same for JavaRosa; ``source`` itself if it is that already. Raises NotThere.

    ``items``: the repeats around, innermost first, each with how many elements up its item is.
    """

    said: list[str] = []

    def find(name: str, given: int) -> Rewriting | None:
        said.append(name)
        if name == "index" and items:
            return lambda names: _place(source, items, *names)
        return _find(name, given)

    try:
        return with_calls(source, find)
    except ExpressionError as problem:  # it would be longer than an expression may be
        raise NotThere(said[-1]) from problem


def _place(source: str, items: Sequence[tuple[str, int]], named: str = "") -> str:
    """Where the item around stands among its likes; a predicate would begin at what is looked at there."""
    ups = [up for repeat, up in items if not named or named == f"${{{repeat}}}"]
    if not ups:
        raise NotThere("index")
    steps = ["current()"] if "[" in source else []
    return f"position({'/'.join((*steps, *['..'] * ups[0])) or '.'})"


def _find(name: str, given: int) -> Rewriting | None:
    if _is_there(name, given):
        return None
    if name not in _REWRITTEN:
        raise NotThere(name)
    return _REWRITTEN[name]


def _is_there(name: str, given: int) -> bool:
    if name == "coalesce":
        return given == 2
    return name in _KNOWN and (given > 0 or name not in _OF_OWN_VALUE)


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
        "empty": lambda given: f"(string({given[0]}) = '')",
        "choice-label": lambda given: f"jr:choice-name({given[1]}, '{given[0]}')",
    }
)
