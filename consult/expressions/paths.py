"""Paths through a document: ``../name``, ``/data/member[position() < 3]/age``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from consult.expressions.context import Context
from consult.expressions.errors import ExpressionError
from consult.expressions.values import Node, Value, number, truth
from consult.i18n import lazy_gettext as _l

Tree = list[Any]
Closure = Callable[[Context], Value]
Compile = Callable[[Tree], Closure]
Step = Callable[[Context, list[Node]], list[Node]]


def path(tree: Tree, compiled: Compile) -> Closure:
    """A location path; without a document it is empty."""
    start = _start(tree[1], compiled)
    steps = tuple(_step(step, compiled) for step in tree[2:])

    def run(context: Context) -> Value:
        nodes = start(context)
        for step in steps:
            nodes = step(context, nodes)
        return nodes

    return run


def _start(tree: Any, compiled: Compile) -> Callable[[Context], list[Node]]:
    if tree is None:
        return lambda context: [] if context.node is None else [context.node]
    if tree == "/":
        return lambda context: [] if context.node is None else [_root(context.node)]
    inner = compiled(tree)
    return lambda context: _nodes(inner(context))


def _nodes(value: Value) -> list[Node]:
    return value if isinstance(value, list) else []


def _root(node: Node) -> Node:
    while node.parent is not None:
        node = node.parent
    return node


def _step(tree: Tree, compiled: Compile) -> Step:
    walk, name = _AXES[tree[0]], tree[1]
    is_reverse = tree[0].startswith(("ancestor", "parent"))
    predicates = tuple(compiled(predicate) for predicate in tree[2:])

    def run(context: Context, nodes: list[Node]) -> list[Node]:
        found: dict[int, Node] = {}
        for node in nodes:
            reached = []
            for each in walk(node):
                _spend(context)
                if name == "node()" or each.name == name or (name == "*" and each.parent is not None):
                    reached.append(each)
            for predicate in predicates:
                reached = _kept(context, predicate, reached)
            for each in reached:
                found.setdefault(id(each), each)
        kept = list(found.values())
        return in_document_order(context, kept) if len(nodes) > 1 or is_reverse else kept

    return run


def _descend(node: Node) -> Iterator[Node]:
    waiting = [node]
    while waiting:
        each = waiting.pop()
        yield each
        waiting.extend(reversed(each.children))


def _ascend(node: Node | None) -> Iterator[Node]:
    while node is not None:
        yield node
        node = node.parent


_AXES: dict[str, Callable[[Node], Iterator[Node]]] = {
    "child": lambda node: iter(node.children),
    "self": lambda node: iter((node,)),
    "parent": lambda node: iter(() if node.parent is None else (node.parent,)),
    "descendant-or-self": _descend,
    "descendant": lambda node: (each for each in _descend(node) if each is not node),
    "ancestor-or-self": _ascend,
    "ancestor": lambda node: _ascend(node.parent),
}


def _kept(context: Context, predicate: Closure, nodes: list[Node]) -> list[Node]:
    kept = []
    for position, node in enumerate(nodes, 1):
        _spend(context)
        value = predicate(context.at(node, position, len(nodes)))
        is_kept = number(value) == position if type(value) in (float, int) else truth(value)
        if is_kept:
            kept.append(node)
    return kept


def _spend(context: Context) -> None:
    context.budget[0] -= 1
    if context.budget[0] < 0:
        raise ExpressionError(
            _l("The expression looks at too many answers."),
            "too_much_work",
            0,
            _l("Make its paths more exact."),
        )


def filtered(tree: Tree, compiled: Compile) -> Closure:
    """A list filtered as a whole: ``(//a)[1]``."""
    inner = compiled(tree[1])
    predicates = tuple(compiled(predicate) for predicate in tree[2:])

    def run(context: Context) -> Value:
        nodes = _nodes(inner(context))
        for predicate in predicates:
            nodes = _kept(context, predicate, nodes)
        return nodes

    return run


def union(tree: Tree, compiled: Compile) -> Closure:
    """Both lists as one, each node once, in document order."""
    left, right = compiled(tree[1]), compiled(tree[2])

    def run(context: Context) -> Value:
        both = {id(node): node for node in (*_nodes(left(context)), *_nodes(right(context)))}
        return in_document_order(context, list(both.values()))

    return run


def in_document_order(context: Context, nodes: list[Node]) -> list[Node]:
    if len(nodes) < 2:
        return nodes
    order: dict[int, int] = {}
    for place, node in enumerate(_descend(_root(nodes[0]))):
        _spend(context)
        order[id(node)] = place
    return sorted(nodes, key=lambda node: order.get(id(node), len(order)))
