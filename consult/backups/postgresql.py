"""PostgreSQL: COPY of every table on one snapshot, read back in one transaction that keeps all or nothing.

No client programs are needed, so that their version cannot be the wrong one on the day that it matters.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import sqlalchemy as sa

from consult.backups.container import BackupRefused, Content
from consult.db import Database
from consult.schema import install_revision, is_known, migrate_connection, revision_of

NAME = "postgresql"

_END = b"\\.\n"


def dump(database: Database, folder: Path) -> tuple[Path, Content]:
    """A file with what the database holds at this moment, and what that is."""
    path = folder / "copy"
    with database.read() as session, path.open("xb") as file:
        connection = session.connection()
        return path, _copy_out(connection, file)


def restore(database: Database, content: Content, payload: IO[bytes], _folder: Path) -> None:
    """Raises BackupRefused; then nothing was changed."""
    if not is_known(content.revision):
        raise BackupRefused("newer")
    try:
        with database.write() as session:
            connection = session.connection()
            install_revision(connection, content.revision)
            _copy_in(connection, payload)
            if _copy_out(connection, None) != content:
                raise BackupRefused("inconsistent")
            migrate_connection(connection)
    except (KeyError, TypeError, ValueError, sa.exc.DBAPIError, _driver_error(database)):
        raise BackupRefused("inconsistent") from None


def _copy_out(connection: sa.Connection, file: IO[bytes] | None) -> Content:
    digest = hashlib.sha256()
    rows: dict[str, int] = {}
    for table in _tables(connection):
        columns = [column["name"] for column in sa.inspect(connection).get_columns(table)]
        head = json.dumps({"table": table, "columns": columns}).encode() + b"\n"
        for block in (head, *_rows(connection, table, columns), _END):
            digest.update(block)
            if file is not None:
                file.write(block)
        counted = connection.execute(sa.select(sa.func.count()).select_from(sa.table(table)))
        rows[table] = counted.scalar_one()
    return Content(revision_of(connection) or "", rows, digest.hexdigest())


def _rows(connection: sa.Connection, table: str, columns: Sequence[str]) -> Iterator[bytes]:
    key = sa.inspect(connection).get_pk_constraint(table)["constrained_columns"]
    # As bytes: another server may sort letters otherwise.
    order = ", ".join(f'{_quoted(name)}::text COLLATE "C"' for name in key)
    query = f"SELECT {_list(columns)} FROM {_quoted(table)} ORDER BY {order}"  # noqa: S608
    with _cursor(connection).copy(f"COPY ({query}) TO STDOUT") as copy:
        yield from (bytes(block) for block in copy)


def _copy_in(connection: sa.Connection, payload: IO[bytes]) -> None:
    tables = _tables(connection)
    connection.exec_driver_sql(f"TRUNCATE {_list(tables)}")
    # Surveys and versions point at each other: checked when everything is there.
    keys = connection.exec_driver_sql(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
    ).all()
    for table, name, _definition in keys:
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {_quoted(name)}")
    for line in payload:
        head = json.loads(line)
        if head["table"] not in tables:
            raise BackupRefused("inconsistent")
        _fill(connection, head["table"], head["columns"], payload)
    for table, name, definition in keys:
        connection.exec_driver_sql(f"ALTER TABLE {table} ADD CONSTRAINT {_quoted(name)} {definition}")


def _fill(connection: sa.Connection, table: str, columns: Sequence[str], payload: IO[bytes]) -> None:
    with _cursor(connection).copy(f"COPY {_quoted(table)} ({_list(columns)}) FROM STDIN") as copy:
        for line in payload:
            if line == _END:
                return
            copy.write(line)
    raise BackupRefused("inconsistent")


def _tables(connection: sa.Connection) -> list[str]:
    return sorted(name for name in sa.inspect(connection).get_table_names() if name != "alembic_version")


def _driver_error(database: Database) -> type[Exception]:
    """What COPY raises: it goes past SQLAlchemy."""
    error: type[Exception] = database.engine.dialect.import_dbapi().Error
    return error


def _cursor(connection: sa.Connection) -> Any:
    """psycopg's: SQLAlchemy knows no COPY."""
    return connection.connection.cursor()


def _list(names: Sequence[str]) -> str:
    return ", ".join(_quoted(name) for name in names)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
