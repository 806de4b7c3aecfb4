"""``consult survey import|export|open|close``: surveys in the database."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click
from sqlalchemy.orm import Session

from consult.accounts.service import organisation_by_slug
from consult.cli.files import written_whole
from consult.cli.findings import FORM, as_document, echo_count, echo_findings, echo_json, read_form
from consult.cli.language import language_option
from consult.cli.storage import unit_of_work
from consult.i18n import gettext, lazy_gettext
from consult.questionnaires.document import from_document
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.xlsform import write_xlsform
from consult.surveys.models import Survey
from consult.surveys.service import (
    SurveyError,
    close_survey,
    import_questionnaire,
    open_survey,
    publish_draft,
    survey_by_slug,
)

_PROBLEMS = {
    "slug_invalid": lazy_gettext("The name may have small letters, digits and - only, at most 64."),
    "slug_taken": lazy_gettext("This name is taken. Choose another one with --slug."),
    "nothing_to_publish": lazy_gettext("There is no draft to publish."),
    "not_published": lazy_gettext("The survey has no published version. Import it with --publish first."),
}


@click.command("import")
@click.argument("file", type=FORM)
@click.option("--organisation", required=True, metavar="SLUG", help="Whose survey it is.")
@click.option("--slug", metavar="NAME", help="Its name in addresses (default: from the form).")
@click.option("--publish", is_flag=True, help="Publish it as the next version.")
@click.option("--json", "is_json", is_flag=True, help="One JSON document instead of lines.")
@language_option
def import_(file: Path, organisation: str, slug: str | None, publish: bool, is_json: bool) -> None:
    """Make a form the draft of a survey; with --publish also its next version."""
    reading = read_form(file)
    if reading.questionnaire is None:
        if is_json:
            echo_json(as_document(reading))
        else:
            echo_findings(reading.findings)
            echo_count(reading)
        sys.exit(1)
    with unit_of_work() as session:
        name, version = _import(session, reading.questionnaire, organisation, slug, publish)
    if is_json:
        echo_json({**as_document(reading), "survey": name, "version": version})
        return
    echo_findings(reading.findings)
    if version is None:
        click.echo(gettext("%(survey)s has a new draft.", survey=name))
    else:
        click.echo(gettext("%(survey)s is published as version %(version)s.", survey=name, version=version))


@click.command()
@click.argument("slug")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@language_option
def export(slug: str, file: Path) -> None:
    """Write a survey's draft, or else its published version, as an XLSForm workbook."""
    with unit_of_work() as session:
        survey = _survey(session, slug)
        published = survey.current_version.specification if survey.current_version else None
        document = survey.draft or published
    if document is None:
        raise click.ClickException(gettext("The survey has no questions yet."))
    with written_whole(file) as opened:
        opened.write(write_xlsform(from_document(document)))
    click.echo(str(file))


@click.command("open")
@click.argument("slug")
@language_option
def open_(slug: str) -> None:
    """Let a survey take answers."""
    with unit_of_work() as session:
        try:
            open_survey(session, _survey(session, slug), _today())
        except SurveyError as problem:
            raise _said(problem) from None
    click.echo(gettext("%(survey)s is open.", survey=slug))


@click.command()
@click.argument("slug")
@language_option
def close(slug: str) -> None:
    """End a survey: it takes no more answers, and keeps those it has."""
    with unit_of_work() as session:
        close_survey(session, _survey(session, slug), _today())
    click.echo(gettext("%(survey)s is closed.", survey=slug))


def _import(
    session: Session, questionnaire: Questionnaire, organisation: str, slug: str | None, is_published: bool
) -> tuple[str, int | None]:
    """The survey's slug, and the number of the version it was published as."""
    owner = organisation_by_slug(session, organisation)
    if owner is None:
        raise click.ClickException(gettext("There is no organisation “%(slug)s”.", slug=organisation))
    try:
        survey = import_questionnaire(session, owner, questionnaire, slug)
        if not is_published:
            return survey.slug, None
        return survey.slug, publish_draft(session, survey, None, dt.datetime.now(dt.UTC)).number
    except SurveyError as problem:
        raise _said(problem) from None


def _survey(session: Session, slug: str) -> Survey:
    survey = survey_by_slug(session, slug)
    if survey is None:
        raise click.ClickException(gettext("There is no survey “%(slug)s”.", slug=slug))
    return survey


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


def _said(problem: SurveyError) -> click.ClickException:
    return click.ClickException(str(_PROBLEMS.get(problem.code, problem.code)))
