"""Functions on lists: aggregates over answers that repeat."""

from __future__ import annotations

from consult.expressions.context import Context
from consult.expressions.functions.table import Table
from consult.expressions.values import NAN, Value, number, text


def _numbers(values: tuple[Value, ...]) -> list[float]:
    """All numbers in the arguments; NaN where one is none."""
    found: list[float] = []
    for value in values:
        if isinstance(value, list):
            found.extend(number(node.text) for node in value)
        else:
            found.append(number(value))
    return found


def _given(values: tuple[Value, ...]) -> list[float]:
    """As _numbers, leaving out what is not answered."""
    kept: list[float] = []
    for value in values:
        if isinstance(value, list):
            kept.extend(number(node.text) for node in value if node.text != "")
        elif value != "":
            kept.append(number(value))
    return kept


def lowest(*values: Value) -> float:
    """The smallest of what is answered; NaN if one is no number, or none is answered."""
    found = _given(values)
    return NAN if not found or any(each != each for each in found) else min(found)


def highest(*values: Value) -> float:
    found = _given(values)
    return NAN if not found or any(each != each for each in found) else max(found)


def total(value: Value) -> float:
    """The sum; of nothing it is 0."""
    return float(sum(_numbers((value,)))) if value != "" else 0.0


def count(value: Value) -> float:
    return float(len(value)) if isinstance(value, list) else float(value != "")


def count_non_empty(value: Value) -> float:
    return (
        float(sum(node.text != "" for node in value)) if isinstance(value, list) else float(text(value) != "")
    )


def position(context: Context) -> float:
    return float(context.position)


def last(context: Context) -> float:
    return float(context.size)


PLAIN: Table = {
    "min": lowest,
    "max": highest,
    "sum": total,
    "count": count,
    "count-non-empty": count_non_empty,
}
CONTEXTUAL: Table = {"position": position, "last": last}
