"""The database: declarative base, column types, engine set-up per backend, units of work.

SQLite is the default that needs nothing; PostgreSQL is the engine for more than one machine.
Every write goes through :meth:`Database.write` or :meth:`Database.commit_together`: on SQLite
both wait in one fair queue across threads and processes (see docs/architecture.md).
"""

from __future__ import annotations

import datetime as dt
import enum
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import event, orm
from sqlalchemy.dialects import postgresql

from consult.i18n import Localized

T = TypeVar("T")

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


class StorageUnavailable(Exception):
    """The database cannot take a write now (disk full, server gone): nothing was stored, try again later."""


class UTCTime(sa.types.TypeDecorator[dt.datetime]):
    """An instant. Refuses naive datetimes on the way in; gives aware UTC datetimes on the way out."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class LocalizedText(sa.types.TypeDecorator[Localized]):
    """A :class:`~consult.i18n.Localized` stored as a JSON object of language → text."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Localized | None, dialect: sa.Dialect) -> dict[str, str] | None:
        return None if value is None else dict(value)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Localized | None:
        return None if value is None else Localized(value)


def enum_by_value(kind: type[enum.Enum]) -> sa.Enum:
    """A string column with a named check constraint that stores an enum's *values*."""
    return sa.Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=32,
        name=f"{kind.__name__.lower()}_known",
        values_callable=lambda members: [member.value for member in members],
    )


class Base(orm.DeclarativeBase):
    """Base of every model."""

    metadata = sa.MetaData(naming_convention=_NAMES)
    type_annotation_map = {
        dt.datetime: UTCTime,
        dict[str, Any]: JSON,
        list[str]: JSON,
        Localized: LocalizedText,
    }


class Database:
    """One database and the ways to use it. Thread-safe; made once per process."""

    def __init__(self, url: str) -> None:
        self.url = sa.make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else _postgresql_engine(self.url)
        self._reading = orm.sessionmaker(self.engine, expire_on_commit=False)
        self._writing = orm.sessionmaker(
            self.engine.execution_options(consult_writes=True), expire_on_commit=False
        )

    @contextmanager
    def read(self) -> Iterator[orm.Session]:
        """A session on one consistent snapshot; whatever was changed in it is rolled back."""
        with self._reading() as session:
            yield session
            session.rollback()

    @contextmanager
    def write(self) -> Iterator[orm.Session]:
        """A unit of work: commits when the block ends, rolls back when it raises."""
        with self._queued(), self._writing() as session:
            yield session
            session.commit()

    def commit_together(self, work: Callable[[sa.Connection], T]) -> T:
        """Run ``work`` and return its result once it is durable; many callers may share one commit.

        ``work`` must be short, use only its connection, and may raise: then only its own changes
        are undone and the error reaches its own caller.
        """
        with self._queued(), self.engine.execution_options(consult_writes=True).begin() as connection:
            return work(connection)

    def _queued(self) -> Any:
        # SQLite's busy handler sleeps and is unfair; flock queues writers in order of arrival.
        if not self.is_sqlite or not self.url.database:
            return nullcontext()
        return _file_lock(Path(f"{self.url.database}.lock"))

    def dispose(self) -> None:
        """Close pooled connections (before a fork, after a test)."""
        self.engine.dispose()


@contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _sqlite_engine(url: sa.URL) -> sa.Engine:
    if url.database:
        path = Path(url.database)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Created here with 0600: SQLite itself would make it, and its -wal, world-readable.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    engine = sa.create_engine(url, connect_args={"timeout": 30}, pool_size=40, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin_sqlite
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        # NORMAL loses acknowledged commits on power loss; measured in docs/architecture.md.
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "busy_timeout=30000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    # A reader that turns writer fails at once when somebody wrote in between: writers say so first.
    writes = connection.get_execution_options().get("consult_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgresql_engine(url: sa.URL) -> sa.Engine:
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    return sa.create_engine(url, pool_size=40, pool_pre_ping=True, hide_parameters=True)
