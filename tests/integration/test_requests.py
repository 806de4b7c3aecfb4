"""10,000 generated requests over every route of both surfaces: none of them breaks anything.

They are the same in every run. Each dozen begins with the installation as it was; what one request does, the
next ones find.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask, got_request_exception
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as running

from consult.db import Database
from consult.settings import Settings
from tests.answer_headers import wrong_headers
from tests.inspection import parse
from tests.integration.generated import AT_ONCE, Asked, address_of, every_route, requests
from tests.integration.installation import Installation, installed
from tests.office import PASSWORD

DOZENS = 10_000 // AT_ONCE

LARGEST = 400_000
"""Bytes of a page that repeats nothing; what was sent may come back, each sign as an entity of up to six."""

PLAUSIBLE = {
    **dict.fromkeys(("password", "new_password", "old_password"), PASSWORD),
    **dict.fromkeys(("since", "until", "held_on", "q-since"), "2026-03-05"),
    **dict.fromkeys(("q-age", "participants", "target", "q-share", "q-percent", "q-order/a"), "3"),
    "email": "staff@example.org",
    "q-mail": "a@example.org",
    "q-hour": "09:30",
    "q-telephone": "519 555 0123",
}
"""What is typed into a field that is empty."""


@pytest.fixture
def there(settings: Settings, sqlite_database: Database) -> Iterator[Installation]:
    with installed(settings, sqlite_database) as installation:
        yield installation


def forms_of_pages(there: Installation) -> dict[str, tuple[tuple[str, str], ...]]:
    """The fields of each page with something to send, for whoever can open it."""
    found: dict[str, set[tuple[str, str]]] = {}
    for mount, rule in every_route(there):
        address = mount + address_of(rule, dict.fromkeys(rule.arguments), there.things)
        for who in there.cookies:
            status, _headers, body = Asked(who, "GET", address, "", "", b"", ()).of(there)
            if status == 200 and b"<form" in body:
                found.setdefault(mount + rule.rule, set()).update(fields(body.decode()))
    return {page: tuple(sorted(pairs)) for page, pairs in found.items()}


def fields(page: str) -> Iterator[tuple[str, str]]:
    """Name and a value of each field but the form's token: what stands there, or what fits in most."""
    for element in parse(page).iter():
        name, value = element.get("name"), element.get("value")
        if element.tag == "select":
            yield from ((str(name), option.get("value", "")) for option in element.iter("option"))
        elif element.tag in ("input", "textarea", "button") and name and name != "csrf_token":
            yield name, value or PLAUSIBLE.get(name, "Ashbrook")


def wrong(asked: Asked, status: int, headers: dict[str, list[str]], body: bytes) -> str | None:
    """What no answer may be."""
    if status >= 500:
        return f"status {status}"
    if wrong_headers(lambda name: headers.get(name.lower(), []), asked.path):
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
        max_examples=DOZENS,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(requests(there, forms_of_pages(there)))
    def ask(dozen: list[Asked]) -> None:
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
