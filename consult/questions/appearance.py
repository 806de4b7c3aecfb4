"""The column ``appearance``: which words are known, and what they say about every kind of question alike.

What a word means for one kind stands with the kind (``choice.py``, ``number.py``, ``moment.py`` …).
Words that nobody knows are kept and written back; they change nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from consult.questions.question import Question

SHOWN = frozenset(
    (
        *("minimal", "autocomplete", "search", "quick", "quickcompact", "likert"),
        *("image-map", "no-buttons", "list", "label", "list-nolabel", "horizontal"),
        *("horizontal-compact", "columns", "columns-pack", "compact", "multiline", "numbers"),
        *("thousands-sep", "url", "email", "tel", "masked", "counter"),
        *("spinner", "rating", "picker", "vertical", "distress", "bearing"),
        *("no-calendar", "month-year", "year", "field-list", "table-list", "map"),
        *("maps", "placement-map", "signature", "draw", "annotate", "randomized"),
    )
)
"""Words that change how a question looks or is answered here."""

NEEDLESS = frozenset(
    (
        *("no-ticks", "new", "new-front", "new-rear", "selfie", "front"),
        *("printer", "blind", "intro", "analog", "digital", "hide-input"),
        *("show_formula", "page-break", "pages", "theme-grid", "no-collapse", "noclear"),
        *("dynamic", "streets", "terrain", "satellite", "hybrid", "background"),
        *("hidden", "hidden-answer", "gauge", "accordion", "display-only", "no-label"),
    )
)
"""Words that other programs know, and that nothing here depends on (printing, one camera or the other …)."""

CALENDARS = frozenset(
    ("ethiopian", "coptic", "islamic", "bikram-sambat", "myanmar", "persian", "buddhist", "nepali")
)
"""Other calendars: dates are asked in the common one, and the page says so."""

_PATTERNS = re.compile(r"(?:columns|compact|quickcompact)-[0-9]{1,2}|w(?:[1-9]|1[0-2])|ex:\S+")
_CALL = re.compile(r"\b(?:search|randomized|ex:[\w.]+)\(.*\)", re.IGNORECASE)
_WIDTH = re.compile(r"w([1-9]|1[0-2])")
_COLUMNS = re.compile(r"(?:columns|compact|quickcompact)-([0-9]{1,2})")
MOST_COLUMNS = 6


WHOLE_WIDTH = 12
_EXTRAS = frozenset(
    ("counter", "spinner", "thousands-sep", "quick", "quickcompact", "no-buttons", "rating", "vertical")
) | {"distress", "no-calendar", "month-year", "year"}


def has_extras(question: Question) -> bool:
    """Whether its page needs the style and the scripts of rarer appearances, which other pages do without."""
    words = {word.lower() for word in question.appearance}
    is_laid_out = width(question) < WHOLE_WIDTH or bool(columns(question))
    has_media = bool(question.media) or any(choice.media for choice in question.choices)
    return not words.isdisjoint(_EXTRAS) or is_laid_out or has_media


def is_appearance(word: str) -> bool:
    """Whether a word means something in the column appearance."""
    return word.lower() in SHOWN | NEEDLESS | CALENDARS or _PATTERNS.fullmatch(word.lower()) is not None


def unknown_words(appearance: Iterable[str]) -> list[str]:
    """Words that neither mean anything here nor in the programs whose forms we know."""
    return [word for word in _CALL.sub("", " ".join(appearance)).split() if not is_appearance(word)]


def has_app(question: Question) -> bool:
    """Whether the author wanted another app of the phone to answer (``ex:…``)."""
    return any(word.startswith("ex:") for word in question.appearance)


def width(question: Question) -> int:
    """Twelfths of a wide page that the question takes; 12 without a word about it."""
    found = (_WIDTH.fullmatch(word.lower()) for word in question.appearance)
    return next((int(match[1]) for match in found if match), WHOLE_WIDTH)


def columns(question: Question) -> int:
    """How many choices stand beside each other, where the author said how many; else 0."""
    found = (_COLUMNS.fullmatch(word.lower()) for word in question.appearance)
    return next((min(max(int(match[1]), 1), MOST_COLUMNS) for match in found if match), 0)
