"""WebM and Matroska (RFC 9559): tags, attachments, title and date become void."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from consult.responses.traces.overwriting import MOST_PARTS, read_at, write_at, zero

_SEGMENT, _INFO, _CLUSTER = 0x18538067, 0x1549A966, 0x1F43B675
_TRACES = frozenset((0x1254C367, 0x1941A469, 0x4461, 0x7BA9, 0x7384, 0x73A4, 0xEC))
"""Tags, attachments; date, title, name and number of the file; what is void already."""
_AROUND = frozenset((_SEGMENT, _INFO))


def clear(file: BinaryIO, size: int) -> None:
    _clear(file, 0, size, [MOST_PARTS])


def _clear(file: BinaryIO, start: int, end: int, left: list[int]) -> None:
    for name, place, content, after in _elements(file, start, end, left):
        if name in _AROUND:
            _clear(file, content, after, left)
        elif name in _TRACES:
            _void(file, place, after)


def _elements(file: BinaryIO, place: int, end: int, left: list[int]) -> Iterator[tuple[int, int, int, int]]:
    """(name, where it begins, where its content does, where it ends) of each element.

    A cluster that does not say how long it is (recorded live) is gone through like what is around it.
    """
    while place < end and left[0] > 0:
        left[0] -= 1
        head = read_at(file, place, 12)
        width = _width(head[0], 4) if head else 0
        wide = _width(head[width], 8) if width and width < len(head) else 0
        if not wide or width + wide > len(head):
            return
        name = int.from_bytes(head[:width], "big")
        length = int.from_bytes(head[width : width + wide], "big") & ((1 << 7 * wide) - 1)
        content = place + width + wide
        is_endless = length == (1 << 7 * wide) - 1
        if is_endless and name == _CLUSTER:
            place = content
            continue
        after = end if is_endless else min(content + length, end)
        yield name, place, content, after
        place = after


def _width(first: int, most: int) -> int:
    """How many bytes a number has, by its first; 0 for what is none."""
    width = 9 - first.bit_length()
    return width if width <= most else 0


def _void(file: BinaryIO, place: int, after: int) -> None:
    total = after - place
    if total < 2:
        return
    wide = 1 if total - 2 < 127 else 8
    head = b"\xec" + (total - 1 - wide | 1 << 7 * wide).to_bytes(wide, "big")
    write_at(file, place, head)
    zero(file, place + len(head), after)
