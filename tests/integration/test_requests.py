"""10,000 generated requests over every route of both surfaces: none of them breaks anything.

They are the same in every run. Each dozen begins with the installation as it was; what one request does, the
next ones find.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, got_request_exception
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as running
from hypothesis import strategies as st

from consult.db import Database
from consult.http import HEADERS
from consult.settings import Settings
from tests.integration.generated import Asked, address_of, every_route, requests
from tests.integration.installation import Installation, installed

AT_ONCE = 20
EXAMPLES = 500
assert AT_ONCE * EXAMPLES >= 10_000

LARGEST = 400_000
"""Bytes of a page that repeats nothing; what was sent may come back, each sign as an entity of up to six."""


@pytest.fixture
def there(settings: Settings, sqlite_database: Database) -> Iterator[Installation]:
    with installed(settings, sqlite_database) as installation:
        yield installation


def names_of_fields(there: Installation) -> dict[str, tuple[str, ...]]:
    """The names of the fields on each page, for everybody who can open it."""
    found: dict[str, set[str]] = {}
    for mount, rule in every_route(there):
        address = mount + address_of(rule, dict.fromkeys(rule.arguments), there.things)
        for who in there.cookies:
            _status, _headers, body = Asked(who, "GET", address, "", "", b"", ()).of(there)
            names = re.findall(r'name="([^"]+)"', body.decode("utf-8", "replace"))
            found.setdefault(mount + rule.rule, set()).update(map(html.unescape, names))
    return {name: tuple(sorted(fields)) for name, fields in found.items() if fields}


def wrong(asked: Asked, status: int, headers: dict[str, list[str]], body: bytes) -> str | None:
    """What no answer may be."""
    if status >= 500:
        return f"status {status}"
    if any(headers.get(name.lower()) != [value] for name, value in HEADERS.items()):
        return "a header is missing"
    if asked.method == "HEAD" and body:
        return "HEAD has a body"
    is_page = headers.get("content-type", [""])[0].startswith("text/html")
    if is_page and len(body) > LARGEST + 6 * len(asked.body):
        return f"{len(body)} bytes"
    return None


def test_generated_requests_break_nothing(there: Installation) -> None:
    failures: list[BaseException] = []

    def note(_app: Flask, exception: BaseException) -> None:
        failures.append(exception)

    @running(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(st.lists(requests(there, names_of_fields(there)), min_size=AT_ONCE, max_size=AT_ONCE))
    def ask(dozen: list[Any]) -> None:
        there.put_back()
        for asked in dozen:
            failures.clear()
            problem = wrong(asked, *asked.of(there))
            if failures:
                failures[0].add_note(repr(asked))
                raise failures[0]
            assert problem is None, f"{problem}: {asked!r}"

    for app in (there.public, there.office):
        got_request_exception.connect(note, app)
    ask()
