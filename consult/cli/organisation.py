"""``consult organisation``: partnerships and networks of this installation."""

from __future__ import annotations

import json
import sys

import click

from consult.accounts.models import OrganisationKind
from consult.accounts.service import AccountError, add_organisation
from consult.cli.storage import unit_of_work
from consult.i18n import Localized, gettext


@click.group()
def organisation() -> None:
    """Organisations: local immigration partnerships, francophone networks, networks of them."""


@organisation.command()
@click.argument("slug")
@click.option("--name-en", required=True, help="Its name in English.")
@click.option("--name-fr", required=True, help="Its name in French.")
@click.option(
    "--kind", type=click.Choice([kind.value for kind in OrganisationKind]), default="lip", show_default=True
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def add(slug: str, name_en: str, name_fr: str, kind: str, as_json: bool) -> None:
    """Add an organisation. SLUG is its part of public addresses: small letters, digits, hyphens."""
    name = Localized({"en": name_en, "fr": name_fr})
    try:
        with unit_of_work() as session:
            made = add_organisation(session, slug, OrganisationKind(kind), name)
    except AccountError as error:
        click.echo(why(error), err=True)
        sys.exit(1)
    if as_json:
        click.echo(json.dumps({"slug": made.slug, "kind": kind, "name": dict(made.name)}, ensure_ascii=False))
    else:
        click.echo(gettext("Added: %(slug)s", slug=made.slug))


def why(error: AccountError) -> str:
    """What cannot be done, as a sentence with a remedy."""
    sentences = {
        "slug_invalid": gettext("Use small letters without accents, digits and hyphens for SLUG."),
        "slug_taken": gettext("There is an organisation with this SLUG already. Choose another one."),
        "name_missing": gettext("Give a name in English and in French."),
        "organisation_unknown": gettext(
            "There is no such organisation. Add it with: consult organisation add"
        ),
        "email_invalid": gettext("This is not an email address. It looks like name@example.org."),
        "has_account": gettext("There is an account with this address; its password was not changed."),
    }
    return str(sentences[error.code])
