"""Questions in a table: on a telephone they stand below each other, and nothing is missing there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from consult.i18n import Localized
from consult.responses.compiled import compile_page
from consult.responses.compiled_media import Served
from tests.browser.test_appearances import SCRIPTS, SHEETS
from tests.samples.questions import ask, choices, group, one_page
from tests.samples.rendering import NOW, environment, view

PICTURE = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='40' height='40'/>"
FACES = tuple(
    replace(choice, media={"image": Localized({"en": f"{choice.key}.png"})})
    for choice in choices(("happy", "Happy"), ("sad", "Sad"))
)
ROWS = (
    ask("select_one", "brian", "Brian", choices=FACES),
    ask("select_one", "maria", "Maria", choices=FACES),
)


@pytest.fixture
def opened(chromium: Browser) -> Iterator[Callable[[int], Page]]:
    page = chromium.new_page()

    def opened(width: int) -> Page:
        page.set_viewport_size({"width": width, "height": 740})
        made, of = one_page(group(*ROWS, key="table", label="How are they?", appearance="table-list"))
        made = replace(made, files={f"{choice.key}.png": "0" * 64 for choice in FACES})
        compiled = compile_page(
            environment(),
            made,
            of,
            view(),
            lambda holes: f"<form>{holes.questions}</form>",
            now=NOW,
            media_of=lambda name, digest: Served(PICTURE, 40, 40),
        )
        html = re.sub(r"<link [^>]*>|<script src[^>]*></script>", "", compiled.content.decode())
        head = "<!doctype html><html lang=en><head><title>Page</title>"
        head += "<meta name=viewport content='width=device-width'>"
        page.set_content(f"{head}<style>{SHEETS}</style></head><body class=public><main>{html}</main>")
        page.add_script_tag(content=SCRIPTS)
        return page

    yield opened
    page.close()


@pytest.mark.parametrize(("width", "pictures"), [(320, 4), (1280, 2)])
def test_pictures_of_choices_are_seen_once_at_each_width(
    opened: Callable[[int], Page], width: int, pictures: int
) -> None:
    assert opened(width).locator("img:visible").count() == pictures


def test_answer_of_a_row_can_be_taken_back(opened: Callable[[int], Page]) -> None:
    row = opened(320).locator("#q-brian")
    expect(row.get_by_role("button", name="Clear this answer")).to_be_hidden()
    row.get_by_text("Happy").click()
    assert row.get_by_role("radio", name="Brian Happy", exact=True).is_checked()
    row.get_by_role("button", name="Clear this answer").click()
    assert row.locator(":checked").count() == 0
