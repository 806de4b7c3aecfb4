"""An application under gunicorn as ``consult serve`` runs it: two workers, threads that may wait together."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from consult.cli.serve import THREADS


@dataclass(frozen=True)
class Server:
    port: int
    pid: int

    def posting(self, path: str, form: bytes, cookies: Iterator[str] | None = None) -> Callable[[], None]:
        """Something that posts ``form`` on a connection of its own, with one cookie after the other."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        headers = {"Content-Type": "application/x-www-form-urlencoded"}

        def post() -> None:
            if cookies is not None:
                headers["Cookie"] = next(cookies)
            connection.request("POST", path, form, headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status not in (200, 303):
                raise RuntimeError(f"{path} answered {answer.status}")

        return post


@contextmanager
def serving(application: str, workers: int = 2, **environment: str) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = (
        f"-b 127.0.0.1:{port} -k gthread -w {workers} --threads {THREADS} --keep-alive 60 --log-level error"
    )
    command = [sys.executable, "-m", "gunicorn", *options.split(), application]
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
