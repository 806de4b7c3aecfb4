"""WAV and AVI: chunks of words, of broadcasters and of cameras become junk, which players pass over."""

from __future__ import annotations

from typing import BinaryIO

from consult.responses.traces.overwriting import MOST_PARTS, read_at, write_at, zero

_TRACES = frozenset(
    (b"bext", b"iXML", b"id3 ", b"ID3 ", b"_PMX", b"axml", b"cart", b"IDIT", b"ISMP", b"JUNK")
)
_LISTS = frozenset((b"INFO", b"exif", b"ncdt", b"adtl"))


def clear(file: BinaryIO, size: int) -> None:
    _clear(file, 12, size)


def _clear(file: BinaryIO, place: int, end: int) -> None:
    for _ in range(MOST_PARTS):
        head = read_at(file, place, 12) if place + 8 <= end else b""
        if len(head) < 8:
            return
        name, length = head[:4], int.from_bytes(head[4:8], "little")
        content, after = place + 8, min(place + 8 + length, end)
        if name in _TRACES or (name == b"LIST" and head[8:12] in _LISTS):
            write_at(file, place, b"JUNK")
            zero(file, content, after)
        elif name == b"LIST" and head[8:12] == b"hdrl":
            _clear(file, content + 4, after)
        place = after + length % 2
