"""The file: one line of JSON that says what follows, then the compressed content. Any flipped bit shows.

The content: files (see files.py), then the dump of the database.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, cast

_FORMAT = "consult backup 2"
_LONGEST_HEADER = 64 * 1024
_BLOCK = 1 << 20


class BackupRefused(Exception):
    """Why a backup cannot be restored, as a code for a translated sentence:

    ``not_a_backup``, ``damaged`` (cut short, or any byte changed), ``other_engine``, ``newer`` (made by a
    later version of this software), ``inconsistent`` (whole, but its content contradicts itself).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Content:
    """What a database held: ``revision`` of its schema, rows of each table, SHA-256 of the canonical dump."""

    revision: str
    rows: Mapping[str, int]
    dump: str


@dataclass(frozen=True, slots=True)
class Header:
    """The first line. ``length`` and ``payload`` (SHA-256): of what follows it."""

    engine: str
    content: Content
    length: int
    payload: str
    format: str = field(default=_FORMAT)


def write_container(
    file: IO[bytes], engine: str, content: Content, files: Iterable[bytes], dump: Path
) -> Header:
    """Compress ``files`` and ``dump`` behind their header."""
    packed = dump.with_name("packed")
    with dump.open("rb") as source, gzip.GzipFile(packed, "wb", compresslevel=6, mtime=0) as target:
        for block in files:
            target.write(block)
        shutil.copyfileobj(source, target, _BLOCK)
    with packed.open("rb") as source:
        header = Header(engine, content, packed.stat().st_size, _digest(source))
        file.write(_line(header))
        source.seek(0)
        shutil.copyfileobj(source, file, _BLOCK)
    return header


@contextmanager
def open_container(path: Path) -> Iterator[tuple[Header, IO[bytes]]]:
    """The header and the uncompressed content, once every byte has been checked. Raises BackupRefused."""
    with path.open("rb") as file:
        header = _header(file.readline(_LONGEST_HEADER))
        start = file.tell()
        if path.stat().st_size != start + header.length or _digest(file) != header.payload:
            raise BackupRefused("damaged")
        file.seek(start)
        with gzip.GzipFile(fileobj=file, mode="rb") as payload:
            yield header, cast("IO[bytes]", payload)


def _header(line: bytes) -> Header:
    try:
        document = json.loads(line)
        if document["format"] != _FORMAT:
            raise BackupRefused("not_a_backup")
        found = Header(**_without(document, "own"))
        header = Header(found.engine, Content(**document["content"]), found.length, found.payload)
    except (KeyError, RecursionError, TypeError, ValueError):
        raise BackupRefused("not_a_backup") from None
    if _line(header) != line:
        raise BackupRefused("damaged")
    return header


def _line(header: Header) -> bytes:
    document = asdict(header)
    document["own"] = hashlib.sha256(_canonical(document)).hexdigest()
    return _canonical(document) + b"\n"


def _canonical(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, sort_keys=True, separators=(",", ":")).encode()


def _without(document: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key != name}


def _digest(file: IO[bytes]) -> str:
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
