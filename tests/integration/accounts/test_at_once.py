"""What must stay true when several requests arrive at the same moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import sqlalchemy as sa

from consult.accounts.attempts import count_failure
from consult.accounts.invitations import AlreadyUsed, accept_as_new_person, invitation_by_token, invite_person
from consult.accounts.models import Attempts, Membership, Person, Role
from consult.accounts.resets import offer_reset, person_of_reset, reset_password
from consult.accounts.service import AccountError, set_roles
from consult.db import Database
from tests import factories

T = TypeVar("T")
KEY = "a key that only tests know"
NOW = dt.datetime(2026, 3, 5, 15, 0, tzinfo=dt.UTC)


def at_once(works: Sequence[Callable[[], T]]) -> list[T]:
    barrier = Barrier(len(works))

    def run(work: Callable[[], T]) -> T:
        barrier.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def outcome(database: Database, work: Callable[[sa.orm.Session], None]) -> str:
    try:
        with database.write() as session:
            work(session)
    except (AlreadyUsed, AccountError) as refused:
        return type(refused).__name__
    return "done"


def test_every_failure_counts(database: Database) -> None:
    def fail(session: sa.orm.Session) -> None:
        count_failure(session, "subject", NOW)

    at_once([lambda: outcome(database, fail)] * 8)

    with database.read() as session:
        assert session.scalars(sa.select(Attempts.failures)).one() == 8


def test_one_invitation_makes_one_account(database: Database) -> None:
    with database.write() as session:
        organisation = factories.make_organisation(session)
        how = {"roles": [Role.STAFF], "language": "en", "by": None, "now": NOW}
        token = invite_person(session, KEY, organisation, "new@example.org", **how)  # type: ignore[arg-type]

    def accept(session: sa.orm.Session) -> None:
        invitation = invitation_by_token(session, KEY, token, NOW)
        if invitation is None:
            raise AlreadyUsed
        words = {"name": "Noor", "language": "en", "password_hash": "x"}
        accept_as_new_person(session, invitation, now=NOW, **words)

    done = at_once([lambda: outcome(database, accept)] * 4)

    assert sorted(done) == ["AlreadyUsed"] * 3 + ["done"]
    with database.read() as session:
        assert session.scalars(sa.select(Person.email)).all() == ["new@example.org"]


def test_one_reset_sets_one_password(database: Database) -> None:
    with database.write() as session:
        token = offer_reset(session, KEY, factories.make_person(session).id, NOW)

    def reset(password: str) -> Callable[[sa.orm.Session], None]:
        def work(session: sa.orm.Session) -> None:
            person = person_of_reset(session, KEY, token, NOW)
            if person is None:
                raise AlreadyUsed
            reset_password(session, person, password)

        return work

    done = at_once([lambda word=word: outcome(database, reset(word)) for word in "abcd"])  # type: ignore[misc]

    assert sorted(done) == ["AlreadyUsed"] * 3 + ["done"]
    with database.read() as session:
        assert session.scalars(sa.select(Person.password)).one() == "abcd"[done.index("done")]


def test_two_administrators_cannot_remove_each_other(database: Database) -> None:
    with database.write() as session:
        organisation = factories.make_organisation(session)
        admins = [
            factories.make_membership(session, organisation=organisation, role=Role.ADMIN) for _ in range(2)
        ]
        ids = [admin.person_id for admin in admins]

    def remove(person: object) -> Callable[[sa.orm.Session], None]:
        return lambda session: set_roles(session, organisation.id, person, ())  # type: ignore[arg-type]

    done = at_once([lambda one=one: outcome(database, remove(one)) for one in ids])  # type: ignore[misc]

    assert sorted(done) == ["AccountError", "done"]
    with database.read() as session:
        assert len(session.scalars(sa.select(Membership.person_id)).all()) == 1
