"""Work that outlives a request, in a process of its own.

    start("consult.reports.export", database, {"folder": …}, ended)      in the server
    work(do)                                                             the main of that module

It belongs to no request and no worker of the server: both may end before it does. How it ended is told to who
started it, as long as that one is there.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from typing import Any

from consult.db import Database
from consult.reports.trouble import Trouble, exit_of, trouble_of, trouble_of_exit
from consult.surveys.files import lend_folder, lent_folder

PATIENCE = 3600
"""Seconds that it may take."""

_NICENESS = 5

Ended = Callable[[Trouble | None], object]
"""Called once, from another thread: None when all went well."""


def start(module: str, database: Database, task: Mapping[str, str], ended: Ended) -> None:
    """``python -m module``, with ``task`` and the database."""
    url = database.url.render_as_string(hide_password=False)
    whole = {**task, "database_url": url, "form_files": lent_folder(database)}
    # Nothing of it is on the command line; a session of its own, so that it does not end with the server.
    try:
        command = [sys.executable, "-m", module]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603 - our own
    except OSError as problem:  # no memory, or too many processes
        say_where(problem)
        ended(Trouble.ENDED)
        return
    arguments = process, json.dumps(whole).encode(), ended
    threading.Thread(target=see_it_end, args=arguments, daemon=True).start()


def see_it_end(process: subprocess.Popen[bytes], task: bytes, ended: Ended) -> None:
    """Hand the task over, wait, and tell how it ended."""
    process.communicate(task)
    ended(trouble_of_exit(process.returncode))


def work(do: Callable[[Database, Mapping[str, Any]], object]) -> None:
    """Do what stands on standard input, and end with what went wrong."""
    task = json.load(sys.stdin)
    os.nice(_NICENESS)
    signal.alarm(PATIENCE)
    database = Database(task["database_url"])
    lend_folder(database, task["form_files"])
    try:
        do(database, task)
    except Exception as problem:
        say_where(problem)
        sys.exit(exit_of(trouble_of(problem)))
    finally:
        database.dispose()


def say_where(problem: BaseException) -> None:
    """Into the log: where, not what. A message could quote an answer."""
    sys.stderr.writelines(["work not finished\n", *traceback.format_tb(problem.__traceback__)])
    sys.stderr.write(f"{type(problem).__name__}\n")
