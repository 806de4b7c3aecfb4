"""A shelf as a file: written whole under another name and put into place, read by looking at it in memory.

    magic (8) · CRC-32 of what follows (4) · format (4) · length of the header (8) · header (JSON) · arrays

Files are derived from responses and belong to one release: one that is damaged, of another survey or another
format is no file. Several processes look at the same memory. Nothing in it says in which order answers came.
"""

from __future__ import annotations

import mmap
import os
import secrets
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from isal.isal_zlib import crc32

from consult.reports.code_columns.coding import Codes, Coding, Piece, Table
from consult.reports.code_columns.plan import Column
from consult.responses.ranges import Mark

FORMAT = 1
"""Goes up with every change of what stands in a file or of how answers are read."""

_MAGIC = b"consult\x1f"
_HEAD = struct.Struct("<8sIIQ")
_ALIGNED = 8


@dataclass(frozen=True, slots=True)
class Shelf:
    """``marks`` of its ranges when they were folded; ``stamps``: version → stamp of its plan."""

    survey: str
    marks: tuple[Mark, ...]
    stamps: Mapping[str, str]
    piece: Piece


def write_shelf(path: Path, shelf: Shelf) -> None:
    """Mode 0600. Raises OSError."""
    aside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(content_of(shelf))
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def content_of(shelf: Shelf) -> list[bytes]:
    """What the file holds, in parts."""
    arrays: list[Codes] = []
    header = orjson.dumps(
        {
            "survey": shelf.survey,
            "marks": shelf.marks,
            "stamps": dict(sorted(shelf.stamps.items())),
            "counts": shelf.piece.counts,
            "tables": [_described(path, table, arrays) for path, table in sorted(shelf.piece.tables.items())],
        }
    )
    body = [_padded(header), *(_padded(array.tobytes()) for array in arrays)]
    check = crc32(struct.pack("<IQ", FORMAT, len(header)))
    for part in body:
        check = crc32(part, check)
    return [_HEAD.pack(_MAGIC, check, FORMAT, len(header)), *body]


def _described(path: tuple[str, ...], table: Table, arrays: list[Codes]) -> dict[str, Any]:
    arrays.append(table.parents)
    columns = []
    for column, coding in sorted(table.columns.items()):
        arrays.append(coding.codes)
        keys = [key.decode() for key in coding.keys]
        columns.append([column.key, column.mode, coding.codes.dtype.itemsize, keys])
    return {"path": path, "length": table.length, "parents": len(table.parents), "columns": columns}


def _padded(content: bytes) -> bytes:
    return content + bytes(-len(content) % _ALIGNED)


def read_shelf(path: Path, survey: str) -> Shelf | None:
    """None where there is no such file, or what stands there cannot be trusted."""
    try:
        with path.open("rb") as file:
            held = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        shelf = _read(held)
    except (OSError, ValueError, KeyError, TypeError, IndexError, struct.error, OverflowError):
        return None
    return shelf if shelf.survey == survey else None


def _read(held: mmap.mmap) -> Shelf:
    magic, check, form, length = _HEAD.unpack_from(held)
    start = _HEAD.size - struct.calcsize("<IQ")
    with memoryview(held) as whole:
        if magic != _MAGIC or form != FORMAT or crc32(whole[start:]) != check:
            raise ValueError("not one of our files, of another format, or damaged")
        header = orjson.loads(whole[_HEAD.size : _HEAD.size + length])
    arrays = _Arrays(held, _HEAD.size + length + -length % _ALIGNED)
    tables = {tuple(each["path"]): _table(each, arrays) for each in header["tables"]}
    marks = tuple((count, changes) for count, changes in header["marks"])
    return Shelf(header["survey"], marks, header["stamps"], Piece(tuple(header["counts"]), tables))


def _table(described: Mapping[str, Any], arrays: _Arrays) -> Table:
    path, length = tuple(described["path"]), described["length"]
    parents = arrays.take(np.uint32, described["parents"])
    columns = {}
    for key, mode, size, keys in described["columns"]:
        codes = arrays.take(_TYPES[size], length)
        columns[Column(path, key, mode)] = Coding(codes, [key.encode() for key in keys])
    return Table(length, parents, columns)


_TYPES = {1: np.uint8, 2: np.uint16, 4: np.uint32}


class _Arrays:
    """One array after the other, without copying it."""

    def __init__(self, held: mmap.mmap, offset: int) -> None:
        self._held = held
        self._offset = offset

    def take(self, type_: Any, length: int) -> Codes:
        array = np.frombuffer(self._held, type_, length, self._offset)
        self._offset += array.nbytes + -array.nbytes % _ALIGNED
        return array
