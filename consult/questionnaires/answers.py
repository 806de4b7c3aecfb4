"""Answers between their stored form (coded) and what expressions read."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from consult.expressions import Value, number, text
from consult.expressions.dates import date_after
from consult.questions import Question, kind_of

_NUMBERS = frozenset(("integer", "decimal", "range"))
_LISTS = frozenset(("select_multiple", "rank"))


@dataclass(frozen=True, slots=True)
class SetAnew:
    """In place of an answer: one of its triggers has changed, so it is worked out anew.

    ``before``: the coded value until now, which its calculation may read; ``is_first``: there was none, so
    that its default stood. Never stored.
    """

    before: Any = None
    is_first: bool = False


def is_asked(question: Question) -> bool:
    """Whether a person sees the question (a note too); calculations and hidden values are not."""
    return kind_of(question).is_shown


def logic_value(value: Any) -> Value:
    """What expressions read: a number as number, several codes with spaces between, nothing as "".

    Of every well-formed answer the same as its kind says; it takes what a file brings, too.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, list):
        return " ".join(str(code) for code in value)
    return str(value)


def coded(kind: str, result: Value) -> Any:
    """The stored form of what a calculation or default came to; None for nothing, NaN and infinity.

    A whole-number question cuts decimals off, as in ODK.
    """
    if isinstance(result, list):
        result = getattr(result[0], "answer", result[0].text) if result else ""
    if result == "" or (isinstance(result, float) and not math.isfinite(result)):
        return None
    if kind in _NUMBERS:
        given = number(result)
        if not math.isfinite(given):
            return None
        return math.trunc(given) if kind == "integer" else _number(given)
    if kind in _LISTS:
        return text(result).split()
    if kind == "date" and isinstance(result, float):
        return date_after(result) or None
    if isinstance(result, bool):
        return text(result)
    return _number(result) if isinstance(result, float) and kind == "calculate" else text(result)


def _number(value: float) -> int | float:
    return int(value) if float(value).is_integer() else value
