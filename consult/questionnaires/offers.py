"""Which choices of a list are offered: its filter, asked of the list as a table.

``region = ${region}`` is looked up, not searched: a list may have tens of thousands of rows, and this is
worked out with every page.
"""

from __future__ import annotations

from collections.abc import Callable

from consult.expressions import Context, Expression, truth
from consult.expressions.compiler import compiled
from consult.expressions.lookups import rows_where
from consult.expressions.parser import walk
from consult.questionnaires.data.lists import Data, Listed, listed
from consult.questionnaires.data.sources import filter_of
from consult.questions import Question
from consult.questions.choice import choice_rows

Offer = Callable[[Context], tuple[str, ...]]
"""The codes that are offered. Raises ExpressionError."""


FEW = 40
"""Rows of a list that are asked one after the other sooner than an index is looked into."""


def _is_plain(condition: Expression) -> bool:
    """Whether it is about the row's own columns and answers only, by their names."""
    places = {"position", "last"} & condition.functions
    return not places and all(node[0] not in ("p", "[", "|", ".") for node in walk(condition.tree))


def _asked_one_by_one(condition: Expression, found: Listed) -> Offer:
    table = found.table
    rows = [(code, table.document.root.item(row).attributes) for row, code in enumerate(found.codes)]
    attributes = [
        (code, {name: own[name] for name in condition.attributes if name in own})
        for code, own in rows
        if code
    ]
    evaluate, fixed = condition.evaluate, found.fixed

    def offer(context: Context) -> tuple[str, ...]:
        before = context.attributes
        kept = dict.fromkeys(fixed)
        try:
            for code, own in attributes:
                context.attributes = own
                if truth(evaluate(context)):
                    kept[code] = None
        finally:
            context.attributes = before
        return tuple(kept)

    return offer


def offer_of(question: Question, data: Data | None) -> Offer | None:
    """What is offered where that depends on answers; None where it is always the whole list."""
    condition = filter_of(question)
    if condition is None:
        return None
    known: Listed | None = data.lists.get(question.key) if data is not None else None
    found = known if known is not None else listed(choice_rows(question))
    if len(found.table) <= FEW and _is_plain(condition):
        return _asked_one_by_one(condition, found)
    rows = rows_where(condition.tree, compiled)

    def offer(context: Context) -> tuple[str, ...]:
        return found.at(rows(context, found.table))

    return offer
