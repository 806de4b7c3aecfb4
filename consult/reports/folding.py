"""Columns of a survey that was never counted before, or not for long: made by a process of their own.

The process is ``python -m consult.reports.folding`` (own_process.py). One at a time works on a survey; how
far it is stands in a file beside the columns.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from consult.db import Database
from consult.reports import own_process
from consult.reports.code_columns.keeping import are_kept, columns_folder
from consult.reports.derived import Opening
from consult.reports.queries import source_of
from consult.responses.reading import count_submitted
from consult.surveys.models import Survey


def start_folding(database: Database, data_dir: Path, survey_id: uuid.UUID, ended: own_process.Ended) -> None:
    """Start the process; it ends by itself, also when another one is at work already."""
    task = {"data_dir": str(data_dir), "survey": str(survey_id)}
    own_process.start("consult.reports.folding", database, task, ended)


def fold(database: Database, data_dir: Path, survey_id: uuid.UUID) -> bool:
    """Make what is missing; False when somebody else is at it. Raises OSError when it cannot be kept: then it
    would be made again and again."""
    folder = columns_folder(data_dir, survey_id)
    with _alone(folder) as is_alone:
        if not is_alone:
            return False
        with database.read() as session:
            survey = session.get_one(Survey, survey_id)
            progress = _Progress(folder / "progress", count_submitted(session, survey_id))
            try:
                source_of(
                    session,
                    survey,
                    secret_key="",
                    made_on=survey.opened_on or survey.versions[0].published_at.date(),
                    counting=Opening(data_dir, most=None, advance=progress.advance),
                )
            finally:
                progress.end()
            if not are_kept(session, survey_id, folder):
                raise OSError(errno.EIO, os.strerror(errno.EIO))
    return True


def is_at_work(folder: Path) -> bool:
    """Whether a process makes columns there."""
    with _alone(folder) as is_alone:
        return not is_alone


def share_done(folder: Path) -> float:
    """Of what it has to do, 0 to 1."""
    try:
        done, total = json.loads((folder / "progress").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0.0
    return min(1.0, done / total) if total else 0.0


class _Progress:
    def __init__(self, path: Path, total: int) -> None:
        self._path, self._done, self._total = path, 0, total
        self.advance(0)

    def advance(self, more: int) -> None:
        self._done += more
        aside = self._path.with_suffix(".part")
        aside.write_text(json.dumps([self._done, self._total]), encoding="ascii")
        aside.replace(self._path)

    def end(self) -> None:
        self._path.unlink(missing_ok=True)


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Whether nobody else is at work, and holds others off for the block."""
    descriptor = os.open(folder / "working.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        is_alone = False
        with suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_alone = True
        yield is_alone
    finally:
        os.close(descriptor)


def _work(database: Database, task: Mapping[str, Any]) -> None:
    fold(database, Path(task["data_dir"]), uuid.UUID(task["survey"]))


if __name__ == "__main__":
    own_process.work(_work)
