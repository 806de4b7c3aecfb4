"""Which choices of a list are offered: its filter, asked of the list as a table.

``region = ${region}`` is looked up, not searched: a list may have tens of thousands of rows, and this is
worked out with every page.
"""

from __future__ import annotations

from collections.abc import Callable

from consult.expressions import Context
from consult.expressions.compiler import compiled
from consult.expressions.lookups import rows_where
from consult.questionnaires.data.lists import Data, Listed, listed
from consult.questionnaires.data.sources import filter_of
from consult.questions import Question, kind_of

Offer = Callable[[Context], tuple[str, ...]]
"""The codes that are offered. Raises ExpressionError."""


def offer_of(question: Question, data: Data | None) -> Offer | None:
    """What is offered where that depends on answers; None where it is always the whole list."""
    condition = filter_of(question)
    if condition is None:
        return None
    known: Listed | None = data.lists.get(question.key) if data is not None else None
    found = known if known is not None else listed(kind_of(question).choices(question))
    rows = rows_where(condition.tree, compiled)

    def offer(context: Context) -> tuple[str, ...]:
        return found.at(rows(context, found.table))

    return offer
