"""A page is left before it was sent: by the back button, by loading it again, by a lost connection."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visit
from tests.browser.screen import SURVEY, Screen

KEPT = "JSON.parse(sessionStorage.getItem('unsent') || '{}')"


@pytest.fixture
def screen(visit: Visit) -> Screen:
    screen = visit()
    screen.begin("en")
    return screen


def on_second_page(screen: Screen) -> None:
    screen.field("arrival_year").fill("2019")
    screen.go_on()
    screen.choose("home_space", "good")


def test_page_that_is_loaded_again_still_has_what_was_typed(screen: Screen) -> None:
    screen.field("arrival_year").fill("2019")
    screen.choose("status", "refugee")
    screen.choose("languages", "other")
    screen.page.locator("[name='q-languages/other']").fill("Amharic")
    screen.page.reload()
    assert screen.field("arrival_year").input_value() == "2019"
    assert screen.page.locator("[name='q-status'][value='refugee']").is_checked()
    assert screen.page.locator("[name='q-languages/other']").input_value() == "Amharic"
    assert screen.page.locator("[name='q-languages/other']").is_visible()


def test_back_button_of_the_browser_loses_nothing(screen: Screen) -> None:
    on_second_page(screen)
    screen.page.go_back()
    assert screen.field("arrival_year").input_value() == "2019"
    screen.go_on()
    assert screen.page.locator("[name='q-home_space'][value=good]").is_checked()


def test_what_was_sent_does_not_come_back_over_what_is_stored(screen: Screen) -> None:
    on_second_page(screen)
    screen.press("Back")
    screen.field("arrival_year").fill("2020")
    screen.go_on()
    screen.press("Back")
    assert screen.field("arrival_year").input_value() == "2020"
    assert screen.page.evaluate(KEPT) == {}


def test_press_without_connection_keeps_the_page_and_says_so(screen: Screen) -> None:
    screen.field("arrival_year").fill("2019")
    screen.context.set_offline(True)
    screen.button("Continue").click()
    screen.page.get_by_text("There is no connection at the moment.").wait_for()
    assert screen.field("arrival_year").input_value() == "2019"
    screen.context.set_offline(False)
    screen.page.get_by_text("There is no connection at the moment.").wait_for(state="hidden")
    screen.go_on()
    assert screen.place == f"/en{SURVEY}home"


def test_connection_that_breaks_while_sending_loses_nothing(screen: Screen) -> None:
    screen.field("arrival_year").fill("2019")
    here = screen.page.url
    screen.page.route("**/*", lambda route: route.abort())
    with screen.page.expect_event("requestfailed"):
        screen.button("Continue").click(no_wait_after=True)
    screen.page.wait_for_timeout(500)
    screen.page.unroute("**/*")
    screen.faults.clear()
    screen.page.goto(here)
    assert screen.field("arrival_year").input_value() == "2019"


def test_nothing_is_left_for_who_begins_again(screen: Screen) -> None:
    on_second_page(screen)
    screen.open(f"/en{SURVEY}")
    assert screen.page.evaluate(KEPT) != {}
    screen.press("I agree. Start again with empty answers")
    assert screen.page.evaluate("sessionStorage.length") == 0


def test_nothing_is_left_when_the_answers_are_sent(screen: Screen) -> None:
    on_second_page(screen)
    screen.open(f"/en{SURVEY}review")
    assert screen.page.evaluate(KEPT) != {}
    screen.press("Send my answers")
    assert screen.page.evaluate("sessionStorage.length") == 0
