"""Files that take a while: ordered, made one after the other by processes of their own, kept for a day.

    job = order_job(session, person_id, survey_id, order, stamp, made_on, now)     in a request
    while job := claim_job(database, worker, now): …                               in a process (export.py)
    beat(…)  finish_job(…)  fail_worker(…)

A row says how far a file is, so that a page can be closed, a worker can end, the server can start anew. Who
works on a job says so every second; who has been silent for half a minute has ended, and so has the job.
"""

from __future__ import annotations

import datetime as dt
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from consult.db import Database
from consult.reports.files import Order
from consult.reports.jobs_models import Job, JobPerson, JobState
from consult.reports.order_documents import document_of
from consult.reports.trouble import Trouble
from consult.settings import Settings

MOST_AT_ONCE = 2
"""Files that are made at the same time, on all machines together."""

MOST_WAITING = 20
MOST_OF_A_PERSON = 3
"""Unfinished ones."""

KEPT_FOR = dt.timedelta(days=1)
SILENCE = dt.timedelta(seconds=30)

_UNFINISHED = (JobState.WAITING, JobState.RUNNING)


class TooManyJobs(Exception):
    """``is_own``: the person has too many unfinished; else everybody together."""

    def __init__(self, *, is_own: bool) -> None:
        super().__init__("too many files are being made")
        self.is_own = is_own


def jobs_folder(settings: Settings) -> Path:
    """Where finished files lie (mode 0700), each under the identity of its job."""
    folder = settings.data_dir / "reports"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def order_job(
    session: Session,
    person_id: uuid.UUID,
    survey_id: uuid.UUID,
    order: Order,
    stamp: str,
    made_on: dt.date,
    now: dt.datetime,
    folder: Path,
) -> Job:
    """The job of this order: the one that is there, started anew if it failed, or a new one.

    Raises TooManyJobs.
    """
    end_silent_jobs(session, now)
    job = session.scalar(sa.select(Job).where(Job.stamp == stamp))
    if job is None:
        _check_room(session, person_id)
        job = Job(stamp=stamp, survey_id=survey_id, content=document_of(order), made_on=made_on)
        _put_in_line(job, now)
        try:
            with session.begin_nested():
                session.add(job)
        except IntegrityError:  # somebody ordered the same at this moment
            job = session.scalars(sa.select(Job).where(Job.stamp == stamp)).one()
    elif job.state is JobState.FAILED or (job.state is JobState.DONE and not (folder / str(job.id)).exists()):
        _check_room(session, person_id)
        _put_in_line(job, now)
    with suppress(IntegrityError), session.begin_nested():  # it is on the list already
        session.add(JobPerson(job_id=job.id, person_id=person_id))
    return job


def start_again(session: Session, job: Job, person_id: uuid.UUID, now: dt.datetime) -> None:
    """Put what has failed into the line again; nothing for others. Raises TooManyJobs."""
    end_silent_jobs(session, now)
    session.refresh(job)
    if job.state is JobState.FAILED:
        _check_room(session, person_id)
        _put_in_line(job, now)


def _put_in_line(job: Job, now: dt.datetime) -> None:
    job.state, job.slot, job.worker, job.trouble = JobState.WAITING, None, None, None
    job.done = job.total = 0
    job.ordered_at = job.heard_at = now
    job.expires_at = now + KEPT_FOR


def _check_room(session: Session, person_id: uuid.UUID) -> None:
    unfinished = sa.select(sa.func.count()).select_from(Job).where(Job.state.in_(_UNFINISHED))
    own = unfinished.join(JobPerson, JobPerson.job_id == Job.id).where(JobPerson.person_id == person_id)
    if session.execute(own).scalar_one() >= MOST_OF_A_PERSON:
        raise TooManyJobs(is_own=True)
    if session.execute(unfinished).scalar_one() >= MOST_WAITING:
        raise TooManyJobs(is_own=False)


def job_of(session: Session, survey_id: uuid.UUID, job_id: uuid.UUID, person_id: uuid.UUID) -> Job | None:
    """A job of this survey that is on this person's list."""
    own = sa.select(Job).join(JobPerson, JobPerson.job_id == Job.id).where(JobPerson.person_id == person_id)
    return session.scalar(own.where(Job.id == job_id, Job.survey_id == survey_id))


def jobs_of(session: Session, person_id: uuid.UUID, now: dt.datetime) -> list[Job]:
    """This person's list, the newest first."""
    own = sa.select(Job).join(JobPerson, JobPerson.job_id == Job.id).where(JobPerson.person_id == person_id)
    return list(session.scalars(own.where(Job.expires_at > now).order_by(Job.ordered_at.desc())))


