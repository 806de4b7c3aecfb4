"""``consult init``: create the database or bring it up to date."""

from __future__ import annotations

import click

from consult.cli.language import language_option
from consult.cli.storage import opened_database
from consult.i18n import gettext
from consult.schema import migrate


@click.command()
@language_option
def init() -> None:
    """Create the database, or bring it up to this version. Doing it again changes nothing."""
    with opened_database() as database:
        migrate(database)
    click.echo(gettext("The database is ready."))
