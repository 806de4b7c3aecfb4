"""The files of jobs: taken away after a day, or when nobody wants them any more."""

from __future__ import annotations

import datetime as dt
import time
import uuid
from pathlib import Path

import sqlalchemy as sa

from consult.db import Database
from consult.reports.jobs_models import Job, JobState

_ORPHANED = 3600.0
"""Seconds for which a file may lie that no job knows: of a survey that was removed, or broken off."""


def sweep_jobs(database: Database, folder: Path, now: dt.datetime) -> int:
    """Delete jobs whose day is over, and every file that belongs to none; how many files went."""
    with database.write() as session:
        over = sa.delete(Job).where(Job.expires_at < now, Job.state != JobState.RUNNING)
        session.execute(over)
        known = set(session.scalars(sa.select(Job.id)))
    deleted = 0
    for path in folder.iterdir():
        if _is_of(path, known) or time.time() - path.stat().st_mtime < _ORPHANED:
            continue
        path.unlink(missing_ok=True)
        deleted += 1
    return deleted


def _is_of(path: Path, known: set[uuid.UUID]) -> bool:
    try:
        return uuid.UUID(path.stem) in known
    except ValueError:
        return False
