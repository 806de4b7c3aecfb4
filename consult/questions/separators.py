"""How several labels stand in one line. Labels hold commas themselves, hence the semicolon."""

from __future__ import annotations

from collections.abc import Iterable

_BETWEEN = {
    "ar": "؛ ",
    "fa": "؛ ",
    "prs": "؛ ",
    "ur": "؛ ",
    "ps": "؛ ",
    "zh": "；",
    "ja": "；",
    "am": "፤ ",
    "ti": "፤ ",
}


def joined(labels: Iterable[str], language: str) -> str:
    """The labels with the language's own semicolon between them."""
    return _BETWEEN.get(language.split("-")[0], "; ").join(labels)
