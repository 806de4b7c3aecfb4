"""The frame of a page of questions: everything around the questions that is the same for everyone.

It is rendered once per version, page and language and cut at its holes; what stands in the holes is
compiled too (``consult/responses/compiled.py``), or comes from :func:`summary`. A page on which no
answer stands is kept whole, as the bytes that leave, compressed beforehand.
"""

from __future__ import annotations

import gzip
import re
import secrets
from dataclasses import dataclass

_MARK = secrets.token_hex(8)  # nobody's text can contain it


@dataclass(frozen=True, slots=True)
class Frame:
    """HTML before the title's note, the summary and the questions, and after them; in this order."""

    pieces: tuple[str, str, str, str]

    def fill(self, questions: str, *, summary: str = "", note: str = "") -> str:
        """The whole page. ``questions`` and ``summary`` are HTML, ``note`` is text before the title."""
        start, before_summary, before_questions, end = self.pieces
        return "".join((start, note, before_summary, summary, before_questions, questions, end))


@dataclass(frozen=True, slots=True)
class Holes:
    """What a template writes where something will stand later."""

    title: str = f"{_MARK}title"
    summary: str = f"{_MARK}summary"
    questions: str = f"{_MARK}questions"


@dataclass(frozen=True, slots=True)
class Blank:
    """A page on which no answer stands, as it leaves."""

    content: bytes
    compressed: bytes


def cut(html: str) -> Frame:
    """A frame from a page that was rendered with :class:`Holes`. Raises ValueError when one is missing."""
    pieces = re.split(f"{_MARK}(?:title|summary|questions)", html)
    if len(pieces) != 4:
        raise ValueError(f"a frame has three holes, this one {len(pieces) - 1}")
    return Frame((pieces[0], pieces[1], pieces[2], pieces[3]))


def blank(html: str) -> Blank:
    """Compressed as hard as it goes: it happens once."""
    content = html.encode()
    return Blank(content, gzip.compress(content, 9, mtime=0))
