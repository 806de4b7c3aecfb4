"""Likely spellings for what is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice

_LONGEST = 60
_MOST_CANDIDATES = 300


class Spelling:
    """Finds what was probably meant, for the first mistakes of a form.

    Comparing costs time for every pair of words, and an author mends the first ones before reading on.
    """

    def __init__(self, most: int = 60) -> None:
        self._left = most

    def candidates(self, word: str, known: Iterable[str]) -> list[str]:
        """Known words that are worth comparing with ``word``."""
        self._left -= 1
        if self._left < 0 or len(word) > _LONGEST:
            return []
        first, length = word[:1].lower(), len(word)
        alike = (name for name in known if name[:1].lower() == first and abs(len(name) - length) < 6)
        return list(islice(alike, _MOST_CANDIDATES))

    def near(self, word: str, known: Iterable[str]) -> str | None:
        """The known word that looks most like ``word``, if any does."""
        found = get_close_matches(word, self.candidates(word, known), n=1, cutoff=0.6)
        return found[0] if found else None


def is_one_slip(word: str, meant: str) -> bool:
    """Whether one letter too many, too few, wrong, or two exchanged make the one out of the other."""
    if word == meant or abs(len(word) - len(meant)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(word, meant, strict=False)) if a != b), None)
    if start is None:
        return True
    a, b = word[start:], meant[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