def jobs_ahead(session: Session, job: Job) -> int:
    """How many come before a waiting one."""
    before = sa.or_(Job.state == JobState.RUNNING, Job.ordered_at < job.ordered_at)
    query = sa.select(sa.func.count()).where(Job.state.in_(_UNFINISHED), before, Job.id != job.id)
    return session.execute(query).scalar_one()


def is_silent(job: Job, now: dt.datetime) -> bool:
    """Whether whoever made it has ended without a word."""
    return job.state is JobState.RUNNING and job.heard_at < now - SILENCE


def end_silent_jobs(session: Session, now: dt.datetime) -> None:
    """Let them fail, and give their slots back."""
    silent = sa.update(Job).where(Job.state == JobState.RUNNING, Job.heard_at < now - SILENCE)
    session.execute(silent.values(**_failed(Trouble.ENDED)))


def leave_job(session: Session, job: Job, person_id: uuid.UUID) -> bool:
    """Take it off this person's list; when it is on nobody's any more, it ends: True, its file can go."""
    session.execute(sa.delete(JobPerson).where(JobPerson.job_id == job.id, JobPerson.person_id == person_id))
    if session.scalar(sa.select(JobPerson.person_id).where(JobPerson.job_id == job.id).limit(1)):
        return False
    session.execute(sa.delete(Job).where(Job.id == job.id))
    return True


def is_there_work(session: Session, now: dt.datetime) -> bool:
    """Whether something waits although it need not."""
    awake = Job.state == JobState.RUNNING, Job.heard_at >= now - SILENCE
    running = session.execute(sa.select(sa.func.count()).select_from(Job).where(*awake)).scalar_one()
    waiting = session.scalar(sa.select(Job.id).where(Job.state == JobState.WAITING).limit(1))
    return waiting is not None and running < MOST_AT_ONCE


def claim_job(database: Database, worker: str, now: dt.datetime) -> Job | None:
    """The one that has waited longest, if a slot is free; nobody else gets it."""
    for _attempt in range(MOST_AT_ONCE + 1):
        # Two processes may see the same free slot: the second one to take it looks again.
        with suppress(IntegrityError), database.write() as session:
            return _claimed(session, worker, now)
    return None


def _claimed(session: Session, worker: str, now: dt.datetime) -> Job | None:
    end_silent_jobs(session, now)
    taken = set(session.scalars(sa.select(Job.slot).where(Job.slot.is_not(None))))
    free = next((slot for slot in range(MOST_AT_ONCE) if slot not in taken), None)
    waiting = sa.select(Job).where(Job.state == JobState.WAITING).order_by(Job.ordered_at).limit(1)
    job = session.scalar(waiting.with_for_update(skip_locked=True)) if free is not None else None
    if job is not None:
        job.state, job.slot, job.worker, job.heard_at = JobState.RUNNING, free, worker, now
    return job


def beat(database: Database, job_id: uuid.UUID, worker: str, done: int, total: int, now: dt.datetime) -> bool:
    """Say that it is being worked on, and how far; False when it is not ours any more."""
    with database.write() as session:
        changed = session.execute(
            _ours(job_id, worker).values(done=min(done, total), total=total, heard_at=now)
        )
        return _number(changed) == 1


def finish_job(
    database: Database, job_id: uuid.UUID, worker: str, responses: int, size: int, now: dt.datetime
) -> bool:
    """Its file can be fetched; False when nobody wants it any more."""
    done = {"state": JobState.DONE, "slot": None, "worker": None, "heard_at": now}
    kept = {"responses": responses, "size": size, "expires_at": now + KEPT_FOR}
    with database.write() as session:
        return _number(session.execute(_ours(job_id, worker).values(**done, **kept))) == 1


def fail_worker(database: Database, worker: str, trouble: Trouble) -> bool:
    """Whatever this process was at has failed; False when it was at nothing."""
    ours = sa.update(Job).where(Job.worker == worker, Job.state == JobState.RUNNING)
    with database.write() as session:
        return _number(session.execute(ours.values(**_failed(trouble)))) > 0


def _failed(trouble: Trouble) -> dict[str, Any]:
    return {"state": JobState.FAILED, "slot": None, "worker": None, "trouble": trouble}


def _ours(job_id: uuid.UUID, worker: str) -> sa.Update:
    return sa.update(Job).where(Job.id == job_id, Job.worker == worker, Job.state == JobState.RUNNING)


def _number(result: sa.Result[tuple[()]]) -> int:
    return int(getattr(result, "rowcount", 0))
