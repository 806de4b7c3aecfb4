"""Single statements that wait for each other share a commit; a failure or a loss reaches whom it concerns.

A write that holds one organisation keeps the first caller; those who come meanwhile make one batch.
"""

from __future__ import annotations

import threading
import time
import uuid
from typing import Any, cast

import pytest
import sqlalchemy as sa

from consult.accounts.models import Organisation
from consult.db import Database, Prepared, StorageUnavailable
from tests import factories

TABLE = cast(sa.Table, Organisation.__table__)
HELD = "held"
RENAME = Prepared(
    TABLE.update()
    .where(TABLE.c.slug == sa.bindparam("which", type_=sa.String()))
    .values(slug=sa.bindparam("to", type_=sa.String()))
)


def renamed(to: str, which: str) -> tuple[Prepared, dict[str, Any]]:
    return RENAME, {"which": which, "to": to}


def in_one_batch(
    database: Database, works: list[tuple[Prepared, dict[str, Any]]]
) -> list[int | Exception | None]:
    """What became of each of ``works``, which waited while the first caller of all was held up."""
    outcomes: list[int | Exception | None] = [None] * len(works)

    def run(index: int, statement: Prepared, values: dict[str, Any]) -> None:
        try:
            outcomes[index] = database.commit_one(statement, values)
        except Exception as error:
            outcomes[index] = error

    first = threading.Thread(target=database.commit_one, args=renamed(HELD, HELD))
    threads = [threading.Thread(target=run, args=(number, *work)) for number, work in enumerate(works)]
    with database.write() as session:
        session.execute(sa.update(Organisation).where(TABLE.c.slug == HELD).values(default_language="fr"))
        first.start()
        time.sleep(0.2)
        for thread in threads:
            thread.start()
        time.sleep(0.3)
    for thread in (first, *threads):
        thread.join()
    return outcomes


@pytest.fixture
def organisations(database: Database) -> Database:
    with database.write() as session:
        for slug in (HELD, "a", "b", "c", "taken"):
            factories.make_organisation(session, slug=slug)
    return database


def slugs(database: Database) -> set[str]:
    with database.read() as session:
        return set(session.scalars(sa.select(Organisation.slug)))


def test_each_is_told_what_its_own_statement_did(organisations: Database) -> None:
    works = [renamed("a2", "a"), renamed("x", "nobody"), renamed("b2", "b")]

    assert in_one_batch(organisations, works) == [1, 0, 1]
    assert slugs(organisations) == {HELD, "a2", "b2", "c", "taken"}


def test_a_statement_that_is_refused_undoes_nothing_of_the_others(organisations: Database) -> None:
    works = [renamed("a2", "a"), renamed("taken", "b"), renamed("c2", "c")]

    before, refused, after = in_one_batch(organisations, works)

    assert (before, after) == (1, 1)
    assert isinstance(refused, sa.exc.IntegrityError)
    assert slugs(organisations) == {HELD, "a2", "b", "c2", "taken"}


def test_the_queue_works_on_after_a_statement_was_refused(organisations: Database) -> None:
    in_one_batch(organisations, [renamed("taken", "a"), renamed("taken", "b")])

    assert organisations.commit_one(*renamed("c2", "c")) == 1


def test_on_postgresql_a_batch_is_one_transaction(postgresql_database: Database) -> None:
    with postgresql_database.write() as session:
        for slug in (HELD, "a", "b", "c"):
            factories.make_organisation(session, slug=slug)

    in_one_batch(postgresql_database, [renamed(f"{slug}2", slug) for slug in "abc"])

    query = "SELECT count(DISTINCT xmin::text) FROM organisation WHERE slug IN ('a2', 'b2', 'c2')"
    with postgresql_database.read() as session:
        assert session.scalar(sa.text(query)) == 1


def test_a_server_that_is_lost_within_a_batch_promises_nothing_to_anybody(
    postgresql_database: Database,
) -> None:
    with postgresql_database.write() as session:
        for slug in (HELD, "a", "b"):
            factories.make_organisation(session, slug=slug)
    leaving = sa.func.pg_terminate_backend(sa.func.pg_backend_pid())
    lose = Prepared(sa.delete(Organisation).where(leaving, TABLE.c.id != uuid.uuid4()))

    outcomes = in_one_batch(postgresql_database, [renamed("a2", "a"), (lose, {}), renamed("b2", "b")])

    assert [type(each) for each in outcomes] == [StorageUnavailable] * 3
    assert slugs(postgresql_database) == {HELD, "a", "b"}
    assert postgresql_database.commit_one(*renamed("a3", "a")) == 1
