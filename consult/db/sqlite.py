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
from consult.db.types import read_json, write_json

COMPANIONS = ("-wal", "-shm", ".lock")
"""What stands beside the file: the write-ahead log, its index, and our queue."""

_PRAGMAS = (
    "journal_mode=WAL",
    # NORMAL loses acknowledged commits on power loss; measured in docs/architecture.md.
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "busy_timeout=30000",
    # Sorting never spills answers into files of the temporary folder.
    "temp_store=MEMORY",
)
# The low byte of a code: extended codes add to it.
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


def open_sqlite(url: sa.URL) -> tuple[sa.Engine, sa.Engine]:
    """An engine that writes and one that reads the file of ``url``, made (0600) if missing.

    Two, because to allow or forbid writing on one connection makes SQLite forget every prepared statement.
    Raises InsecureDatabase.
    """
    path = path_of(url)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Created here with 0600: SQLite itself would make it, and its -wal, world-readable.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    refuse_open_files(path)
    # A reader that turns writer fails at once when somebody wrote in between: writers say so first.
    return (
        _engine(url, query_only=False, begin="BEGIN IMMEDIATE"),
        _engine(url, query_only=True, begin="BEGIN"),
    )


def _engine(url: sa.URL, *, query_only: bool, begin: str) -> sa.Engine:
    engine = sa.create_engine(
        url,
        connect_args={"timeout": 30},
        pool_size=40,
        hide_parameters=True,
        json_serializer=write_json,
        json_deserializer=read_json,
    )

    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in (*_PRAGMAS, f"query_only={query_only}"):
            connection.execute(f"PRAGMA {pragma}")

    def translated(context: sa.engine.ExceptionContext) -> StorageUnavailable | None:
        error: Any = context.original_exception
        code = getattr(error, "sqlite_errorcode", None)
        is_refused = query_only and code == sqlite3.SQLITE_READONLY  # a mistake of ours, not of the disk
        if code is None or is_refused or code & 0xFF not in _CANNOT_STORE:
            return None
        return StorageUnavailable(f"SQLite: {error.sqlite_errorname}")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "checkin", _end_transaction)
    event.listen(engine, "begin", lambda connection: _say(connection, begin))
    event.listen(engine, "handle_error", translated, retval=True)
    return engine


def _end_transaction(connection: sqlite3.Connection | None, _record: Any) -> None:
    # A commit that fails can leave its transaction open: the next user of the connection must not find it.
    if connection is not None and connection.in_transaction:
        connection.rollback()


def _say(connection: sa.Connection, statement: str) -> None:
    # Through the driver: SQLAlchemy's own way costs as much as an insert.
    cursor = connection.connection.cursor()
    cursor.execute(statement)
    cursor.close()


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
