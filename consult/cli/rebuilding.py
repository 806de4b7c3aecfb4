"""``consult responses rebuild``: the columns that results are counted from, made anew or compared."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace

import click

from consult.cli.findings import echo_json
from consult.cli.language import language_option
from consult.cli.progress import progress
from consult.cli.storage import opened_database
from consult.i18n import gettext, ngettext
from consult.reports.breakdowns import BY_LANGUAGE
from consult.reports.code_columns.keeping import columns_folder, forget
from consult.reports.comparing import breakdown_differences, differences
from consult.reports.counting import broken_down
from consult.reports.derived import Opening
from consult.reports.queries import source_of
from consult.reports.source import Source, watched
from consult.responses.reading import count_submitted
from consult.settings import Settings
from consult.surveys.service import survey_by_slug


@click.command()
@click.argument("slug")
@click.option("--check", "is_check", is_flag=True, help="Change nothing; compare with the responses.")
@click.option("--json", "is_json", is_flag=True, help="One JSON document instead of lines.")
@language_option
def rebuild(slug: str, is_check: bool, is_json: bool) -> None:
    """Make anew what the results of a survey are counted from.

    It is derived from the responses and can be deleted at any time. With --check it is compared with what a
    pass over all responses counts, question by question; the command ends with 1 where they differ.
    """
    settings = Settings.from_environment()
    with opened_database(settings) as database, database.read() as session:
        survey = survey_by_slug(session, slug)
        if survey is None:
            raise click.ClickException(gettext("There is no survey “%(slug)s”.", slug=slug))
        try:
            folder = columns_folder(settings.data_dir, survey.id)
            if not is_check:
                forget(folder)
        except OSError as problem:
            raise click.ClickException(
                gettext("The data folder cannot be written: %(reason)s", reason=problem.strerror)
            ) from None
        total = count_submitted(session, survey.id)
        with progress((1 + is_check) * total) as advance:
            today = dt.datetime.now(settings.time_zone).date()
            counting = Opening(settings.data_dir, few=-1, most=None, advance=advance)
            source = source_of(
                session, survey, secret_key=settings.secret_key, made_on=today, counting=counting
            )
            found = _compared(watched(source, advance)) if is_check else []
    size = sum(path.stat().st_size for path in folder.glob("*.columns"))
    if is_json:
        document = {"survey": slug, "responses": total, "bytes": size}
        echo_json({**document, **({"differences": found} if is_check else {})})
    else:
        _echo(total, found, is_check=is_check)
    sys.exit(1 if found else 0)


def _compared(source: Source) -> list[str]:
    """Everything, and by language."""
    ours, ours_by = broken_down(source, BY_LANGUAGE)
    theirs, theirs_by = broken_down(replace(source, columns=None), BY_LANGUAGE)
    return list(dict.fromkeys([*differences(ours, theirs), *breakdown_differences(ours_by, theirs_by)]))


def _echo(total: int, found: list[str], *, is_check: bool) -> None:
    if not is_check:
        click.echo(ngettext("%(num)s response counted anew.", "%(num)s responses counted anew.", total))
    elif not found:
        click.echo(
            ngettext(
                "%(num)s response compared: everything is equal.",
                "%(num)s responses compared: everything is equal.",
                total,
            )
        )
    for name in found:
        click.echo(gettext("“%(question)s” is counted differently.", question=name))
    if found:
        click.echo(gettext("Run the command again without --check."))
