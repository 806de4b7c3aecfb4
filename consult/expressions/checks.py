"""What an import asks of an expression that could be read."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from consult.expressions.errors import Problem
from consult.expressions.expression import Expression
from consult.expressions.template import Template
from consult.i18n import lazy_gettext as _l


def check_expression(expression: Expression | Template, known_names: Collection[str]) -> list[Problem]:
    """Names that no question has, each with the likeliest spelling."""
    problems = []
    for name in sorted(expression.references - set(known_names)):
        near = get_close_matches(name, known_names, n=1, cutoff=0.6)
        remedy = _l("Did you mean “${%(name)s}”?", name=near[0]) if near else _l("Check the column “name”.")
        problems.append(
            Problem(
                "unknown_name",
                _l("No question is called “%(name)s”.", name=name),
                remedy,
                max(expression.source.find(name), 0),
            )
        )
    return problems
