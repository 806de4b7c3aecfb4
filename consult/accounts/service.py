"""Organisations and the people in them: who belongs where, in which roles. The only writer of both."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from consult.accounts.models import Membership, Organisation, OrganisationKind, Person, Role
from consult.accounts.sign_in import end_every_sign_in
from consult.i18n import Localized

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")

_PROFILE = frozenset(
    {"name", "kind", "profile", "default_language", "small_group_threshold", "requires_second_factor"}
)


class AccountError(Exception):
    """Something cannot be done to an organisation or a person; ``code`` says what, for a message."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Member:
    """One person of an organisation, and the roles they have in it."""

    person: Person
    roles: tuple[Role, ...]


def organisation_by_slug(session: Session, slug: str) -> Organisation | None:
    return session.scalar(sa.select(Organisation).where(Organisation.slug == slug))


def add_organisation(session: Session, slug: str, kind: OrganisationKind, name: Localized) -> Organisation:
    """Raises AccountError: ``slug_invalid``, ``slug_taken``, ``name_missing`` (both official languages)."""
    if not SLUG.fullmatch(slug):
        raise AccountError("slug_invalid")
    if not {"en", "fr"} <= name.keys():
        raise AccountError("name_missing")
    if organisation_by_slug(session, slug) is not None:
        raise AccountError("slug_taken")
    organisation = Organisation(slug=slug, kind=kind, name=name)
    session.add(organisation)
    session.flush()
    return organisation


def add_person(session: Session, email: str, *, name: str, language: str, password_hash: str) -> Person:
    """An account with a password. Raises AccountError ``email_taken``."""
    if session.scalar(sa.select(Person.id).where(Person.email == email)) is not None:
        raise AccountError("email_taken")
    person = Person(
        email=email, name=name, language=language, password=password_hash, fs_uniquifier=uuid.uuid4().hex
    )
    session.add(person)
    session.flush()
    return person


def add_role(session: Session, person: Person, organisation: Organisation, role: Role) -> None:
    """Give one role more; having it already is fine."""
    key = {"person_id": person.id, "organisation_id": organisation.id, "role": role}
    if session.get(Membership, key) is None:
        session.add(Membership(**key))
        session.flush()


def members_of(session: Session, organisation_id: uuid.UUID) -> list[Member]:
    """Everybody with a role, by name."""
    rows = session.execute(
        sa.select(Person, Membership.role)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.organisation_id == organisation_id)
        .order_by(sa.func.lower(Person.name), Person.email)
    )
    roles: dict[Person, list[Role]] = {}
    for person, role in rows:
        roles.setdefault(person, []).append(role)
    return [Member(person, _in_order(found)) for person, found in roles.items()]


def member(session: Session, organisation_id: uuid.UUID, person_id: uuid.UUID) -> Member | None:
    """One person of this organisation; ``None`` also for somebody who belongs only elsewhere."""
    person = session.get(Person, person_id)
    rows = session.scalars(
        sa.select(Membership.role).where(
            Membership.organisation_id == organisation_id, Membership.person_id == person_id
        )
    )
    roles = _in_order(rows)
    return Member(person, roles) if person is not None and roles else None


def organisations_of(session: Session, person_id: uuid.UUID) -> set[uuid.UUID]:
    """Where this person has any role."""
    return set(
        session.scalars(sa.select(Membership.organisation_id).where(Membership.person_id == person_id))
    )


def set_roles(
    session: Session, organisation_id: uuid.UUID, person_id: uuid.UUID, roles: Iterable[Role]
) -> None:
    """Make these the person's roles in this organisation; none removes the person from it.

    Raises AccountError ``last_admin``: an organisation keeps somebody who can invite the others.
    """
    # Two administrators who remove each other at the same time: the second waits and is refused.
    session.execute(sa.select(Organisation.id).where(Organisation.id == organisation_id).with_for_update())
    wanted = set(roles)
    if Role.ADMIN not in wanted and not _has_admin_besides(session, organisation_id, person_id):
        raise AccountError("last_admin")
    ours = sa.and_(Membership.organisation_id == organisation_id, Membership.person_id == person_id)
    has = set(session.scalars(sa.select(Membership.role).where(ours)))
    session.execute(sa.delete(Membership).where(ours, Membership.role.in_(has - wanted)))
    session.add_all(
        Membership(organisation_id=organisation_id, person_id=person_id, role=role) for role in wanted - has
    )
    session.flush()


def update_person(session: Session, person: Person, *, name: str, language: str) -> None:
    person.name, person.language = name, language
    session.flush()


def change_password(session: Session, person: Person, password_hash: str) -> None:
    """Set a new password and sign the person out everywhere."""
    person.password = password_hash
    end_every_sign_in(session, person)
    session.flush()


def update_profile(session: Session, organisation: Organisation, changes: Mapping[str, Any]) -> None:
    """Set columns of :data:`_PROFILE`; whatever else stands in ``changes`` is left alone."""
    for column in _PROFILE & changes.keys():
        setattr(organisation, column, changes[column])
    session.flush()


def _has_admin_besides(session: Session, organisation_id: uuid.UUID, person_id: uuid.UUID) -> bool:
    others = (
        sa.select(Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.role == Role.ADMIN,
            Membership.person_id != person_id,
            Person.active,  # who cannot sign in invites nobody
        )
    )
    return session.scalar(others.limit(1)) is not None


def _in_order(roles: Iterable[Role]) -> tuple[Role, ...]:
    """As the enumeration lists them, from the fewest rights to the most."""
    found = set(roles)
    return tuple(role for role in Role if role in found)
