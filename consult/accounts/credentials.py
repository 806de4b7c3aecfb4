"""Address and password: the first step of signing in.

Every attempt does the same work whoever it names: one look-up, one Argon2 verification, one write.
"""

from __future__ import annotations

import datetime as dt
import enum
import hmac
import threading
import uuid
from dataclasses import dataclass
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from consult.accounts import passwords
from consult.accounts.attempts import count_failure, forget_failures, is_paused
from consult.accounts.models import Person
from consult.accounts.tokens import keyed_digest
from consult.db import Database

# Somebody who floods the sign-in page takes neither all processors nor 19 MiB for every request.
_AT_ONCE = threading.BoundedSemaphore(2)


class Outcome(enum.Enum):
    """What became of an attempt. ``REFUSED`` does not say whether the address or the password was wrong."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What somebody typed, and what their browser keeps from an earlier success (may be empty)."""

    email: str
    password: str
    browser: str


def clean_email(text: str) -> str:
    """The one form in which addresses are kept and compared."""
    return text.strip().lower()


def person_by_email(session: Session, email: str) -> Person | None:
    return session.scalar(sa.select(Person).where(Person.email == clean_email(email)))


def verify_password(
    database: Database, secret_key: str, attempt: Attempt, now: dt.datetime
) -> tuple[Outcome, Person | None]:
    """Try address and password; counts a failure. The person is detached."""
    with database.read() as session:
        person = person_by_email(session, attempt.email)
        is_known = is_known_browser(secret_key, person, attempt.browser)
    subject = sign_in_subject(secret_key, attempt.email, is_known=is_known)
    # Between the units of work: nobody waits in the queue of writers while Argon2 takes its time.
    known = person.password if person is not None and person.active else None
    typed = passwords.normalized(attempt.password)[: passwords.MAXIMUM]
    with _AT_ONCE:
        is_right, renewed = passwords.CONTEXT.verify_and_update(typed, known or _nobodys_hash())
    with database.write() as session:
        if is_paused(session, subject, now):
            return Outcome.PAUSED, None
        if not (is_right and known and person):
            count_failure(session, subject, now)
            return Outcome.REFUSED, None
        forget_failures(session, subject)
        if renewed:
            session.execute(sa.update(Person).where(Person.id == person.id).values(password=renewed))
        return Outcome.ACCEPTED, person


def sign_in_subject(secret_key: str, email: str, *, is_known: bool) -> str:
    """What failed sign-ins with an address are counted by: apart for browsers that its owner has used."""
    return keyed_digest(secret_key, "attempts", f"sign-in\n{clean_email(email)}\n{is_known}")


def code_subject(secret_key: str, person_id: uuid.UUID, *, is_known: bool) -> str:
    """What wrong codes of a second step are counted by."""
    return keyed_digest(secret_key, "attempts", f"code\n{person_id}\n{is_known}")


def subjects_of(secret_key: str, person: Person) -> list[str]:
    """All by which this person can be paused."""
    both = (False, True)
    return [
        *(sign_in_subject(secret_key, person.email, is_known=is_known) for is_known in both),
        *(code_subject(secret_key, person.id, is_known=is_known) for is_known in both),
    ]


def browser_mark(secret_key: str, person_id: uuid.UUID) -> str:
    """What a browser keeps after a success: it proves nothing but that ``person_id`` signed in there."""
    return keyed_digest(secret_key, "known-browser", str(person_id))


def is_known_browser(secret_key: str, person: Person | None, mark: str) -> bool:
    """Whether the owner of the address has signed in before in the browser that keeps ``mark``."""
    owner = person.id if person is not None else uuid.UUID(int=0)
    return hmac.compare_digest(mark.encode(), browser_mark(secret_key, owner).encode())


@cache
def _nobodys_hash() -> str:
    return passwords.unusable_hash()
