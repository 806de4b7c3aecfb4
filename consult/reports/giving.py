"""Handing out a file: at once where it is short or ready, else through a page that says how far it is."""

from __future__ import annotations

import datetime as dt
import time

from flask import current_app, flash, redirect, send_file, url_for
from werkzeug.wrappers import Response

from consult.accounts.access import actor
from consult.http import database, now, session, settings
from consult.i18n import gettext
from consult.reports import export
from consult.reports.derived import Opening
from consult.reports.downloads import record_download
from consult.reports.files import CONTENT_TYPES, Order
from consult.reports.jobs import SILENCE, TooManyJobs, is_there_work, jobs_folder, order_job
from consult.reports.jobs_models import Job, JobState
from consult.reports.order_documents import order_of
from consult.reports.stamp import stamp_of
from consult.surveys.models import Survey

GRACE = 2.0
"""Seconds that a request waits for a file before it leads to the page that says how far it is."""

_LOOK = 0.1
_HEARD = dt.timedelta(seconds=5)
STARTED = "consult_process_started"


def give(of: Survey, order: Order, responses: int) -> Response:
    """The file, or the way to where it will be. ``responses``: about how many it will hold."""
    made_on = now().date()
    if responses < export.LONG:
        counting = Opening(settings().data_dir)
        file, number = export.write_now(database(), settings().secret_key, order, made_on, counting)
        record_download(database(), of.id, actor().id, order, number, now())
        return _attachment(file, order, made_on)
    try:
        job = _ordered(of, order, made_on)
    except TooManyJobs as problem:
        flash(too_many(problem))
        return redirect(url_for("reports.my_downloads"), 303)
    job = _waited_for(job)
    if job.state is JobState.DONE:
        return give_job(job)
    return redirect(url_for("reports.job", survey=of.slug, job=job.id), 303)


def give_job(job: Job) -> Response:
    """The file of a finished job. Raises FileNotFoundError."""
    file, order = (jobs_folder(settings()) / str(job.id)).open("rb"), order_of(job.content)
    record_download(database(), job.survey_id, actor().id, order, job.responses, now())
    return _attachment(file, order, job.made_on)


def keep_going(job: Job) -> None:
    """Start a process for a job that waits although none is at work: the server may have started anew."""
    waits = job.state is JobState.WAITING and job.heard_at < now() - _HEARD
    started: float = current_app.extensions.get(STARTED, 0.0)
    if waits and time.monotonic() - started > _HEARD.total_seconds() and is_there_work(session(), now()):
        start_process()


def start_process() -> None:
    """A process that makes what waits."""
    current_app.extensions[STARTED] = time.monotonic()
    export.start_process(database(), settings().secret_key, jobs_folder(settings()))


def restarted(problem: TooManyJobs | None) -> None:
    """After a job was put into the line again, or could not be."""
    if problem is None:
        start_process()
    else:
        flash(too_many(problem))


def order_in_unit(of: Survey, order: Order, made_on: dt.date) -> Job:
    """The job, in the unit of work of this request, which is kept by then. Raises TooManyJobs."""
    stamp = stamp_of(session(), of, order, secret_key=settings().secret_key, made_on=made_on)
    folder = jobs_folder(settings())
    job = order_job(session(), actor().id, of.id, order, stamp, made_on, now(), folder=folder)
    session().commit()
    if job.state is JobState.WAITING:
        start_process()
    return job


def _ordered(of: Survey, order: Order, made_on: dt.date) -> Job:
    stamp = stamp_of(session(), of, order, secret_key=settings().secret_key, made_on=made_on)
    with database().write() as unit:
        job = order_job(unit, actor().id, of.id, order, stamp, made_on, now(), folder=jobs_folder(settings()))
    if job.state is JobState.WAITING:
        start_process()
    return job


def _waited_for(job: Job) -> Job:
    end = time.monotonic() + GRACE
    while job.state in (JobState.WAITING, JobState.RUNNING) and time.monotonic() < end:
        time.sleep(_LOOK)
        with database().look() as looking:
            job = looking.get(Job, job.id) or job
    return job


def _attachment(file: object, order: Order, made_on: dt.date) -> Response:
    return send_file(
        file,  # type: ignore[arg-type] # any binary file does
        CONTENT_TYPES[order.kind],
        as_attachment=True,
        download_name=order.name(made_on),
        max_age=0,
    )


def too_many(problem: TooManyJobs) -> str:
    if problem.is_own:
        return str(gettext("Three of your files are being made already. Wait until one of them is done."))
    return str(gettext("Many files are being made at the moment. Please try again in a few minutes."))


def is_stopped(job: Job) -> bool:
    """Whether it failed, or whoever made it has ended without a word."""
    silent = job.state is JobState.RUNNING and job.heard_at < now() - SILENCE
    return silent or job.state is JobState.FAILED
