"""Files travel with the database that refers to them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from consult.backups import BackupRefused, make_backup, restore_backup
from consult.backups import files as packing
from consult.db import Database
from consult.files import FileStore


@pytest.fixture
def stores(tmp_path: Path) -> dict[str, FileStore]:
    return {name: FileStore(tmp_path / name) for name in ("answers", "forms")}


def _backup(database: Database, path: Path, stores: dict[str, FileStore]) -> Path:
    with path.open("wb") as file:
        make_backup(database, file, stores)
    return path


def test_files_come_back(database: Database, tmp_path: Path, stores: dict[str, FileStore]) -> None:
    picture = stores["answers"].put(b"\xff\xd8 a picture\n{}\n", limit=100)
    empty = stores["answers"].put(b"", limit=100)
    table = stores["forms"].put(b"a,b\n" * 100_000, limit=1_000_000)
    path = _backup(database, tmp_path / "backup", stores)
    elsewhere = {name: FileStore(tmp_path / "elsewhere" / name) for name in stores}
    restore_backup(database, path, elsewhere)

    assert {kept.digest for kept in elsewhere["answers"].every()} == {picture, empty}
    assert {kept.digest for kept in elsewhere["forms"].every()} == {table}
    with elsewhere["answers"].open(picture) as file:
        assert file.read() == b"\xff\xd8 a picture\n{}\n"


def test_files_that_came_later_stay(
    sqlite_database: Database, tmp_path: Path, stores: dict[str, FileStore]
) -> None:
    path = _backup(sqlite_database, tmp_path / "backup", stores)
    later = stores["answers"].put(b"later", limit=100)
    restore_backup(sqlite_database, path, stores)

    assert stores["answers"].exists(later)


def test_backup_with_files_is_not_restored_without_a_place_for_them(
    sqlite_database: Database, tmp_path: Path, stores: dict[str, FileStore]
) -> None:
    stores["answers"].put(b"a picture", limit=100)
    path = _backup(sqlite_database, tmp_path / "backup", stores)

    with pytest.raises(BackupRefused, match="inconsistent"):
        restore_backup(sqlite_database, path)


@pytest.mark.parametrize(
    "content",
    [
        b'{"store":"answers","digest":"' + b"0" * 64 + b'","size":2}\nab{}\n',
        b'{"store":"answers","size":2}\nab{}\n',
        b'{"store":"answers","digest":"","size":99}\nab',
        b'{"store":"../forms","digest":"","size":2}\nab{}\n',
        b"not a line\n",
        b"",
    ],
)
def test_files_that_are_not_what_they_say_are_refused(
    sqlite_database: Database,
    tmp_path: Path,
    stores: dict[str, FileStore],
    content: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def forged(_stores: packing.Stores) -> Iterator[bytes]:
        yield content

    monkeypatch.setattr("consult.backups.packed_files", forged)
    path = _backup(sqlite_database, tmp_path / "backup", stores)

    with pytest.raises(BackupRefused, match="inconsistent"):
        restore_backup(sqlite_database, path, stores)
