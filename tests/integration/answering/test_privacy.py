"""What is not kept, not logged and not sent anywhere."""

from __future__ import annotations

import logging

import pytest
import sqlalchemy as sa
from flask import Flask

from consult.answering import asking as asking_views
from consult.db import Base, Database
from tests.inspection import visible_text
from tests.integration.answering.conftest import Asking
from tests.pages import Page, Pages

CANARY = "Kanarienvogel 7391"
NORTH = {"q-area": CANARY, "q-works": "no"}


def everything_in(database: Database) -> str:
    with database.read() as session:
        rows = [session.execute(sa.select(table)).all() for table in Base.metadata.sorted_tables]
    return repr(rows)


def test_address_and_browser_of_a_respondent_are_not_stored(asking: Asking, app: Flask) -> None:
    client = app.test_client()
    client.environ_base.update(REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Peculiar/9.9")
    client.environ_base["HTTP_REFERER"] = "https://elsewhere.example/page"
    pages = Pages(client)
    first = pages.open("/en/s/welcome/").press("I agree. Start")
    first.fill(**NORTH).press("Continue").press("Save and continue later")
    pages.open("/en/s/welcome/review").press("Send my answers")
    kept = everything_in(asking.database)
    assert CANARY in kept
    assert [trace for trace in ("203.0.113.77", "Peculiar", "elsewhere") if trace in kept] == []


def test_no_answer_reaches_a_log(
    first: Page, pages: Pages, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    first.fill(**NORTH | {"q-age": CANARY}).press("Continue", expect=422)

    def fail(*_arguments: object, **_more: object) -> None:
        raise RuntimeError("a defect")

    monkeypatch.setattr(asking_views, "save_page", fail)
    page = first.fill(**NORTH).press("Continue", expect=500)
    assert "What you saved before is safe" in page.text
    assert CANARY not in page.html
    assert CANARY not in caplog.text


def test_whole_journey_sets_one_cookie_and_fetches_nothing_from_elsewhere(first: Page, pages: Pages) -> None:
    wishes = first.fill(**NORTH).press("Continue")
    wishes.press("Continue").press("Send my answers")
    cookies = {cookie.key for cookie in pages.client._cookies.values()}
    assert cookies == {"answers"}


def test_titles_do_not_name_the_survey_in_the_history(first: Page) -> None:
    assert "Welcome survey" not in first.title


def test_text_of_a_respondent_is_never_markup(first: Page) -> None:
    attack = "</textarea><script>alert(1)</script>"
    wishes = first.fill(**NORTH).press("Continue")
    review = wishes.fill(**{"q-change": attack}).press("Continue")
    assert [script for script in review.document.iter("script") if not script.get("src")] == []
    again = review.follow("Back")
    assert again.value("q-change") == attack
    assert attack in visible_text(next(review.document.iter("main")))
