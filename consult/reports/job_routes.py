"""Files that take a while, for those who ordered them: how far each is, and fetching it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import sqlalchemy as sa
from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import format_date, format_datetime
from werkzeug.wrappers import Response

from consult.accounts.access import actor
from consult.accounts.actor import RAW_ANSWERS
from consult.http import now, session, settings
from consult.i18n import LocalText, gettext
from consult.questions.file import bytes_in_words
from consult.reports.download_words import kind_said, words_said
from consult.reports.giving import give_job, keep_going, restarted, trouble_said, trouble_with
from consult.reports.jobs import TooManyJobs, job_of, jobs_ahead, jobs_folder, jobs_of, leave_job, start_again
from consult.reports.jobs_models import Job, JobState
from consult.reports.order_documents import order_of
from consult.reports.routes import blueprint, named_survey
from consult.surveys.models import Survey

_NEARLY = 99
"""Per cent, until the file is there."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A job as pages show it. ``state``: ``waiting``, ``running``, ``done`` or ``stopped``, then with the
    ``trouble`` in words."""

    id: uuid.UUID
    survey: str
    title: LocalText
    kind: str
    is_edition: bool
    words: str
    made_on: str
    state: str
    trouble: str
    percent: int
    size: str
    until: str


@blueprint.get("/downloads/")
def my_downloads() -> str:
    """Files under way and ready, of all surveys."""
    found = jobs_of(session(), actor().id, now())
    wanted = sa.select(Survey).where(Survey.id.in_({each.survey_id for each in found}))
    surveys = {survey.id: survey for survey in session().scalars(wanted)}
    pairs = ((each, surveys[each.survey_id]) for each in found)
    rows = [_shown(each, of) for each, of in pairs if _may_have(each, of)]
    return render_template("reports/my_downloads.html", rows=rows)


@blueprint.get("/reports/<survey>/jobs/<uuid:job>/")
def job(survey: str, job: uuid.UUID) -> str:
    """How far it is."""
    of = named_survey(survey)
    found = _own(of, job)
    keep_going(found)
    return render_template(
        "reports/job.html", survey=of, job=_shown(found, of), ahead=jobs_ahead(session(), found)
    )


@blueprint.get("/reports/<survey>/jobs/<uuid:job>/file")
def job_file(survey: str, job: uuid.UUID) -> Response:
    """The file, once it is done."""
    found = _own(named_survey(survey), job)
    if found.state is not JobState.DONE:
        return redirect(url_for("reports.job", survey=survey, job=job), 303)
    if order_of(found.content).kind == "edition":  # with counts that nobody outside may see
        return redirect(url_for("reports.edition_draft", survey=survey, job=job), 303)
    try:
        return give_job(found)
    except FileNotFoundError:
        abort(404)


@blueprint.post("/reports/<survey>/jobs/<uuid:job>/again")
def job_again(survey: str, job: uuid.UUID) -> Response:
    """Start anew what has stopped."""
    found = _own(named_survey(survey), job)
    try:
        start_again(session(), found, actor().id, now())
        session().commit()
        restarted(None)
    except TooManyJobs as problem:
        restarted(problem)
    return redirect(url_for("reports.job", survey=survey, job=job), 303)


@blueprint.post("/reports/<survey>/jobs/<uuid:job>/remove")
def job_remove(survey: str, job: uuid.UUID) -> Response:
    """Stop it, or take the finished file away."""
    found = _own(named_survey(survey), job)
    if leave_job(session(), found, actor().id):
        (jobs_folder(settings()) / str(found.id)).unlink(missing_ok=True)
    flash(gettext("The file is removed from your list."))
    return redirect(url_for("reports.my_downloads"), 303)


def _own(of: Survey, job_id: uuid.UUID) -> Job:
    found = job_of(session(), of.id, job_id, actor().id)
    if found is None or found.expires_at <= now() or not _may_have(found, of):
        abort(404)
    return found


def _may_have(job: Job, of: Survey) -> bool:
    """Roles can have changed since it was ordered."""
    roles = actor().roles.get(of.organisation_id, frozenset())
    return bool(roles) if order_of(job.content).is_own else not roles.isdisjoint(RAW_ANSWERS)


def _shown(job: Job, of: Survey) -> Shown:
    order = order_of(job.content)
    trouble = trouble_with(job)
    percent = min(_NEARLY, job.done * 100 // job.total) if job.total else 0
    return Shown(
        id=job.id,
        survey=of.slug,
        title=of.title.pick(g.lang),
        kind=kind_said(order.kind),
        is_edition=order.kind == "edition",
        words=words_said(order.words, g.lang),
        made_on=format_date(job.made_on),
        state="stopped" if trouble else job.state.value,
        trouble=trouble_said(trouble) if trouble else "",
        percent=percent,
        size=bytes_in_words(job.size, g.lang),
        until=format_datetime(job.expires_at.astimezone(settings().time_zone), "medium", rebase=False),
    )
