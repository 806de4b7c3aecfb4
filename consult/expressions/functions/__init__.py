"""The functions, by subject: values in, a value out; those in a CONTEXTUAL table take the context first."""

from __future__ import annotations

from consult.expressions.functions import (
    choices,
    dialects,
    external,
    geography,
    lists,
    moments,
    numbers,
    texts,
)
from consult.expressions.functions.table import Table

PLAIN: Table = {
    **texts.PLAIN,
    **numbers.PLAIN,
    **choices.PLAIN,
    **moments.PLAIN,
    **lists.PLAIN,
    **geography.PLAIN,
    **dialects.PLAIN,
}
RARE = frozenset(geography.PLAIN) | frozenset(dialects.PLAIN)
"""In the browser in a file of their own (expression-extras.js), for the pages that need it."""

CONTEXTUAL: Table = {
    **texts.CONTEXTUAL,
    **numbers.CONTEXTUAL,
    **choices.CONTEXTUAL,
    **moments.CONTEXTUAL,
    **lists.CONTEXTUAL,
    **external.CONTEXTUAL,
}
