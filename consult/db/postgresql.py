"""PostgreSQL set up so that a commit that returns is a commit that is kept."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from consult.db.errors import NotAcknowledged, StorageUnavailable
from consult.db.prepared import Bound
from consult.db.queue import Batch, Job
from consult.db.types import read_json, write_json

_IDLE = 5.0
"""Seconds after which a pooled connection is tried before it is used."""

_WARNING = "01000"
_READ_ONLY = "25006"

# https://www.postgresql.org/docs/current/errcodes-appendix.html: connections, resources, operator
# intervention, system errors; then: read-only (a standby), serialization, deadlock, lock not available.
_CANNOT_STORE = ("08", "53", "57P", "58", _READ_ONLY, "40001", "40P01", "55P03")


@contextmanager
def acknowledged(connection: Any) -> Iterator[None]:
    """Raises NotAcknowledged when the pooled ``connection`` warns of the commit inside the block."""
    warnings: list[str] = connection.info["consult_warnings"]
    warnings.clear()
    yield
    if _WARNING in warnings:
        raise NotAcknowledged("PostgreSQL committed with a warning: the standby has not confirmed")


class AcknowledgingDialect(PGDialect_psycopg):
    """psycopg, with a commit that believes only a plain yes.

    With a synchronous standby gone, a cancelled COMMIT reports success and only warns (01000,
    "canceling wait for synchronous replication"): the change may be lost with this server.
    """

    supports_statement_cache = True

    def do_commit(self, dbapi_connection: Any) -> None:
        with acknowledged(dbapi_connection):
            dbapi_connection.commit()


_READING: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}

registry.register("postgresql.consult", __name__, "AcknowledgingDialect")


def open_postgresql(url: sa.URL) -> sa.Engine:
    """An engine on the database of ``url``; needs the extra ``consult[postgresql]``."""
    engine = sa.create_engine(
        url.set(drivername="postgresql+consult"),
        pool_size=40,
        hide_parameters=True,
        json_serializer=write_json,
        json_deserializer=read_json,
        connect_args={"connect_timeout": 10, "options": "-c lock_timeout=10s"},
    )
    event.listen(engine, "connect", _listen_for_warnings)
    event.listen(engine, "checkin", _give_back)
    event.listen(engine, "checkout", _ping_if_idle)
    event.listen(engine, "handle_error", _translated, retval=True)
    return engine


def for_reading(engine: sa.Engine) -> sa.Engine:
    """The same connections, for transactions that see one snapshot and cannot write."""
    return engine.execution_options(**_READING)


def for_single_statements(engine: sa.Engine) -> sa.Engine:
    """The same connections, where every statement is a transaction: one way to and fro instead of three."""
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def carry_out(connection: sa.Connection, batch: Batch) -> None:
    """Do a batch of single statements on a connection of an engine :func:`for_single_statements`.

    Together they go to and fro once and share a commit; when one of them fails, all are undone and each is
    its own transaction. Raises StorageUnavailable when nobody knows what became of them.
    """
    if len(batch) > 1 and _all_at_once(connection, batch):
        return
    for job in batch:
        try:
            with acknowledged(connection.connection):
                job.result = job.work(connection)
        except Exception as error:
            job.error = error


def _all_at_once(connection: sa.Connection, batch: Batch) -> bool:
    """False when the server has refused one of them, and so all."""
    driver: Any = connection.connection.driver_connection
    try:
        with acknowledged(connection.connection), driver.pipeline(), driver.transaction():
            sent = [_send(driver, text, jobs) for text, jobs in _by_text(batch).items()]
    except NotAcknowledged:
        raise
    except Exception as error:
        # Without a code, or without a connection, the server has not said whether it has committed.
        if driver.closed or getattr(error, "sqlstate", None) is None:
            connection.invalidate()
            raise StorageUnavailable("PostgreSQL: no connection") from error
        driver.rollback()
        return False
    for cursor, jobs in sent:
        for job in jobs:
            job.result = cursor.rowcount
            cursor.nextset()
    return True


def _by_text(batch: Batch) -> dict[str, list[Job[int]]]:
    jobs: dict[str, list[Job[int]]] = {}
    for job in batch:
        jobs.setdefault(cast(Bound, job.work).text, []).append(job)
    return jobs


def _send(driver: Any, text: str, jobs: list[Job[int]]) -> tuple[Any, list[Job[int]]]:
    """A cursor with one result for each of ``jobs``, once the server has answered."""
    cursor = driver.cursor()
    cursor.executemany(text, [cast(Bound, job.work).parameters for job in jobs], returning=True)
    return cursor, jobs


def forget_order(engine: sa.Engine, tables: tuple[str, ...]) -> bool:
    """Rewrite ``tables`` in the order of their keys, as if everything had come in one transaction.

    The transaction of a row (xmin), its place (ctid) and the numbers of its long values (TOAST) tell when it
    came. Every row is written anew, in order of its key; CLUSTER then drops what was before. Locks each table
    while it works. Always True.
    """
    for name in tables:
        table = sa.Table(name, sa.MetaData(), autoload_with=engine)
        with engine.begin() as connection:
            connection.exec_driver_sql(f"LOCK TABLE {_quoted(engine, name)} IN ACCESS EXCLUSIVE MODE")
            connection.exec_driver_sql(_rewrite(engine, table))
        with engine.begin() as connection:
            key = _quoted(engine, str(table.primary_key.name))
            connection.exec_driver_sql(f"CLUSTER {_quoted(engine, name)} USING {key}")
    return True


def _rewrite(engine: sa.Engine, table: sa.Table) -> str:
    key = _quoted(engine, next(iter(table.primary_key.columns)).name)
    name = _quoted(engine, table.name)
    documents = [_quoted(engine, column.name) for column in table.columns if isinstance(column.type, JSONB)]
    # A document that is computed is a new one: the old long value is not kept.
    changes = ", ".join([f"{key} = {key}", *(f"{each} = {each} || '{{}}'" for each in documents)])
    return (
        f"DO $$ DECLARE found record; BEGIN FOR found IN SELECT {key} AS key FROM {name} ORDER BY {key} LOOP "  # noqa: S608
        f"UPDATE {name} SET {changes} WHERE {key} = found.key; END LOOP; END $$"
    )


def _quoted(engine: sa.Engine, name: str) -> str:
    return engine.dialect.identifier_preparer.quote(name)


def _is_reading(connection: sa.Connection | None) -> bool:
    return connection is not None and "postgresql_readonly" in connection.get_execution_options()


def _listen_for_warnings(connection: Any, record: Any) -> None:
    warnings: list[str] = []
    record.info["consult_warnings"] = warnings
    connection.add_notice_handler(lambda diagnostic: warnings.append(diagnostic.sqlstate or ""))


def _give_back(connection: Any, record: Any) -> None:
    # A commit that fails can leave its transaction open: the next user of the connection must not find it.
    if connection is not None and not connection.closed and connection.info.transaction_status:
        connection.rollback()
    record.info["consult_used_at"] = time.monotonic()


def _ping_if_idle(connection: Any, record: Any, _proxy: Any) -> None:
    """A server that was restarted meanwhile is noticed here; asked each time, it would cost a round trip."""
    used_at = record.info.get("consult_used_at")
    if connection is None or used_at is None or time.monotonic() - used_at < _IDLE:
        return
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except Exception as error:
        raise sa.exc.DisconnectionError("the server has left") from error


def _translated(context: sa.engine.ExceptionContext) -> StorageUnavailable | None:
    error: Any = context.original_exception
    state = getattr(error, "sqlstate", None)
    _leave_out_values(context)
    if state == _READ_ONLY and _is_reading(context.connection):
        return None  # a mistake of ours, not of the server
    if state is not None:
        return StorageUnavailable(f"PostgreSQL: {state}") if state.startswith(_CANNOT_STORE) else None
    # Without a code the server has said nothing: psycopg could not connect, or lost the connection.
    is_lost = context.is_disconnect or type(error).__name__ in ("ConnectionTimeout", "OperationalError")
    return StorageUnavailable("PostgreSQL: no connection") if is_lost else None


def _leave_out_values(context: sa.engine.ExceptionContext) -> None:
    """The server adds "Failing row contains (…)": with everything that somebody answered."""
    error: Any = context.original_exception
    detail = getattr(getattr(error, "diag", None), "message_detail", None)
    if detail is None:
        return
    error.args = (error.diag.message_primary,)
    if context.sqlalchemy_exception is not None:
        first, *rest = context.sqlalchemy_exception.args
        context.sqlalchemy_exception.args = (str(first).replace(detail, "(left out)"), *rest)
