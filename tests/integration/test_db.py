"""Units of work on both engines: what is told to be stored is stored, and errors reach whom they concern."""

from __future__ import annotations

import json
import os
import threading
import traceback
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from consult.accounts.models import Organisation
from consult.db import Database, Prepared
from tests import factories

SECRET = "an answer nobody else may read"


def test_write_is_kept_when_the_block_ends(database: Database) -> None:
    with database.write() as session:
        factories.make_organisation(session, slug="kept")

    assert _slugs(database) == {"kept"}


def test_write_that_raises_leaves_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.write() as session:
        factories.make_organisation(session, slug=f"{1 // len(_slugs(database))}")

    assert _slugs(database) == set()


def test_reading_cannot_write(database: Database) -> None:
    with pytest.raises(sa.exc.DBAPIError, match=r"(?i)read-?only"), database.read() as session:
        factories.make_organisation(session)

    assert _slugs(database) == set()


def test_reading_stays_on_its_snapshot(database: Database) -> None:
    with database.read() as reading:
        assert reading.scalar(sa.select(sa.func.count()).select_from(Organisation)) == 0
        with database.write() as session:
            factories.make_organisation(session)

        assert reading.scalar(sa.select(sa.func.count()).select_from(Organisation)) == 0


def test_commit_together_gives_the_result_of_the_work(database: Database) -> None:
    assert database.commit_together(lambda connection: connection.scalar(sa.text("select 41 + 1"))) == 42


def test_single_statement_says_how_many_rows_it_changed(database: Database) -> None:
    for slug in ("a", "b", "c"):
        _insert(database, slug)
    rename = sa.update(Organisation).where(Organisation.slug < "c").values(default_language="fr")

    assert database.commit_one(Prepared(rename), {}) == 2
    assert database.commit_one(Prepared(rename.where(Organisation.slug == "nothing")), {}) == 0


def test_looking_sees_what_was_stored_a_moment_ago(database: Database) -> None:
    with database.look() as session:
        before = session.scalars(sa.select(Organisation.slug)).all()
    _insert(database, "new")
    with database.look() as session:
        after = session.scalars(sa.select(Organisation.slug)).all()

    assert (before, after) == ([], ["new"])


def test_many_callers_are_all_stored(database: Database) -> None:
    slugs = {f"organisation-{number}" for number in range(200)}
    with ThreadPoolExecutor(16) as threads:
        list(threads.map(lambda slug: _insert(database, slug), sorted(slugs)))

    assert _slugs(database) == slugs


def test_error_of_one_reaches_only_its_own_caller(database: Database) -> None:
    """Callers that all wait for the same commit: those with an even number store and then fail."""
    together = threading.Barrier(16)

    def store(number: int) -> str:
        together.wait()
        try:
            _insert(database, f"organisation-{number}", then_fail=number % 2 == 0)
        except ZeroDivisionError:
            return "failed"
        return "stored"

    with ThreadPoolExecutor(16) as threads:
        outcomes = list(threads.map(store, range(16)))

    assert outcomes == ["failed", "stored"] * 8
    assert _slugs(database) == {f"organisation-{number}" for number in range(1, 16, 2)}


def test_a_refused_row_reaches_only_its_own_caller(database: Database) -> None:
    _insert(database, "taken")
    with ThreadPoolExecutor(4) as threads:
        stored = [threads.submit(_insert, database, slug) for slug in ("a", "taken", "b", "c")]

    assert [type(each.exception()) for each in stored] == [
        type(None), sa.exc.IntegrityError, type(None), type(None),
    ]  # fmt: skip
    assert _slugs(database) == {"taken", "a", "b", "c"}


@pytest.mark.parametrize("outer", ["write", "commit_together"])
def test_a_write_inside_a_write_is_refused_at_once(database: Database, outer: str) -> None:
    def nested(_connection: object) -> None:
        database.commit_together(lambda _inner: None)

    def outer_write() -> None:
        with database.write():
            nested(None)

    with pytest.raises(RuntimeError, match="wait for itself"):
        outer_write() if outer == "write" else database.commit_together(nested)

    assert database.commit_together(lambda _connection: "the queue still works") == "the queue still works"


@pytest.mark.parametrize(
    "broken",
    [{"slug": "taken"}, {"small_group_threshold": 0}, {"kind": "unknown"}, {"profile": None}],
    ids=str,
)
def test_error_does_not_carry_what_was_answered(database: Database, broken: dict[str, object]) -> None:
    """Neither the parameters of the statement nor the row that the server quotes in its reason."""
    _insert(database, "taken")
    with pytest.raises(sa.exc.DBAPIError) as caught:
        _insert(database, **{"slug": "free", **broken}, name=SECRET)

    written = "".join(traceback.format_exception(caught.value)) + repr(caught.value)
    assert SECRET not in written.replace(f'SECRET = "{SECRET}"', "")


def test_error_names_the_rule_that_was_broken(database: Database) -> None:
    with pytest.raises(sa.exc.IntegrityError, match="ck_organisation_threshold_positive"):
        _insert(database, "free", small_group_threshold=0)


def test_a_forked_child_writes_through_connections_of_its_own(database: Database) -> None:
    _insert(database, "parent")
    child = os.fork()
    if child == 0:
        os._exit(_child(database))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    _insert(database, "parent-again")

    assert _slugs(database) == {"parent", "child", "parent-again"}


def _child(database: Database) -> int:
    try:
        _insert(database, "child")
    except BaseException:
        return 1
    return 0


def _insert(
    database: Database, slug: str, *, name: str = "Name", then_fail: bool = False, **changes: object
) -> None:
    columns: dict[str, object] = {
        "id": uuid.uuid4().hex,
        "slug": slug,
        "kind": "lip",
        "name": json.dumps({"en": name}),
        "profile": "{}",
        "default_language": "en",
        "small_group_threshold": 10,
        "requires_second_factor": False,
        **changes,
    }

    def work(connection: sa.Connection) -> None:
        # As text: the models would refuse some of it before the database can.
        names = ", ".join(columns)
        values = ", ".join(f"CAST(:{column} AS {_TYPES.get(column, 'text')})" for column in columns)
        if connection.dialect.name == "sqlite":
            values = ", ".join(f":{column}" for column in columns)
        connection.execute(sa.text(f"INSERT INTO organisation ({names}) VALUES ({values})"), columns)
        if then_fail:
            raise ZeroDivisionError

    database.commit_together(work)


_TYPES = {
    "id": "uuid",
    "name": "jsonb",
    "profile": "jsonb",
    "small_group_threshold": "integer",
    "requires_second_factor": "boolean",
}


def _slugs(database: Database) -> set[str]:
    with database.read() as session:
        return set(session.scalars(sa.select(Organisation.slug)))
