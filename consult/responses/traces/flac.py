"""FLAC (RFC 9639): comments, pictures and blocks of programs become padding."""

from __future__ import annotations

from typing import BinaryIO

from consult.responses.traces.overwriting import read_at, write_at, zero

_PADDING, _LAST = 1, 0x80
_TRACES = frozenset((2, 4, 5, 6))
"""Of programs, comments, the sheet of a disc, pictures."""


def clear(file: BinaryIO, size: int) -> None:
    place = 4
    while place + 4 <= size:
        head = read_at(file, place, 4)
        after = min(place + 4 + int.from_bytes(head[1:4], "big"), size)
        if head[0] & ~_LAST in _TRACES:
            write_at(file, place, bytes((head[0] & _LAST | _PADDING,)))
            zero(file, place + 4, after)
        if head[0] & _LAST:
            return
        place = after
