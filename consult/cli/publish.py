"""``consult publish``: an edition of a survey's results from the command line."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import click
import sqlalchemy as sa

from consult.accounts.models import Person
from consult.cli.findings import echo_json
from consult.cli.storage import opened_database
from consult.db import Database
from consult.i18n import gettext
from consult.questionnaires.lint.answering import sensitive_subject
from consult.reports.breakdowns import BY_CHANNEL, BY_LANGUAGE, BY_MONTH
from consult.reports.edition_making import MOST_GROUPINGS, Made, read_made
from consult.reports.edition_publishing import Overtaken, publish_edition
from consult.reports.edition_tables import can_be_grouped_by, can_be_published
from consult.reports.files import Order, write_file
from consult.reports.merging import Asked
from consult.reports.queries import source_of
from consult.settings import Settings
from consult.surveys.editions import rounding_key
from consult.surveys.service import survey_by_slug


@click.command()
@click.argument("slug")
@click.option("--questions", metavar="KEY,KEY", help="All that can be published, if left out.")
@click.option("--sensitive", metavar="KEY,KEY", help="Those that look sensitive, if left out.")
@click.option("--by", "groupings", metavar="KEY,KEY", default="", help="At most three; also _language.")
@click.option("--title-en", default="", help="Of the edition.")
@click.option("--title-fr", default="", help="Of the edition.")
@click.option("--account", metavar="EMAIL", help="Who publishes; needed with --yes.")
@click.option("--yes", "is_sure", is_flag=True, help="Publish; without it, only say what would be published.")
@click.option("--json", "is_json", is_flag=True, help="One JSON document instead of lines.")
def publish(
    slug: str,
    questions: str | None,
    sensitive: str | None,
    groupings: str,
    title_en: str,
    title_fr: str,
    account: str | None,
    is_sure: bool,
    is_json: bool,
) -> None:
    """Publish the results of a survey: tables in which nobody can be recognised."""
    settings = Settings.from_environment()
    today = dt.datetime.now(settings.time_zone).date()
    with opened_database(settings) as database, tempfile.TemporaryDirectory() as folder:
        asked = _asked(database, settings, slug)
        person = _person(database, account) if is_sure else None
        titles = (("en", title_en.strip()), ("fr", title_fr.strip()))
        order = Order(
            slug,
            "edition",
            "",
            questions=_keys(questions, asked),
            sensitive=_sensitive(sensitive, asked),
            groupings=_groupings(groupings, asked),
            title=tuple(f"{code}: {text}" for code, text in titles if text),
        )
        path = Path(folder) / "edition"
        write_file(database, settings.secret_key, order, path, today)
        made, number = read_made(path), None
        if made.document is not None and person is not None:
            number = _published(database, slug, today, path, person)
    _say(made, number, is_json=is_json)
    if made.document is None:
        raise SystemExit(1)


def _asked(database: Database, settings: Settings, slug: str) -> tuple[Asked, ...]:
    with database.write() as session:
        survey = survey_by_slug(session, slug)
        if survey is None:
            raise click.ClickException(gettext("There is no survey “%(slug)s”.", slug=slug))
        rounding_key(session, survey.id)
        made_on = dt.datetime.now(settings.time_zone).date()
        return source_of(session, survey, secret_key=settings.secret_key, made_on=made_on).asked


def _person(database: Database, email: str | None) -> Person:
    with database.read() as session:
        found = session.scalar(sa.select(Person).where(Person.email == (email or "")))
    if found is None:
        raise click.UsageError(gettext("Say who publishes: --account with the email of an account."))
    return found


def _keys(wanted: str | None, asked: tuple[Asked, ...]) -> tuple[str, ...]:
    known = [each.key for each in asked if can_be_published(each)]
    return tuple(known) if wanted is None else _checked(wanted, known)


def _sensitive(wanted: str | None, asked: tuple[Asked, ...]) -> tuple[str, ...]:
    fit = [each for each in asked if can_be_published(each)]
    if wanted is None:
        return tuple(each.key for each in fit if sensitive_subject(each.question) is not None)
    return _checked(wanted, [each.key for each in fit])


def _groupings(wanted: str, asked: tuple[Asked, ...]) -> tuple[str, ...]:
    known = [BY_LANGUAGE, BY_CHANNEL, BY_MONTH, *(each.key for each in asked if can_be_grouped_by(each))]
    found = _checked(wanted, known)
    if len(found) > MOST_GROUPINGS:
        raise click.UsageError(
            gettext("Choose at most %(num)s: with each one more has to be hidden.", num=MOST_GROUPINGS)
        )
    return found


def _checked(wanted: str, known: list[str]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(key.strip() for key in wanted.split(",") if key.strip()))
    for key in found:
        if key not in known:
            raise click.UsageError(gettext("“%(question)s” cannot be published.", question=key))
    return found


def _published(database: Database, slug: str, made_on: dt.date, path: Path, person: Person) -> int:
    with database.write() as session:
        survey = survey_by_slug(session, slug)
        if survey is None:
            raise click.ClickException(gettext("There is no survey “%(slug)s”.", slug=slug))
        now = dt.datetime.now(dt.UTC)
        try:
            return publish_edition(session, survey.id, made_on, path, by=person.id, at=now).number
        except Overtaken:
            raise click.ClickException(
                gettext("Another edition was published meanwhile. Make this one again, so that both fit.")
            ) from None


def _say(made: Made, number: int | None, *, is_json: bool) -> None:
    notes = made.document["notes"] if made.document else {"shown": 0, "hidden": 0}
    found = {
        "edition": number,
        "problem": made.problem or None,
        "new": made.new,
        "threshold": made.threshold,
        "shown": notes["shown"],
        "hidden": notes["hidden"],
    }
    if is_json:
        echo_json(found)
    elif made.document is None:
        click.echo(_problem(made), err=True)
    else:
        counts = {"shown": notes["shown"], "hidden": notes["hidden"]}
        click.echo(gettext("%(shown)s numbers are shown, %(hidden)s are hidden.", **counts))
        if number is None:
            click.echo(gettext("Nothing was published: add --yes."))
        else:
            click.echo(gettext("Edition %(number)s is published.", number=number))


def _problem(made: Made) -> str:
    if made.problem == "too_few":
        return str(
            gettext(
                "There are fewer than %(threshold)s responses. Nothing can be published yet without pointing "
                "to somebody.",
                threshold=made.threshold,
            )
        )
    if made.problem == "too_little_new":
        return str(
            gettext(
                "Since the last edition there are %(num)s new responses. Wait until there are %(threshold)s.",
                num=made.new,
                threshold=made.threshold,
            )
        )
    return str(
        gettext(
            "Whatever is hidden, something could be worked out from this choice together with earlier "
            "editions. Choose fewer groups or questions, or wait for more responses."
        )
    )
