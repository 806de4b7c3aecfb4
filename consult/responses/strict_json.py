"""JSON from outside, read strictly: what databases, spreadsheets or other readers would trip over is refused.

Python's own reader takes NaN, the last of two equal keys, numbers no other program can hold and halves of
surrogate pairs, and ends in a RecursionError on sixty thousand brackets.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from consult.i18n import lazy_gettext as _l
from consult.i18n import lazy_ngettext
from consult.questions.kind import Message

LARGEST_INTEGER = 2**53
"""Beyond it a spreadsheet or a browser shows another number than was written."""

_DIGITS = 17
_STRUCTURE = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[{]|[\]}]', re.DOTALL)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

NOT_UTF8 = _l("This is not text in UTF-8.")
DUPLICATE_KEY = _l("The same name stands here twice.")
NOT_A_JSON_NUMBER = _l("NaN and Infinity are not numbers in JSON.")
TOO_LARGE_NUMBER = _l("This number is too large: at most 9007199254740992, plus or minus.")
UNSTORABLE_TEXT = _l("This text contains characters that cannot be stored (NUL or half a surrogate pair).")

Path = tuple[str | int, ...]


class JSONRefused(ValueError):
    """What was refused: ``path`` the names and positions that lead there, ``reason`` a sentence."""

    def __init__(self, reason: Message, path: Path = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.path = path


@dataclass(frozen=True, slots=True)
class _Fault:
    """Stands in the document in place of what was refused, until its path is known."""

    reason: Message


def read_strictly(raw: bytes, *, longest: int, deepest: int = 8) -> Any:
    """The document. ``longest`` in bytes; ``deepest``: how many brackets may be open at once.

    Raises JSONRefused; its message never holds what stood in the document.
    """
    if len(raw) > longest:
        raise JSONRefused(lazy_ngettext("Longer than %(num)d byte.", "Longer than %(num)d bytes.", longest))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise JSONRefused(NOT_UTF8) from None
    if _depth(text) > deepest:
        raise JSONRefused(
            lazy_ngettext("Nested more than %(num)d level.", "Nested more than %(num)d levels.", deepest)
        )
    try:
        document = _DECODER.decode(text)
    except json.JSONDecodeError as problem:
        raise JSONRefused(_l("This is not JSON (at character %(place)s).", place=problem.pos + 1)) from None
    for path, reason in _faults(document, ()):
        raise JSONRefused(reason, path)
    return document


def _depth(text: str) -> int:
    """Of brackets outside strings: known before anything is built from them."""
    depth = deepest = 0
    for found in _STRUCTURE.finditer(text):
        first = found.group()[0]
        if first in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif first in "]}":
            depth -= 1
    return deepest


def _faults(value: Any, path: Path) -> Iterator[tuple[Path, Message]]:
    if isinstance(value, _Fault):
        yield path, value.reason
    elif isinstance(value, str):
        if _UNSTORABLE.search(value):
            yield path, UNSTORABLE_TEXT
    elif isinstance(value, dict):
        for key, inner in value.items():
            if _UNSTORABLE.search(key):
                yield path, UNSTORABLE_TEXT
            else:
                yield from _faults(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _faults(inner, (*path, place))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        found[key] = _Fault(DUPLICATE_KEY) if key in found else value
    return found


def _integer(written: str) -> int | _Fault:
    if len(written) > _DIGITS or abs(int(written)) > LARGEST_INTEGER:
        return _Fault(TOO_LARGE_NUMBER)
    return int(written)


def _number(written: str) -> float | _Fault:
    value = float(written)
    return value if math.isfinite(value) else _Fault(TOO_LARGE_NUMBER)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_int=_integer,
    parse_float=_number,
    parse_constant=lambda _written: _Fault(NOT_A_JSON_NUMBER),
)
