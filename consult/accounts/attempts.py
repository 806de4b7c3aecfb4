"""Counting failures, so that guessing is slow and nobody is locked out for ever.

Some failures within a quarter of an hour pause one subject for a quarter of an hour. The subject of a
sign-in is the address together with the browser: a browser in which the owner has signed in before is
counted by itself (OWASP's "device cookie"), so a stranger who keeps guessing pauses only strangers. An
address that nobody has is counted like any other: the answers cannot be told apart.
"""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from consult.accounts.models import Attempts

PASSWORDS_AT_MOST = 10
CODES_AT_MOST = 5  # there are only a million codes, and three of them fit at any moment
PAUSE = dt.timedelta(minutes=15)
_FORGOTTEN_AFTER = dt.timedelta(days=1)


def is_paused(session: Session, subject: str, now: dt.datetime) -> bool:
    """Whether ``subject`` has to wait. Being tried meanwhile does not make the pause longer."""
    until = session.scalar(sa.select(Attempts.locked_until_at).where(Attempts.subject == subject))
    return until is not None and until > now


def is_any_paused(session: Session, subjects: list[str], now: dt.datetime) -> bool:
    wanted = sa.select(Attempts.subject).where(Attempts.subject.in_(subjects), Attempts.locked_until_at > now)
    return session.scalar(wanted.limit(1)) is not None


def count_failure(session: Session, subject: str, now: dt.datetime, at_most: int = PASSWORDS_AT_MOST) -> None:
    """Count one failure; the last of ``at_most`` within a quarter of an hour begins a pause."""
    session.execute(sa.delete(Attempts).where(Attempts.last_failed_at < now - _FORGOTTEN_AFTER))
    attempts = _attempts(session, subject, now)
    if attempts.last_failed_at < now - PAUSE:
        attempts.failures = 0
    attempts.failures += 1
    attempts.last_failed_at = now
    if attempts.failures >= at_most:
        attempts.failures = 0
        attempts.locked_until_at = now + PAUSE
    session.flush()


def forget_failures(session: Session, *subjects: str) -> None:
    """After a success, or when somebody lifts the pause."""
    session.execute(sa.delete(Attempts).where(Attempts.subject.in_(subjects)))


def _attempts(session: Session, subject: str, now: dt.datetime) -> Attempts:
    """The row of ``subject``, made if need be, held until the unit of work ends."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    new = {"subject": subject, "failures": 0, "last_failed_at": now}
    session.execute(insert(Attempts).values(new).on_conflict_do_nothing())
    wanted = sa.select(Attempts).where(Attempts.subject == subject).with_for_update()
    return session.scalars(wanted.execution_options(populate_existing=True)).one()
