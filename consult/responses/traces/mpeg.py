"""MP3 and AAC: ID3 tags in front (all of it padding, then) and behind, APE tags behind."""

from __future__ import annotations

from typing import BinaryIO

from consult.responses.traces.overwriting import read_at, write_at, zero

_ID3_HEAD, _ID3_OLD, _APE_FOOT = 10, 128, 32


def clear(file: BinaryIO, size: int) -> None:
    _in_front(file, size)
    _behind(file, size)


def _in_front(file: BinaryIO, size: int) -> None:
    place = 0
    while (head := read_at(file, place, _ID3_HEAD))[:3] == b"ID3" and len(head) == _ID3_HEAD:
        length = 0
        for byte in head[6:10]:
            length = length << 7 | byte & 0x7F
        after = min(place + _ID3_HEAD + length, size)
        write_at(file, place + 5, b"\x00")  # nothing is packed, no foot
        zero(file, place + _ID3_HEAD, after)
        place = after


def _behind(file: BinaryIO, size: int) -> None:
    if size >= _ID3_OLD and read_at(file, size - _ID3_OLD, 3) == b"TAG":
        zero(file, size - _ID3_OLD + 3, size)
        size -= _ID3_OLD
    foot = read_at(file, max(size - _APE_FOOT, 0), _APE_FOOT)
    if foot[:8] == b"APETAGEX":
        length = int.from_bytes(foot[12:16], "little") + _APE_FOOT  # with its head
        zero(file, max(size - length, 0), size)
