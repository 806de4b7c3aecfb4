"""What the server writes about errors: enough to find them, nothing of a person."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask

from consult.db import Database
from consult.settings import Settings
from consult.surfaces import create_office_app, create_public_app
from tests.live import example, serving


def _break(**named: str) -> str:
    try:
        raise KeyError(f"answer of {named}")
    except KeyError as error:
        raise ValueError(f"cannot read the answer of {named}") from error


@pytest.mark.parametrize(
    ("create", "endpoint", "address"),
    [
        (create_public_app, "answering.organisation", "/en/canary/"),
        (create_office_app, "accounts.reset", "/en/reset/canary"),
    ],
)
def test_error_of_a_page_is_logged_without_its_address_and_without_what_it_worked_on(
    database: Database,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    create: Callable[[Settings, Database], Flask],
    endpoint: str,
    address: str,
) -> None:
    app = create(settings, database)
    app.view_functions[endpoint] = _break
    assert app.test_client().get(address).status_code == 500
    for told in (endpoint, "ValueError", "KeyError", "test_logs.py"):
        assert told in caplog.text
    assert "canary" not in caplog.text


def test_server_does_not_write_who_sent_a_broken_request(tmp_path: Path) -> None:
    with serving(example(tmp_path)) as live:
        place = urlsplit(live.base)
        with socket.create_connection((place.hostname, place.port or 80), timeout=10) as connection:
            connection.sendall(b"GET /" + b"x" * 10_000 + b" HTTP/1.1\r\nHost: here\r\n\r\n")
            assert connection.recv(100).startswith(b"HTTP/1.1 4")
        assert "127.0.0.1" not in live.written()
