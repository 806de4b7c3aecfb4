"""Questions as a data collector sees them on a phone: digits beside choices, in the frame of the office."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.test_appearances import ABC, STATIC
from tests.samples.questions import ask, one_page
from tests.samples.rendering import filled

SHEETS = "\n".join(
    (STATIC / f"css/{name}.css").read_text() for name in ("base", "questions", "office", "extras")
)
MADE = one_page(
    ask("range", "pain", "How bad?", parameters={"start": "0", "end": "10"}),
    ask("range", "half", "How long?", parameters={"start": "1.5", "end": "5.5", "step": "0.5"}),
    ask("range", "stars", "How was it?", parameters={"end": "5"}, appearance="rating"),
    ask("select_one", "need", "What do you need?", choices=ABC),
)
STARS = """() => [...document.querySelectorAll("#q-stars label")]
    .map((label) => getComputedStyle(label.querySelector("span, kbd"), "::before").content[1])"""


@pytest.fixture(params=[320, 360])
def tab(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    size = {"width": request.param, "height": 740}
    context = chromium.new_context(viewport=size, has_touch=True, is_mobile=True)
    page = context.new_page()
    html = filled(MADE, {"stars": 3}, is_numbered=True)
    html = re.sub(r"<link [^>]*>|<script src[^>]*></script>", "", html)
    head = "<!doctype html><html lang=en><head><title>Page</title>"
    head += "<meta name=viewport content='width=device-width'>"
    html = html.replace("<form>", "<form data-autosave class=questions>")
    page.set_content(f"{head}<style>{SHEETS}</style></head><body class=office><main>{html}</main>")
    yield page
    context.close()


def test_stars_show_what_is_chosen_beside_their_digits_too(tab: Page) -> None:
    assert tab.evaluate(STARS) == ["★", "★", "★", "☆", "☆"]


def test_scales_fit_and_can_be_pressed(tab: Page) -> None:
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(tab, options={"rules": {"target-size": {"enabled": True}}}).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []


def test_digits_of_choices_are_left_away_where_there_is_no_keyboard(tab: Page) -> None:
    assert tab.locator("#q-need kbd:visible").count() == 0
    assert tab.locator("#q-pain label").first.inner_text() == "0"
    assert tab.locator("#q-stars kbd:visible").count() == 5
