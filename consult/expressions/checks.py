"""What an import asks of an expression that could be read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from consult.expressions.errors import Problem
from consult.expressions.expression import Expression
from consult.expressions.functions.choices import question_named
from consult.expressions.parser import Tree, walk
from consult.expressions.template import Template
from consult.i18n import lazy_gettext as _l


def check_expression(expression: Expression | Template, known_names: Collection[str]) -> list[Problem]:
    """Names that no question has, each with the likeliest spelling; also names inside texts ('${city}')."""
    known = set(known_names)
    return [_unknown(name, expression.source, known) for name in sorted(names_in_logic(expression) - known)]


def names_in_logic(expression: Expression | Template) -> frozenset[str]:
    """Every question that it names, also inside texts ('${city}')."""
    if isinstance(expression, Template):
        return expression.references
    return expression.references.union(_named_in_texts(expression.tree))


def _unknown(name: str, source: str, known: set[str]) -> Problem:
    near = get_close_matches(name, known, n=1, cutoff=0.6)
    return Problem(
        "unknown_name",
        _l("No question is called “%(name)s”.", name=name),
        _l("Did you mean “${%(name)s}”?", name=near[0]) if near else _l("Check the column “name”."),
        max(source.find(name), 0),
    )


def _named_in_texts(tree: Tree) -> Iterator[str]:
    """jr:choice-name takes the question's name as a text: '${city}'."""
    for node in walk(tree):
        if node[:2] == ["f", "jr:choice-name"] and node[3][0] == "s":
            yield question_named(node[3][1])
