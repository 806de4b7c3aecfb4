"""``consult account``: people who work with this installation."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterable

import click
from email_validator import EmailNotValidError, validate_email
from sqlalchemy.orm import Session

from consult.accounts.credentials import clean_email, person_by_email
from consult.accounts.invitations import invitation_address, invite_person
from consult.accounts.models import Organisation, Role
from consult.accounts.passwords import hash_password, password_problem
from consult.accounts.service import AccountError, add_person, add_role, organisation_by_slug
from consult.cli.organisation import why
from consult.cli.storage import unit_of_work
from consult.i18n import OFFICIAL_LANGUAGES, gettext
from consult.settings import Settings


@click.group()
def account() -> None:
    """People of this installation."""


@account.command()
@click.argument("email")
@click.option("--organisation", "slug", required=True, metavar="SLUG", help="Where they work.")
@click.option(
    "--role",
    "roles",
    required=True,
    multiple=True,
    type=click.Choice([role.value for role in Role]),
    help="May be given several times.",
)
@click.option("--name", default="", help="Their name (with a password only).")
@click.option("--speaks", type=click.Choice(OFFICIAL_LANGUAGES), help="Language of their pages and mail.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input; else invite.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def add(
    email: str,
    slug: str,
    roles: tuple[str, ...],
    name: str,
    speaks: str | None,
    password_stdin: bool,
    as_json: bool,
) -> None:
    """Give somebody roles in an organisation.

    With --password-stdin the account is made at once. Without it, an invitation link is printed by which
    they choose their own password.
    """
    settings, wanted = Settings.from_environment(), [Role(role) for role in roles]
    try:
        address = _valid(email)
        hashed = _read_password(address, name) if password_stdin else None
        with unit_of_work() as session:
            ours = _organisation(session, slug)
            language = speaks or ours.default_language
            if hashed is None:
                result = {
                    "email": address,
                    "link": _invite(session, settings, ours, address, wanted, language),
                }
            else:
                _add(session, ours, address, name, language, hashed, wanted)
                result = {"email": address}
    except AccountError as error:
        click.echo(why(error), err=True)
        sys.exit(1)
    if as_json:
        click.echo(json.dumps(result))
    else:
        click.echo(result.get("link") or gettext("Added: %(email)s", email=address))


def _valid(email: str) -> str:
    try:
        validate_email(email, check_deliverability=False)
    except EmailNotValidError:
        raise AccountError("email_invalid") from None
    return clean_email(email)


def _read_password(email: str, name: str) -> str:
    password = sys.stdin.readline().rstrip("\r\n")
    problem = password_problem(password, (email, name))
    if problem is not None:
        click.echo(problem, err=True)
        sys.exit(1)
    return hash_password(password)


def _organisation(session: Session, slug: str) -> Organisation:
    found = organisation_by_slug(session, slug)
    if found is None:
        raise AccountError("organisation_unknown")
    return found


def _invite(
    session: Session, settings: Settings, ours: Organisation, email: str, roles: Iterable[Role], language: str
) -> str:
    key = settings.secret_key
    token = invite_person(
        session, key, ours, email, roles=roles, language=language, by=None, now=dt.datetime.now(dt.UTC)
    )
    return invitation_address(settings, language, token)


def _add(
    session: Session,
    ours: Organisation,
    email: str,
    name: str,
    language: str,
    password_hash: str,
    roles: Iterable[Role],
) -> None:
    if person_by_email(session, email) is not None:
        raise AccountError("has_account")
    person = add_person(session, email, name=name, language=language, password_hash=password_hash)
    for role in roles:
        add_role(session, person, ours, role)
