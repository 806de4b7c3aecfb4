"""SQLite: its online backup, rewritten in the order of keys, checked by SQLite itself and by the dump."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any

from consult.backups.container import BackupRefused, Content
from consult.db import Database
from consult.db.locks import exclusive_file
from consult.db.sqlite import lock_of, path_of
from consult.schema import is_known, migrate

NAME = "sqlite"


def dump(database: Database, folder: Path) -> tuple[Path, Content]:
    """A file with what the database holds at this moment, and what that is."""
    copy = folder / "copy.db"
    os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with _opened(path_of(database.url)) as source, _opened(copy) as target:
        source.execute("BEGIN")
        expected = _content(source)
        source.backup(target)
        source.execute("ROLLBACK")
        # Drops what was deleted, and the order in which rows came.
        target.execute("PRAGMA journal_mode=DELETE")
        target.execute("VACUUM")
        _check(target, expected)
    return copy, expected


def restore(database: Database, content: Content, payload: IO[bytes], folder: Path) -> None:
    """Raises BackupRefused before anything is changed."""
    copy = folder / "restored.db"
    with os.fdopen(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        shutil.copyfileobj(payload, file)
    if not is_known(content.revision):
        raise BackupRefused("newer")
    try:
        with _opened(copy) as source:
            _check(source, content)
    except sqlite3.DatabaseError:
        raise BackupRefused("inconsistent") from None
    restored = Database(f"sqlite:///{copy}")
    migrate(restored)
    restored.dispose()
    database.dispose()
    path = path_of(database.url)
    with exclusive_file(lock_of(path)), _opened(copy) as source, _opened(path) as target:
        # One transaction of SQLite: who reads sees the old or the new, and a crash leaves the old.
        source.backup(target)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=FULL")
        yield connection


def _check(connection: sqlite3.Connection, expected: Content) -> None:
    is_whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    dangling = connection.execute("PRAGMA foreign_key_check").fetchone()
    if not is_whole or dangling is not None or _content(connection) != expected:
        raise BackupRefused("inconsistent")


def _content(connection: sqlite3.Connection) -> Content:
    digest = hashlib.sha256()
    rows: dict[str, int] = {}
    tables = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    ).fetchall()
    for table, definition in tables:
        digest.update(_line([table, definition]))
        rows[table] = 0
        for row in connection.execute(f'SELECT * FROM "{table}" ORDER BY {_key(connection, table)}'):  # noqa: S608
            digest.update(_line(row))
            rows[table] += 1
    revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return Content(revision[0] if revision else "", rows, digest.hexdigest())


def _key(connection: sqlite3.Connection, table: str) -> str:
    columns = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    named = [name for _place, name, _type, _null, _default, key in columns if key] or [
        column[1] for column in columns
    ]
    return ", ".join(f'"{name}"' for name in named)


def _line(values: Any) -> bytes:
    """Every value with its storage class: 1, 1.0 and "1" are three things."""
    return json.dumps(values, default=lambda blob: f"blob {blob.hex()}", separators=(",", ":")).encode()
