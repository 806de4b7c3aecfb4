"""Password resets: links that work once; made by an administrator, or sent to the person's address."""

from __future__ import annotations

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Session

from consult.accounts.invitations import AlreadyUsed
from consult.accounts.models import PasswordReset, Person
from consult.accounts.sign_in import end_every_sign_in
from consult.accounts.tokens import keyed_digest, new_token
from consult.settings import Settings

RESET_LASTS = dt.timedelta(hours=24)


def reset_address(settings: Settings, language: str, token: str) -> str:
    return f"{settings.office_url}/{language}/reset/{token}"


def offer_reset(session: Session, secret_key: str, person_id: uuid.UUID, now: dt.datetime) -> str:
    """A link by which the person chooses a new password; an earlier one stops working. Returns its secret."""
    token = new_token()
    session.execute(sa.delete(PasswordReset).where(PasswordReset.person_id == person_id))
    session.add(
        PasswordReset(
            person_id=person_id,
            token_hash=keyed_digest(secret_key, "reset", token),
            expires_at=now + RESET_LASTS,
        )
    )
    session.flush()
    return token


def person_of_reset(session: Session, secret_key: str, token: str, now: dt.datetime) -> Person | None:
    """Whose password a link may change, while it may."""
    return session.scalar(
        sa.select(Person)
        .join(PasswordReset, PasswordReset.person_id == Person.id)
        .where(
            PasswordReset.token_hash == keyed_digest(secret_key, "reset", token),
            PasswordReset.expires_at > now,
            Person.active,
        )
    )


def reset_password(session: Session, person: Person, password_hash: str) -> None:
    """Set the password that a link's owner chose, and sign them out everywhere. Raises AlreadyUsed."""
    used = session.execute(
        sa.delete(PasswordReset)
        .where(PasswordReset.person_id == person.id)
        .returning(PasswordReset.person_id)
    )
    if used.first() is None:
        raise AlreadyUsed
    person.password = password_hash
    end_every_sign_in(session, person)
    session.flush()
