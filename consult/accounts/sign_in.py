"""Sign-ins: the rows without which a session cookie is worth nothing."""

from __future__ import annotations

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from consult.accounts.models import Membership, Person, SignIn
from consult.accounts.tokens import keyed_digest, new_token

IDLE = dt.timedelta(minutes=30)
LONGEST = dt.timedelta(hours=10)
"""However busy: after a working day everybody signs in again."""


def start_sign_in(session: Session, secret_key: str, person_id: uuid.UUID, now: dt.datetime) -> str:
    """Begin a sign-in and return the secret for the cookie; only its digest is kept."""
    session.execute(sa.delete(SignIn).where(SignIn.started_at < now - LONGEST))
    token = new_token()
    session.add(SignIn(token_hash=_digest(secret_key, token), person_id=person_id, started_at=now))
    session.flush()
    return token


def person_signed_in(session: Session, secret_key: str, token: str, now: dt.datetime) -> Person | None:
    """The person whose sign-in ``token`` belongs to, with memberships and organisations; one query."""
    return (
        session.scalars(
            sa.select(Person)
            .join(SignIn, SignIn.person_id == Person.id)
            .where(
                SignIn.token_hash == _digest(secret_key, token),
                SignIn.started_at > now - LONGEST,
                Person.active,
            )
            .options(joinedload(Person.memberships).joinedload(Membership.organisation))
        )
        .unique()
        .one_or_none()
    )


def end_sign_in(session: Session, secret_key: str, token: str) -> None:
    """Sign one browser out."""
    session.execute(sa.delete(SignIn).where(SignIn.token_hash == _digest(secret_key, token)))


def end_every_sign_in(session: Session, person: Person) -> None:
    """Sign a person out everywhere, also where the cookie was copied to."""
    person.fs_uniquifier = uuid.uuid4().hex
    session.execute(sa.delete(SignIn).where(SignIn.person_id == person.id))


def _digest(secret_key: str, token: str) -> str:
    return keyed_digest(secret_key, "sign-in", token)
