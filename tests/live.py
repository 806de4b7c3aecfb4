"""A running installation: ``consult serve`` over the living example, on a port of its own.

with serving(example(folder)) as live:
    urlopen(live.base + "/en/")
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
import sqlalchemy as sa

from consult.cli.serve import prepare_catalogues
from consult.db import Database
from consult.demo import load
from consult.demo.load import load_demo
from consult.demo.organisations import ORGANISATIONS, demo_password
from consult.responses.models import Response, ResponseState
from consult.schema import migrate
from consult.settings import Settings
from tests.factories import TODAY

RESPONSES = 60
"""Made-up responses of each organisation: enough for breakdowns, few enough to be quick."""

STARTS_WITHIN = 30  # seconds


@dataclass(frozen=True)
class Live:
    """``base``: its address without a slash at the end. ``log``: everything that it wrote."""

    settings: Settings
    base: str
    log: Path

    def password(self, email: str) -> str:
        return demo_password(self.settings.secret_key, email)

    def responses(self) -> dict[str, Response]:
        """What is submitted now, detached: identity → row."""
        database = Database(self.settings.database_url)
        with database.read() as session:
            rows = session.scalars(sa.select(Response).where(Response.state == ResponseState.SUBMITTED)).all()
            session.expunge_all()
        database.dispose()
        return {str(row.id): row for row in rows}

    def written(self) -> str:
        """What the server has said until now, on both of its outputs."""
        return self.log.read_text(encoding="utf-8")


def example(folder: Path) -> Settings:
    """A small edition of the living example, loaded into a new database in ``folder``."""
    prepare_catalogues()  # before anything is said that is kept: a process reads each catalogue once
    port = _free_port()
    settings = Settings(
        data_dir=folder,
        database_url=f"sqlite:///{folder / 'consult.db'}",
        secret_key="a key that only tests know",
        base_url=f"http://127.0.0.1:{port}",
        office_url=f"http://127.0.0.1:{port}/office",
    )
    database = Database(settings.database_url)
    migrate(database)
    with pytest.MonkeyPatch.context() as patch:
        few = tuple(replace(organisation, responses=RESPONSES) for organisation in ORGANISATIONS)
        patch.setattr(load, "ORGANISATIONS", few)
        load_demo(database, settings.secret_key, TODAY)
    database.dispose()
    return settings


@contextmanager
def serving(settings: Settings) -> Iterator[Live]:
    """Serve until the block ends."""
    live = Live(settings, settings.base_url, settings.data_dir / "server.log")
    with live.log.open("wb") as log:
        command = [str(Path(sys.executable).parent / "consult"), "serve", "--workers", "1"]
        command += ["--bind", settings.base_url.removeprefix("http://")]
        server = subprocess.Popen(command, env=_environment(settings), stdout=log, stderr=log)
        try:
            _wait_for(live, server)
            yield live
        finally:
            server.terminate()
            server.wait(timeout=20)


def _environment(settings: Settings) -> dict[str, str]:
    return {
        **os.environ,
        "CONSULT_DATA_DIR": str(settings.data_dir),
        "CONSULT_DATABASE_URL": settings.database_url,
        "CONSULT_SECRET_KEY": settings.secret_key,
        "CONSULT_BASE_URL": settings.base_url,
        "CONSULT_OFFICE_URL": settings.office_url,
    }


def _wait_for(live: Live, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and server.poll() is None:
        try:
            with urlopen(f"{live.base}/readyz", timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    pytest.fail(f"consult serve does not answer; it said:\n{live.written()}", pytrace=False)


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port: int = tried.getsockname()[1]
        return port
