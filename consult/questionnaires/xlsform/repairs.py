"""Repairs of what spreadsheets, word processors and right-to-left editing leave in cells."""

from __future__ import annotations

import re

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u061c]")
_SPACES = re.compile(r"\s+")
# Neither text nor storable: control characters, lone surrogates, the two non-characters.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ESCAPED_RETURN = re.compile(r"_x000[dD]_")
_HOLE = re.compile("\\$[\\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*\\{([^{}$]*)\\}")


def clean_text(text: str) -> str:
    """A text for people: without what no font shows, with ``\\n`` for line ends, trimmed.

    Joiners and marks of direction stay: Persian, Arabic and Indic scripts need them.
    """
    text = _ESCAPED_RETURN.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return _UNREADABLE.sub("", text).strip().strip("\ufeff")


def clean_code(text: str) -> str:
    """A name, type or header: invisible characters gone, every kind of space one plain space."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", clean_text(text))).strip()


def mend_holes(text: str) -> str:
    """``$ {‏name }`` → ``${name}``: what right-to-left editing does to a reference inside a text."""
    return _HOLE.sub(lambda match: f"${{{clean_code(match[1])}}}", text)
