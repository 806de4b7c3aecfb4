"""``consult report`` and ``consult reports``: what was answered as a workbook or in Word, put together on the
command line or saved by staff."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from consult.cli.files import written_whole
from consult.cli.findings import echo_json
from consult.cli.language import language_option, spoken
from consult.cli.progress import progress
from consult.cli.storage import opened_database
from consult.i18n import OFFICIAL_LANGUAGES, gettext, ngettext
from consult.reports.analysis.profiles import Profile
from consult.reports.contents import Plan, plan_of
from consult.reports.definitions import (
    Definition,
    definition_document,
    definition_named,
    definitions_of,
    order_of_definition,
)
from consult.reports.files import SUMMARIES, Kind, Order, passes, write_outside
from consult.reports.profiles import profile_kept
from consult.reports.queries import source_of
from consult.reports.source import Source, watched
from consult.reports.wording import BOTH, Wording
from consult.reports.workbook import write_workbook
from consult.responses.reading import count_submitted
from consult.settings import Settings
from consult.surveys.models import Survey
from consult.surveys.service import survey_by_slug

_WRITABLE = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.command()
@click.argument("slug")
@click.argument("file", type=_WRITABLE)
@click.option("--definition", "name", metavar="NAME", help="A report that staff saved; see consult reports.")
@click.option(
    "--language",
    "words",
    metavar="en|fr|both",
    help="Of the report; any language of the survey works. Default: as the definition says, else both.",
)
@click.option(
    "--by",
    "breakdowns",
    multiple=True,
    metavar="QUESTION",
    help="Add a sheet broken down by it, _language or _channel, or by two with a comma. Can be repeated.",
)
@click.option("--question", "questions", multiple=True, metavar="KEY", help="Only this. Can be repeated.")
@click.option("--marks", "has_marks", is_flag=True, help="Mark differences that are more than chance.")
@click.option("--weighted", "is_weighted", is_flag=True, help="Add weighted figures beside those counted.")
@click.option("--council", "is_outside", is_flag=True, help="Only what can be passed on, as in FILE.docx.")
@click.option("--json", "is_json", is_flag=True, help="One JSON document instead of a line.")
def report(
    slug: str,
    file: Path,
    name: str | None,
    words: str | None,
    *,
    is_outside: bool,
    is_json: bool,
    **wanted: Any,
) -> None:
    """Write the Excel report of a survey to FILE, or its summary in Word (FILE.docx)."""
    if file.suffix.lower() not in (".xlsx", ".docx"):
        raise click.UsageError(gettext("The name of the file must end with .xlsx or .docx."))
    if name is not None and any(wanted.values()):
        raise click.UsageError(
            gettext("The definition says what is in the report. Leave out the other options.")
        )
    with _survey_of(slug) as (settings, session, survey):
        definition = Definition("", **wanted) if name is None else _named(session, survey, name)
        kind = _kind(file, is_outside=is_outside)
        number, plan = _make(settings, session, survey, file, kind, definition, words)
    voice = Wording((spoken(click.get_current_context()),))
    _say(file, number, [said.line for said in plan.remarks(voice)], is_json=is_json)


def _make(
    settings: Settings,
    session: Session,
    survey: Survey,
    file: Path,
    kind: Kind,
    definition: Definition,
    words: str | None,
) -> tuple[int, Plan]:
    """How many responses the file holds, and what of the definition is in it."""
    today = dt.datetime.now(settings.time_zone).date()
    order = order_of_definition(survey.slug, definition, kind, today)
    make = partial(source_of, session, survey, secret_key=settings.secret_key, made_on=today)
    source = make(filters=order.filters)
    order = replace(order, words=_language(words or definition.words, source))
    plan = plan_of(source, order.contents)
    if not definition.name and plan.gone:
        raise click.UsageError(_wrong(plan))
    profile = profile_kept(session, survey.id) if order.is_weighted else None
    number = count_submitted(session, survey.id, order.filters)
    if kind in SUMMARIES:
        _write_outside(file, source, make(), order, number)
    else:
        _write(file, source, order, number, profile.profile if profile else None)
    return number, plan


@click.command()
@click.argument("slug")
@click.option("--json", "is_json", is_flag=True, help="One JSON document instead of lines.")
@language_option
def reports(slug: str, is_json: bool) -> None:
    """List the reports of a survey that staff saved, for: consult report --definition NAME."""
    with _survey_of(slug) as (_, session, survey):
        found = [each.definition for each in definitions_of(session, survey.id)]
    if is_json:
        echo_json([{"name": each.name, **definition_document(each)} for each in found])
    elif found:
        click.echo("\n".join(each.name for each in found))
    else:
        click.echo(gettext("No report is saved yet."), err=True)


def _write(file: Path, source: Source, order: Order, number: int, profile: Profile | None) -> None:
    wording = Wording.of(order.words, source.fallback)
    with written_whole(file) as opened, progress(passes(order, source) * number) as advance:
        write_workbook(watched(source, advance), wording, opened, order.contents, profile)


def _write_outside(file: Path, source: Source, whole: Source, order: Order, number: int) -> None:
    with written_whole(file) as opened, progress(number) as advance:
        write_outside(order, watched(source, advance), whole, opened)


def _kind(file: Path, *, is_outside: bool) -> Kind:
    if file.suffix.lower() == ".docx":
        return "docx"
    return "council.xlsx" if is_outside else "xlsx"


def _language(words: str, source: Source) -> str:
    if words not in (*OFFICIAL_LANGUAGES, BOTH, *source.languages):
        raise click.UsageError(gettext("“%(language)s” is not a language of this survey.", language=words))
    return words


def _named(session: Session, survey: Survey, name: str) -> Definition:
    found = definition_named(session, survey.id, name)
    if found is None:
        raise click.ClickException(
            gettext("This survey has no report “%(name)s”. consult reports lists them.", name=name)
        )
    return found


def _wrong(plan: Plan) -> str:
    """On the command line, what the survey does not have is a slip of the pen."""
    keys = ", ".join(plan.gone)
    if all(key in plan.gone_breakdowns for key in plan.gone):
        return str(gettext("“%(question)s” is not a question of choices of this survey.", question=keys))
    return str(gettext("“%(question)s” is not a question of this survey.", question=keys))


def _say(file: Path, number: int, remarks: list[str], *, is_json: bool) -> None:
    if is_json:
        echo_json({"file": str(file), "responses": number, **({"remarks": remarks} if remarks else {})})
        return
    for remark in remarks:
        click.echo(remark, err=True)
    click.echo(ngettext("%(num)d response written.", "%(num)d responses written.", number))


@contextmanager
def _survey_of(slug: str) -> Iterator[tuple[Settings, Session, Survey]]:
    """On one snapshot. Raises click.ClickException."""
    settings = Settings.from_environment()
    with opened_database(settings) as database, database.read() as session:
        survey = survey_by_slug(session, slug)
        if survey is None:
            raise click.ClickException(gettext("There is no survey “%(slug)s”.", slug=slug))
        yield settings, session, survey
