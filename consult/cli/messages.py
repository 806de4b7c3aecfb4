"""``consult messages``: the interface's sentences and their translations."""

from __future__ import annotations

import sys

import click

from consult.cli import catalogues
from consult.i18n import translations_folder


@click.group("messages")
def messages() -> None:
    """Extract, update, check and compile the interface's messages."""


@messages.command()
def extract() -> None:
    """Write translations/messages.pot from the source."""
    path = translations_folder() / "messages.pot"
    template = catalogues.extract()
    path.write_bytes(catalogues.text(template))
    click.echo(f"{path}: {len(template)} messages")


@messages.command()
def update() -> None:
    """Bring every translator's file up to translations/messages.pot."""
    folder = translations_folder()
    template = catalogues.read(folder / "messages.pot")
    for path in sorted(folder.glob("*/LC_MESSAGES/messages.po")):
        catalogues.update(template, path)
        click.echo(str(path))


@messages.command()
def check() -> None:
    """Fail unless every catalogue is complete and says the same as the source."""
    found = list(catalogues.faults(translations_folder()))
    for fault in found:
        click.echo(str(fault))
    sys.exit(1 if found else 0)


@messages.command("compile")
def compile_() -> None:
    """Compile the catalogues for use."""
    click.echo(f"{catalogues.compile_all(translations_folder())} catalogues compiled")
