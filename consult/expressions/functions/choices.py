"""Functions on chosen codes: a select_multiple is its codes with spaces between."""

from __future__ import annotations

from consult.expressions.context import Context
from consult.expressions.functions.table import Table
from consult.expressions.values import Value, number, text, truth


def selected(chosen: Value, code: Value) -> bool:
    return text(code).strip() in text(chosen).split()


def selected_at(chosen: Value, position: Value) -> str:
    codes = text(chosen).split()
    place = number(position)
    return codes[int(place)] if 0 <= place < len(codes) else ""


def count_selected(chosen: Value) -> float:
    return float(len(text(chosen).split()))


def choice_name(context: Context, code: Value, key: Value) -> str:
    """The labels of chosen codes in the context's language; ``key`` names the question, also as ${key}."""
    name = text(key).strip().removeprefix("${").removesuffix("}").rpartition("/")[2].strip()
    return ", ".join(context.choice_label(name, each, context.language) for each in text(code).split())


def checklist(fewest: Value, most: Value, *answers: Value) -> bool:
    """Whether between ``fewest`` and ``most`` (-1: any) of the answers are true."""
    return _within(fewest, most, float(sum(truth(answer) for answer in answers)))


def weighted_checklist(fewest: Value, most: Value, *pairs: Value) -> bool:
    """As checklist, each answer counting its weight: answer, weight, answer, weight…"""
    total = sum(
        number(weight) for answer, weight in zip(pairs[::2], pairs[1::2], strict=False) if truth(answer)
    )
    return _within(fewest, most, total)


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
