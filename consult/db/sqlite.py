"""SQLite set up so that an acknowledged write survives, and nobody else on the machine reads along."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from consult.db.errors import InsecureDatabase, StorageUnavailable
from consult.db.locks import exclusive_file
from consult.db.options import may_write
from consult.db.types import write_json

COMPANIONS = ("-wal", "-shm", ".lock")
"""What stands beside the file: the write-ahead log, its index, and our queue."""

_CANNOT_STORE = frozenset(
    (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
    )
)


def open_sqlite(url: sa.URL) -> sa.Engine:
    """An engine on the file of ``url``, made (0600) if missing. Raises InsecureDatabase."""
    path = path_of(url)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Created here with 0600: SQLite itself would make it, and its -wal, world-readable.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    refuse_open_files(path)
    engine = sa.create_engine(
        url,
        connect_args={"timeout": 30},
        pool_size=40,
        hide_parameters=True,
        json_serializer=write_json,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _translated, retval=True)
    return engine


def path_of(url: sa.URL) -> Path:
    """The file. Raises ValueError for a database in memory: two connections would see two databases."""
    if not url.database or url.database == ":memory:":
        raise ValueError("SQLite needs a file: sqlite:///path/to/consult.db")
    return Path(url.database)


def refuse_open_files(path: Path) -> None:
    """Raises InsecureDatabase when group or others have any right on the file or what stands beside it."""
    for each in (path, *(path.with_name(path.name + end) for end in COMPANIONS)):
        if each.exists() and each.stat().st_mode & 0o077:
            raise InsecureDatabase(f"{each} is open to other accounts of this machine; run: chmod 600 {each}")


def forget_order(engine: sa.Engine, path: Path) -> bool:
    """Rewrite the file in the order of its keys, so that the place of a row says nothing of when it came.

    Inside a page, and in the pages of long rows, SQLite lays down what comes as it comes. Also folds the
    write-ahead log, which is a diary. False when readers kept the log from being emptied: run it again.
    """
    with exclusive_file(lock_of(path)), engine.connect() as connection:
        driver = connection.connection.cursor()
        driver.execute("VACUUM")
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        is_busy = bool((driver.fetchone() or [0])[0])
        driver.close()
    return not is_busy


def lock_of(path: Path) -> Path:
    """The file by which writers queue."""
    return path.with_name(f"{path.name}.lock")


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        # NORMAL loses acknowledged commits on power loss; measured in docs/architecture.md.
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "busy_timeout=30000",
        # Sorting never spills answers into files of the temporary folder.
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    # A reader that turns writer fails at once when somebody wrote in between: writers say so first.
    is_writing = may_write(connection)
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA query_only={'OFF' if is_writing else 'ON'}")
    cursor.execute("BEGIN IMMEDIATE" if is_writing else "BEGIN")
    cursor.close()


def _translated(context: sa.engine.ExceptionContext) -> StorageUnavailable | None:
    error: Any = context.original_exception
    code = getattr(error, "sqlite_errorcode", None)
    if code is None or code & 0xFF not in _CANNOT_STORE:  # the low byte: extended codes add to it
        return None
    if code == sqlite3.SQLITE_READONLY and not may_write(context.connection):
        return None  # a mistake of ours, not of the disk
    return StorageUnavailable(f"SQLite: {error.sqlite_errorname}")
