"""One folder of files by content: ``ab/cdef…`` after the SHA-256 of what is in it."""

from __future__ import annotations

import hashlib
import io
import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from consult.db.errors import StorageUnavailable
from consult.db.locks import exclusive_file

_DIGEST = re.compile("[0-9a-f]{64}")
_BLOCK = 1 << 18
_INCOMING = "incoming"
_ABANDONED = 24 * 3600.0
"""Seconds after which a file that was never finished is nobody's any more."""


class FileTooLarge(Exception):
    """More than ``limit`` bytes: nothing was kept."""

    def __init__(self, limit: int) -> None:
        super().__init__("the file is larger than it may be")
        self.limit = limit


class FileMissing(Exception):
    """No file of this hash is here (any more)."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file: hash, size in bytes, and when it was last put (POSIX seconds)."""

    digest: str
    size: int
    put_at: float


class FileStore:
    """Files of one folder, which is made (0700) with the first of them. Safe for threads and processes.

    What is stored twice is there once. Every method raises StorageUnavailable when the disk refuses.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, content: bytes | BinaryIO, limit: int) -> str:
        """Keep ``content`` and give its hash; it is on the disk, whole, when this returns.

        Raises FileTooLarge for more than ``limit`` bytes; a stream is read no further than that.
        """
        source = io.BytesIO(content) if isinstance(content, bytes) else content
        with _translated(), self._aside() as aside:
            digest = _copy(source, aside, limit)
            place = self._place(digest)
            _make_folder(place.parent)
            # Against a sweep, which looks at the age and takes away: one of both comes first.
            with exclusive_file(self.folder / ".lock"):
                aside.replace(place)
            _flush_folder(place.parent)
        return digest

    def open(self, digest: str) -> BinaryIO:
        """The file, to read. Raises FileMissing."""
        with _translated():
            try:
                return self._place(digest).open("rb")
            except FileNotFoundError:
                raise FileMissing from None

    def exists(self, digest: str) -> bool:
        """Whether a file of this hash is here."""
        return _DIGEST.fullmatch(digest) is not None and self._place(digest).exists()

    def delete(self, digest: str, *, unless_put_after: float | None = None) -> bool:
        """Take a file away; False when it was not here, or was put (again) after that POSIX time."""
        if not self.exists(digest):
            return False
        place = self._place(digest)
        with _translated(), exclusive_file(self.folder / ".lock"):
            try:
                if unless_put_after is not None and place.stat().st_mtime > unless_put_after:
                    return False
                place.unlink()
            except FileNotFoundError:
                return False
        return True

    def every(self) -> Iterator[Kept]:
        """All files, by hash. What came or went meanwhile may or may not be among them."""
        for shard in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            for place in sorted(shard.iterdir()):
                try:
                    found = place.stat()
                except FileNotFoundError:
                    continue
                yield Kept(shard.name + place.name, found.st_size, found.st_mtime)

    def forget_unfinished(self) -> int:
        """Take away what interrupted puts left behind a day ago and earlier; how many."""
        ended = [
            path
            for path in (self.folder / _INCOMING).glob("*")
            if path.stat().st_mtime < time.time() - _ABANDONED
        ]
        for path in ended:
            path.unlink(missing_ok=True)
        return len(ended)

    def forget_times(self, before: float) -> None:
        """Let files that were put before that POSIX time say no more when: for answers nobody may know."""
        for kept in self.every():
            if 0 < kept.put_at < before:
                with suppress(FileNotFoundError):
                    os.utime(self._place(kept.digest), (0, 0))

    def check(self) -> None:
        """Write, flush and take away a small file. Raises StorageUnavailable."""
        with _translated(), self._aside() as aside:
            _copy(io.BytesIO(b"ready\n"), aside, 6)

    @contextmanager
    def _aside(self) -> Iterator[Path]:
        folder = self.folder / _INCOMING
        _make_folder(folder)
        path = folder / secrets.token_hex(16)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def _place(self, digest: str) -> Path:
        if _DIGEST.fullmatch(digest) is None:
            raise FileMissing
        return self.folder / digest[:2] / digest[2:]


def _copy(source: BinaryIO, path: Path, limit: int) -> str:
    digest, left = hashlib.sha256(), limit
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        while block := source.read(min(_BLOCK, left + 1)):
            left -= len(block)
            if left < 0:
                raise FileTooLarge(limit)
            digest.update(block)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _make_folder(folder: Path) -> None:
    """With every folder above it that is missing, each 0700 and known to the disk before it is used."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    _flush_folder(folder.parent)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        raise StorageUnavailable(f"files: {problem.strerror}") from None
