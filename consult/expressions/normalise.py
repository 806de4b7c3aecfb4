"""Repairs of what word processors and keyboards put into expressions."""

from __future__ import annotations

import re
from typing import Any

from consult.i18n import lazy_gettext as _l

_DOUBLE = "“”„‟«»＂"
_SINGLE = "‘’‚‛‹›＇"
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u061c]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_SIGNS = {"≤": "<=", "≥": ">=", "≠": "!=", "−": "-", "–": "-", "×": "*", "÷": " div ", "،": ",", "，": ","}
_SIGNS |= {"（": "(", "）": ")", "＝": "=", "＜": "<", "＞": ">", "＋": "+", "．": "."}
_ASCII_CODE = re.compile(r"[!-~]+")


def normalise(source: str) -> tuple[str, tuple[Any, ...]]:
    """``source`` repaired, and a note (translated when read) on each kind of repair.

    What stands between straight quotation marks is text for people and stays as it is; only a plain code
    ("yes") loses the invisible characters that came with it.
    """
    if source.isascii():
        return source, ()
    done: set[str] = set()
    parts: list[str] = []
    position = 0
    while position < len(source):
        sign = source[position]
        end = _closing(source, position)
        if end is None:
            parts.append(_repaired(sign, done))
            position += 1
            continue
        if sign not in "\"'":
            done.add("quotes")
        parts.append(_literal(source[position + 1 : end], sign in '"' + _DOUBLE, done))
        position = end + 1
    notes = {
        "quotes": _l("Curly quotation marks were read as straight ones."),
        "spaces": _l("No-break and other special spaces were read as ordinary ones."),
        "invisible": _l("Invisible characters were left out."),
        "signs": _l("Typographic signs were read as their plain forms."),
    }
    return "".join(parts), tuple(note for key, note in notes.items() if key in done)


def _closing(source: str, start: int) -> int | None:
    """Where the literal that begins at ``start`` ends; None if none begins there."""
    sign = source[start]
    if sign in "\"'":
        end = source.find(sign, start + 1)
        if end >= 0:
            return end
    family = '"' + _DOUBLE if sign in '"' + _DOUBLE else "'" + _SINGLE if sign in "'" + _SINGLE else ""
    return (
        next((at for at in range(start + 1, len(source)) if source[at] in family), None) if family else None
    )


def _literal(content: str, is_double: bool, done: set[str]) -> str:
    visible = _INVISIBLE.sub("", content)
    if visible != content and _ASCII_CODE.fullmatch(visible):
        done.add("invisible")
        content = visible
    quote = '"' if is_double else "'"
    return f"{quote}{content}{quote}"


def _repaired(sign: str, done: set[str]) -> str:
    if _INVISIBLE.match(sign):
        done.add("invisible")
        return ""
    if _SPACES.match(sign):
        done.add("spaces")
        return " "
    if sign in _SIGNS:
        done.add("signs")
        return _SIGNS[sign]
    return sign
