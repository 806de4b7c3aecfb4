"""The files of jobs: taken away after a day, or when nobody wants them any more."""

from __future__ import annotations

import datetime as dt
import time
import uuid
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa

from consult.db import Database
from consult.reports.jobs_models import Job, JobState

PART = ".part"
"""How the name of a file ends while it is being written."""

_ORPHANED = 3600.0
"""Seconds for which a file may lie that no job knows: of a survey that was removed, or broken off."""


def sweep_jobs(database: Database, folder: Path, now: dt.datetime) -> int:
    """Delete jobs whose day is over, every file that belongs to none, and halves of files that nobody goes on
    with; how many files went."""
    with database.write() as session:
        over = sa.delete(Job).where(Job.expires_at < now, Job.state != JobState.RUNNING)
        session.execute(over)
        known = {job.id: job.state for job in session.execute(sa.select(Job.id, Job.state))}
    deleted = 0
    for path in folder.iterdir():
        if _is_over(path, known):
            path.unlink(missing_ok=True)
            deleted += 1
    return deleted


def _is_over(path: Path, known: Mapping[uuid.UUID, JobState]) -> bool:
    with suppress(ValueError):
        state = known.get(uuid.UUID(path.stem))
        if state is not None:
            # Not of one that waits: another process may have begun with it since we looked.
            return path.suffix == PART and state in (JobState.FAILED, JobState.DONE)
    with suppress(FileNotFoundError):
        return time.time() - path.lstat().st_mtime >= _ORPHANED
    return False
