"""Whoever comes, with whatever they have: by keyboard alone, on a small phone, without being followed."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visit
from tests.browser.screen import SURVEY, Screen
from tests.live import Live

NARROW = {"width": 320, "height": 640}
WITHOUT_ANSWERS = ("/", "/{}/", "/{}/ashbrook/", f"/{{}}{SURVEY}", "/{}/resume", "/{}/leave", "/{}/nowhere")


def press(screen: Screen, *keys: str) -> None:
    for key in keys:
        screen.page.keyboard.press(key)


def test_page_of_questions_is_answered_by_keyboard_alone(visit: Visit) -> None:
    screen = visit()
    screen.begin("en")
    screen.tab_to(name="q-arrival_year")
    screen.page.keyboard.type("2019")
    screen.tab_to(question="status", type="radio")
    press(screen, "Space", "ArrowDown")
    screen.tab_to(question="languages", type="checkbox")
    press(screen, "Space", "Tab", "Tab", "Space")
    screen.tab_to(name="go")
    with screen.page.expect_navigation():
        press(screen, "Enter")
    assert screen.place.endswith("/home")

    screen.press("Back")
    assert screen.field("arrival_year").input_value() == "2019"
    checked = screen.page.locator("#answers :checked")
    values = [checked.nth(at).get_attribute("value") for at in range(checked.count())]
    assert values == ["permanent_resident", "en", "ar"]


def test_enter_in_a_text_field_goes_on_and_changes_no_language(visit: Visit) -> None:
    screen = visit()
    screen.begin("fr")
    screen.field("arrival_year").fill("2019")
    with screen.page.expect_navigation():
        screen.field("arrival_year").press("Enter")
    assert screen.place == f"/fr{SURVEY}home"


def test_first_key_skips_to_the_content(visit: Visit) -> None:
    screen = visit()
    screen.begin("en")
    press(screen, "Tab")
    assert screen.page.locator(".skip").bounding_box()["height"] > 24  # type: ignore[index]
    press(screen, "Enter")
    assert screen.focused["id"] == "main"


def test_menu_of_languages_opens_and_closes_by_keyboard(visit: Visit) -> None:
    screen = visit()
    screen.begin("en")
    screen.tab_to(tag="summary")
    press(screen, "Enter", "Tab")
    assert screen.focused["name"] == "language"
    press(screen, "Escape")
    assert screen.focused["tag"] == "summary"
    assert not screen.page.locator("button[value=ar]").is_visible()


def test_focus_is_seen_wherever_the_tab_key_leads(visit: Visit) -> None:
    screen = visit()
    screen.open(f"/en{SURVEY}")
    seen = []
    for _press in range(8):
        press(screen, "Tab")
        seen.append(screen.page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
    assert set(seen) == {"solid"}


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_nothing_is_wider_than_the_smallest_phone(visit: Visit, language: str) -> None:
    screen = visit(viewport=NARROW)
    wide = {}
    for path in WITHOUT_ANSWERS:
        screen.open(path.format(language))
        wide[screen.place] = screen.width
    screen.begin(language)
    screen.go_on()
    wide["errors"] = screen.width
    screen.field("arrival_year").fill("2019")
    while not screen.place.endswith("/review"):
        screen.go_on()
        wide[screen.place] = screen.width
    screen.press("Save and continue later")
    wide[screen.place] = screen.width
    assert {place: width for place, width in wide.items() if width > NARROW["width"]} == {}


def test_text_can_be_twice_as_large(visit: Visit) -> None:
    screen = visit(viewport={"width": 640, "height": 900})
    page = screen.begin("fr")
    page.evaluate("document.documentElement.style.fontSize = '2.125rem'")
    assert screen.width <= 640


def test_every_page_asks_only_this_site_and_leaves_one_cookie(visit: Visit, live: Live) -> None:
    screen = visit()
    screen.open("/")
    assert screen.context.cookies() == []
    screen.begin("en")
    screen.field("arrival_year").fill("2019")
    screen.go_on(7)
    screen.press("Send my answers")
    (cookie,) = screen.context.cookies()
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    assert cookie["expires"] == -1
    assert {url.split("/")[2] for url in screen.requested if url.startswith("http")} == {
        live.base.removeprefix("http://")
    }
    assert screen.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    screen.press("Finish and clear this device")
    assert screen.context.cookies() == []


def test_first_page_puts_english_and_french_side_by_side(visit: Visit) -> None:
    screen = visit(viewport={"width": 1280, "height": 900}, locale="fr-CA")
    screen.open("/")
    english, french = (screen.page.locator(f".equals a[lang={code}]").bounding_box() for code in ("en", "fr"))
    assert english is not None
    assert french is not None
    assert (english["y"], english["width"], english["height"]) == (
        french["y"],
        french["width"],
        french["height"],
    )
