"""Files are kept whole, once, by what is in them, and for nobody else on the machine."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import stat
import time
from pathlib import Path

import pytest

from consult.db import StorageUnavailable
from consult.files import FileMissing, FileStore, FileTooLarge, answer_files, form_files
from consult.settings import Settings

ABSENT = "0" * 64


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files" / "answers")


def _files(store: FileStore) -> list[Path]:
    return [path for path in store.folder.rglob("*") if path.is_file() and path.name != ".lock"]


@pytest.mark.parametrize("content", [b"", b"a picture", b"x" * 1_000_000], ids=["empty", "small", "large"])
def test_what_is_put_is_read_back_by_its_hash(store: FileStore, content: bytes) -> None:
    digest = store.put(content, limit=1_000_000)

    assert digest == hashlib.sha256(content).hexdigest()
    with store.open(digest) as file:
        assert file.read() == content


def test_stream_is_kept_like_bytes(store: FileStore) -> None:
    assert store.put(io.BytesIO(b"a picture"), limit=100) == store.put(b"a picture", limit=100)


def test_same_content_is_there_once(store: FileStore) -> None:
    store.put(b"a picture", limit=100)
    store.put(b"a picture", limit=100)

    assert [kept.size for kept in store.every()] == [9]
    assert len(_files(store)) == 1


def test_what_is_too_large_is_not_kept(store: FileStore) -> None:
    with pytest.raises(FileTooLarge) as refused:
        store.put(b"x" * 101, limit=100)

    assert refused.value.limit == 100
    assert _files(store) == []


def test_stream_without_end_is_read_no_further_than_the_limit(store: FileStore) -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"x" * size

    endless = Endless()
    with pytest.raises(FileTooLarge):
        store.put(endless, limit=1000)
    assert endless.given <= 2002


def test_nobody_else_on_the_machine_can_read(store: FileStore) -> None:
    store.put(b"a picture", limit=100)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in store.folder.parent.rglob("*")}

    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}


@pytest.mark.parametrize("digest", [ABSENT, "", "../../etc/passwd", "A" * 64, f"{ABSENT}\n"])
def test_what_is_no_hash_of_a_file_is_missing(store: FileStore, digest: str) -> None:
    store.put(b"a picture", limit=100)

    assert not store.exists(digest)
    assert not store.delete(digest)
    with pytest.raises(FileMissing):
        store.open(digest)


def test_deleted_file_is_gone(store: FileStore) -> None:
    digest = store.put(b"a picture", limit=100)

    assert store.exists(digest)
    assert store.delete(digest)
    assert not store.exists(digest)
    assert list(store.every()) == []


def test_file_that_was_put_again_escapes_a_sweep(store: FileStore) -> None:
    digest = store.put(b"a picture", limit=100)
    old = time.time() - 1000
    os.utime(store.folder / digest[:2] / digest[2:], (old, old))
    begun_at = old + 1
    store.put(b"a picture", limit=100)

    assert not store.delete(digest, unless_put_after=begun_at)
    assert store.delete(digest, unless_put_after=time.time() + 1)


def test_full_disk_keeps_nothing_and_says_so(store: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.put(b"before", limit=100)

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageUnavailable):
        store.put(b"after", limit=100)
    with pytest.raises(StorageUnavailable):
        store.check()
    assert len(_files(store)) == 1


def test_what_an_interrupted_put_left_is_forgotten_after_a_day(store: FileStore) -> None:
    store.put(b"a picture", limit=100)
    for name, age in (("yesterday", 90_000), ("now", 0)):
        left = store.folder / "incoming" / name
        left.write_bytes(b"half")
        os.utime(left, (time.time() - age,) * 2)

    assert store.forget_unfinished() == 1
    assert [path.name for path in (store.folder / "incoming").iterdir()] == ["now"]
    assert len(list(store.every())) == 1


def test_old_files_no_longer_tell_when_they_came(store: FileStore) -> None:
    store.put(b"a picture", limit=100)
    store.forget_times(before=time.time() - 3600)
    assert [kept.put_at > 0 for kept in store.every()] == [True]
    store.forget_times(before=time.time() + 1)

    assert [kept.put_at for kept in store.every()] == [0]


def test_store_that_can_be_written_is_ready_and_stays_empty(store: FileStore) -> None:
    store.check()

    assert _files(store) == []


def test_answers_and_forms_have_a_store_each(settings: Settings) -> None:
    digest = answer_files(settings).put(b"a picture", limit=100)

    assert not form_files(settings).exists(digest)
