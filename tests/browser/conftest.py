"""A running installation with the living example, and real browsers that look at it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.places import Places, places
from tests.browser.screen import Screen
from tests.live import Live, example, serving

Visit = Callable[..., Screen]

HERE = "tests/browser/"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}

_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.as_posix():
            item.add_marker("browser")


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with serving(example(tmp_path_factory.mktemp("live"))) as running:
        yield running


@pytest.fixture(scope="session")
def known(live: Live) -> Places:
    """What the office has, with what only comes about by making it: an edition, a file that waits, …"""
    return places(live)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail(
            "These tests need the package chromium (on Debian or Ubuntu: sudo apt-get install chromium).",
            pytrace=False,
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, live: Live) -> Iterator[Visit]:
    """``visit(**how)``: somebody’s own browser, on a phone unless told otherwise. ``how`` goes to Playwright.

    When the test is over, every browser must have spoken with nobody but this site and met no fault.
    """
    screens: list[Screen] = []

    def open_browser(**how: Any) -> Screen:
        context = chromium.new_context(**{"viewport": PHONE, "accept_downloads": True, **how})
        context.set_default_timeout(10_000)
        screens.append(Screen(context, live.base))
        return screens[-1]

    yield open_browser
    faults = [fault for screen in screens for fault in screen.faults]
    for screen in screens:
        screen.context.close()
    assert faults == []


@pytest.fixture(scope="session")
def cards(chromium: Browser, live: Live) -> Callable[[str], Any]:
    """``cards(email)``: the cookies of somebody who has signed in. Signing in costs time: once a person."""
    known: dict[str, Any] = {}

    def cookies(email: str) -> Any:
        if email not in known:
            context = chromium.new_context()
            screen = Screen(context, live.base)
            screen.open("/office/en/login")
            screen.page.get_by_label("Email address").fill(email)
            screen.page.get_by_label("Password", exact=True).fill(live.password(email))
            screen.press("Sign in")
            known[email] = context.storage_state()
            context.close()
        return known[email]

    return cookies


@pytest.fixture
def office(visit: Visit, cards: Callable[[str], Any]) -> Visit:
    """``office(email, **how)``: a browser in which this person of the example is signed in, at a desk."""

    def open_office(email: str, **how: Any) -> Screen:
        return visit(**{"storage_state": cards(email), "viewport": DESK, **how})

    return open_office
