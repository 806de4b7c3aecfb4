"""A newcomer answers the immigrant survey, from the first page to the receipt."""

from __future__ import annotations

import re

import pytest

from consult.responses.models import Channel
from tests.browser.conftest import Visit
from tests.browser.screen import SURVEY, Screen
from tests.live import Live

PAGES = 7


def sent(screen: Screen) -> None:
    """From the review to the receipt."""
    screen.press("Send my answers")
    assert screen.place.endswith("/thanks")


def test_newcomer_answers_in_french(visit: Visit, live: Live) -> None:
    before = live.responses()
    screen = visit()
    page = screen.begin("fr")
    assert page.locator("html").get_attribute("lang") == "fr"
    assert screen.heading == "À propos de vous"
    screen.field("arrival_year").fill("2021")
    page.get_by_label("Résidence permanente").check()
    screen.choose("languages", "fr", "ar")
    screen.go_on(PAGES)
    assert screen.place == f"/fr{SURVEY}review"
    assert "Français; Arabe" in screen.text
    sent(screen)

    (new,) = set(live.responses()) - set(before)
    stored = live.responses()[new]
    assert (stored.language, stored.channel, stored.consent_language) == ("fr", Channel.ONLINE, "fr")
    assert stored.answers["arrival_year"] == 2021
    assert stored.answers["languages"] == ["fr", "ar"]


def test_newcomer_answers_in_arabic_with_arabic_digits(visit: Visit, live: Live) -> None:
    before = live.responses()
    screen = visit()
    page = screen.begin("ar")
    assert page.locator("html").get_attribute("dir") == "rtl"
    screen.field("arrival_year").fill("٢٠١٩")
    screen.field("household_size").fill("٥")
    screen.go_on(PAGES - 1)
    screen.field("one_change").fill("مواصلات أكثر في المساء")
    screen.go_on()
    assert "مواصلات أكثر في المساء" in screen.text
    sent(screen)

    (new,) = set(live.responses()) - set(before)
    stored = live.responses()[new]
    assert (stored.language, stored.answers["arrival_year"], stored.answers["household_size"]) == (
        "ar",
        2019,
        5,
    )
    assert stored.answers["one_change"] == "مواصلات أكثر في المساء"


def test_page_in_arabic_runs_from_right_to_left(visit: Visit) -> None:
    screen = visit()
    page = screen.begin("ar")
    label = page.locator("label:has([name='q-status'])").first
    box, words = label.locator("input").bounding_box(), label.locator("span").bounding_box()
    assert box is not None
    assert words is not None
    assert box["x"] > words["x"]


def test_newcomer_answers_without_javascript(visit: Visit, live: Live) -> None:
    before = live.responses()
    screen = visit(java_script_enabled=False)
    screen.begin("en")
    screen.field("arrival_year").fill("2015")
    screen.go_on(2)
    screen.choose("work_now", "full_time")
    # Nothing could show the question that depends on this answer: it is asked before going on.
    screen.go_on()
    assert screen.place.endswith("/work")
    screen.choose("job_match", "partly")
    screen.go_on(5)
    assert "Work full time" in screen.text
    sent(screen)

    (new,) = set(live.responses()) - set(before)
    assert live.responses()[new].answers["job_match"] == "partly"


def test_switching_language_in_the_middle_keeps_what_was_not_saved(visit: Visit, live: Live) -> None:
    before = live.responses()
    screen = visit()
    page = screen.begin("en")
    screen.field("arrival_year").fill("2018")
    screen.choose("status", "refugee")
    screen.choose("languages", "other")
    page.locator("[name='q-languages/other']").fill("Amharic")
    with page.expect_navigation():
        page.get_by_role("button", name="Français").click()
    screen.language = "fr"
    assert screen.place == f"/fr{SURVEY}about_you"
    assert screen.field("arrival_year").input_value() == "2018"
    assert page.locator("[name='q-status'][value='refugee']").is_checked()
    assert page.locator("[name='q-languages/other']").input_value() == "Amharic"
    screen.go_on(PAGES)
    sent(screen)

    (new,) = set(live.responses()) - set(before)
    assert live.responses()[new].language == "fr"


