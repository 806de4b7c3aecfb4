"""A long list in a real browser: found while typing, chosen by keyboard, asked anew when answers change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect
from werkzeug.wrappers import Request

import consult.ui
from consult.questionnaires.routing import evaluate
from consult.responses.compiled import PageState
from consult.responses.finding import with_search
from consult.responses.page import read_page
from tests.samples.questions import NOW, ask, choices, one_page
from tests.samples.rendering import compiled, filled

STATIC = Path(consult.ui.__file__).parent / "static"
SCRIPTS = "\n".join(
    (STATIC / f"js/{name}.js").read_text()
    for name in ("unsent", "expressions", "expression-functions", "skip-logic", "choices", "find")
)
SHEETS = "\n".join(
    (STATIC / f"css/{name}.css").read_text() for name in ("base", "questions", "public", "extras", "find")
)
ADDRESS = "http://consult.test/page"
TOWNS = choices(*((f"t{n}", f"Town {n}") for n in range(2_000)))
MADE = one_page(
    ask("select_one", "only", "Which towns?", choices=choices(("even", "All"), ("t7", "The seventh"))),
    ask("select_one", "town", "Which town?", choices=TOWNS, choice_filter="${only} != 't7' or name = 't7'"),
)


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.route("**/*", answer)
    page.goto(ADDRESS)
    yield page
    page.close()
    assert failures == []


def answer(route: Route) -> None:
    """The page, and what its script asks for: as the server would."""
    if route.request.method == "GET":
        html = re.sub(r"<link [^>]*>|<script src[^>]*></script>", "", filled(MADE))
        head = f"<!doctype html><html lang=en><head><title>Page</title><style>{SHEETS}</style></head>"
        body = f"{head}<body class=public><main>{html}</main><script>{SCRIPTS}</script>"
        body = body.replace("</form>", "<p data-offline hidden>No connection</p></form>")
        route.fulfill(body=body.replace("<form>", "<form method=post>"), content_type="text/html")
        return
    assert route.request.url == ADDRESS  # no answer stands in an address
    kind = route.request.headers["content-type"]
    sent: Any = Request.from_values(
        method="POST", data=route.request.post_data_buffer, content_type=kind
    ).form
    made, page = MADE
    read = with_search(page, sent, read_page(made, page, sent, {}, now=NOW, language="en"), sent["find"])
    state = PageState(read.answers, evaluate(made, read.answers, now=NOW, language="en"), read.unsaved)
    route.fulfill(body=compiled(MADE).found(sent["find"], state), content_type="text/html")


def test_choices_appear_while_typing_and_one_is_taken_by_keyboard(tab: Page) -> None:
    search = tab.get_by_label("Search the list")
    search.press_sequentially("town 1999")
    expect(tab.get_by_role("status")).to_have_text("1 entry to choose from.")
    search.press("Tab")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Space")
    expect(tab.get_by_label("Town 1999")).to_be_checked()


def test_chosen_one_stays_while_another_is_looked_for_and_can_be_cleared(tab: Page) -> None:
    search = tab.get_by_label("Search the list")
    search.fill("town 1999")
    tab.get_by_label("Town 1999").check()
    search.fill("town 1500")
    expect(tab.get_by_label("Town 1500")).to_be_visible()
    expect(tab.get_by_label("Town 1999")).to_be_checked()
    box = tab.locator("[id='q-town']")
    box.get_by_role("button", name="Clear this answer").click()
    expect(tab.get_by_label("Town 1999")).not_to_be_checked()


def test_enter_searches_and_sends_nothing(tab: Page) -> None:
    tab.get_by_label("Search the list").fill("nowhere")
    tab.get_by_label("Search the list").press("Enter")
    expect(tab.get_by_role("status")).to_contain_text("Nothing in the list matches")
    assert tab.url == ADDRESS


def test_another_answer_changes_what_is_offered(tab: Page) -> None:
    tab.get_by_label("The seventh").check()
    expect(tab.get_by_label("Town 7")).to_be_visible()
    expect(tab.get_by_role("status")).to_have_text("1 entry to choose from.")


def test_search_is_accessible_and_fits_a_phone(tab: Page) -> None:
    tab.get_by_label("Search the list").fill("town 199")
    expect(tab.get_by_label("Town 199", exact=True)).to_be_visible()
    found = Axe().run(tab, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert found.response["violations"] == []
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_was_chosen_is_there_again_when_the_page_is_loaded_again(tab: Page) -> None:
    tab.get_by_label("Search the list").fill("1234")
    tab.get_by_label("Town 1234").check()
    tab.get_by_label("Search the list").fill("1500")
    expect(tab.get_by_label("Town 1500")).to_be_visible()
    tab.reload()
    expect(tab.get_by_label("Town 1234")).to_be_checked()
    assert tab.locator("[name=q-town]:checked").count() == 1
