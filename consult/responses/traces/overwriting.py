"""What all formats need: numbers out of bytes, zeros over them."""

from __future__ import annotations

from typing import BinaryIO

_ZEROS = bytes(1 << 16)

MOST_PARTS = 200_000
"""Parts of one file that are looked at; a film of an hour has fewer."""


def read_at(file: BinaryIO, place: int, size: int) -> bytes:
    file.seek(place)
    return file.read(size)


def write_at(file: BinaryIO, place: int, content: bytes) -> None:
    file.seek(place)
    file.write(content)


def zero(file: BinaryIO, start: int, end: int) -> None:
    """Zeros from ``start`` to before ``end``."""
    file.seek(start)
    for left in range(end - start, 0, -len(_ZEROS)):
        file.write(_ZEROS[:left])
