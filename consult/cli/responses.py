"""``consult responses load|export|tidy|rebuild``: answers into and out of a survey."""

from __future__ import annotations

import datetime as dt
import sys
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import IO

import click
from sqlalchemy.orm import Session

from consult.cli.files import written_whole
from consult.cli.findings import echo_json
from consult.cli.language import language_option
from consult.cli.progress import progress
from consult.cli.rebuilding import rebuild
from consult.cli.storage import opened_database
from consult.db import Database
from consult.files import answer_files, form_files
from consult.i18n import OFFICIAL_LANGUAGES, gettext, ngettext
from consult.reports.delimited import CODES
from consult.reports.files import TABLE_WRITERS
from consult.reports.queries import source_of
from consult.reports.repeats import repeats_of
from consult.reports.source import watched
from consult.reports.wording import BOTH
from consult.responses.drafts import KEPT_FOR
from consult.responses.files_rows import sweep_files
from consult.responses.loading import Destination, Loaded, load_responses
from consult.responses.ndjson import write_line
from consult.responses.reading import read_responses
from consult.responses.service import purge_drafts
from consult.settings import Settings
from consult.surveys.files import sweep_form_files
from consult.surveys.models import Survey
from consult.surveys.service import survey_by_slug

_READABLE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
_WRITABLE = click.Path(dir_okay=False, writable=True, path_type=Path)
_JSON = click.option("--json", "is_json", is_flag=True, help="One JSON document instead of lines.")


@click.group()
def responses() -> None:
    """Load, export, tidy and count the answers of a survey."""


responses.add_command(rebuild)


@responses.command()
@click.argument("slug")
@click.argument("file", type=_READABLE)
@_JSON
@language_option
def load(slug: str, file: Path, is_json: bool) -> None:
    """Load responses, one JSON object a line (NDJSON). Loading the same file again changes nothing."""
    settings = Settings.from_environment()
    with opened_database(settings) as database, file.open("rb") as opened:
        destination = Destination(_survey(database, slug), settings.time_zone)
        with progress(file.stat().st_size) as advance:
            loaded = load_responses(database, destination, opened, advance)
    if is_json:
        echo_json(_as_document(loaded))
    else:
        _echo(loaded)
    sys.exit(1 if loaded.rejected else 0)


@responses.command()
@click.argument("slug")
@click.argument("file", type=_WRITABLE)
@click.option(
    "--words",
    default=CODES,
    show_default=True,
    metavar="codes|en|fr|both",
    help="Codes of choices, or their labels in a language; in .sav both stand, in one language.",
)
@_JSON
@language_option
def export(slug: str, file: Path, words: str, is_json: bool) -> None:
    """Write all submitted responses to FILE: .ndjson (what “load” reads), .csv, or .zip: the same with a
    further .csv for what is asked several times over, one row for each entry; .sav for SPSS, or .sav.zip;
    .codebook.zip: coded responses with their code book; .ddi.xml: the code book alone, for archives.
    """
    ending = _ending(file)
    if ending != "ndjson" and ending not in TABLE_WRITERS:
        raise click.UsageError(
            gettext(
                "The name of the file must end with .ndjson, .csv, .zip, .sav, .sav.zip, .codebook.zip or "
                ".ddi.xml."
            )
        )
    settings = Settings.from_environment()
    today = dt.datetime.now(settings.time_zone).date()
    with opened_database(settings) as database, database.read() as session:
        survey = _found(session, slug)
        source = source_of(session, survey, secret_key=settings.secret_key, made_on=today)
        if words not in (CODES, BOTH, *OFFICIAL_LANGUAGES, *source.languages):
            raise click.UsageError(
                gettext("“%(language)s” is not a language of this survey.", language=words)
            )
        repeats = repeats_of(source.asked)
        with written_whole(file) as opened, progress(_passes(ending, len(repeats)) * source.total) as advance:
            if ending == "ndjson":
                _write_ndjson(session, survey, settings.secret_key, opened, advance)
            else:
                if ending.startswith("sav") and words == CODES:
                    words = source.fallback  # codes and labels: SPSS has both
                TABLE_WRITERS[ending](watched(source, advance), words, opened)
    if repeats and ending in ("csv", "sav"):
        warning = gettext(
            "What was asked several times over is only counted in .%(ending)s; .zip and .ndjson have it.",
            ending=ending,
        )
        click.echo(warning, err=True)
    if is_json:
        echo_json({"file": str(file), "responses": source.total})
    else:
        click.echo(ngettext("%(num)d response written.", "%(num)d responses written.", source.total))


