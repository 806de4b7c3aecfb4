"""Handing out a file: at once where it is short or ready, else through a page that says how far it is."""

from __future__ import annotations

import datetime as dt
import time

from flask import current_app, flash, redirect, send_file, url_for
from werkzeug.wrappers import Response

from consult.accounts.access import actor
from consult.http import database, now, session, settings
from consult.i18n import gettext, lazy_gettext
from consult.reports import export, own_process
from consult.reports.derived import Opening
from consult.reports.downloads import record_download
from consult.reports.files import CONTENT_TYPES, Order
from consult.reports.jobs import TooManyJobs, is_silent, is_there_work, jobs_folder, order_job
from consult.reports.jobs_models import Job, JobState
from consult.reports.order_documents import order_of
from consult.reports.stamp import stamp_of
from consult.reports.trouble import Trouble, trouble_of
from consult.surveys.models import Survey

GRACE = 2.0
"""Seconds that a request waits for a file before it leads to the page that says how far it is."""

_LOOK = 0.1
_HEARD = dt.timedelta(seconds=5)
STARTED = "consult_process_started"
ENDED = "consult_process_ended"
REST = 60.0
"""Seconds after a process came to grief before a page starts another one by itself."""


def give(of: Survey, order: Order, responses: int) -> Response:
    """The file, or the way to where it will be. ``responses``: about how many it will hold."""
    made_on = now().date()
    try:
        if responses < export.LONG:
            counting = Opening(settings().data_dir)
            file, number = export.write_now(database(), settings().secret_key, order, made_on, counting)
            record_download(database(), of.id, actor().id, order, number, now())
            return _attachment(file, order, made_on)
        job = _ordered(of, order, made_on)
    except TooManyJobs as problem:
        flash(too_many(problem))
        return redirect(url_for("reports.my_downloads"), 303)
    except OSError as problem:
        if trouble_of(problem) is not Trouble.STORAGE:
            raise
        own_process.say_where(problem)
        flash(trouble_said(Trouble.STORAGE))
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
    waits = job.state is JobState.WAITING and job.heard_at < now() - _HEARD and trouble_with(job) is None
    started: float = current_app.extensions.get(STARTED, 0.0)
    if waits and time.monotonic() - started > _HEARD.total_seconds() and is_there_work(session(), now()):
        start_process()


def start_process() -> None:
    """A process that makes what waits."""
    told = current_app.extensions
    told[STARTED] = time.monotonic()
    told.pop(ENDED, None)

    def hear(trouble: Trouble) -> None:
        told[ENDED] = time.monotonic(), trouble

    export.start_process(database(), settings().secret_key, jobs_folder(settings()), hear)


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


def trouble_with(job: Job) -> Trouble | None:
    """Why it has stopped: it failed; or whoever made it has ended without a word; or nobody can begin."""
    if job.state is JobState.FAILED:
        return job.trouble or Trouble.ENDED
    ended, heard = current_app.extensions.get(ENDED, (-REST, None))
    lately: Trouble | None = heard if time.monotonic() - ended < REST else None
    if is_silent(job, now()):
        return lately or Trouble.ENDED
    return lately if job.state is JobState.WAITING and is_there_work(session(), now()) else None


def trouble_said(trouble: Trouble) -> str:
    """What happened to a file, and what to do."""
    return str(_SAID[trouble])


_SAID = {
    Trouble.STORAGE: lazy_gettext(
        "The file could not be made, because the server could not store it. Most likely its disk is full. "
        "Ask the person who runs the server to make room, then start again."
    ),
    Trouble.TIME: lazy_gettext(
        "The file took more than an hour and was stopped. Select fewer responses or fewer questions, or try "
        "again when less is going on."
    ),
    Trouble.ENDED: lazy_gettext(
        "The work on the file was broken off, for instance because the server was started anew. Start it "
        "again. If it stops once more, tell the person who runs the server."
    ),
    Trouble.FAULT: lazy_gettext(
        "The file could not be finished, because of a fault in this software. Start it again. If it stops "
        "once more, tell the person who runs the server: the log says where."
    ),
}
