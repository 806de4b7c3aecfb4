"""The functions, by subject: values in, a value out; those in a CONTEXTUAL table take the context first."""

from __future__ import annotations

from consult.expressions.functions import choices, external, lists, moments, numbers, texts
from consult.expressions.functions.table import Table

PLAIN: Table = {
    **texts.PLAIN,
    **numbers.PLAIN,
    **choices.PLAIN,
    **moments.PLAIN,
    **lists.PLAIN,
}
CONTEXTUAL: Table = {
    **texts.CONTEXTUAL,
    **numbers.CONTEXTUAL,
    **choices.CONTEXTUAL,
    **moments.CONTEXTUAL,
    **lists.CONTEXTUAL,
    **external.CONTEXTUAL,
}
