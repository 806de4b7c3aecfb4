"""My reports: what staff put together once, downloaded with one click each time."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import format_date
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from consult.accounts.access import actor
from consult.http import now, session, settings
from consult.i18n import gettext, ngettext
from consult.reports.contents import plan_of
from consult.reports.definition_forms import DefinitionForm, Offered, definition_form, period_names
from consult.reports.definitions import (
    Definition,
    Kept,
    NameTaken,
    definition_kept,
    definitions_of,
    keep_definition,
    order_of_definition,
    remove_definition,
)
from consult.reports.download_words import words_said
from consult.reports.files import Kind
from consult.reports.giving import give
from consult.reports.periods import DAYS
from consult.reports.profiles import profile_kept
from consult.reports.queries import selection_of
from consult.reports.routes import (
    blueprint,
    collectors_for,
    counts_for,
    named_survey,
    source_at_hand,
)
from consult.reports.selections import selected_said
from consult.reports.source import Source
from consult.reports.wording import Wording
from consult.responses.reading import count_submitted
from consult.surveys.models import Survey

KINDS = ("council.xlsx", "xlsx", "docx")
Answer = str | tuple[str, int] | Response


@dataclass(frozen=True, slots=True)
class Shown:
    """A saved report in the list. ``facts``: what it is of; ``remarks``: what it can no longer have."""

    id: uuid.UUID
    name: str
    facts: tuple[str, ...]
    remarks: tuple[str, ...]
    changed_on: str
    changed_by: str


@blueprint.get("/reports/<survey>/my-reports/")
def definitions(survey: str) -> str:
    """All saved reports of this survey, each with its downloads."""
    of = named_survey(survey)
    source = source_at_hand(of)
    names = collectors_for(of, source)
    rows = [_shown(each, source, names) for each in definitions_of(session(), of.id)]
    return render_template("reports/definitions.html", survey=of, rows=rows)


@blueprint.get("/reports/<survey>/my-reports/new")
def new_definition(survey: str) -> str:
    """An empty form."""
    of = named_survey(survey)
    return _page(of, definition_form(None, _offered(of), g.lang))


@blueprint.post("/reports/<survey>/my-reports/new")
def keep_new_definition(survey: str) -> Answer:
    """Save it."""
    return _kept_from_form(named_survey(survey), None)


@blueprint.get("/reports/<survey>/my-reports/<uuid:definition>/")
def definition(survey: str, definition: uuid.UUID) -> str:
    """What was saved, to be changed."""
    of = named_survey(survey)
    kept = _named(of, definition)
    return _page(of, definition_form(None, _offered(of), g.lang, kept.definition), kept)


@blueprint.post("/reports/<survey>/my-reports/<uuid:definition>/")
def change_definition(survey: str, definition: uuid.UUID) -> Answer:
    """Save it in place of what there was."""
    of = named_survey(survey)
    return _kept_from_form(of, _named(of, definition))


@blueprint.get("/reports/<survey>/my-reports/<uuid:definition>/file/<kind>")
def definition_file(survey: str, definition: uuid.UUID, kind: str) -> Response:
    """The report, as it is today."""
    of = named_survey(survey)
    if kind not in KINDS:
        abort(404)
    kept = _named(of, definition)
    order = order_of_definition(of.slug, kept.definition, cast(Kind, kind), now().date())
    return give(of, order, count_submitted(session(), of.id, order.filters))


@blueprint.get("/reports/<survey>/my-reports/<uuid:definition>/remove")
def remove_definition_page(survey: str, definition: uuid.UUID) -> str:
    """Whether it is really to go."""
    of = named_survey(survey)
    return render_template("reports/definition_remove.html", survey=of, kept=_named(of, definition))


@blueprint.post("/reports/<survey>/my-reports/<uuid:definition>/remove")
def drop_definition(survey: str, definition: uuid.UUID) -> Response:
    """Gone; files that were made of it stay."""
    of = named_survey(survey)
    kept = _named(of, definition)
    remove_definition(session(), of.id, kept.id)
    flash(gettext("The report “%(name)s” was removed.", name=kept.definition.name))
    return redirect(url_for(".definitions", survey=of.slug), 303)


def _kept_from_form(of: Survey, kept: Kept | None) -> Answer:
    form = definition_form(MultiDict(request.form), _offered(of), g.lang)
    if not form.validate():
        return _page(of, form, kept), 422
    try:
        keep_definition(
            session(),
            of.id,
            form.definition,
            by=actor().id,
            now=now(),
            instead_of=kept.id if kept else None,
        )
    except NameTaken:
        form.name.errors = [gettext("Another report of this survey has this name. Choose another one.")]
        return _page(of, form, kept), 422
    except LookupError:  # removed while it was being changed
        abort(404)
    flash(gettext("The report “%(name)s” is saved.", name=form.definition.name))
    return redirect(url_for(".definitions", survey=of.slug), 303)


def _page(of: Survey, form: DefinitionForm, kept: Kept | None = None) -> str:
    remarks = _remarks(kept.definition, source_at_hand(of)) if kept else ()
    has_profile = profile_kept(session(), of.id) is not None
    return render_template(
        "reports/definition.html", survey=of, form=form, kept=kept, remarks=remarks, has_profile=has_profile
    )


def _named(of: Survey, definition_id: uuid.UUID) -> Kept:
    return definition_kept(session(), of.id, definition_id) or abort(404)


def _offered(of: Survey) -> Offered:
    source = source_at_hand(of)
    counts = counts_for(of, source)
    return Offered(
        asked=source.asked,
        languages=source.languages,
        spoken=tuple(counts.by_language),
        channels=tuple(channel.value for channel in counts.by_channel),
        collectors=collectors_for(of, source),
    )


def _shown(kept: Kept, source: Source, names: Mapping[uuid.UUID, str]) -> Shown:
    return Shown(
        id=kept.id,
        name=kept.definition.name,
        facts=tuple(_facts(kept.definition, names)),
        remarks=_remarks(kept.definition, source),
        changed_on=format_date(kept.changed_at.astimezone(settings().time_zone).date()),
        changed_by=kept.changed_by or "",
    )


def _facts(of: Definition, names: Mapping[uuid.UUID, str]) -> list[str]:
    found = [words_said(of.words, g.lang)]
    if of.period != DAYS:
        found.append(period_names()[of.period])
    found += [said.line for said in selected_said(Wording((g.lang,)), selection_of(of.filters, names))]
    if of.questions:
        found.append(ngettext("%(num)d question", "%(num)d questions", len(of.questions)))
    else:
        found.append(gettext("All questions"))
    if of.breakdowns:
        found.append(ngettext("%(num)d breakdown", "%(num)d breakdowns", len(of.breakdowns)))
    if of.has_marks:
        found.append(gettext("with marks"))
    if of.is_weighted:
        found.append(gettext("with weighted figures"))
    return found


def _remarks(of: Definition, source: Source) -> tuple[str, ...]:
    order = order_of_definition(source.slug, of, "xlsx", source.made_on)
    wording = Wording((g.lang,), source.fallback)
    return tuple(said.line for said in plan_of(source, order.contents).remarks(wording))
