"""Files for the web: a short one is written at once, a long one by a process of its own.

The process is ``python -m consult.reports.export`` (own_process.py). It makes one waiting job after the other
(see jobs.py), and ends when none is left.
"""

from __future__ import annotations

import datetime as dt
import os
import secrets
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from consult.db import Database, StorageUnavailable
from consult.reports import own_process
from consult.reports.derived import Opening
from consult.reports.files import Order, Progress, write_file
from consult.reports.jobs import beat, claim_job, fail_worker, finish_job
from consult.reports.jobs_files import PART, sweep_jobs
from consult.reports.jobs_models import Job
from consult.reports.order_documents import order_of
from consult.reports.trouble import Trouble, trouble_of

LONG = 2_000
"""Responses from which on a file is written by a process of its own."""

_BEAT = 1.0


def write_now(
    database: Database, secret_key: str, order: Order, made_on: dt.date, counting: Opening | None = None
) -> tuple[IO[bytes], int]:
    """The file, opened and already without a name: it is gone when it is closed, whatever happens; and how
    many responses it holds. ``counting`` as in write_file(). Raises NoSuchSurvey, Preparing."""
    descriptor, name = tempfile.mkstemp(prefix="consult-", suffix=f".{order.kind}")  # mode 0600
    os.close(descriptor)
    path = Path(name)
    try:
        responses = write_file(database, secret_key, order, path, made_on, counting=counting)
        return path.open("rb"), responses
    finally:
        path.unlink()


def start_process(
    database: Database, secret_key: str, folder: Path, told: Callable[[Trouble], object]
) -> None:
    """Start a process that makes what waits. It is heard of through the database; ``told`` hears of a trouble
    that no job can say: it had none yet, or the database cannot be written either."""
    worker = secrets.token_hex(16)
    task = {"secret_key": secret_key, "folder": str(folder), "worker": worker}

    def ended(trouble: Trouble | None) -> None:
        """Said at once, not after half a minute of silence."""
        if trouble is None:
            return
        is_said = False
        with suppress(StorageUnavailable, OSError):
            is_said = fail_worker(database, worker, trouble)
            sweep_jobs(database, folder, _now())
        if not is_said:
            told(trouble)

    own_process.start("consult.reports.export", database, task, ended)


def make_jobs(database: Database, secret_key: str, folder: Path, worker: str) -> None:
    """Make what waits until nothing does."""
    while (job := claim_job(database, worker, _now())) is not None:
        try:
            _make(database, secret_key, folder, worker, job)
        except Exception as problem:
            own_process.say_where(problem)
            fail_worker(database, worker, trouble_of(problem))
        sweep_jobs(database, folder, _now())


def _make(database: Database, secret_key: str, folder: Path, worker: str, job: Job) -> None:
    order, progress = order_of(job.content), Progress()
    counting = Opening(folder.parent, most=None)
    part, whole = folder / f"{job.id}{PART}", folder / str(job.id)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    try:
        with _Beating(database, job, worker, progress, part):
            responses = write_file(database, secret_key, order, part, job.made_on, progress, counting)
        size = part.stat().st_size
        part.rename(whole)
        is_kept = False
        try:
            is_kept = finish_job(database, job.id, worker, responses, size, _now())
        finally:
            if not is_kept:
                whole.unlink()
    finally:
        part.unlink(missing_ok=True)


class _Beating:
    """While the block lasts, the database hears every second how far the file is. When the job is taken away
    from us (nobody wants it any more, or we were believed dead), the process ends."""

    def __init__(self, database: Database, job: Job, worker: str, progress: Progress, part: Path) -> None:
        self._of = database, job.id, worker
        self._progress = progress
        self._part = part
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_error: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._is_over.wait(_BEAT):
            with suppress(StorageUnavailable):
                if not beat(*self._of, self._progress.done, self._progress.total, _now()):
                    self._part.unlink(missing_ok=True)
                    os._exit(0)


def _now() -> dt.datetime:
    return dt.datetime.fromtimestamp(time.time(), dt.UTC)


def _work(database: Database, task: Mapping[str, Any]) -> None:
    make_jobs(database, task["secret_key"], Path(task["folder"]), task["worker"])


if __name__ == "__main__":
    own_process.work(_work)
