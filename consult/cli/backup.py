"""``consult backup FILE`` and ``consult restore FILE``: verified both ways."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from consult.backups import BackupRefused, Header, make_backup, restore_backup
from consult.cli.files import written_whole
from consult.cli.findings import echo_json
from consult.cli.language import language_option
from consult.cli.storage import opened_database
from consult.files import file_stores
from consult.i18n import gettext, lazy_gettext, ngettext
from consult.reports.code_columns.keeping import forget_all
from consult.settings import Settings

_REASONS = {
    "not_a_backup": lazy_gettext("This file is not a backup."),
    "damaged": lazy_gettext("This backup is damaged: it was cut short or changed."),
    "other_engine": lazy_gettext("This backup is from another kind of database (SQLite or PostgreSQL)."),
    "newer": lazy_gettext("This backup was made by a later version of this software. Install that first."),
    "inconsistent": lazy_gettext("This backup contradicts itself."),
}
_JSON = click.option("--json", "is_json", is_flag=True, help="One JSON document instead of lines.")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@_JSON
@language_option
def backup(file: Path, is_json: bool) -> None:
    """Write the database and all files to FILE and prove that they are there. People may answer meanwhile."""
    settings = Settings.from_environment()
    with opened_database(settings) as database, written_whole(file) as opened:
        header = make_backup(database, opened, file_stores(settings))
    if is_json:
        echo_json(_as_document(file, header))
        return
    click.echo(_count(header))


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@_JSON
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask.")
@language_option
def restore(file: Path, is_json: bool, is_sure: bool) -> None:
    """Replace the database by what is in FILE, and bring its files back. A damaged FILE changes nothing."""
    if sys.stdin.isatty() and not is_sure:
        click.confirm(gettext("Everything in the database is replaced. Go on?"), abort=True)
    settings = Settings.from_environment()
    with opened_database(settings) as database:
        try:
            header = restore_backup(database, file, file_stores(settings))
        except BackupRefused as refused:
            raise click.ClickException(
                gettext("%(reason)s The database was not changed.", reason=_REASONS[refused.code])
            ) from None
    forget_all(settings.data_dir)  # what was counted was counted of another database
    if is_json:
        echo_json(_as_document(file, header))
        return
    click.echo(_count(header))


def _count(header: Header) -> str:
    number = header.content.rows.get("response", 0)
    return str(ngettext("%(num)d response, verified.", "%(num)d responses, verified.", number))


def _as_document(file: Path, header: Header) -> dict[str, object]:
    return {
        "file": str(file),
        "engine": header.engine,
        "revision": header.content.revision,
        "rows": dict(header.content.rows),
        "dump": header.content.dump,
    }
