"""One database and the ways to use it."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import orm

from consult.db import postgresql, sqlite
from consult.db.locks import exclusive_file
from consult.db.prepared import Prepared
from consult.db.queue import CommitQueue

T = TypeVar("T")


class Database:
    """One database and the ways to use it. Safe for threads, and for forks outside a unit of work.

    Raises InsecureDatabase when a SQLite file is open to other accounts of the machine. Every way to use
    it raises StorageUnavailable when the database cannot work now. ``info``: what every session of it can
    look up (``Session.info``), such as where files beside the database are.
    """

    def __init__(self, url: str) -> None:
        self.url = sa.make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            self.engine, self._single = sqlite.open_sqlite(self.url)
            reading = self._single
        else:
            self.engine = postgresql.open_postgresql(self.url)
            reading = postgresql.for_reading(self.engine)
            self._single = postgresql.for_single_statements(self.engine)
        self._lock = sqlite.lock_of(sqlite.path_of(self.url)) if self.is_sqlite else None
        self._engines = (self.engine, reading)
        self.info: dict[str, Any] = {}
        self._reading = orm.sessionmaker(reading, expire_on_commit=False, info=self.info)
        self._looking = orm.sessionmaker(self._single, expire_on_commit=False, info=self.info)
        self._writing = orm.sessionmaker(self.engine, expire_on_commit=False, info=self.info)
        self._thread = threading.local()
        self._queue = self._new_queue()
        _OPEN.add(self)

    @contextmanager
    def read(self) -> Iterator[orm.Session]:
        """A session on one consistent snapshot, in which the database itself refuses to write.

        Closing it rolls back; rows that were read stay readable afterwards, detached.
        """
        with self._reading() as session:
            yield session

    @contextmanager
    def look(self) -> Iterator[orm.Session]:
        """A session to read a row or two: on PostgreSQL each statement sees its own moment, and asks once.

        For what is decided by a write anyway. Nothing that is changed in it may be relied on.
        """
        with self._looking() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[orm.Session]:
        """A unit of work: commits when the block ends, rolls back when it raises.

        On SQLite everybody else's writing waits meanwhile: keep it short. RuntimeError inside another
        write of the same thread, which would wait for itself.
        """
        with self._alone(), self._locked(), self._writing() as session:
            yield session
            session.commit()

    def commit_together(self, work: Callable[[sa.Connection], T]) -> T:
        """Run ``work`` and return its result once it is durable; on SQLite many callers share one commit.

        ``work`` must be short, use only its connection (it may run in another caller's thread: no request,
        no session, no language), and may raise: then only its own changes are undone and the error reaches
        its own caller. RuntimeError inside :meth:`write`.
        """
        if not self.is_sqlite:
            with self._alone(), self._transaction() as connection:
                return work(connection)
        with self._alone():
            return self._queue.run(work)

    def commit_one(self, statement: Prepared, values: Mapping[str, Any]) -> int:
        """As :meth:`commit_together`, for one statement: how many rows it has changed or added.

        On PostgreSQL too many callers share one commit.
        """
        with self._alone():
            return self._queue.run(statement.bind(self.engine.dialect, values))

    def forget_order(self, *tables: str) -> bool:
        """Make the files say nothing of the order in which rows of ``tables`` came.

        Takes as long as rewriting the database (SQLite) or the tables (PostgreSQL); nobody writes
        meanwhile. False when it has to be run again because somebody was reading (SQLite).
        """
        with self._alone():
            if self.is_sqlite:
                return sqlite.forget_order(self.engine, sqlite.path_of(self.url))
            return postgresql.forget_order(self.engine, tables)

    def dispose(self) -> None:
        """Close pooled connections (at the end, after a test)."""
        for engine in self._engines:
            engine.dispose()

    def _new_queue(self) -> CommitQueue:
        if self.is_sqlite:
            return CommitQueue(self._transaction)
        return CommitQueue(self._single.connect, postgresql.carry_out)

    @contextmanager
    def _transaction(self) -> Iterator[sa.Connection]:
        with self._locked(), self.engine.begin() as connection:
            yield connection

    def _locked(self) -> AbstractContextManager[None]:
        return nullcontext() if self._lock is None else exclusive_file(self._lock)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if getattr(self._thread, "is_writing", False):
            raise RuntimeError("a write inside a write of the same thread would wait for itself")
        self._thread.is_writing = True
        try:
            yield
        finally:
            self._thread.is_writing = False

    def _prepare_fork(self) -> None:
        """SQLite may not be carried open into a child: it would believe in locks that it does not have."""
        if self.is_sqlite:
            self.dispose()

    def _start_anew(self) -> None:
        """In a forked child: connections, waiting callers and locks are the parent's."""
        for engine in self._engines:
            engine.dispose(close=False)
        self._thread = threading.local()
        self._queue = self._new_queue()


_OPEN: weakref.WeakSet[Database] = weakref.WeakSet()


def _prepare_all() -> None:
    for database in tuple(_OPEN):
        database._prepare_fork()


def _start_all_anew() -> None:
    for database in tuple(_OPEN):
        database._start_anew()


os.register_at_fork(before=_prepare_all, after_in_child=_start_all_anew)
