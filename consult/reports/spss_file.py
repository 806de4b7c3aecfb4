"""The system file of SPSS (.sav), written as the rows come.

Pure: bytes in, bytes out. The format as described in "System File Format" of the PSPP developers' guide
(https://www.gnu.org/software/pspp/pspp-dev/html_node/System-File-Format.html): little endian, UTF-8,
compressed by its own byte codes. Own code, because libraries that write it want all rows in memory at once.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import IO, Literal

LONGEST_TEXT = 32_767
"""Bytes of UTF-8 in one text variable."""

LONGEST_LABEL = 255
"""Bytes of a variable's label."""

LONGEST_VALUE_LABEL = 120

Format = Literal["text", "number", "date", "time", "datetime"]
Measure = Literal["nominal", "ordinal", "scale"]
Value = float | bytes | None

_FORMATS: Mapping[Format, int] = MappingProxyType(
    {"text": 1, "number": 5, "date": 20, "time": 21, "datetime": 22}
)
_WIDTHS: Mapping[Format, int] = MappingProxyType({"number": 8, "date": 11, "time": 8, "datetime": 20})
_MEASURES: Mapping[Measure, int] = MappingProxyType({"nominal": 1, "ordinal": 2, "scale": 3})

_SHORT = 255
"""Bytes of the longest text that is one variable in the file; a longer one lies in segments."""

_SEGMENT = 252
"""Bytes that a segment counts for, though it holds 255."""

_BIAS = 100
_MISSING = struct.pack("<d", -1.7976931348623157e308)
_HIGHEST = struct.pack("<d", 1.7976931348623157e308)
_LOWEST = struct.pack("<Q", 0xFFEFFFFFFFFFFFFE)
_LITERAL, _SPACES, _NOTHING = 253, 254, 255
_EIGHT_SPACES = b" " * 8


@dataclass(frozen=True, slots=True)
class Variable:
    """``name`` as SPSS takes it (see spss_names.py); ``width`` in bytes of a text, else 0; ``labels`` of
    values; ``refused``: values that were given and are no answer (user-missing, at most three)."""

    name: str
    label: str
    format: Format
    measure: Measure
    width: int = 0
    decimals: int = 0
    labels: Mapping[float, str] = field(default_factory=lambda: MappingProxyType({}))
    refused: tuple[float, ...] = ()

    @property
    def segments(self) -> tuple[int, ...]:
        """Width of each variable that it is in the file."""
        if self.width <= _SHORT:
            return (self.width,)
        full, left = divmod(self.width - 1, _SEGMENT)
        return (*[_SHORT] * full, left + 1)


def write_sav(
    file: IO[bytes],
    title: str,
    variables: Sequence[Variable],
    cases: Iterable[Sequence[Value]],
    count: int,
) -> None:
    """``cases``: ``count`` rows with a value for each variable: bytes of UTF-8 for a text (never wider than
    its variable), else a number, seconds since 14 October 1582 for days and moments; None where missing.
    """
    short = _short_names(variables)
    size = sum(_elements(width) for each in variables for width in each.segments)
    file.write(_header(title, size, count))
    for each, names in zip(variables, short, strict=True):
        file.write(_declared(each, names))
    file.write(_value_labels(variables))
    file.write(_information(variables, short, count))
    file.write(struct.pack("<ii", 999, 0))
    _write_cases(file, variables, cases)


def _header(title: str, size: int, count: int) -> bytes:
    # No clock time: when a file was made is said by whoever makes it.
    return (
        b"$FL2"
        + _padded(b"@(#) SPSS DATA FILE consult", 60)
        + struct.pack("<iiiiid", 2, size, 1, 0, count, float(_BIAS))
        + b"01 Jan 70"
        + b"00:00:00"
        + _padded(_cut(title, 64), 64)
        + b"\0" * 3
    )


def _short_names(variables: Sequence[Variable]) -> list[list[str]]:
    """A name of eight letters for each variable of the file; people meet the long ones."""
    names = (f"V{number:06d}" for number in range(1, 10**6))
    return [[next(names) for _segment in each.segments] for each in variables]


