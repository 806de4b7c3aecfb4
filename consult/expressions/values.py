"""Values and their conversions (XPath 1.0, 4.2–4.4; OpenRosa's dates).

A value is a text, a number (float; an int is welcome), a truth or a list of nodes. A date is the text
``2026-03-05``, a time ``09:30``, a date with time ``2026-03-05T09:30:00.000-05:00``; where a number is
wanted, both count whole days since 1970-01-01.
The empty text stands for "not answered".
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Protocol

from consult.expressions.dates import days_of


class Node(Protocol):
    """A node of a document: what paths and aggregates read. ``text`` is the text of all that is in it."""

    @property
    def name(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def parent(self) -> Node | None: ...
    @property
    def children(self) -> Sequence[Node]: ...


Value = str | float | bool | list[Node]

NAN = math.nan
_NUMBER = re.compile(r"[ \t\r\n]*(-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)[ \t\r\n]*")


def text(value: Value) -> str:
    """As text: a number without needless decimals, a node list as the text of its first node."""
    kind = type(value)
    if kind is str:
        return value  # type: ignore[return-value]
    if kind is bool:
        return "true" if value else "false"
    if isinstance(value, list):
        return value[0].text if value else ""
    return _number_text(float(value))


def _number_text(value: float) -> str:
    if value != value:
        return "NaN"
    if value in (math.inf, -math.inf):
        return "Infinity" if value > 0 else "-Infinity"
    if value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    written = repr(value)
    return _plain(written) if "e" in written else written


def _plain(written: str) -> str:
    """``1e-07`` → ``0.0000001``: XPath knows no exponents."""
    digits, exponent = written.split("e")
    places = len(digits.partition(".")[2]) - int(exponent)
    return f"{float(written):.{max(places, 0)}f}"


def number(value: Value) -> float:
    """As number; NaN where it is none. A truth is 1 or 0, a date its days since 1970-01-01."""
    kind = type(value)
    if kind is float:
        return value  # type: ignore[return-value]
    if kind is bool or kind is int:
        return float(value)  # type: ignore[arg-type]
    written = text(value)
    if not written:
        return NAN
    if written[4:5] == "-" and written[:4].isdigit():
        return days_of(written)
    match = _NUMBER.fullmatch(written)
    return float(match[1]) if match else NAN


def truth(value: Value) -> bool:
    """As truth: a text that is not empty, a number other than 0 and NaN, a list whose first text is one."""
    if isinstance(value, str):
        return bool(value)
    if isinstance(value, list):
        return bool(value) and bool(value[0].text)
    return value == value and value != 0
