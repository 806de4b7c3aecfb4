"""Publishing results: choose, look at exactly what will be published, publish, withdraw."""

from __future__ import annotations

import uuid
from pathlib import Path

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import format_date
from werkzeug.wrappers import Response as Answer

from consult.accounts.access import actor
from consult.accounts.models import Role
from consult.http import now, session, settings
from consult.i18n import gettext
from consult.reports.edition_forms import EditionForm, edition_form, kept_inside
from consult.reports.edition_making import made_file, read_made
from consult.reports.edition_publishing import NotToBePublished, Overtaken, publish_edition, withdraw_edition
from consult.reports.files import Order
from consult.reports.giving import order_in_unit, too_many
from consult.reports.jobs import TooManyJobs, job_of, jobs_folder
from consult.reports.jobs_models import Job, JobState
from consult.reports.queries import source_of
from consult.reports.routes import blueprint, named_survey
from consult.reports.source import Source
from consult.surveys.edition_view import view_of
from consult.surveys.editions import (
    CONTENT_TYPES,
    Edition,
    editions_of,
    file_names,
    rounding_key,
    shown_editions,
)
from consult.surveys.models import Survey


@blueprint.get("/reports/<survey>/editions/")
def editions(survey: str) -> str:
    """All there were, and the way to a new one."""
    of = named_survey(survey)
    found = [(each, format_date(each.made_on, "long")) for each in editions_of(session(), of.id)]
    shown = shown_editions(session(), of.id)
    return render_template(
        "reports/editions.html",
        survey=of,
        editions=found,
        public_url=_public_address(of) if shown else None,
        may_publish=_may_publish(of),
    )


@blueprint.get("/reports/<survey>/editions/new")
def new_edition(survey: str) -> str:
    """What is to be published; the last edition's choice to begin with."""
    of = named_survey(survey)
    source = _source(of)
    form = edition_form(source.asked, g.lang)
    last = next(iter(editions_of(session(), of.id)), None)
    if last is not None:
        _begin_with(form, last)
    return _choosing(of, source, form)


@blueprint.post("/reports/<survey>/editions/make")
def make_edition(survey: str) -> Answer | tuple[str, int]:
    """Count and protect, in a process of its own."""
    of = named_survey(survey)
    source = _source(of)
    form = edition_form(source.asked, g.lang, request.form)
    if not form.validate():
        return _choosing(of, source, form), 422
    rounding_key(session(), of.id)
    try:
        job = order_in_unit(of, _order(of, form), now().date())
    except TooManyJobs as problem:
        flash(too_many(problem))
        return redirect(url_for("reports.my_downloads"), 303)
    return redirect(url_for("reports.edition_draft", survey=of.slug, job=job.id), 303)


def _order(of: Survey, form: EditionForm) -> Order:
    return Order(
        of.slug,
        "edition",
        "",
        questions=tuple(form.questions.data or ()),
        sensitive=tuple(form.sensitive.data or ()),
        groupings=tuple(form.by.data or ()),
        title=form.title,
        comment=form.comment,
    )


@blueprint.get("/reports/<survey>/editions/draft/<uuid:job>/")
def edition_draft(survey: str, job: uuid.UUID) -> str | Answer:
    """Exactly what will be published, or why nothing can be."""
    of = named_survey(survey)
    found = _job(of, job)
    if found.state is not JobState.DONE:
        return redirect(url_for("reports.job", survey=of.slug, job=job), 303)
    made = read_made(_path(found))
    return render_template(
        "reports/edition_draft.html",
        survey=of,
        job=found,
        made=made,
        view=view_of(made.document, g.lang) if made.document else None,
        names=file_names(),
        may_publish=_may_publish(of),
    )


@blueprint.get("/reports/<survey>/editions/draft/<uuid:job>/<name>")
def edition_draft_file(survey: str, job: uuid.UUID, name: str) -> Response:
    """A file as it will be published."""
    of = named_survey(survey)
    found = _job(of, job)
    if name not in file_names() or found.state is not JobState.DONE:
        abort(404)
    try:
        content = made_file(_path(found), name)
    except KeyError:
        abort(404)
    response = Response(content, content_type=CONTENT_TYPES[name.split(".")[1]])
    response.headers["Content-Disposition"] = f'attachment; filename="{of.slug}-{name}"'
    return response


@blueprint.post("/reports/<survey>/editions/draft/<uuid:job>/publish", endpoint="publish_edition")
def _publish(survey: str, job: uuid.UUID) -> Answer:
    """From now on everybody can read it."""
    of = named_survey(survey)
    found = _job(of, job)
    here = redirect(url_for("reports.edition_draft", survey=of.slug, job=job), 303)
    if found.state is not JobState.DONE:
        return here
    if request.form.get("sure") != "yes":
        flash(gettext("Tick the box to say that you have looked at the results. Nothing was published."))
        return here
    try:
        edition = publish_edition(session(), of.id, found.made_on, _path(found), by=actor().id, at=now())
    except Overtaken:
        flash(gettext("Another edition was published meanwhile. Make this one again, so that both fit."))
        return redirect(url_for("reports.new_edition", survey=of.slug), 303)
    except NotToBePublished:
        return here
    flash(gettext("Edition %(number)s is published.", number=edition.number))
    return redirect(url_for("reports.editions", survey=of.slug), 303)


@blueprint.get("/reports/<survey>/editions/<int:number>/")
def edition(survey: str, number: int) -> str:
    """One that was published, as it is read; also when it was withdrawn."""
    of = named_survey(survey)
    found = _edition(of, number)
    return render_template(
        "reports/edition.html",
        survey=of,
        edition=found,
        view=view_of(found.document, g.lang),
        may_publish=_may_publish(of),
    )


@blueprint.post("/reports/<survey>/editions/<int:number>/withdraw", endpoint="withdraw_edition")
def _withdraw(survey: str, number: int) -> Answer:
    """Nobody is offered it any more."""
    of = named_survey(survey)
    withdraw_edition(session(), _edition(of, number), by=actor().id, at=now())
    flash(gettext("Edition %(number)s is withdrawn. Later editions go on protecting it.", number=number))
    return redirect(url_for("reports.editions", survey=of.slug), 303)


def _choosing(of: Survey, source: Source, form: EditionForm) -> str:
    return render_template(
        "reports/new_edition.html",
        survey=of,
        source=source,
        form=form,
        inside=kept_inside(source.asked, g.lang),
        may_publish=_may_publish(of),
    )


def _begin_with(form: EditionForm, last: Edition) -> None:
    for field, key in ((form.questions, "questions"), (form.sensitive, "sensitive"), (form.by, "by")):
        known = {value for value, *_ in field.iter_choices()}
        field.data = [code for code in last.choice[key] if code in known]


def _job(of: Survey, job_id: uuid.UUID) -> Job:
    found = job_of(session(), of.id, job_id, actor().id)
    if found is None or found.content["kind"] != "edition" or found.expires_at <= now():
        abort(404)
    return found


def _path(job: Job) -> Path:
    path = jobs_folder(settings()) / str(job.id)
    return path if path.exists() else abort(404)


def _edition(of: Survey, number: int) -> Edition:
    return next((each for each in editions_of(session(), of.id) if each.number == number), None) or abort(404)


def _public_address(of: Survey) -> str:
    return f"{settings().base_url.rstrip('/')}/{g.lang}/results/{of.slug}/"


def _may_publish(of: Survey) -> bool:
    return actor().has_role(of.organisation_id, Role.STAFF)


def _source(of: Survey) -> Source:
    return source_of(session(), of, secret_key=settings().secret_key, made_on=now().date())
