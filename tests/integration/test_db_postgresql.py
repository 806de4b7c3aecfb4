"""What only PostgreSQL can do to us: a commit that returns without being safe, a server that goes away."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from consult.accounts.models import Organisation
from consult.db import Database, NotAcknowledged, Prepared, StorageUnavailable
from tests import factories
from tests.postgres import Cluster


@pytest.mark.parametrize("way", ["write", "commit_together", "commit_one"])
def test_commit_that_no_standby_confirmed_is_not_acknowledged(
    postgresql_database: Database, postgresql_cluster: Cluster, way: str
) -> None:
    """The standby is gone and an operator cancels the commit that waits for it: the server says "done"."""
    outcome: list[Exception | None] = []
    with postgresql_database.write() as session:
        factories.make_organisation(session)
        name = session.scalar(sa.text("SELECT current_database()"))
    postgresql_cluster.run(f"ALTER DATABASE {name} SET synchronous_commit = on")
    postgresql_database.dispose()

    def store() -> None:
        try:
            if way == "write":
                with postgresql_database.write() as session:
                    _write_something(session.connection())
            elif way == "commit_together":
                postgresql_database.commit_together(_write_something)
            else:
                postgresql_database.commit_one(Prepared(sa.delete(Organisation)), {})
            outcome.append(None)
        except NotAcknowledged as error:
            outcome.append(error)

    with _absent_standby(postgresql_cluster):
        thread = threading.Thread(target=store)
        thread.start()
        while thread.is_alive():
            postgresql_cluster.run(
                "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
            )
            time.sleep(0.02)

    postgresql_cluster.run(f"ALTER DATABASE {name} RESET ALL")
    assert isinstance(outcome[0], NotAcknowledged)


def test_warning_of_a_statement_is_not_taken_for_one_of_the_commit(postgresql_database: Database) -> None:
    def warn(connection: sa.Connection) -> str:
        connection.execute(sa.text("DO $$ BEGIN RAISE WARNING 'only a remark'; END $$"))
        return "stored"

    assert postgresql_database.commit_together(warn) == "stored"


def test_lost_server_is_unavailable_storage(postgresql_database: Database) -> None:
    def lose(connection: sa.Connection) -> None:
        connection.execute(sa.text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(StorageUnavailable):
        postgresql_database.commit_together(lose)


def test_writing_goes_on_after_the_server_was_lost(postgresql_database: Database) -> None:
    with pytest.raises(StorageUnavailable), postgresql_database.write() as session:
        session.execute(sa.text("SELECT pg_terminate_backend(pg_backend_pid())"))
    with postgresql_database.write() as session:
        factories.make_organisation(session)


def test_no_server_is_unavailable_storage(tmp_path_factory: pytest.TempPathFactory) -> None:
    database = Database(f"postgresql://nobody@/none?host={tmp_path_factory.mktemp('nothing')}")
    with pytest.raises(StorageUnavailable), database.read() as session:
        session.scalar(sa.text("SELECT 1"))
    database.dispose()


def _write_something(connection: sa.Connection) -> None:
    connection.execute(sa.delete(Organisation))


@contextmanager
def _absent_standby(cluster: Cluster) -> Iterator[None]:
    cluster.run("ALTER SYSTEM SET synchronous_standby_names = 'absent'", "SELECT pg_reload_conf()")
    time.sleep(0.2)  # the server takes up its configuration when it gets to it
    try:
        yield
    finally:
        cluster.run("ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()")
        time.sleep(0.2)
