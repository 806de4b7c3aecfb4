"""Files for the web: a short one is written at once, a long one by a process of its own.

The process is ``python -m consult.reports.export``. It reads from its standard input where the database and
the folder are, makes one waiting job after the other (see jobs.py), and ends when none is left. It belongs to
no request and no worker of the server: both may end before it does.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from contextlib import suppress
from pathlib import Path
from typing import IO

from consult.db import Database, StorageUnavailable
from consult.reports.derived import Opening
from consult.reports.files import Order, Progress, write_file
from consult.reports.jobs import beat, claim_job, fail_worker, finish_job
from consult.reports.jobs_files import sweep_jobs
from consult.reports.jobs_models import Job
from consult.reports.order_documents import order_of
from consult.surveys.files import lend_folder, lent_folder

LONG = 2_000
"""Responses from which on a file is written by a process of its own."""

PATIENCE = 3600
"""Seconds that one file may take."""

_BEAT = 1.0
_NICENESS = 5


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


def start_process(database: Database, secret_key: str, folder: Path) -> None:
    """Start a process that makes what waits. It is heard of through the database."""
    worker = secrets.token_hex(16)
    task = {
        "database_url": database.url.render_as_string(hide_password=False),
        "form_files": lent_folder(database),
        "secret_key": secret_key,
        "folder": str(folder),
        "worker": worker,
    }
    # Nothing of it is on the command line; a session of its own, so that it does not end with the server.
    process = subprocess.Popen(
        [sys.executable, "-m", "consult.reports.export"], stdin=subprocess.PIPE, start_new_session=True
    )
    arguments = process, json.dumps(task).encode(), database, worker
    threading.Thread(target=see_it_end, args=arguments, daemon=True).start()


def see_it_end(process: subprocess.Popen[bytes], task: bytes, database: Database, worker: str) -> None:
    """Say at once what would be known after half a minute of silence."""
    process.communicate(task)
    if process.returncode:
        with suppress(StorageUnavailable):
            fail_worker(database, worker)


def make_jobs(database: Database, secret_key: str, folder: Path, worker: str) -> None:
    """Make what waits until nothing does."""
    while (job := claim_job(database, worker, _now())) is not None:
        try:
            _make(database, secret_key, folder, worker, job)
        except Exception as problem:
            # Where, not what: a message could quote an answer, and this goes into a log.
            sys.stderr.writelines(["report not written\n", *traceback.format_tb(problem.__traceback__)])
            sys.stderr.write(f"{type(problem).__name__}\n")
            fail_worker(database, worker)
        sweep_jobs(database, folder, _now())


def _make(database: Database, secret_key: str, folder: Path, worker: str, job: Job) -> None:
    order, progress = order_of(job.content), Progress()
    counting = Opening(folder.parent, most=None)
    part, whole = folder / f"{job.id}.part", folder / str(job.id)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    try:
        with _Beating(database, job, worker, progress, part):
            responses = write_file(database, secret_key, order, part, job.made_on, progress, counting)
        size = part.stat().st_size
        part.rename(whole)
        if not finish_job(database, job.id, worker, responses, size, _now()):
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


def main() -> None:
    """Do what stands on standard input."""
    task = json.load(sys.stdin)
    os.nice(_NICENESS)
    signal.alarm(PATIENCE)
    database = Database(task["database_url"])
    lend_folder(database, task["form_files"])
    try:
        make_jobs(database, task["secret_key"], Path(task["folder"]), task["worker"])
    finally:
        database.dispose()


if __name__ == "__main__":
    main()
