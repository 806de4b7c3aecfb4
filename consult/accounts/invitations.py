"""Invitations: links that can be copied, that work once, and of which only a digest is kept."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from consult.accounts.credentials import clean_email
from consult.accounts.models import Invitation, Membership, Organisation, PasswordReset, Person, Role
from consult.accounts.tokens import keyed_digest, new_token
from consult.settings import Settings

INVITATION_LASTS = dt.timedelta(days=14)


class AlreadyUsed(Exception):
    """Somebody else was faster, or the same person clicked twice: nothing was changed."""


def invitation_address(settings: Settings, language: str, token: str) -> str:
    """Built from the configured address: a forged Host header reaches no mail."""
    return f"{settings.office_url}/{language}/invitation/{token}"


def invite_person(
    session: Session,
    secret_key: str,
    organisation: Organisation,
    email: str,
    *,
    roles: Iterable[Role],
    language: str,
    by: uuid.UUID | None,
    now: dt.datetime,
) -> str:
    """Invite an address, or invite it anew: the link before stops working. Returns the link's secret."""
    address = clean_email(email)
    wanted = sa.select(Invitation).where(
        Invitation.organisation_id == organisation.id, Invitation.email == address
    )
    invitation = session.scalar(wanted) or Invitation(organisation_id=organisation.id, email=address)
    invitation.roles = sorted(role.value for role in roles)
    invitation.language = language
    invitation.invited_by_id = by
    session.add(invitation)
    return renew_invitation(session, secret_key, invitation, now)


def renew_invitation(session: Session, secret_key: str, invitation: Invitation, now: dt.datetime) -> str:
    """A new link for the same invitation. Returns the link's secret."""
    token = new_token()
    invitation.token_hash = keyed_digest(secret_key, "invitation", token)
    invitation.expires_at = now + INVITATION_LASTS
    invitation.accepted_at = None
    session.flush()
    return token


def pending_invitations(session: Session, organisation_id: uuid.UUID) -> list[Invitation]:
    """Not accepted yet, also those whose link has expired, by address."""
    wanted = sa.select(Invitation).where(
        Invitation.organisation_id == organisation_id, Invitation.accepted_at.is_(None)
    )
    return list(session.scalars(wanted.order_by(Invitation.email)))


def invitation_of_organisation(
    session: Session, organisation_id: uuid.UUID, invitation_id: uuid.UUID
) -> Invitation | None:
    """One pending invitation of this organisation."""
    found = session.get(Invitation, invitation_id)
    is_ours = found is not None and found.organisation_id == organisation_id and found.accepted_at is None
    return found if is_ours else None


def invitation_by_token(session: Session, secret_key: str, token: str, now: dt.datetime) -> Invitation | None:
    """The invitation a link stands for, while it can be accepted."""
    return session.scalar(
        sa.select(Invitation).where(
            Invitation.token_hash == keyed_digest(secret_key, "invitation", token),
            Invitation.accepted_at.is_(None),
            Invitation.expires_at > now,
        )
    )


def accept_as_new_person(
    session: Session,
    invitation: Invitation,
    *,
    name: str,
    language: str,
    password_hash: str,
    now: dt.datetime,
) -> Person:
    """Make the account. Raises AlreadyUsed."""
    _use_up(session, invitation, now)
    person = Person(
        email=invitation.email,
        name=name,
        language=language,
        password=password_hash,
        fs_uniquifier=uuid.uuid4().hex,
    )
    try:
        with session.begin_nested():
            session.add(person)
    except sa.exc.IntegrityError:
        raise AlreadyUsed from None
    _give_roles(session, invitation, person)
    return person


def accept_as_person(session: Session, invitation: Invitation, person: Person, now: dt.datetime) -> None:
    """Give the roles to the account that has the invited address. Raises AlreadyUsed."""
    if person.email != invitation.email:
        raise AlreadyUsed
    _use_up(session, invitation, now)
    # A reset link may be known to an administrator of an organisation that the person was in alone.
    session.execute(sa.delete(PasswordReset).where(PasswordReset.person_id == person.id))
    _give_roles(session, invitation, person)


def _use_up(session: Session, invitation: Invitation, now: dt.datetime) -> None:
    used = session.execute(
        sa.update(Invitation)
        .where(Invitation.id == invitation.id, Invitation.accepted_at.is_(None))
        .values(accepted_at=now)
        .returning(Invitation.id)
    )
    if used.first() is None:
        raise AlreadyUsed


def _give_roles(session: Session, invitation: Invitation, person: Person) -> None:
    has = set(
        session.scalars(
            sa.select(Membership.role).where(
                Membership.person_id == person.id, Membership.organisation_id == invitation.organisation_id
            )
        )
    )
    for role in {Role(value) for value in invitation.roles} - has:
        session.add(Membership(person_id=person.id, organisation_id=invitation.organisation_id, role=role))
    session.flush()
