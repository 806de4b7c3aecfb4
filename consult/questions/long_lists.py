"""Lists that are too long for a page: people search them, with or without script.

The page shows what is chosen, and what matches what was typed; never the whole list.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from consult.questions.question import Choice, Question
from consult.questions.rich_text import plain_text

MOST_ON_PAGE = 30
"""Choices that people read through; a longer list is searched."""

FIND, FOUND = "find", "found"
"""Details of the question: what is searched for, and what was searched for when the page was made."""

LONGEST_SEARCH = 100
_KINDS = frozenset(("select_one", "select_multiple"))
_ALL_SHOWN = frozenset(("label", "list", "list-nolabel", "likert", "image-map"))


class Matches(NamedTuple):
    """The first choices that match, best first, and how many there are in all."""

    choices: tuple[Choice, ...]
    total: int


def is_long(question: Question) -> bool:
    """Whether its choices are searched; a table shows all of them, whatever their number."""
    return (
        question.kind in _KINDS
        and len(question.choices) > MOST_ON_PAGE
        and _ALL_SHOWN.isdisjoint(question.appearance)
    )


def matches(question: Question, offered: Sequence[str], searched: str) -> Matches:
    """Which of the offered codes match: every word that was typed stands somewhere in a label or the code.

    Without a search all that are offered, if a page can show them. Accents and capitals make no difference.
    """
    codes, words = _codes(question), folded(searched[:LONGEST_SEARCH]).split()
    if not words:
        is_short = len(offered) <= MOST_ON_PAGE
        found = tuple(codes[code] for code in offered if code in codes) if is_short else ()
        return Matches(found, len(offered))
    texts = _texts(question)
    ranked: list[tuple[int, int, str]] = []
    for place, code in enumerate(offered):
        text = texts.get(code, "")
        if all(word in text for word in words):
            ranked.append((sum(_rank(text, word) for word in words), place, code))
    ranked.sort()
    return Matches(tuple(codes[code] for _rank_, _place, code in ranked[:MOST_ON_PAGE]), len(ranked))


def folded(text: str) -> str:
    """Without capitals and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def _rank(text: str, word: str) -> int:
    """0 where a label begins with the word, 1 where another of its words does, else 2."""
    if f"\n{word}" in text:
        return 0
    return 1 if f" {word}" in text else 2


@lru_cache(maxsize=64)
def _codes(question: Question) -> Mapping[str, Choice]:
    return {choice.key: choice for choice in question.choices}


@lru_cache(maxsize=64)
def _texts(question: Question) -> Mapping[str, str]:
    """Code → its labels in all languages and the code, each behind a line end."""
    return {
        choice.key: folded("".join(f"\n{plain_text(text)}" for text in (*choice.label.values(), choice.key)))
        for choice in question.choices
    }