@responses.command()
@click.option(
    "--days",
    type=click.IntRange(min=1),
    default=KEPT_FOR.days,
    show_default=True,
    help="Delete unfinished responses begun longer ago than this.",
)
@_JSON
@language_option
def tidy(days: int, is_json: bool) -> None:
    """Delete what was left unfinished, and every trace of the order in which answers came.

    To be run every night. Nobody can write while the database is rewritten (about a second for each
    ten thousand responses).
    """
    settings = Settings.from_environment()
    today = dt.datetime.now(settings.time_zone).date()
    with opened_database(settings) as database:
        deleted = purge_drafts(database, today - dt.timedelta(days=days))
        swept = sweep_files(database, answer_files(settings)).files
        swept += sweep_form_files(database, form_files(settings))
        is_forgotten = database.forget_order("response", "revision")
    if is_json:
        echo_json({"deleted": deleted, "files_deleted": swept, "order_forgotten": is_forgotten})
        return
    click.echo(
        ngettext("%(num)d unfinished response deleted.", "%(num)d unfinished responses deleted.", deleted)
    )
    if swept:
        click.echo(ngettext("%(num)d file deleted.", "%(num)d files deleted.", swept))
    if not is_forgotten:
        click.echo(gettext("Somebody was reading: the order of arrival is still in the log. Run it again."))


def _passes(ending: str, repeats: int) -> int:
    """How often the responses are read: SPSS measures its texts first, a code book counts first."""
    tables = 1 + repeats if ending.endswith("zip") else 1
    return tables * (2 if ending.startswith("sav") else 1) + (ending == "codebook.zip")


def _ending(file: Path) -> str:
    name = file.name.lower()
    long = next((kind for kind in TABLE_WRITERS if "." in kind and name.endswith(f".{kind}")), None)
    return long or Path(name).suffix.removeprefix(".")


def _survey(database: Database, slug: str) -> uuid.UUID:
    with database.read() as session:
        return _found(session, slug).id


def _found(session: Session, slug: str) -> Survey:
    survey = survey_by_slug(session, slug)
    if survey is None:
        raise click.ClickException(gettext("There is no survey “%(slug)s”.", slug=slug))
    return survey


def _write_ndjson(
    session: Session, survey: Survey, secret_key: str, file: IO[bytes], advance: Callable[[int], None]
) -> None:
    numbers = {version.id: version.number for version in survey.versions}
    for stored in read_responses(session, survey.id, secret_key):
        file.write(write_line(stored, numbers[stored.version_id]))
        advance(1)


def _as_document(loaded: Loaded) -> dict[str, object]:
    return {
        "accepted": loaded.accepted,
        "duplicate": loaded.duplicate,
        "rejected": [
            {"line": rejection.line, "question": rejection.question, "reason": str(rejection.reason)}
            for rejection in loaded.rejected
        ],
    }


def _echo(loaded: Loaded) -> None:
    for rejection in loaded.rejected:
        if rejection.question is None:
            text = gettext("Line %(line)s: %(reason)s", line=rejection.line, reason=rejection.reason)
        else:
            text = gettext(
                "Line %(line)s, question “%(question)s”: %(reason)s",
                line=rejection.line,
                question=rejection.question,
                reason=rejection.reason,
            )
        click.echo(text)
    rejected = len(loaded.rejected)
    parts = (
        ngettext("%(num)d response accepted", "%(num)d responses accepted", loaded.accepted),
        ngettext("%(num)d duplicate", "%(num)d duplicates", loaded.duplicate),
        ngettext("%(num)d rejected", "%(num)d rejected", rejected),
    )
    click.echo(" · ".join(parts))
