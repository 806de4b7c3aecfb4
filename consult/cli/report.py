"""``consult summary``: what was answered, as numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from consult.cli.findings import echo_json
from consult.cli.language import language_option, spoken
from consult.cli.progress import progress
from consult.cli.storage import opened_database
from consult.i18n import gettext
from consult.reports.derived import Opening
from consult.reports.document import summary_document
from consult.reports.queries import source_of
from consult.reports.results import Result, Results, results_of
from consult.reports.source import Source, watched
from consult.responses.reading import count_submitted
from consult.settings import Settings
from consult.surveys.service import survey_by_slug

_WRITABLE = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.command()
@click.argument("slug")
@click.option("--by", metavar="QUESTION", help="Break down by a question of choices, _language or _channel.")
@click.option("--json", "is_json", is_flag=True, help="One JSON document instead of lines.")
@language_option
@click.pass_context
def summary(context: click.Context, slug: str, by: str | None, is_json: bool) -> None:
    """Count the answers of a survey, per question and choice."""
    with _opened(slug, is_counted=True) as source, progress(source.total) as advance, _wrong_use(by):
        if is_json:
            echo_json(summary_document(watched(source, advance), by))
        else:
            results = results_of(watched(source, advance), spoken(context), by)
            click.echo("\n".join(_lines(results, source)))


@contextmanager
def _wrong_use(by: str | None) -> Iterator[None]:
    """Says so when nothing can be broken down by that."""
    try:
        yield
    except KeyError as unknown:
        if unknown.args != (by,):
            raise
        message = gettext("“%(question)s” is not a question of choices of this survey.", question=by)
        raise click.UsageError(message) from None


def _lines(results: Results, source: Source) -> Iterator[str]:
    yield results.size
    for result in results.results:
        yield ""
        yield f"{result.key}: {' '.join(result.title.split())}"
        yield f"  {result.base}"
        for line in result.lines:
            yield f"  {line.count:>9} {line.percent:>6}  {line.label}"
        for term, figure in result.figures:
            yield f"  {figure:>16}  {term}"
        if result.crosses:
            yield from _crossed(result, results, source)


def _crossed(result: Result, results: Results, source: Source) -> Iterator[str]:
    small = gettext("Fewer than %(threshold)s", threshold=source.threshold)
    for place, head in enumerate(results.heads):
        yield f"  {head.label}"
        for row in result.crosses:
            cell = row.cells[place]
            if cell is None:
                yield f"  {small:>16}"
                break
            yield f"  {cell:>16}  {row.label}"


@contextmanager
def _opened(slug: str, *, is_counted: bool = False) -> Iterator[Source]:
    """The survey's source, on one snapshot; ``is_counted``: with columns to count from, however long it takes
    to make them. Raises click.ClickException."""
    settings = Settings.from_environment()
    with opened_database(settings) as database, database.read() as session:
        survey = survey_by_slug(session, slug)
        if survey is None:
            raise click.ClickException(gettext("There is no survey “%(slug)s”.", slug=slug))
        today = dt.datetime.now(settings.time_zone).date()
        with progress(count_submitted(session, survey.id)) as advance:
            counting = Opening(settings.data_dir, most=None, advance=advance) if is_counted else None
            source = source_of(
                session, survey, secret_key=settings.secret_key, made_on=today, counting=counting
            )
        yield source
