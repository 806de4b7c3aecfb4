"""A page inside a repeat while it is answered: what appears at once, and what only the server brings up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

import consult.ui
from consult.questionnaires.routing import evaluate, pages
from consult.questionnaires.specification import Questionnaire
from consult.responses.compiled import PageState
from tests.samples.questions import NOW, ask, group, questionnaire
from tests.samples.rendering import compiled

STATIC = Path(consult.ui.__file__).parent / "static"
NAMES = ("expressions", "expression-functions", "skip-logic", "choices")
SCRIPTS = "\n".join((STATIC / f"js/{name}.js").read_text() for name in NAMES)

MEMBERS = replace(
    group(
        ask("integer", "age", "Age"),
        ask("text", "school", "School", relevant="${age} < ${limit}"),
        ask("text", "leads", "Leads", relevant="${age} > 15 and position(..) = 1"),
        ask("text", "older", "Older", relevant="${age} > indexed-repeat(${age}, ${members}, 1)"),
        key="members",
    ),
    is_repeat=True,
)
HOUSEHOLD = questionnaire(
    group(ask("integer", "limit"), key="home"),
    MEMBERS,
    group(
        ask("integer", "guests", "Guests"),
        ask("text", "large", "Large", relevant="count(${members}) + ${guests} > 3 and sum(${age}) > 60"),
        key="last",
    ),
)
TWO = {"limit": 18, "members": [{"age": 40}, {"age": 30}]}


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    yield page
    page.close()
    assert failures == []


def opened(tab: Page, key: str, trail: Any = (), made: Questionnaire = HOUSEHOLD) -> Page:
    """The tab with this page of the household in it; of the item at ``trail``."""
    # The list of a repeat has its key too; the page of its items follows it.
    page = [page for page in pages(made) if page.group and page.group.key == key][-1]
    evaluation = evaluate(made, TWO, now=NOW, language="en").at(trail)
    answers = {key: state.value for key, state in evaluation.states.items() if state.value is not None}
    html = compiled((made, page)).fill(PageState(answers, evaluation))
    tab.set_content(
        f"<!doctype html><html lang=en><title>x</title><main>{html}</main><script>{SCRIPTS}</script>"
    )
    return tab


def test_what_hangs_on_the_same_item_and_on_answers_around_it_appears_at_once(tab: Page) -> None:
    opened(tab, "members", (("members", 1),))
    expect(tab.get_by_label("School")).to_be_hidden()
    tab.get_by_label("Age").fill("17")
    expect(tab.get_by_label("School")).to_be_visible()
    tab.get_by_label("Age").fill("18")
    expect(tab.get_by_label("School")).to_be_hidden()


@pytest.mark.parametrize(("place", "is_shown"), [(0, True), (1, False)])
def test_place_of_the_item_counts(tab: Page, place: int, is_shown: bool) -> None:
    opened(tab, "members", (("members", place),))
    tab.get_by_label("Age").fill("20")
    expect(tab.get_by_label("Leads")).to_be_visible(visible=is_shown)


def test_what_reads_another_item_by_its_place_stays_as_the_server_left_it(tab: Page) -> None:
    opened(tab, "members", (("members", 1),))
    tab.get_by_label("Age").fill("90")
    expect(tab.get_by_label("Older")).to_be_hidden()


def test_counts_and_sums_of_items_appear_at_once_on_the_pages_after_them(tab: Page) -> None:
    opened(tab, "last")
    expect(tab.get_by_label("Large")).to_be_hidden()
    tab.get_by_label("Guests").fill("2")
    expect(tab.get_by_label("Large")).to_be_visible()
    tab.get_by_label("Guests").fill("1")
    expect(tab.get_by_label("Large")).to_be_hidden()
