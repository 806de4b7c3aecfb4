"""Ogg (RFC 3533): the packet of comments holds none; its pages get a new checksum.

Of Vorbis, Opus (RFC 7845) and Theora; a packet keeps its length, the maker's name becomes blanks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from consult.responses.traces.overwriting import read_at, write_at

_HEAD = 27
_MAGIC = {b"\x03vorbis": b"\x01", b"OpusTags": b"", b"\x81theora": b""}
"""How a packet of comments begins → how it must end."""
_MOST_PAGES = 64
"""At the beginning, among which the comments are: 4 MB, pictures and all."""


@dataclass(slots=True)
class _Packet:
    """Where its bytes are: (begin, end) in the file, and the pages they stand in."""

    pieces: list[tuple[int, int]] = field(default_factory=list)
    pages: list[tuple[int, int]] = field(default_factory=list)


def clear(file: BinaryIO, size: int) -> None:
    for packet in list(_packets(file, size)):
        content = b"".join(read_at(file, begin, end - begin) for begin, end in packet.pieces)
        for magic, ending in _MAGIC.items():
            room = len(content) - len(magic) - 8 - len(ending)
            if content.startswith(magic) and room >= 0:
                words = room.to_bytes(4, "little") + b" " * room + bytes(4)
                _put(file, packet, magic + words + ending)


def _packets(file: BinaryIO, size: int) -> Iterator[_Packet]:
    open_: dict[bytes, _Packet] = {}
    place = 0
    for _ in range(_MOST_PAGES):
        head = read_at(file, place, _HEAD)
        if len(head) < _HEAD or head[:4] != b"OggS":
            return
        lengths = read_at(file, place + _HEAD, head[26])
        at = place + _HEAD + len(lengths)
        page = (place, min(at + sum(lengths), size))
        for length in lengths:
            packet = open_.setdefault(head[14:18], _Packet())
            packet.pieces.append((min(at, size), min(at + length, size)))
            if page not in packet.pages:
                packet.pages.append(page)
            at += length
            if length < 255:
                yield open_.pop(head[14:18])
        place = page[1]


def _put(file: BinaryIO, packet: _Packet, content: bytes) -> None:
    for begin, end in packet.pieces:
        write_at(file, begin, content[: end - begin])
        content = content[end - begin :]
    for begin, end in packet.pages:
        write_at(file, begin + 22, bytes(4))
        write_at(file, begin + 22, _checksum(read_at(file, begin, end - begin)).to_bytes(4, "little"))


def _table() -> tuple[int, ...]:
    found = []
    for byte in range(256):
        value = byte << 24
        for _ in range(8):
            value = (value << 1) ^ (0x04C11DB7 if value & 0x80000000 else 0)
        found.append(value & 0xFFFFFFFF)
    return tuple(found)


_TABLE = _table()


def _checksum(page: bytes) -> int:
    """CRC-32 with the polynomial 04c11db7, neither turned nor inverted."""
    value = 0
    for byte in page:
        value = (value << 8 & 0xFFFFFFFF) ^ _TABLE[value >> 24 ^ byte]
    return value
