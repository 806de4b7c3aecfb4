"""Cells that say yes or no, in the words that authors use."""

from __future__ import annotations

YES = frozenset(("yes", "true", "true()", "1", "y", "t", "x", "oui", "vrai", "sí", "si", "sim", "نعم"))
NO = frozenset(("no", "false", "false()", "0", "n", "f", "non", "faux", "não", "nao", "لا"))


def is_yes(text: str) -> bool:
    """Whether a cell says yes (``yes``, ``TRUE``, ``1`` …)."""
    return text.lower() in YES
