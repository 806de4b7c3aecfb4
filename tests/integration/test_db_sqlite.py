"""What only SQLite needs: durability and permissions that have to be asked for, and one queue for writers."""

from __future__ import annotations

import sqlite3
import stat
import threading
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from consult.db import Database, InsecureDatabase, StorageUnavailable
from consult.schema import migrate
from tests import factories


def _path(database: Database) -> Path:
    return Path(str(database.url.database))


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1)],
)
def test_every_connection_is_durable_and_strict(
    sqlite_database: Database, pragma: str, value: object
) -> None:
    with sqlite_database.read() as session:
        assert session.scalar(sa.text(f"PRAGMA {pragma}")) == value


def test_files_belong_to_their_owner_alone(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        factories.make_organisation(session)

    files = list(_path(sqlite_database).parent.glob("consult.db*"))
    assert {file.name for file in files} >= {"consult.db", "consult.db-wal", "consult.db.lock"}
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_file_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "consult.db"
    path.touch()
    path.chmod(mode)

    with pytest.raises(InsecureDatabase, match="chmod 600"):
        Database(f"sqlite:///{path}")


def test_log_open_to_others_is_refused(tmp_path: Path) -> None:
    Database(f"sqlite:///{tmp_path / 'consult.db'}").dispose()
    log = tmp_path / "consult.db-wal"
    log.touch()
    log.chmod(0o644)

    with pytest.raises(InsecureDatabase, match=r"consult\.db-wal"):
        Database(f"sqlite:///{tmp_path / 'consult.db'}")


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_database_in_memory_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="needs a file"):
        Database(url)


def test_full_disk_is_unavailable_storage_and_keeps_what_was_stored(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        factories.make_organisation(session, slug="before")
    _allow_pages(sqlite_database, 0)
    with pytest.raises(StorageUnavailable), sqlite_database.write() as session:
        factories.make_organisation(session, profile={"filler": "x" * 100_000})
    _allow_pages(sqlite_database, 1_000_000)
    with sqlite_database.write() as session:
        factories.make_organisation(session, slug="after")

    with sqlite_database.read() as session:
        found = session.scalars(sa.text("SELECT slug FROM organisation ORDER BY slug")).all()
    assert found == ["after", "before"]


def test_full_disk_in_a_shared_commit_reaches_everyone_in_it(sqlite_database: Database) -> None:
    """What cannot be stored is said to every caller: nobody believes in a commit that did not happen."""
    _allow_pages(sqlite_database, 0)
    filler = sa.text("CREATE TABLE filler AS SELECT hex(randomblob(50000)) AS text")
    outcomes: list[str] = []

    def store() -> None:
        try:
            sqlite_database.commit_together(lambda connection: connection.execute(filler))
        except StorageUnavailable:
            outcomes.append("unavailable")

    threads = [threading.Thread(target=store) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert outcomes == ["unavailable"] * 8


def test_writers_wait_for_each_other_in_order_of_arrival(sqlite_database: Database) -> None:
    finished: list[int] = []

    def write(number: int) -> None:
        with sqlite_database.write():
            finished.append(number)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(5)]
    with sqlite_database.write():
        for thread in threads:
            thread.start()
            time.sleep(0.05)
    for thread in threads:
        thread.join()

    assert finished == [0, 1, 2, 3, 4]


def test_callers_that_wait_together_share_one_commit(sqlite_database: Database) -> None:
    commits: list[int] = []
    sa.event.listen(sqlite_database.engine, "commit", lambda _connection: commits.append(1))
    threads = [
        threading.Thread(target=sqlite_database.commit_together, args=(lambda _connection: None,))
        for _ in range(20)
    ]
    with sqlite_database.write():
        for thread in threads:
            thread.start()
        time.sleep(0.3)
    for thread in threads:
        thread.join()

    assert len(commits) == 1  # the write that held them up wrote nothing


def test_deleted_text_is_gone_from_the_file(sqlite_database: Database) -> None:
    secret = "a sentence that somebody has withdrawn"
    with sqlite_database.write() as session:
        row = factories.make_organisation(session, profile={"note": secret})
    with sqlite_database.write() as session:
        session.delete(session.get_one(type(row), row.id))
    sqlite_database.forget_order()

    for file in _path(sqlite_database).parent.glob("consult.db*"):
        assert secret.encode() not in file.read_bytes()


def test_migrating_a_file_that_is_not_a_database_is_unmistakable(tmp_path: Path) -> None:
    path = tmp_path / "consult.db"
    path.write_bytes(b"this is not a database, and long enough to be looked at" * 40)
    path.chmod(0o600)
    database = Database(f"sqlite:///{path}")

    with pytest.raises((sa.exc.DatabaseError, sqlite3.DatabaseError), match="not a database"):
        migrate(database)
    database.dispose()


def _allow_pages(database: Database, more: int) -> None:
    """Let the file grow by so many pages only: SQLite then says that the disk is full."""

    def limit(connection: sqlite3.Connection, *_rest: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages + more}")

    database.dispose()
    if sa.event.contains(database.engine, "connect", database.__dict__.get("_limit", limit)):
        sa.event.remove(database.engine, "connect", database.__dict__["_limit"])
    database.__dict__["_limit"] = limit
    sa.event.listen(database.engine, "connect", limit)
