"""Address and password: the first step of signing in.

Every attempt does the same work whoever it names: one look-up, one Argon2 verification, one write.
"""

from __future__ import annotations

import datetime as dt
import enum
import hmac
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
        subject = sign_in_subject(
            secret_key, attempt.email, known_browser(secret_key, person, attempt.browser)
        )
    # Between the units of work: nobody waits in the queue of writers while Argon2 takes its time.
    known = person.password if person is not None and person.active else None
    typed = passwords.normalized(attempt.password)[: passwords.MAXIMUM]
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


def sign_in_subject(secret_key: str, email: str, browser: str) -> str:
    """What failed sign-ins are counted by; ``browser`` empty for all unknown ones together."""
    return keyed_digest(secret_key, "attempts", f"sign-in\n{clean_email(email)}\n{browser}")


def code_subject(secret_key: str, person_id: uuid.UUID, browser: str) -> str:
    """What wrong codes of a second step are counted by."""
    return keyed_digest(secret_key, "attempts", f"code\n{person_id}\n{browser}")


def browser_mark(secret_key: str, person_id: uuid.UUID, nonce: str) -> str:
    """What a browser keeps after a success: it proves nothing but that ``person_id`` signed in there."""
    return f"{nonce}.{keyed_digest(secret_key, 'known-browser', f'{person_id} {nonce}')}"


def known_browser(secret_key: str, person: Person | None, kept: str) -> str:
    """The nonce of a browser that this person has used before; empty for any other."""
    nonce = kept.partition(".")[0]
    owner = person.id if person is not None else uuid.UUID(int=0)
    same = hmac.compare_digest(kept.encode(), browser_mark(secret_key, owner, nonce).encode())
    return nonce if same and person is not None else ""


@cache
def _nobodys_hash() -> str:
    return passwords.unusable_hash()
