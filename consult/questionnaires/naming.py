"""Names in paths: what ``../age`` and ``/data/members[age > 5]/name`` may mean."""

from __future__ import annotations

from collections.abc import Iterator

from consult.expressions import Expression
from consult.expressions.parser import Tree
from consult.questionnaires.specification import Group


def keys_within(group: Group) -> Iterator[str]:
    """The keys of everything in a group, on all levels."""
    for item in group.items:
        yield item.key
        if isinstance(item, Group):
            yield from keys_within(item)


def names_in(expression: Expression | None) -> set[str]:
    """Every name an expression may read: of references, and of steps in paths."""
    return set() if expression is None else {*expression.references, *step_names(expression)}


def step_names(expression: Expression) -> Iterator[str]:
    """The names of all steps of paths through the form, ``node()`` and ``*`` too, and those in predicates.

    Paths through a table beside the form (``instance('towns')/root/item[…]``) name its columns, and are left
    out; a path in their predicates that begins elsewhere (``current()/../age``) counts.
    """
    return _of(expression.tree, is_about_rows=False, is_inside=False)


def _of(tree: Tree, *, is_about_rows: bool, is_inside: bool) -> Iterator[str]:
    if tree[0] == "a":
        if is_inside and not is_about_rows:
            yield tree[1]
        return
    if tree[0] != "p":
        is_filter = tree[0] == "["
        for place, part in enumerate(tree):
            if isinstance(part, list):
                inside = is_inside or (is_filter and place > 1)
                yield from _of(part, is_about_rows=is_about_rows, is_inside=inside)
        return
    start = tree[1]
    of_table = start[:2] == ["f", "instance"] if isinstance(start, list) else start is None and is_about_rows
    if isinstance(start, list):
        yield from _of(start, is_about_rows=is_about_rows, is_inside=is_inside)
    for step in tree[2:]:
        if not of_table:
            yield step[1]
        for predicate in step[2:]:
            yield from _of(predicate, is_about_rows=of_table, is_inside=True)