def test_switching_language_keeps_the_place_on_a_long_page(visit: Visit) -> None:
    screen = visit()
    page = screen.begin("en")
    screen.field("household_size").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('#answers [data-menu], [data-menu]').open = true")
    page.locator("button[name=language][value=es]").evaluate("button => button.click()")
    page.wait_for_url(f"**/es{SURVEY}about_you#q-*")
    assert page.evaluate("scrollY") > 500


def test_question_that_depends_on_an_answer_appears_at_once(visit: Visit) -> None:
    screen = visit()
    page = screen.begin("en")
    screen.field("arrival_year").fill("2019")
    screen.go_on(2)
    depends = page.locator("#q-job_match")
    assert not depends.is_visible()
    screen.choose("work_now", "part_time")
    assert depends.is_visible()
    screen.choose("work_now", "retired")
    assert not depends.is_visible()


def test_choice_that_stands_alone_takes_the_others_back(visit: Visit) -> None:
    screen = visit()
    page = screen.begin("en")
    screen.field("arrival_year").fill("2019")
    screen.go_on(3)
    screen.choose("services_known", "housing", "health")
    screen.choose("services_known", "none")
    checked = page.locator("[name='q-services_known']:checked")
    assert [checked.nth(at).get_attribute("value") for at in range(checked.count())] == ["none"]


def test_answers_are_found_again_with_the_code_on_another_device(visit: Visit) -> None:
    first = visit()
    first.begin("en")
    first.field("arrival_year").fill("2017")
    first.go_on()
    first.choose("home_space", "good")
    first.press("Save and continue later")
    code = first.page.locator("p.code").inner_text()
    assert re.fullmatch(r"[A-Z0-9]{3,5}(-[A-Z0-9]{3,5})+", code)

    second = visit()
    second.open("/fr/resume")
    second.page.locator("[name=code]").fill(code.lower().replace("-", " "))
    second.go_on()
    assert second.place == f"/fr{SURVEY}home"
    assert second.page.locator("[name='q-home_space'][value=good]").is_checked()
    second.press("Back")
    assert second.field("arrival_year").input_value() == "2017"


def test_double_press_on_send_makes_one_response(visit: Visit, live: Live) -> None:
    before = live.responses()
    screen = visit()
    screen.begin("en")
    screen.field("arrival_year").fill("2012")
    screen.go_on(PAGES)
    screen.button("Send my answers").dblclick(no_wait_after=True)
    screen.page.wait_for_url("**/thanks")
    assert len(set(live.responses()) - set(before)) == 1


@pytest.mark.parametrize("script", [True, False])
def test_errors_on_top_lead_to_their_question(visit: Visit, script: bool) -> None:
    screen = visit(java_script_enabled=script)
    page = screen.begin("en")
    screen.field("household_size").fill("many")
    screen.go_on()
    links = page.locator("#problems a")
    assert links.count() == 2
    links.nth(1).click()
    assert page.evaluate("document.activeElement.name") == "q-household_size"
    assert screen.field("household_size").input_value() == "many"


def test_focus_goes_to_the_errors_when_there_are_some(visit: Visit) -> None:
    screen = visit()
    screen.begin("en")
    screen.go_on()
    assert screen.focused["id"] == "problems"
    assert screen.page.title().startswith("To correct: ")


def test_message_that_appears_on_leaving_a_field_does_not_swallow_the_press_of_a_button(visit: Visit) -> None:
    screen = visit()
    screen.begin("en")
    screen.field("arrival_year").fill("2019")
    screen.field("household_size").fill("99")
    screen.go_on()
    assert screen.focused["id"] == "problems"


@pytest.mark.parametrize("script", [True, False])
def test_errors_are_reached_also_on_a_page_that_was_opened_at_a_question(visit: Visit, script: bool) -> None:
    screen = visit(java_script_enabled=script)
    screen.begin("en")
    screen.page.goto(f"{screen.page.url}#q-languages")
    screen.go_on()
    assert screen.focused["id"] == "problems"
    assert screen.page.evaluate("scrollY") < 200
    screen.field("arrival_year").fill("2019")
    screen.go_on()
    assert not screen.page.url.endswith("#q-languages")
