"""The functions, by subject. Each takes values and gives one; those in a CONTEXTUAL table take the context first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from consult.expressions.functions import choices, lists, moments, numbers, texts

PLAIN: Mapping[str, Callable[..., Any]] = {
    **texts.PLAIN,
    **numbers.PLAIN,
    **choices.PLAIN,
    **moments.PLAIN,
    **lists.PLAIN,
}
CONTEXTUAL: Mapping[str, Callable[..., Any]] = {
    **texts.CONTEXTUAL,
    **numbers.CONTEXTUAL,
    **choices.CONTEXTUAL,
    **moments.CONTEXTUAL,
    **lists.CONTEXTUAL,
}