def _declared(each: Variable, names: Sequence[str]) -> bytes:
    parts = []
    for place, (width, name) in enumerate(zip(each.segments, names, strict=True)):
        shown = _FORMATS[each.format] << 16 | (min(width, _SHORT) or _width(each)) << 8 | each.decimals
        label = _cut(each.label, LONGEST_LABEL) if place == 0 else b""
        refused = each.refused if place == 0 else ()
        parts.append(struct.pack("<iiiiii", 2, width, int(bool(label)), len(refused), shown, shown))
        parts.append(_padded(name.encode(), 8))
        if label:
            parts.append(struct.pack("<i", len(label)) + _filled(label, 4))
        parts += [struct.pack("<d", value) for value in refused]
        parts += [struct.pack("<iiiiii8s", 2, -1, 0, 0, 0, 0, b" " * 8)] * (_elements(width) - 1)
    return b"".join(parts)


def _width(each: Variable) -> int:
    return max(_WIDTHS[each.format], each.decimals + 6 if each.decimals else 0)


def _value_labels(variables: Sequence[Variable]) -> bytes:
    parts, index = [], 1
    for each in variables:
        if each.labels:
            parts.append(struct.pack("<ii", 3, len(each.labels)))
            for value, said in each.labels.items():
                label = _cut(said, LONGEST_VALUE_LABEL)
                parts.append(struct.pack("<d", value) + _filled(bytes((len(label),)) + label, 8, b" "))
            parts.append(struct.pack("<iii", 4, 1, index))
        index += sum(_elements(width) for width in each.segments)
    return b"".join(parts)


def _information(variables: Sequence[Variable], short: Sequence[Sequence[str]], count: int) -> bytes:
    display = b"".join(
        struct.pack("<iii", _MEASURES[each.measure], 12, int(each.format != "text"))
        for each in variables
        for _segment in each.segments
    )
    long_names = "\t".join(f"{names[0]}={each.name}" for each, names in zip(variables, short, strict=True))
    long_texts = "".join(
        f"{names[0]}={each.width:05d}\0\t"
        for each, names in zip(variables, short, strict=True)
        if len(names) > 1
    )
    records = [
        (3, 4, struct.pack("<8i", 1, 0, 0, -1, 1, 1, 2, 65001)),
        (4, 8, _MISSING + _HIGHEST + _LOWEST),
        (11, 4, display),
        (13, 1, long_names.encode()),
        (14, 1, long_texts.encode()),
        (16, 8, struct.pack("<qq", 1, count)),
        (20, 1, b"UTF-8"),
    ]
    return b"".join(
        struct.pack("<iiii", 7, kind, size, len(content) // size) + content
        for kind, size, content in records
        if content
    )


def _write_cases(file: IO[bytes], variables: Sequence[Variable], cases: Iterable[Sequence[Value]]) -> None:
    codes, literals = bytearray(), bytearray()
    for case in cases:
        for each, value in zip(variables, case, strict=True):
            for element in _stored(each, value):
                if isinstance(element, int):
                    codes.append(element)
                else:
                    codes.append(_LITERAL)
                    literals += element
                if len(codes) == 8:
                    file.write(codes + literals)
                    codes.clear()
                    literals.clear()
    if codes:
        file.write(codes.ljust(8, b"\0") + literals)


def _stored(each: Variable, value: Value) -> Iterator[int | bytes]:
    """Elements of eight bytes, or the byte code that says what is in one."""
    if each.format == "text":
        yield from _text(each, value if isinstance(value, bytes) else b"")
    elif value is None or isinstance(value, bytes):
        yield _NOTHING
    elif value == int(value) and 1 <= value + _BIAS <= 251:
        yield int(value) + _BIAS
    else:
        yield struct.pack("<d", value)


def _text(each: Variable, value: bytes) -> Iterator[int | bytes]:
    segments = each.segments
    for place, width in enumerate(segments):
        room = _elements(width) * 8
        part = value[place * _SHORT : (place + 1) * _SHORT] if len(segments) > 1 else value
        part = part.ljust(room)
        for start in range(0, room, 8):
            element = part[start : start + 8]
            yield _SPACES if element == _EIGHT_SPACES else element


def _elements(width: int) -> int:
    return max(1, -(-width // 8))


def _cut(text: str, most: int) -> bytes:
    """The first bytes of a text that are whole characters."""
    encoded = text.encode("utf-8", "replace")
    if len(encoded) <= most:
        return encoded
    return encoded[: most - 3].decode("utf-8", "ignore").encode() + "…".encode()


def _padded(content: bytes, size: int) -> bytes:
    return content[:size].ljust(size)


def _filled(content: bytes, size: int, filling: bytes = b" ") -> bytes:
    return content + filling * (-len(content) % size)
