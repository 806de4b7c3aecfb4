"""``consult demo``: the living example, loaded and served."""

from __future__ import annotations

import datetime as dt
import json
import os
import socket
import sys
from collections.abc import Iterator
from typing import Any

import click

from consult.cli import serve
from consult.cli.language import language_option, spoken
from consult.db import Database
from consult.demo.load import WORK, Example, load_demo
from consult.i18n import gettext, ngettext
from consult.organisations.labels import ROLES
from consult.schema import migrate
from consult.settings import Settings
from consult.surveys.files import lend_store

WORKERS = 2


@click.command("demo")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to serve on."
)
@click.option("--no-serve", is_flag=True, help="Only load the example.")
@click.option("--json", "as_json", is_flag=True, help="Report as one JSON document.")
@language_option
@click.pass_context
def demo(context: click.Context, port: int, no_serve: bool, as_json: bool) -> None:
    """Load the example and serve it. Running it again keeps the data.

    Two invented partnerships, their surveys in five languages, made-up answers, and accounts to try.
    """
    if not no_serve and not _is_free(port):
        raise click.ClickException(
            gettext("Port %(port)s is in use. Choose another one with --port.", port=port)
        )
    settings = _settings(port)
    serve.prepare_catalogues()
    examples = _load(settings)
    if as_json:
        click.echo(json.dumps(_document(settings, examples), ensure_ascii=False))
    else:
        click.echo("\n".join(_lines(settings, examples, spoken(context))))
    if not no_serve:
        sys.stdout.flush()
        serve.run(settings, f"127.0.0.1:{port}", WORKERS, "both")


def _settings(port: int) -> Settings:
    """Of the environment; links lead to this port unless the environment says where people come in."""
    own = f"http://127.0.0.1:{port}"
    return Settings.from_environment({"CONSULT_BASE_URL": own, **os.environ})


def _is_free(port: int) -> bool:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _load(settings: Settings) -> list[Example]:
    database = Database(settings.database_url)
    lend_store(database, settings)
    try:
        migrate(database)
        today = dt.datetime.now().astimezone().date()
        label = gettext("Making up answers")
        with click.progressbar(
            length=WORK, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()
        ) as bar:
            return load_demo(database, settings.secret_key, today, bar.update)
    finally:
        # The server forks: no open connection may be carried over.
        database.dispose()


def _lines(settings: Settings, examples: list[Example], language: str) -> Iterator[str]:
    added = sum(example.added for example in examples)
    yield gettext("The example is ready. Its partnerships, people and answers are all made up.")
    if added:
        yield ngettext("%(num)d made-up response was added.", "%(num)d made-up responses were added.", added)
    yield ""
    yield gettext("To answer a survey:")
    yield from (f"  {address}" for address in _survey_addresses(settings, examples))
    yield gettext("For staff and data collectors:")
    yield f"  {_office_address(settings, language)}"
    yield ""
    yield gettext("Accounts:")
    for example in examples:
        yield f"  {example.organisation.name.pick(language)}"
        for account in example.accounts:
            roles = ", ".join(str(ROLES[role]) for role in account.person.roles)
            password = account.password or gettext("(password changed)")
            yield f"    {account.person.email:<30} {password:<16} {roles}"
    yield ""


def _document(settings: Settings, examples: list[Example]) -> dict[str, Any]:
    return {
        "surveys": list(_survey_addresses(settings, examples)),
        "office": _office_address(settings, "en"),
        "responses_added": sum(example.added for example in examples),
        "accounts": [
            {
                "organisation": example.organisation.slug,
                "email": account.person.email,
                "password": account.password,
                "roles": [role.value for role in account.person.roles],
            }
            for example in examples
            for account in example.accounts
        ],
    }


def _survey_addresses(settings: Settings, examples: list[Example]) -> Iterator[str]:
    for example in examples:
        organisation = example.organisation
        yield f"{settings.base_url}/{organisation.default_language}/s/{organisation.survey_slug}/"


def _office_address(settings: Settings, language: str) -> str:
    return f"{settings.office_url}/{language}/login"
