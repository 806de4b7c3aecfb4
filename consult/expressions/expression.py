"""An expression: its source, its tree, and what it comes to in a context."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from consult.expressions import compiler, parser
from consult.expressions.context import Context
from consult.expressions.normalise import normalise
from consult.expressions.parser import Tree
from consult.expressions.values import Value

_VOLATILE = frozenset(("now", "today", "random", "uuid", "once"))


class Expression:
    """One expression; immutable, equal to another of the same source. Make it with :meth:`parse`.

    ``tree`` is data for the browser (see parser.py): never change it. ``references`` are the keys of the
    questions it reads; ``attributes`` the bare names it uses; ``evaluate(context)`` its value.
    """

    __slots__ = ("attributes", "evaluate", "functions", "references", "source", "tree")

    def __init__(self, source: str, tree: Tree) -> None:
        set_ = object.__setattr__
        set_(self, "source", source)
        set_(self, "tree", tree)
        set_(self, "references", frozenset(_named(tree, "v")))
        set_(self, "attributes", frozenset(_bare(tree)))
        set_(self, "functions", frozenset(_named(tree, "f")))
        set_(self, "evaluate", compiler.compiled(tree))

    source: str
    tree: Tree
    references: frozenset[str]
    attributes: frozenset[str]
    functions: frozenset[str]
    evaluate: compiler.Closure

    @classmethod
    def parse(cls, source: str) -> Expression:
        """Read ``source``, repairing quotation marks and spaces a word processor put in.

        Raises ExpressionError: unreadable, unknown function, wrong number of arguments, too long, too deep.
        """
        return _parsed(source)

    @property
    def is_volatile(self) -> bool:
        """Whether it can come to something else the next time, with the same answers."""
        return not _VOLATILE.isdisjoint(self.functions)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"An expression cannot be changed: {name}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Expression) and other.source == self.source

    def __hash__(self) -> int:
        return hash(self.source)

    def __repr__(self) -> str:
        return f"Expression.parse({self.source!r})"

    def __reduce__(self) -> tuple[object, ...]:
        return (Expression.parse, (self.source,))


@lru_cache(maxsize=8192)
def _parsed(source: str) -> Expression:
    repaired, _ = normalise(source)
    return Expression(source, parser.parse(repaired))


def _named(tree: Tree, kind: str) -> Iterator[str]:
    return (node[1] for node in parser.walk(tree) if len(node) > 1 and node[0] == kind)


def _bare(tree: Tree) -> Iterator[str]:
    """Bare names, without those inside predicates: they belong to the nodes that are filtered there."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if node[0] == "a":
            yield node[1]
        elif node[0] in ("p", "["):
            waiting += [node[1]] if isinstance(node[1], list) else []
        else:
            waiting.extend(part for part in node if isinstance(part, list))


__all__ = ["Context", "Expression", "Value"]
