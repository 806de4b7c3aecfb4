"""The language of logic: text → syntax tree (JSON) → value. Pure. Its twin is ui/static/js/expressions.js.

    Expression.parse("${age} >= 18").evaluate(Context({"age": 20}))  →  True
    Template.parse("Thank you, ${name}").render(Context({"name": "Amal"}))

docs/logic.md has the grammar, the functions, and what was decided where engines differ.
"""

from consult.expressions.checks import check_expression
from consult.expressions.context import Context
from consult.expressions.errors import ExpressionError, Problem
from consult.expressions.expression import Expression
from consult.expressions.normalise import normalise
from consult.expressions.template import Template
from consult.expressions.values import Node, Value, number, text, truth

__all__ = [
    "Context",
    "Expression",
    "ExpressionError",
    "Node",
    "Problem",
    "Template",
    "Value",
    "check_expression",
    "normalise",
    "number",
    "text",
    "truth",
]
