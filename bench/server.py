"""An application under gunicorn as ``consult serve`` runs it: two workers, threads that may wait together."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from consult.cli.serve import THREADS


@dataclass(frozen=True)
class Server:
    port: int
    pid: int


@contextmanager
def serving(application: str, workers: int = 2, **environment: str) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = f"-b 127.0.0.1:{port} -w {workers} --threads {THREADS} --keep-alive 60 --log-level error"
    worker = "consult.cli.worker.Worker"
    command = [sys.executable, "-m", "gunicorn", "-k", worker, *options.split(), application]
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": ".", **environment}) as process:
        try:
            _wait_for(port)
            yield Server(port, process.pid)
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    for _attempt in range(400):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            time.sleep(2)  # the second worker, and what is imported on first use
            return
    raise SystemExit("the server did not start")
