"""What was answered: pages for those who may see results, and files."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import cast

from flask import Blueprint, abort, g, render_template, request, url_for
from werkzeug.wrappers import Response

from consult.accounts import work
from consult.accounts.access import actor
from consult.accounts.models import Role
from consult.http import now, session, settings
from consult.questions import kind_of
from consult.reports import cards
from consult.reports.code_columns.keeping import Preparing
from consult.reports.definitions import definitions_of
from consult.reports.delimited import CODES
from consult.reports.derived import Opening
from consult.reports.downloads import earlier_summary
from consult.reports.files import CONTENT_TYPES, Kind, Order
from consult.reports.forms import Offered, SelectionForm, selection_form
from consult.reports.giving import give
from consult.reports.links import Links, chips_of
from consult.reports.live import live_of
from consult.reports.preparing import preparing_page
from consult.reports.queries import collector_names, session_names, source_of
from consult.reports.results import Results, results_of
from consult.reports.source import Source
from consult.reports.wording import BOTH, Wording
from consult.responses.models import Channel
from consult.responses.reading import EVERY, Counts, Filters, count_responses, count_submitted
from consult.surveys.models import Survey, SurveyState
from consult.surveys.service import survey_by_slug, surveys_of

blueprint = Blueprint("reports", __name__, template_folder="templates")
blueprint.register_error_handler(Preparing, preparing_page)
work.offer(blueprint, cards.cards)

RESULTS = (Role.ANALYST, Role.STAFF, Role.ADMIN)


@blueprint.get("/reports/")
def survey_list() -> str:
    """The surveys of those organisations of which this person may see results."""
    found = surveys_of(session(), actor().organisations_as(*RESULTS))
    rows = [(survey, count_submitted(session(), survey.id)) for survey in found]
    return render_template("reports/survey_list.html", rows=rows)


@blueprint.get("/reports/<survey>/")
def results(survey: str) -> str | tuple[str, int]:
    """Every question with its table and bars; selected and broken down as the address says."""
    of = named_survey(survey)
    source, form = selection_of_page(of, is_counted=True)
    is_valid = form.validate()
    if is_valid and form.filters != EVERY:
        source = source_for(of, form.filters, is_counted=True)
    links, w = links_of(of, form), Wording((g.lang,))
    found = results_of(source, g.lang, form.breakdown) if is_valid else None
    page = render_template(
        "reports/results.html",
        survey=of,
        source=source,
        form=form,
        results=found,
        earlier=_earlier(of, source, form, found, w),
        links=links,
        chips=tuple(chips_of(w, source, links, form.breakdown)) if is_valid else (),
        live=live_of(of, source.columns),
        made_on=w.date(source.made_on).line,
        closed_on=w.date(of.closed_on).line if of.state is SurveyState.CLOSED and of.closed_on else "",
        words=_words(source),
        definitions=definitions_of(session(), of.id),
        sees_downloads=actor().has_role(of.organisation_id, Role.STAFF, Role.ADMIN),
        has_repeats=any(asked.repeats for asked in source.asked),
        has_files=any(kind_of(asked.question).takes_file for asked in source.asked),
    )
    return page if is_valid else (page, 422)


@blueprint.get("/reports/<survey>/download/<kind>")
def download(survey: str, kind: str) -> Response:
    """The selected responses as a file, in the words that the address names."""
    of = named_survey(survey)
    source, form = selection_of_page(of)
    words = request.args.get("words", g.lang)
    if kind not in CONTENT_TYPES or not form.validate() or not has_words(words, kind, source):
        abort(404)
    order = Order(of.slug, kind, words, form.filters, by=form.breakdown)
    return give(of, order, count_submitted(session(), of.id, form.filters))


@blueprint.get("/reports/<survey>/own/<kind>")
def own_entries(survey: str, kind: str) -> Response:
    """What this data collector collected, as a file."""
    of = named_survey(survey)
    if kind not in ("xlsx", "csv", "zip"):
        abort(404)
    mine = Filters(collector_ids=frozenset((actor().id,)))
    order = Order(of.slug, cast(Kind, kind), g.lang, mine, is_own=True)
    return give(of, order, count_submitted(session(), of.id, mine))


def named_survey(slug: str) -> Survey:
    """The survey of the address; access control has decided before that this person may see it."""
    return survey_by_slug(session(), slug) or abort(404)


def source_for(of: Survey, filters: Filters = EVERY, *, is_counted: bool = False) -> Source:
    """What reports are made from, on the snapshot of this request. ``is_counted``: ready to be counted (may
    raise Preparing), not only to be read."""
    counting = Opening(settings().data_dir) if is_counted else None
    key, made_on = settings().secret_key, _today()
    return source_of(session(), of, secret_key=key, made_on=made_on, filters=filters, counting=counting)


def source_at_hand(of: Survey) -> Source:
    """Ready to be counted where that is so already: for pages on which hardly anything is counted, and that
    nobody should wait for."""
    try:
        return source_for(of, is_counted=True)
    except Preparing:
        return source_for(of)


def selection_of_page(of: Survey, *, is_counted: bool = False) -> tuple[Source, SelectionForm]:
    """All responses, and what the address selects of them."""
    source = source_for(of, is_counted=is_counted)
    return source, selection_form(request.args, g.lang, offered_for(of, source))


def offered_for(of: Survey, source: Source) -> Offered:
    """What the responses of this survey can be selected by."""
    counts = counts_for(of, source)
    places = {key: name for key, name in session_names(session(), of).items() if key in counts.by_session}
    return Offered(counts, collectors_for(of, source), places, source.asked)


def collectors_for(of: Survey, source: Source) -> Mapping[uuid.UUID, str]:
    """Who collected responses, in the order of their names."""
    return collector_names(session(), of) if source.columns is None else source.columns.collectors()


def counts_for(of: Survey, source: Source) -> Counts:
    """How many responses there are, before the selection, and of what. Drafts are not counted."""
    columns = source.columns
    if columns is None:
        return count_responses(session(), of.id)
    days = sorted(columns.sizes("day").items())
    return Counts(
        total=source.total,
        by_language=columns.sizes("language"),
        by_channel={Channel(code): number for code, number in columns.sizes("channel").items()},
        by_day={dt.date.fromisoformat(day): number for day, number in days},
        by_collector={uuid.UUID(key): number for key, number in columns.sizes("collector").items()},
        by_session={uuid.UUID(key): number for key, number in columns.sizes("session").items()},
    )


def _earlier(
    of: Survey, source: Source, form: SelectionForm, found: Results | None, w: Wording
) -> tuple[str, str, int] | None:
    """Of the file that the council may have already: its day, its responses, and how many have come since."""
    if found is None or found.is_hidden:
        return None
    last = earlier_summary(session(), of.id, form.filters, found.responses, source.threshold)
    if last is None:
        return None
    day = last.at.astimezone(settings().time_zone).date()
    return w.date(day).line, w.number(last.responses).line, found.responses - last.responses


def links_of(of: Survey, form: SelectionForm) -> Links:
    """Addresses of the results page, from what ``form`` has chosen."""
    return Links(url_for("reports.results", survey=of.slug), form.chosen)


def _words(source: Source) -> list[str]:
    """In which languages a report can be had besides the official ones."""
    return [code for code in source.languages if code not in ("en", "fr")]


def has_words(words: str, kind: str, source: Source) -> bool:
    """Whether a file of this kind can be had in these words."""
    return words in ("en", "fr", BOTH, *source.languages) or (words == CODES and kind in ("csv", "zip"))


def _today() -> dt.date:
    return now().date()
