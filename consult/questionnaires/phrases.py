"""Sentences of the interface in which texts of a questionnaire stand, each piece knowing its language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from consult.i18n import LocalText

_HOLE = re.compile(r"%\((\w+)\)s")


class Formula(str):
    """What an author wrote for the computer, where there are no simple words for it."""

    __slots__ = ()
    is_formula = True


Piece = str | LocalText | Formula
"""Words of the interface, a text of the questionnaire, or a formula."""

Phrase = tuple[Piece, ...]


def filled(template: str, values: Mapping[str, Phrase]) -> Phrase:
    """A translated message (``%(name)s``) with phrases in its places."""
    parts = _HOLE.split(template)
    pieces: list[Piece] = []
    for place, part in enumerate(parts):
        if place % 2:
            pieces.extend(values[part])
        elif part:
            pieces.append(part.replace("%%", "%"))
    return tuple(pieces)


def joined(phrases: Iterable[Phrase], between: str = ", ") -> Phrase:
    """Several phrases in a row."""
    pieces: list[Piece] = []
    for phrase in phrases:
        pieces += [between, *phrase] if pieces else [*phrase]
    return tuple(pieces)


def line(phrase: Phrase) -> str:
    """The phrase as one plain text."""
    return "".join(phrase)
