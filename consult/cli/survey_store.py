"""``consult survey import|open|close``: surveys in the database."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click
from sqlalchemy.orm import Session

from consult.accounts.service import organisation_by_slug
from consult.cli.findings import (
    FORM,
    as_document,
    assume_option,
    echo_assumable,
    echo_count,
    echo_findings,
    echo_json,
    read_form,
)
from consult.cli.language import language_option
from consult.cli.storage import unit_of_work
from consult.i18n import gettext, lazy_gettext
from consult.questionnaires.findings import Finding
from consult.questionnaires.xlsform import Reading
from consult.surveys.models import Survey
from consult.surveys.service import (
    SurveyError,
    close_survey,
    import_questionnaire,
    open_survey,
    publish_draft,
    survey_by_slug,
)
from consult.surveys.xforms import draft_to_convert, keep_xform, work_out

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
@assume_option
@language_option
def import_(
    file: Path, organisation: str, slug: str | None, publish: bool, is_json: bool, assume: bool
) -> None:
    """Make a form the draft of a survey; with --publish also its next version."""
    reading = read_form(file, assume=assume)
    if reading.questionnaire is None:
        if is_json:
            echo_json(as_document(reading))
        else:
            echo_findings(reading.findings)
            echo_count(reading)
            if not assume:
                echo_assumable(file, reading)
        sys.exit(1)
    with unit_of_work() as session:
        name = _import(session, reading, organisation, slug)
    version = _publish(name, reading.findings) if publish else None
    if is_json:
        echo_json({**as_document(reading), "survey": name, "version": version})
        return
    echo_findings(reading.findings)
    if version is None:
        click.echo(gettext("%(survey)s has a new draft.", survey=name))
    else:
        click.echo(gettext("%(survey)s is published as version %(version)s.", survey=name, version=version))


@click.command("open")
@click.argument("slug")
@language_option
def open_(slug: str) -> None:
    """Let a survey take answers."""
    with unit_of_work() as session:
        try:
            open_survey(session, named_survey(session, slug), _today())
        except SurveyError as problem:
            raise _said(problem) from None
    click.echo(gettext("%(survey)s is open.", survey=slug))


@click.command()
@click.argument("slug")
@language_option
def close(slug: str) -> None:
    """End a survey: it takes no more answers, and keeps those it has."""
    with unit_of_work() as session:
        close_survey(session, named_survey(session, slug), _today())
    click.echo(gettext("%(survey)s is closed.", survey=slug))


def _import(session: Session, reading: Reading, organisation: str, slug: str | None) -> str:
    """The survey's slug."""
    owner, questionnaire = organisation_by_slug(session, organisation), reading.questionnaire
    if owner is None or questionnaire is None:
        raise click.ClickException(gettext("There is no organisation “%(slug)s”.", slug=organisation))
    try:
        return import_questionnaire(session, owner, questionnaire, slug, reading.files).slug
    except SurveyError as problem:
        raise _said(problem) from None


def _publish(slug: str, findings: list[Finding]) -> int:
    """The number of the version; what keeps it from ODK Collect is added to ``findings``."""
    with unit_of_work() as session:
        draft = draft_to_convert(session, named_survey(session, slug))
    worked = work_out(draft) if draft else None
    with unit_of_work() as session:
        try:
            version = publish_draft(session, named_survey(session, slug), None, dt.datetime.now(dt.UTC))
        except SurveyError as problem:
            raise _said(problem) from None
        if worked is not None:
            keep_xform(session, version, worked)
            findings += [worked.finding] if worked.finding else []
        return version.number


def named_survey(session: Session, slug: str) -> Survey:
    """The survey with this address. Raises click.ClickException."""
    survey = survey_by_slug(session, slug)
    if survey is None:
        raise click.ClickException(gettext("There is no survey “%(slug)s”.", slug=slug))
    return survey


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


def _said(problem: SurveyError) -> click.ClickException:
    return click.ClickException(str(_PROBLEMS.get(problem.code, problem.code)))
