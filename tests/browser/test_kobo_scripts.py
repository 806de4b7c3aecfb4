"""The page of a matrix in a real browser: what its answers bring up appears at once, in its own row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import consult.ui
from consult.questionnaires.paging import pages
from tests.samples.kobo import kobo_form
from tests.samples.rendering import filled

FOLDER = Path(consult.ui.__file__).parent / "static"
SCRIPTS = "\n".join(
    (FOLDER / f"js/{name}.js").read_text() for name in ("expressions", "expression-functions", "skip-logic")
)
SHEETS = "\n".join((FOLDER / f"css/{name}.css").read_text() for name in ("base", "questions", "extras"))


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 1100, "height": 800})
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    made = kobo_form()
    matrix = next(page for page in pages(made) if page.key == "home")
    page.set_content(
        f"<!doctype html><html lang=en><title>x</title><style>{SHEETS}</style>"
        f"<main>{filled((made, matrix))}</main><script>{SCRIPTS}</script>"
    )
    yield page
    page.close()
    assert failures == []


def test_question_of_a_row_follows_the_answer_in_its_row(tab: Page) -> None:
    phone, laptop = (tab.get_by_label(f"{thing} – How many?") for thing in ("Phone", "Laptop"))
    expect(phone).to_be_hidden()
    tab.locator("[name=q-home_phone_own][value=yes]").check(force=True)
    expect(phone).to_be_visible()
    expect(laptop).to_be_hidden()


def test_questions_of_a_row_stand_in_one_line_on_a_desk(tab: Page) -> None:
    tab.locator("[name=q-home_phone_own][value=yes]").check(force=True)
    tops = [tab.locator(f"#q-home_phone_{name}").bounding_box() for name in ("own", "many")]
    assert len({round(box["y"]) for box in tops if box is not None}) == 1
