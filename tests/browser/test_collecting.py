"""A data collector interviews people: two languages on one page, ten fingers on the keys."""

from __future__ import annotations

from playwright.sync_api import expect

from consult.responses.models import Channel
from tests.browser.conftest import PHONE, Visit
from tests.browser.screen import Screen
from tests.live import Live

AMAL = "amal@ashbrook.example"
WORK = "/office/en/collect/immigrant-survey/"


def keys(screen: Screen, *pressed: str) -> None:
    for key in pressed:
        screen.page.keyboard.press(key)


def begin(screen: Screen, language: str) -> None:
    """A new interview, up to its first page of questions."""
    screen.open(f"{WORK}new")
    screen.page.locator(f"[name=language][value={language}]").check()
    screen.page.locator("[name=consent]").check()
    screen.press("Begin the interview")


def enter_page(screen: Screen) -> None:
    """Answer a whole page without leaving the keys: a digit chooses, Enter goes on."""
    here = screen.place
    while screen.place == here:
        now = screen.focused
        if now["question"] is None:
            with screen.page.expect_navigation():
                keys(screen, "Enter")
            return
        if now["type"] in ("radio", "checkbox"):
            keys(screen, "1")
        elif now["tag"] == "input":
            screen.page.keyboard.type("2019" if now["question"] == "arrival_year" else "3")
        else:
            keys(screen, "Tab")  # an answer in free words may stay empty
        keys(screen, "Enter")


def test_whole_interview_is_entered_by_keyboard_alone(office: Visit, live: Live) -> None:
    before = live.responses()
    screen = office(AMAL)
    screen.open(f"{WORK}new")
    screen.tab_to(name="language")
    keys(screen, "Space", "ArrowDown", "ArrowDown")
    screen.tab_to(name="form_number")
    screen.page.keyboard.type("B-17")
    screen.tab_to(name="consent")
    keys(screen, "Space", "Tab")
    with screen.page.expect_navigation():
        keys(screen, "Enter")
    assert screen.page.locator(".questions").get_attribute("dir") == "rtl"
    assert screen.focused["question"] == "arrival_year"
    pages = 0
    while not screen.place.endswith("/review"):
        enter_page(screen)
        pages += 1
    assert pages == 7
    screen.tab_to(tag="button", name="next")
    with screen.page.expect_navigation():
        keys(screen, "Enter")
    assert screen.place == f"{WORK}new"

    (new,) = set(live.responses()) - set(before)
    stored = live.responses()[new]
    assert (stored.language, stored.channel, stored.form_number) == ("ar", Channel.COLLECTOR, "B-17")
    assert stored.answers["status"] == "citizen"
    assert stored.answers["home_space"] == "good"  # a row of a table takes digits too
    assert stored.answers["household_size"] == 3


def test_interview_is_kept_when_the_tab_is_closed(office: Visit) -> None:
    screen = office(AMAL)
    begin(screen, "fr")
    screen.field("arrival_year").fill("2016")
    expect(screen.page.get_by_text("Kept as a draft")).to_be_visible()
    screen.choose("status", "worker")  # closed at once, before the page has saved by itself
    here = screen.place
    screen.page.close()

    again = screen.context.new_page()
    worker = again.locator("[name='q-status'][value=worker]:checked")
    for _try in range(20):  # what was sent while the tab closed may still be on its way
        again.goto(screen.base + here)
        if worker.count():
            break
        again.wait_for_timeout(500)
    expect(again.locator("[name='q-arrival_year']")).to_have_value("2016")
    expect(worker).to_be_attached()


def test_lost_connection_is_said_and_made_good(office: Visit) -> None:
    screen = office(AMAL)
    begin(screen, "en")
    screen.context.set_offline(True)
    screen.field("arrival_year").fill("2011")
    expect(screen.page.get_by_text("Not kept yet")).to_be_visible()
    screen.context.set_offline(False)
    expect(screen.page.get_by_text("Kept as a draft")).to_be_visible()
    screen.faults.clear()  # the lost connection
    screen.page.reload()
    assert screen.field("arrival_year").input_value() == "2011"


def test_collector_reads_two_languages_and_switches_them_without_losing_text(office: Visit) -> None:
    screen = office(AMAL)
    begin(screen, "ar")
    question = screen.page.locator("#q-arrival_year")
    expect(question).to_contain_text("In what year did you come to live in Canada?")
    screen.field("arrival_year").fill("2013")
    screen.page.locator("details.switch summary").click()
    screen.page.locator("#second_language").select_option("fr")
    screen.press("Change languages and keep everything")
    expect(question).to_contain_text("En quelle année")
    assert question.locator("[lang=fr]").first.get_attribute("dir") == "ltr"
    assert screen.field("arrival_year").input_value() == "2013"


def test_words_are_entered_in_the_speakers_language_and_translated_beside(office: Visit, live: Live) -> None:
    before = live.responses()
    screen = office(AMAL)
    begin(screen, "ar")
    screen.field("arrival_year").fill("2013")
    for _page in range(6):
        screen.press("Save and go on")
    screen.field("one_change").fill("مواصلات أكثر")
    screen.page.locator("[name='translated-one_change']").fill("More buses")
    screen.press("Save and go on")
    screen.press("Submit")

    (new,) = set(live.responses()) - set(before)
    stored = live.responses()[new]
    assert stored.answers["one_change"] == "مواصلات أكثر"
    assert stored.original_language == {"one_change": "ar"}
    assert stored.translations == {"one_change": {"en": "More buses"}}


def test_collector_downloads_own_entries(office: Visit) -> None:
    screen = office(AMAL)
    screen.open(WORK)
    with screen.page.expect_download() as download:
        screen.page.get_by_role("link", name="Download my entries (Excel)").click()
    assert download.value.suggested_filename.endswith(".xlsx")


def test_what_has_the_focus_is_not_hidden_behind_the_bar_on_a_phone(office: Visit) -> None:
    screen = office(AMAL, viewport=PHONE)
    begin(screen, "en")
    hidden = []
    for _question in range(7):
        top = screen.page.evaluate("""() => {
            const { left, top, width, height } = document.activeElement.getBoundingClientRect();
            const seen = document.elementFromPoint(left + width / 2, top + height / 2);
            return document.activeElement.contains(seen);
        }""")
        hidden += [] if top else [screen.focused["question"]]
        keys(screen, "Enter")
    assert hidden == []
