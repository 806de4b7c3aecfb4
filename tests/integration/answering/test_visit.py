"""The one cookie: when it is set, what is in it, when it goes."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace
from http.cookies import Morsel, SimpleCookie

from flask import Flask, Response

from consult.answering.visit import ENTRIES_AT_MOST, Entry, Visit, read_visit, remember
from consult.db import Database
from consult.settings import Settings
from consult.surfaces import create_public_app
from tests.integration.answering.conftest import Asking
from tests.pages import Page, Pages

ENTRY = Entry("welcome", uuid.uuid4(), uuid.uuid4(), "0" * 64, "fr", dt.date(2026, 3, 5))


def made_by(app: Flask, visit: Visit) -> Morsel[str]:
    with app.test_request_context("/"):
        response = Response()
        remember(response, visit)
    (morsel,) = SimpleCookie(response.headers["Set-Cookie"]).values()
    return morsel


def read_from(app: Flask, name: str, token: str) -> Visit:
    with app.test_request_context("/", headers={"Cookie": f"{name}={token}"}):
        return read_visit()


def test_what_was_remembered_is_read_back(app: Flask) -> None:
    visit = Visit((ENTRY, replace(ENTRY, survey="other", is_stored=True)), (("third", "ABCD-EFGH"),))
    cookie = made_by(app, visit)
    assert read_from(app, cookie.key, cookie.value) == visit


def test_cookie_is_out_of_reach_of_scripts_and_other_sites(app: Flask) -> None:
    cookie = made_by(app, Visit((ENTRY,)))
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert cookie["max-age"] == cookie["expires"] == ""


def test_cookie_behind_tls_is_secure_and_bound_to_its_host(database: Database, secure: Settings) -> None:
    cookie = made_by(create_public_app(secure, database), Visit((ENTRY,)))
    assert cookie.key.startswith("__Host-")
    assert cookie["secure"] is True
    assert cookie["domain"] == ""


def test_changed_cookie_is_nothing(app: Flask) -> None:
    cookie = made_by(app, Visit((ENTRY,)))
    for token in (
        cookie.value[:-2],
        cookie.value[:4] + ("A" if cookie.value[4] != "A" else "B") + cookie.value[5:],
        "",
        "a.b",
        "é" * 50,
    ):
        assert read_from(app, cookie.key, token) == Visit()


def test_cookie_of_a_neighbour_that_is_no_utf8_takes_nothing_away(app: Flask) -> None:
    visit = Visit((ENTRY,))
    cookie = made_by(app, visit)
    header = f"shop=caf\xe9; {cookie.key}={cookie.value}"
    with app.test_request_context("/", environ_overrides={"HTTP_COOKIE": header}):
        assert read_visit() == visit


def test_cookie_of_another_installation_is_nothing(
    app: Flask, database: Database, settings: Settings
) -> None:
    stranger = create_public_app(replace(settings, secret_key="another key"), database)
    cookie = made_by(stranger, Visit((ENTRY,)))
    assert read_from(app, cookie.key, cookie.value) == Visit()


def test_cookie_stays_small_however_many_surveys(app: Flask) -> None:
    visit = Visit()
    for number in range(20):
        visit = visit.with_entry(replace(ENTRY, survey=f"{number}-" + "x" * 60))
    assert len(visit.entries) == ENTRIES_AT_MOST
    assert len(made_by(app, visit).OutputString()) < 4_096


def test_cookie_holds_no_answer(asking: Asking, first: Page, pages: Pages) -> None:
    first.fill(**{"q-area": "Canary Wharf", "q-works": "no"}).press("Continue")
    cookie = pages.client.get_cookie("answers")
    assert cookie is not None
    assert "Canary" not in cookie.value


def test_sending_makes_the_device_forget_the_response(
    asking: Asking, first: Page, pages: Pages, app: Flask
) -> None:
    first.fill(**{"q-area": "North", "q-works": "no"}).press("Continue").press("Continue").press(
        "Send my answers"
    )
    cookie = pages.client.get_cookie("answers")
    assert cookie is not None
    visit = read_from(app, "answers", cookie.value)
    assert visit.entry("welcome") is None
    assert visit.receipt("welcome")


def test_clearing_the_device_takes_the_cookie_away(asking: Asking, first: Page, pages: Pages) -> None:
    leave = first.fill(**{"q-area": "North"}).press("Leave nothing on this device")
    home = leave.press("Clear this device")
    assert home.address == "/"
    assert pages.client.get_cookie("answers") is None
    assert pages.open("/en/s/welcome/about").heading == "Welcome survey"
