"""Files in a backup: each behind a line that says whose and how long, all before the dump of the database."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import IO, Any, BinaryIO, cast

from consult.backups.container import BackupRefused
from consult.files import FileMissing, FileStore

_BLOCK = 1 << 20
_LONGEST_LINE = 1024

Stores = Mapping[str, FileStore]
"""Name → store, as :func:`consult.files.file_stores` gives them."""


def packed_files(stores: Stores) -> Iterator[bytes]:
    """Every file of ``stores`` by name and hash, then an end. What is taken away meanwhile is left out."""
    for name, store in sorted(stores.items()):
        for kept in store.every():
            try:
                file = store.open(kept.digest)
            except FileMissing:
                continue
            with file:
                yield _line({"store": name, "digest": kept.digest, "size": kept.size})
                while block := file.read(_BLOCK):
                    yield block
    yield _line({})


def unpack_files(source: IO[bytes], stores: Stores) -> None:
    """Keep what :func:`packed_files` gave, up to its end. What else is in the stores stays there.

    Raises BackupRefused for a file that is not what its hash says, or of a store that is not given.
    """
    try:
        while head := json.loads(source.readline(_LONGEST_LINE)):
            part = _Part(source, int(head["size"]))
            if stores[head["store"]].put(cast("BinaryIO", part), part.left) != head["digest"]:
                raise BackupRefused("inconsistent")
    except (KeyError, RecursionError, TypeError, ValueError):
        raise BackupRefused("inconsistent") from None


class _Part:
    """The next ``left`` bytes of a stream, as a stream."""

    def __init__(self, source: IO[bytes], left: int) -> None:
        self._source, self.left = source, left

    def read(self, size: int) -> bytes:
        block = self._source.read(min(size, self.left))
        self.left -= len(block)
        return block


def _line(head: Mapping[str, Any]) -> bytes:
    return json.dumps(head, sort_keys=True, separators=(",", ":")).encode() + b"\n"
