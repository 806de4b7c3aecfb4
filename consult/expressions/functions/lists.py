"""Functions on lists: aggregates over answers that repeat."""

from __future__ import annotations

from consult.expressions.context import Context
from consult.expressions.functions.table import Table
from consult.expressions.shuffle import seed_of, shuffled
from consult.expressions.values import NAN, Value, number, text


def _numbers(values: tuple[Value, ...]) -> list[float]:
    """All numbers in the arguments; NaN where a text is none."""
    found: list[float] = []
    for value in values:
        if isinstance(value, list):
            found.extend(number(node.text) for node in value)
        else:
            found.append(number(value))
    return found


def _found(values: tuple[Value, ...]) -> list[float]:
    """The numbers among the arguments: what is not answered, or is none, is left out."""
    return [each for each in _numbers(values) if each == each]


def lowest(*values: Value) -> float:
    """The smallest number among them; NaN if there is none."""
    return min(_found(values), default=NAN)


def highest(*values: Value) -> float:
    """The largest number among them; NaN if there is none."""
    return max(_found(values), default=NAN)


def total(value: Value) -> float:
    """The sum; of nothing it is 0."""
    return float(sum(_numbers((value,)))) if value != "" else 0.0


def count(value: Value) -> float:
    return float(len(value)) if isinstance(value, list) else float(value != "")


def count_non_empty(value: Value) -> float:
    return (
        float(sum(node.text != "" for node in value)) if isinstance(value, list) else float(text(value) != "")
    )


def position(context: Context, of: Value = "") -> float:
    """The place in the list a predicate runs over; of a given node, its place among its likes (from 1)."""
    if not isinstance(of, list):
        return float(context.position)
    if not of or of[0].parent is None:
        return NAN if not of else 1.0
    known = getattr(of[0], "position", None)
    if known is not None:  # an item's place does not depend on which others are relevant
        return float(known)
    alike = [node for node in of[0].parent.children if node.name == of[0].name]
    return 1.0 + next(place for place, node in enumerate(alike) if node is of[0])


def index(context: Context, of: Value = "") -> float:
    """The place (from 1) of the item around the question, of the repeat ``of`` where it is given."""
    return context.item_number(of[0].name if isinstance(of, list) and of else "")


def last(context: Context) -> float:
    return float(context.size)


def current(context: Context) -> Value:
    """Where the expression began, also inside a predicate."""
    return [] if context.origin is None else [context.origin]


def randomize(context: Context, nodes: Value, seed: Value = "") -> Value:
    """The nodes in an order that depends on the seed; without one, on the response and the question."""
    if not isinstance(nodes, list):
        return nodes
    given = text(seed)
    return shuffled(nodes, seed_of(given) if given else seed_of(context.seed, context.purpose))


def name_of(value: Value) -> str:
    return value[0].name if isinstance(value, list) and value else ""


def local_name(value: Value) -> str:
    return name_of(value).rpartition(":")[2]


PLAIN: Table = {
    "min": lowest,
    "max": highest,
    "sum": total,
    "count": count,
    "count-non-empty": count_non_empty,
    "name": name_of,
    "local-name": local_name,
}
CONTEXTUAL: Table = {
    "position": position,
    "last": last,
    "index": index,
    "current": current,
    "randomize": randomize,
}
