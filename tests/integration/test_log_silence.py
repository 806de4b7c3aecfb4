"""Nothing of a person reaches a log: not what they answer, not where they are, not what they hold in hand.

What is searched for are words that stand nowhere but in these requests. Errors are provoked whose messages
quote the answer, as those of databases do.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest

from consult.db import Database, StorageUnavailable
from consult.settings import Settings
from tests.inspection import parse
from tests.integration.generated import Asked
from tests.integration.installation import SLUG, Installation, installed
from tests.live import example, serving

WORDS = "Zanzibarquetzal"
DEVICE = "Obelisk/9.9 (canary)"
ADDRESS = "203.0.113.77"
CANARIES = (WORDS, DEVICE, ADDRESS, "zanzibar")

FORM = "application/x-www-form-urlencoded"
TALKATIVE = "CREATE TRIGGER talkative BEFORE {} ON response BEGIN SELECT RAISE(ABORT, '{}'); END"
"""A database that says in its error what it was given."""


@pytest.fixture
def there(
    settings: Settings, sqlite_database: Database, caplog: pytest.LogCaptureFixture
) -> Iterator[Installation]:
    with installed(settings, sqlite_database) as installation:
        caplog.clear()
        caplog.set_level(logging.INFO)
        yield installation


def post(there: Installation, who: str, path: str, **fields: str) -> int:
    """Send a form from this device, at this address."""
    body = urlencode({"csrf_token": there.token, **fields}).encode()
    headers = (("HTTP_USER_AGENT", DEVICE), ("REMOTE_ADDR", ADDRESS), ("HTTP_X_FORWARDED_FOR", ADDRESS))
    return Asked(who, "POST", path, "", FORM, body, headers).of(there)[0]


def post_everything(there: Installation) -> dict[str, int]:
    """The words in every place where somebody writes: place → status."""
    interview = f"/office/en/collect/{SLUG}/{there.things['response']}"
    correction = f"/office/en/collect/{SLUG}/{there.things['entry']}/correct/words"
    answers = {"q-town": WORDS, "q-story": WORDS, "q-mail": f"{WORDS}@example.org"}
    return {
        "page": post(there, "has answered", f"/en/s/{SLUG}/words", **answers, go="next"),
        "page with errors": post(there, "has answered", f"/en/s/{SLUG}/words", **{"q-age": WORDS}, go="next"),
        "saved": post(there, "has answered", f"/en/s/{SLUG}/words", **answers, go="save"),
        "code": post(there, "", "/en/resume", code=WORDS),
        "interview": post(
            there, "collector", f"{interview}/page/words", **answers, **{"translated-story": WORDS}
        ),
        "autosave": post(there, "collector", f"{interview}/page/words", **answers, autosave="1"),
        "correction": post(there, "collector", correction, **answers, reason=WORDS),
        "sign-in": post(there, "", "/office/en/login", email=f"{WORDS}@example.org", password=WORDS),
        "session": post(there, "staff", f"/office/en/surveys/{SLUG}/sessions", place=WORDS),
        "send": post(there, "has answered", f"/en/s/{SLUG}/review"),
    }


def silent(caplog: pytest.LogCaptureFixture) -> bool:
    """Neither in a message nor in what it was made of nor in an exception."""
    raw = [f"{record.getMessage()} {record.args!r} {record.exc_info!r}" for record in caplog.records]
    return not any(canary in text for canary in CANARIES for text in (caplog.text, *raw))


def test_what_is_answered_is_not_logged(there: Installation, caplog: pytest.LogCaptureFixture) -> None:
    statuses = post_everything(there)
    assert {status for status in statuses.values() if status >= 500} == set()
    assert statuses["page"] == 303  # something was really kept
    assert silent(caplog)


@pytest.mark.parametrize("change", ["INSERT", "UPDATE"])
def test_error_that_quotes_the_answer_is_logged_without_it(
    there: Installation, caplog: pytest.LogCaptureFixture, change: str
) -> None:
    with sqlite3.connect(str(there.database.url.database)) as connection:
        connection.execute(TALKATIVE.format(change, WORDS))
    connection.close()
    statuses = post_everything(there)
    post(there, "has agreed", f"/en/s/{SLUG}/words", **{"q-town": WORDS}, go="next")
    assert "exception at endpoint" in caplog.text or 503 in statuses.values()
    assert silent(caplog)


def test_storage_that_is_gone_tells_no_log_what_it_was_given(
    there: Installation, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_self: Database, _work: object) -> None:
        raise StorageUnavailable(f"cannot store {WORDS}")

    monkeypatch.setattr(Database, "commit_together", fail)
    assert post_everything(there)["page"] == 503
    assert silent(caplog)


def test_server_writes_nothing_of_a_person_on_its_outputs(tmp_path: Path) -> None:
    with serving(example(tmp_path)) as live:
        statuses = []
        for is_broken in (False, True):
            if is_broken:
                with sqlite3.connect(live.settings.data_dir / "consult.db") as connection:
                    connection.execute(TALKATIVE.format("INSERT", WORDS))
                connection.close()
            statuses.append(answer_in_a_browser(live.base))
        assert statuses == [200, 500]
        assert "exception at endpoint answering.answer" in live.written()
        assert [canary for canary in (*CANARIES, "127.0.0.1") if canary in live.written()] == []


def answer_in_a_browser(base: str) -> int:
    """Begin the immigrant survey and send its first page; gives the status of what comes back."""
    browser = build_opener(HTTPCookieProcessor())
    headers = {"User-Agent": DEVICE, "X-Forwarded-For": ADDRESS}
    start = f"{base}/en/s/immigrant-survey/"
    page = browser.open(Request(start, headers=headers)).read().decode()
    notice = next(field for field in parse(page).iter("input") if field.get("name") == "notice").get("value")
    first = browser.open(Request(start, urlencode({"notice": notice}).encode(), headers)).url
    answers = {"q-arrival_year": "2019", "q-languages": "other", "q-languages/other": WORDS, "go": "next"}
    try:
        return int(browser.open(Request(first, urlencode(answers).encode(), headers)).status)
    except HTTPError as error:
        error.close()
        return error.code
