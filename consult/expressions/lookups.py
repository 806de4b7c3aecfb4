"""``instance('name')/root/item[condition]/column``: the same as any path, but through a table's index.

A condition ``column = something`` (alone, or with others by ``and``) whose other side says nothing about the
row is looked up; what is left of the condition is asked of the rows found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from consult.expressions.context import Context
from consult.expressions.errors import ExpressionError
from consult.expressions.paths import path
from consult.expressions.tables import Rows, Table
from consult.expressions.values import Node, Value, number, text, truth
from consult.i18n import lazy_gettext as _l

Tree = list[Any]
Closure = Callable[[Context], Value]
Compile = Callable[[Tree], Closure]
Select = Callable[[Context, Table, Rows], Rows]

_ROWS_A_STEP = 8
"""Rows of a table that cost as much of the budget as one node of a document."""

_NO_ROWS: Rows = ()
_ABOUT_PLACES = frozenset(("position", "last"))


def is_lookup(tree: Tree) -> bool:
    """Whether a path goes through the rows of a table."""
    start, *steps = tree[1:]
    return (
        isinstance(start, list)
        and start[:2] == ["f", "instance"]
        and len(steps) > 1
        and steps[0] == ["child", "root"]
        and steps[1][:2] == ["child", "item"]
    )


def lookup(tree: Tree, compiled: Compile) -> Closure:
    """The closure of such a path."""
    name = compiled(tree[1][2])
    (_root, item, *rest) = tree[2:]
    conditions = [_condition(condition, compiled) for condition in item[2:]]

    def rows(context: Context, table: Table) -> Rows:
        found: Rows = range(len(table))
        for condition in conditions:
            found = condition(context, table, found)
        return found

    def items(context: Context) -> Value:
        table = context.table(text(name(context)))
        if table is None:
            return []
        return [table.document.root.item(row) for row in rows(context, table)]

    if not rest:
        return items
    if len(rest) == 1 and len(rest[0]) == 2 and rest[0][0] == "child" and rest[0][1] not in ("*", "node()"):
        return _column(rest[0][1], items)
    return path(["p", tree, *rest], lambda part: items if part is tree else compiled(part))


def _column(name: str, items: Closure) -> Closure:
    def run(context: Context) -> Value:
        found: list[Node] = []
        for item in items(context):  # type: ignore[union-attr]
            found += item.cell(name)  # type: ignore[union-attr]
        return found

    return run


def conjuncts(tree: Tree) -> list[Tree]:
    """What must all hold."""
    return tree[1:] if tree[0] == "and" else [tree]


def equality(tree: Tree) -> tuple[str, Tree] | None:
    """(column, the other side) of a condition that an index can answer."""
    if tree[0] != "=":
        return None
    for column, other in ((tree[1], tree[2]), (tree[2], tree[1])):
        if column[0] == "a" and _is_the_same_for_all(other):
            return column[1], other
    return None


def _is_the_same_for_all(tree: Tree) -> bool:
    is_about_row = any(node[0] in ("a", ".") or node[:2] == ["p", None] for node in _nodes(tree))
    return not (is_about_row or _is_about_places(tree))


def _is_about_places(tree: Tree) -> bool:
    return any(node[0] == "f" and node[1] in _ABOUT_PLACES for node in _nodes(tree))


def _nodes(tree: Tree) -> Iterator[Tree]:
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(part for part in node if isinstance(part, list))


def _condition(tree: Tree, compiled: Compile) -> Select:
    """What a predicate leaves of some rows."""
    if tree[0] == "or" and any(_is_the_same_for_all(part) for part in tree[1:]):
        return _either(tree[1:], compiled)
    parts = conjuncts(tree)
    found = {place: key for place, part in enumerate(parts) if (key := equality(part)) is not None}
    whole = _scan(compiled(tree))
    if not found or (len(parts) > 1 and any(_is_about_places(part) for part in parts)):
        return whole
    keys = [(place, column, compiled(wanted)) for place, (column, wanted) in found.items()]
    lefts = {place: _without(parts, place, compiled) for place in found}

    def run(context: Context, table: Table, rows: Rows) -> Rows:
        if len(rows) != len(table):
            return whole(context, table, rows)
        fewest: Rows | None = None
        used = -1
        for place, column, wanted in keys:
            matching = table.equal(column, wanted(context))
            if matching is not None and (fewest is None or len(matching) < len(fewest)):
                fewest, used = matching, place
        if fewest is None:
            return whole(context, table, rows)
        left = lefts[used]
        return fewest if left is None else left(context, table, fewest)

    return run


def _without(parts: Sequence[Tree], place: int, compiled: Compile) -> Select | None:
    """What else must hold for the rows that one part has found."""
    others = [part for at, part in enumerate(parts) if at != place]
    return _scan(compiled(_all(others))) if others else None


def _either(parts: Sequence[Tree], compiled: Compile) -> Select:
    """``region = ${region} or ${region} = ''``: what says nothing about the row is asked once."""
    always = [compiled(part) for part in parts if _is_the_same_for_all(part)]
    by_row = [part for part in parts if not _is_the_same_for_all(part)]
    # One part alone could be a number, which would be taken for a place.
    whole = by_row[0] if len(by_row) == 1 and by_row[0][0] == "=" else ["or", *by_row, *by_row[:1]]
    left = _condition(whole, compiled) if by_row else None

    def run(context: Context, table: Table, rows: Rows) -> Rows:
        if any(truth(part(context)) for part in always):
            return rows
        return _NO_ROWS if left is None else left(context, table, rows)

    return run


def _all(parts: Sequence[Tree]) -> Tree:
    return ["and", *parts] if len(parts) > 1 else ["f", "boolean", *parts]


def _scan(condition: Closure) -> Select:
    """Ask the condition of each row; a number is a place, as in any path."""

    def run(context: Context, table: Table, rows: Rows) -> Rows:
        if not rows:
            return rows
        context.budget[0] -= 1 + len(rows) // _ROWS_A_STEP
        if context.budget[0] < 0:
            raise _too_much()
        root = table.document.root
        inner = context.at(root.item(rows[0]), 1, len(rows))
        kept: list[int] = []
        for position, row in enumerate(rows, 1):
            item = root.item(row)
            inner.node, inner.own, inner.position = item, [item], position
            inner.attributes = item.attributes
            value = condition(inner)
            if number(value) == position if type(value) in (float, int) else truth(value):
                kept.append(row)
        return kept

    return run


def _too_much() -> ExpressionError:
    return ExpressionError(
        _l("The expression looks at too many rows."),
        "too_much_work",
        0,
        _l("Compare a column with “=”: then the row is found at once."),
    )


def rows_where(tree: Tree, compiled: Compile) -> Callable[[Context, Table], Sequence[int]]:
    """The rows for which a whole condition holds, for who filters a table without a path."""
    condition = _condition(tree, compiled)
    return lambda context, table: condition(context, table, range(len(table)))
