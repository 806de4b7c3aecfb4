"""Every route that changes something, asked for by a form that this person never opened: nothing is saved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from consult.accounts.rules import RULES
from consult.db import Database
from consult.settings import Settings
from tests.integration.generated import Asked, address_of, every_route
from tests.integration.installation import Installation, installed

FORM = "application/x-www-form-urlencoded"
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


@pytest.fixture
def there(settings: Settings, sqlite_database: Database) -> Iterator[Installation]:
    with installed(settings, sqlite_database) as installation:
        yield installation


def unsafe_routes(there: Installation, mount: str) -> list[tuple[Any, str, str]]:
    """Rule, method and an address at which the route has something to change."""
    return [
        (rule, method, mount + address_of(rule, dict.fromkeys(rule.arguments), there.things))
        for where, rule in every_route(there)
        for method in sorted((rule.methods or set()) & set(UNSAFE))
        if where == mount
    ]


def whom_it_lets_in(endpoint: str) -> str:
    roles = RULES[endpoint].roles
    return min(role.value for role in roles) if roles else "staff"


@pytest.mark.parametrize("token", [None, "", "invented", "IjAwMDAi.x.y"])
def test_office_route_without_its_token_is_refused_and_saves_nothing(
    there: Installation, token: str | None
) -> None:
    before, routes = there.rows(), unsafe_routes(there, "/office")
    assert len(routes) > 25
    let_in = []
    for rule, method, path in routes:
        fields = {"name": "Forged", "code": "000000", **({} if token is None else {"csrf_token": token})}
        asked = Asked(whom_it_lets_in(rule.endpoint), method, path, "", FORM, urlencode(fields).encode(), ())
        status, _headers, _body = asked.of(there)
        if status != 400:
            let_in.append((rule.endpoint, status))
    assert let_in == []
    assert there.rows() == before


@pytest.mark.parametrize(
    "header",
    [
        ("HTTP_SEC_FETCH_SITE", "cross-site"),
        ("HTTP_ORIGIN", "https://evil.example"),
        ("HTTP_ORIGIN", "http://["),
    ],
)
@pytest.mark.parametrize("mount", ["", "/office"])
def test_no_route_takes_what_another_site_sends(
    there: Installation, mount: str, header: tuple[str, str]
) -> None:
    before = there.rows()
    let_in = []
    for rule, method, path in unsafe_routes(there, mount):
        who = whom_it_lets_in(rule.endpoint) if mount else "has answered"
        body = urlencode({"csrf_token": there.token, "q-town": "Forged", "go": "next"}).encode()
        status, _headers, _body = Asked(who, method, path, "", FORM, body, (header,)).of(there)
        if status != 400:
            let_in.append((rule.endpoint, status))
    assert let_in == []
    assert there.rows() == before


def test_right_token_is_let_in(there: Installation) -> None:
    """Otherwise the refusals above would say nothing."""
    before = there.rows()
    body = urlencode({"csrf_token": there.token}).encode()
    path = f"/office/en/surveys/{there.things['survey']}/close"
    assert Asked("staff", "POST", path, "", FORM, body, ()).of(there)[0] in (302, 303)
    assert there.rows() != before


def test_reading_changes_nothing(there: Installation) -> None:
    """GET and HEAD of every route, by everybody whom it lets in; who took answers away is written down."""
    before = {**there.rows(), "download": []}
    for mount, rule in every_route(there):
        path = mount + address_of(rule, dict.fromkeys(rule.arguments), there.things)
        for who in there.cookies:
            for method in ("GET", "HEAD"):
                Asked(who, method, path, "part=0&language=ar&channel=online&by=_language", "", b"", ()).of(
                    there
                )
    assert {**there.rows(), "download": []} == before
