"""Functions on chosen codes: a select_multiple is its codes with spaces between."""

from __future__ import annotations

import math
from collections.abc import Sequence

from consult.expressions.context import Context
from consult.expressions.functions.table import Table
from consult.expressions.values import Value, number, text, truth


def selected(chosen: Value, code: Value) -> bool:
    """Whether the code is among the chosen; nothing ("") is selected where nothing is chosen."""
    return f" {text(code).strip()} " in f" {text(chosen).strip()} "


def selected_at(chosen: Value, position: Value) -> str:
    """The code at a place, counted from 0; "" where there is none."""
    codes = text(chosen).split()
    given = number(position)
    place = math.trunc(given) if math.isfinite(given) else -1
    return codes[place] if 0 <= place < len(codes) else ""


def count_selected(chosen: Value) -> float:
    return float(len(text(chosen).split()))


def question_named(written: str) -> str:
    """The question's key in the text that names it: ``city``, ``${city}`` or ``/data/city``."""
    return written.strip().removeprefix("${").removesuffix("}").rpartition("/")[2].strip()


def choice_name(context: Context, code: Value, key: Value) -> str:
    """The labels of chosen codes in the context's language; ``key`` names the question, also as ${key}."""
    name = question_named(text(key))
    return ", ".join(context.choice_label(name, each, context.language) for each in text(code).split())


def checklist(fewest: Value, most: Value, *answers: Value) -> bool:
    """Whether between ``fewest`` and ``most`` (-1: any) of the answers are true."""
    return _within(fewest, most, float(sum(_are_true(answers))))


def weighted_checklist(fewest: Value, most: Value, *pairs: Value) -> bool:
    """As checklist, each answer counting its weight: answer, weight, answer, weight…"""
    weights = [number(each) for weight in pairs[1::2] for each in _parts(weight)]
    counted = zip(_are_true(pairs[::2]), weights, strict=False)
    return _within(fewest, most, sum(weight for is_true, weight in counted if is_true))


def _are_true(values: tuple[Value, ...]) -> list[bool]:
    """One truth a value; of a list one a node, true where it is not empty."""
    return [truth(each) for value in values for each in _parts(value)]


def _parts(value: Value) -> Sequence[Value]:
    return [node.text for node in value] if isinstance(value, list) else (value,)


def _within(fewest: Value, most: Value, count: float) -> bool:
    low, high = number(fewest), number(most)
    return (low < 0 or count >= low) and (high < 0 or count <= high)


PLAIN: Table = {
    "selected": selected,
    "selected-at": selected_at,
    "count-selected": count_selected,
    "checklist": checklist,
    "weighted-checklist": weighted_checklist,
}
CONTEXTUAL: Table = {"jr:choice-name": choice_name}
