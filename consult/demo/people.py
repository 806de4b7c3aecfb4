"""The example's organisations and accounts in the database."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from consult.accounts.credentials import person_by_email
from consult.accounts.models import Organisation
from consult.accounts.passwords import CONTEXT, hash_password, normalized
from consult.accounts.service import (
    add_organisation,
    add_person,
    add_role,
    organisation_by_slug,
    update_profile,
)
from consult.db import Database
from consult.demo.organisations import ExampleOrganisation, ExamplePerson, demo_password


@dataclass(frozen=True, slots=True)
class Account:
    """Who can sign in. ``password`` is None when somebody has changed it since."""

    person: ExamplePerson
    password: str | None


def make_organisation(session: Session, example: ExampleOrganisation) -> Organisation:
    """The organisation, made now or before; what was changed in it since stays."""
    found = organisation_by_slug(session, example.slug)
    if found is not None:
        return found
    made = add_organisation(session, example.slug, example.kind, example.name)
    update_profile(
        session, made, {"profile": dict(example.profile), "default_language": example.default_language}
    )
    return made


def make_people(
    session: Session, example: ExampleOrganisation, organisation: Organisation, secret_key: str
) -> None:
    """Accounts and roles of those who have none yet; passwords and roles that were changed stay so."""
    for each in example.people:
        if person_by_email(session, each.email) is not None:
            continue
        password = hash_password(demo_password(secret_key, each.email))
        person = add_person(
            session, each.email, name=each.name, language=each.language, password_hash=password
        )
        for role in each.roles:
            add_role(session, person, organisation, role)


def read_accounts(database: Database, example: ExampleOrganisation, secret_key: str) -> tuple[Account, ...]:
    """The accounts with the passwords that still open them."""
    with database.read() as session:
        kept = {each.email: person_by_email(session, each.email) for each in example.people}
    accounts = []
    for each in example.people:
        password, person = demo_password(secret_key, each.email), kept[each.email]
        opens = person is not None and CONTEXT.verify(normalized(password), person.password)
        accounts.append(Account(each, password if opens else None))
    return tuple(accounts)
