"""Security headers stand on every answer: pages, redirects, files, refusals, failures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import Client, TestResponse

from consult.db import Database, StorageUnavailable
from consult.settings import Settings
from consult.surfaces import create_app, create_office_app, create_public_app
from tests.answer_headers import wrong_headers
from tests.integration.generated import Asked, address_of, every_route
from tests.integration.installation import Installation, installed

PLACES = [
    ("GET", "/", 200),
    ("GET", "/en/", 200),
    ("GET", "/en", 308),
    ("GET", "/healthz", 200),
    ("GET", "/readyz", 200),
    ("GET", "/static/nothing.css", 404),
    ("GET", "/nowhere/at/all", 404),
    ("POST", "/", 405),
    ("OPTIONS", "/en/resume", 200),
    ("GET", "/office/", 303),
    ("GET", "/office/en/", 303),
    ("GET", "/office/en/login", 200),
    ("POST", "/office/en/login", 400),
    ("GET", "/office/nowhere", 404),
    ("PUT", "/office/en/login", 405),
    ("GET", "/office/readyz", 200),
]


def faults(answer: TestResponse) -> list[str]:
    """Headers that are missing, different, or there twice."""
    return wrong_headers(answer.headers.getlist)


@pytest.fixture
def client(settings: Settings, sqlite_database: Database) -> Client:
    return Client(create_app(settings, sqlite_database))


@pytest.fixture
def there(settings: Settings, sqlite_database: Database) -> Iterator[Installation]:
    with installed(settings, sqlite_database) as installation:
        yield installation


@pytest.mark.parametrize(("method", "address", "status"), PLACES)
def test_every_kind_of_answer_has_them(client: Client, method: str, address: str, status: int) -> None:
    answer = client.open(address, method=method)
    assert answer.status_code == status
    assert faults(answer) == []


def test_every_route_has_them_for_everybody(there: Installation) -> None:
    lacking = []
    for mount, rule in every_route(there):
        path = mount + address_of(rule, dict.fromkeys(rule.arguments), there.things)
        for who in ("", "has answered", "staff", "collector", "admin", "another organisation"):
            status, headers, _body = Asked(who, "GET", path, "", "", b"", ()).of(there)
            if wrong_headers(lambda name, given=headers: given.get(name.lower(), []), path):
                lacking.append((who, path, status))
    assert lacking == []


@pytest.mark.parametrize("create", [create_public_app, create_office_app])
def test_failure_has_them(
    settings: Settings, sqlite_database: Database, create: Callable[[Settings, Database], Flask]
) -> None:
    app = create(settings, sqlite_database)

    def fail() -> str:
        raise RuntimeError("on purpose")

    app.view_functions["healthz"] = fail
    answer = app.test_client().get("/healthz")
    assert answer.status_code == 500
    assert faults(answer) == []


def test_storage_that_is_gone_has_them(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_self: Database) -> None:
        raise StorageUnavailable("on purpose")

    monkeypatch.setattr(Database, "read", fail)
    answer = client.get("/en/")
    assert answer.status_code == 503
    assert faults(answer) == []


def test_body_too_large_has_them(client: Client) -> None:
    answer = client.post("/en/resume", data={"code": "x" * 300_000})
    assert answer.status_code == 413
    assert faults(answer) == []


def test_host_that_is_not_ours_is_refused_with_them(settings: Settings, sqlite_database: Database) -> None:
    client = Client(create_app(replace(settings, trusted_hosts=("consult.example",)), sqlite_database))
    assert client.get("/en/", base_url="https://consult.example").status_code == 200
    answer = client.get("/en/", base_url="https://evil.example")
    assert answer.status_code == 400
    assert faults(answer) == []


@pytest.mark.parametrize("address", ["/", "/office/en/login"])
def test_browsers_come_back_over_tls_only_where_there_is_tls(
    settings: Settings, sqlite_database: Database, address: str
) -> None:
    secure = Client(create_app(replace(settings, base_url="https://consult.example"), sqlite_database))
    plain = Client(create_app(settings, sqlite_database))
    assert "max-age=" in secure.get(address).headers["Strict-Transport-Security"]
    assert "Strict-Transport-Security" not in plain.get(address).headers


def test_cookies_are_out_of_reach_for_scripts_and_other_sites(
    settings: Settings, sqlite_database: Database
) -> None:
    client = Client(create_app(replace(settings, base_url="https://consult.example"), sqlite_database))
    for cookie in client.get("/office/en/login", base_url="https://consult.example").headers.getlist(
        "Set-Cookie"
    ):
        assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))


def test_only_files_that_never_change_are_kept_by_browsers(there: Installation) -> None:
    def kept(path: str) -> str:
        return Asked("", "GET", path, "", "", b"", ()).of(there)[1]["cache-control"][0]

    assert "immutable" in kept(f"/static/{there.things['name']}")
    assert {kept(path) for path in ("/en/resume", "/office/en/login", "/nowhere")} == {"no-store"}
