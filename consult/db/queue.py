"""Many callers, one commit: a flush to disk is the cost of storing, and it can be shared.

Inside a process the first caller leads: it waits for its turn among the processes, runs what has queued
meanwhile, commits once and wakes the others. Then the first of those who came later
leads. Nobody leads twice in a row while others wait, and nobody is told before the commit.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Generic, TypeVar, cast

import sqlalchemy as sa

from consult.db.errors import StorageUnavailable
from consult.db.prepared import Bound

T = TypeVar("T")
Work = Callable[[sa.Connection], T]

LARGEST_BATCH = 256
"""Jobs to one commit: keeps the time under the lock, and so the wait of other processes, short."""


class Job(Generic[T]):
    """One caller's work and what became of it.

    ``sleeping``: held until the work is done or its caller has to lead. A bare lock: waking a thread by an
    event of ``threading`` takes three locks, which were a tenth of the time of storing.
    """

    __slots__ = ("error", "has_to_lead", "is_done", "result", "sleeping", "work")

    def __init__(self, work: Work[T]) -> None:
        self.work = work
        self.sleeping = threading.Lock()
        self.sleeping.acquire()
        self.has_to_lead = self.is_done = False
        self.error: BaseException | None = None
        self.result: T | None = None

    def outcome(self) -> T:
        if self.error is not None:
            raise self.error
        return cast(T, self.result)


Batch = Sequence[Job[Any]]


def each_by_itself(connection: sa.Connection, batch: Batch) -> None:
    """On SQLite, inside a transaction: one that fails undoes nothing of the others."""
    for job in batch:
        _run(connection, job, job.work) if isinstance(job.work, Bound) else _run_in_savepoint(connection, job)


class CommitQueue:
    """``turn`` gives the connection of a leader, until its block ends, which makes what was done durable.

    ``carry_out`` does a batch on it and gives every job its result or its error; what it raises is the
    failure of all.
    """

    def __init__(
        self,
        turn: Callable[[], AbstractContextManager[sa.Connection]],
        carry_out: Callable[[sa.Connection, Batch], None] = each_by_itself,
    ) -> None:
        self._turn = turn
        self._carry_out = carry_out
        self._mutex = threading.Lock()
        self._waiting: deque[Job[Any]] = deque()
        self._has_leader = False

    def run(self, work: Work[T]) -> T:
        """The result of ``work`` once it is durable. Raises what ``work`` raised, or StorageUnavailable."""
        job = Job(work)
        with self._mutex:
            self._waiting.append(job)
            leads, self._has_leader = not self._has_leader, True
        if not leads:
            leads = self._wait(job)
        if leads:
            self._lead()
        return job.outcome()

    def _wait(self, job: Job[Any]) -> bool:
        """Whether the job came back undone because its caller has to lead."""
        try:
            job.sleeping.acquire()
        except BaseException:  # interrupted: the others must not wait for somebody who left
            with self._mutex:
                if job in self._waiting:
                    self._waiting.remove(job)
                if job.has_to_lead and not job.is_done:
                    self._choose_leader()
            raise
        return not job.is_done

    def _lead(self) -> None:
        batch: list[Job[Any]] = []
        failure: BaseException | None = None
        try:
            with self._turn() as connection:
                with self._mutex:
                    while self._waiting and len(batch) < LARGEST_BATCH:
                        batch.append(self._waiting.popleft())
                self._carry_out(connection, batch)
        except Exception as error:
            failure = error
        except BaseException as error:  # interrupted: the leader leaves, the others are told
            failure = error
            raise
        finally:
            with self._mutex:
                if not batch:  # no turn came: those who wait share the reason
                    batch.extend(self._waiting)
                    self._waiting.clear()
                self._choose_leader()
            for job in batch:
                if failure is not None and job.error is None:
                    job.error = _unavailable(failure)
                job.is_done = True
                job.sleeping.release()

    def _choose_leader(self) -> None:
        if self._waiting:
            self._waiting[0].has_to_lead = True
            self._waiting[0].sleeping.release()
        else:
            self._has_leader = False


def _run(connection: sa.Connection, job: Job[Any], work: Bound) -> None:
    """One statement needs no savepoint: SQLite undoes it whole (https://www.sqlite.org/lang_conflict.html)."""
    try:
        job.result = work.through_driver(connection)
    except Exception as error:
        if not connection.connection.in_transaction:
            raise  # SQLite has undone the whole transaction (disk full): the batch has failed
        job.error = error


def _run_in_savepoint(connection: sa.Connection, job: Job[Any]) -> None:
    # Through the driver: SQLAlchemy's own savepoints cost more than the work they guard.
    driver = connection.connection.cursor()
    driver.execute("SAVEPOINT job")
    try:
        job.result = job.work(connection)
    except Exception as error:
        job.error = error
        # Fails when SQLite has undone the whole transaction (disk full): then the batch has failed.
        driver.execute("ROLLBACK TO job")
    driver.execute("RELEASE job")
    driver.close()


def _unavailable(failure: BaseException) -> StorageUnavailable:
    """An error of its own for each caller: one exception must not be raised in several threads."""
    kind = type(failure) if isinstance(failure, StorageUnavailable) else StorageUnavailable
    unavailable = kind("the commit that was shared has failed")
    unavailable.__cause__ = failure
    return unavailable
