"""Texts with answers in them: ``Thank you, ${name}``."""

from __future__ import annotations

import re
from functools import lru_cache

from consult.expressions.context import Context

_HOLE = re.compile(r"\$\{\s*([^{}$\s]+)\s*\}")
_MARKS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BROKEN_HOLE = re.compile(r"\$[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*\{([^{}$]*)\}")


class Template:
    """A text with holes; immutable. ``pieces``: text, key, text, key, …, text."""

    __slots__ = ("pieces", "references", "source")

    def __init__(self, source: str, pieces: tuple[str, ...]) -> None:
        self.source = source
        self.pieces = pieces
        self.references = frozenset(pieces[1::2])

    @classmethod
    def parse(cls, source: str) -> Template:
        """Any text is a template; marks of direction inside ``${…}`` are left out."""
        return _parsed(source)

    def render(self, context: Context) -> str:
        """The text with answers in their places; plain text, to be escaped like any other."""
        if len(self.pieces) == 1:
            return self.source
        return "".join(
            context.shown(piece) if place % 2 else piece for place, piece in enumerate(self.pieces)
        )


@lru_cache(maxsize=8192)
def _parsed(source: str) -> Template:
    if "$" not in source:
        return Template(source, (source,))
    mended = _BROKEN_HOLE.sub(lambda match: "${" + _MARKS.sub("", match[1]).strip() + "}", source)
    return Template(source, tuple(_HOLE.split(mended)))
