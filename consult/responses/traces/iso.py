"""MP4, QuickTime, 3GPP (ISO/IEC 14496-12): boxes of user data become free space, times become 0."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from consult.responses.traces.overwriting import MOST_PARTS, read_at, write_at, zero

_AROUND = frozenset((b"moov", b"trak", b"mdia", b"moof", b"traf"))
_TRACES = frozenset((b"udta", b"meta", b"uuid", b"free", b"skip"))
_TIMED = frozenset((b"mvhd", b"tkhd", b"mdhd"))


def clear(file: BinaryIO, size: int) -> None:
    _clear(file, 0, size, [MOST_PARTS])


def _clear(file: BinaryIO, start: int, end: int, left: list[int]) -> None:
    for name, place, content, after in _boxes(file, start, end, left):
        if name in _TRACES:
            write_at(file, place + 4, b"free")
            zero(file, content, after)
        elif name in _TIMED:
            width = 16 if read_at(file, content, 1) == b"\x01" else 8
            zero(file, content + 4, min(content + 4 + width, after))
        elif name in _AROUND:
            _clear(file, content, after, left)


def _boxes(file: BinaryIO, place: int, end: int, left: list[int]) -> Iterator[tuple[bytes, int, int, int]]:
    """(name, where it begins, where its content does, where it ends) of each box."""
    while place + 8 <= end and left[0] > 0:
        left[0] -= 1
        head = read_at(file, place, 16)
        length, name, begins = int.from_bytes(head[:4], "big"), head[4:8], 8
        if length == 1:
            length, begins = int.from_bytes(head[8:16], "big"), 16
        elif length == 0:  # to the end
            length = end - place
        if length < begins:
            return
        after = min(place + length, end)
        yield name, place, min(place + begins, after), after
        place = after
