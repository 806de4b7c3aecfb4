"""The results page as it is used: click to select, copy, watch it grow; with script and without."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable

import pytest

from consult.db import Database
from consult.responses.records import Finished, Start
from consult.responses.service import store_response
from consult.surveys.models import SurveyState
from consult.surveys.service import survey_by_slug
from tests.browser.conftest import Visit
from tests.browser.places import ANALYST, STAFF
from tests.browser.screen import Screen
from tests.factories import TODAY
from tests.live import Live

Hurry = Callable[[Screen], None]

RESULTS = "/office/{}/reports/immigrant-survey/"
CLIPBOARD = ["clipboard-read", "clipboard-write"]


def counts(screen: Screen, key: str) -> list[int]:
    cells = screen.page.locator(f"#q-{key} .bars tbody td.number:nth-of-type(1)").all_inner_texts()
    return [int(re.sub(r"\D", "", cell)) for cell in cells]


def read_clipboard(screen: Screen) -> dict[str, str]:
    found: dict[str, str] = screen.page.evaluate("""async () => {
        const [item] = await navigator.clipboard.read();
        const found = {};
        for (const type of item.types) {
            const blob = await item.getType(type);
            found[type] = type.startsWith("text/") ? await blob.text() : String(blob.size);
        }
        return found;
    }""")
    return found


def respond(live: Live, gender: str) -> None:
    """Somebody answers online."""
    database = Database(live.settings.database_url)
    with database.read() as session:
        survey = survey_by_slug(session, "immigrant-survey")
        assert survey is not None
        assert survey.current_version_id is not None
        of = survey.id, survey.current_version_id
    start = Start(uuid.uuid4(), *of, TODAY)
    store_response(database, Finished(start, "en", TODAY, {"gender": gender}))
    database.dispose()


def set_state(live: Live, state: SurveyState) -> None:
    database = Database(live.settings.database_url)
    with database.write() as session:
        survey = survey_by_slug(session, "immigrant-survey")
        assert survey is not None
        survey.state = state
    database.dispose()


@pytest.fixture
def quick() -> Hurry:
    """Scripts of pages that ask every 15 seconds do not let a test wait for it."""

    def hurry(screen: Screen) -> None:
        screen.context.add_init_script(
            "const slow = setTimeout; globalThis.setTimeout = (act, time) => slow(act, Math.min(time, 700));"
        )

    return hurry


@pytest.mark.parametrize("has_script", [True, False])
def test_answers_select_break_down_and_are_taken_back_step_by_step(office: Visit, has_script: bool) -> None:
    screen = office(ANALYST, java_script_enabled=has_script)
    page = screen.page
    screen.open(RESULTS.format("en"))
    whole = counts(screen, "area")
    page.locator("#q-gender").get_by_role("link", name="Woman", exact=True).click()
    page.wait_for_url("**answered=gender%3Awoman#q-gender")
    women = counts(screen, "gender")
    assert [number > 0 for number in women] == [True] + [False] * (len(women) - 1)
    page.locator("#q-area").get_by_role("link", name="Break everything down by this").click()
    page.wait_for_url("**by=area#q-area")
    assert page.locator("#q-status .breakdown, #q-immigration_status .breakdown").count() == 1
    page.go_back()
    assert page.locator(".breakdown").count() == 0
    page.locator(".chips a").first.click()
    page.wait_for_url("**/immigrant-survey/")
    assert counts(screen, "area") == whole


def test_bar_belongs_to_the_link_of_its_answer(office: Visit) -> None:
    screen = office(ANALYST)
    screen.open(RESULTS.format("en"))
    bar = screen.page.locator("#q-gender tbody .stripe").first
    bar.click(force=True)  # what takes the click is the link of the row
    screen.page.wait_for_url("**answered=gender%3Awoman#q-gender")


def test_table_is_copied_for_excel_and_for_word(office: Visit) -> None:
    screen = office(ANALYST, permissions=CLIPBOARD)
    screen.open(RESULTS.format("en") + "?answered=gender:woman")
    tools = screen.page.locator("#q-area .give").first
    tools.get_by_role("button", name="Copy the table").click()
    tools.get_by_text("The table is copied.").wait_for()
    found = read_clipboard(screen)
    title, _base, head, first, *_rest, below = found["text/plain"].split("\n")
    assert title.endswith("Where in the region do you live?")
    assert head == "Answer\tResponses\tPercentage"
    assert re.fullmatch(r"[^\t]+\t\d+\t\d+%", first)
    assert below.startswith("Immigrant Survey · “What is your gender?”: “Woman” · ")
    assert "<table" in found["text/html"]
    assert first.split("\t")[0] in found["text/html"]


def test_chart_is_copied_and_saved_as_a_picture(office: Visit) -> None:
    screen = office(ANALYST, permissions=CLIPBOARD)
    screen.open(RESULTS.format("fr"))
    tools = screen.page.locator("#q-area .give").first
    tools.locator("button").nth(1).click()
    tools.locator("[role=status]:not(:empty)").wait_for()
    assert int(read_clipboard(screen)["image/png"]) > 5_000
    with screen.page.expect_download() as download:
        tools.locator("button").nth(2).click()
    assert download.value.suggested_filename == "q-area.png"


def test_buttons_for_copying_are_not_there_without_script(office: Visit) -> None:
    screen = office(ANALYST, java_script_enabled=False)
    screen.open(RESULTS.format("en"))
    assert screen.page.locator(".result button").count() == 0
    assert screen.page.get_by_role("link", name="Show the newest numbers").count() == 1


def test_numbers_keep_up_and_leave_focus_and_place(office: Visit, live: Live, quick: Hurry) -> None:
    screen = office(ANALYST)
    quick(screen)
    screen.open(RESULTS.format("en"))
    page = screen.page
    before = counts(screen, "gender")
    page.locator("#q-gender").get_by_role("link", name="Woman", exact=True).focus()
    place = page.evaluate("scrollY")
    respond(live, "woman")
    page.get_by_text("One new response. The numbers are up to date.").wait_for(timeout=20_000)
    after = counts(screen, "gender")
    assert after == [before[0] + 1, *before[1:]]
    assert page.evaluate("document.activeElement.textContent") == "Woman"
    assert page.evaluate("scrollY") == place
    assert page.locator("#q-area .give").count() == 1


def test_paused_page_says_what_waits_and_shows_it_when_asked(office: Visit, live: Live, quick: Hurry) -> None:
    screen = office(STAFF)
    quick(screen)
    screen.open("/office/en/reports/immigrant-survey/progress")
    page = screen.page
    before = page.locator("#so-far").inner_text()
    page.get_by_role("button", name="Pause").click()
    respond(live, "man")
    page.get_by_text("New responses since you paused: 1.").wait_for(timeout=20_000)
    assert page.locator("#so-far").inner_text() == before
    page.get_by_role("button", name="Keep up").click()
    page.get_by_text("One new response. The numbers are up to date.").wait_for(timeout=20_000)
    assert page.locator("#so-far").inner_text() != before


def test_survey_that_is_closed_meanwhile_shows_its_last_numbers(
    office: Visit, live: Live, quick: Hurry
) -> None:
    screen = office(ANALYST)
    quick(screen)
    screen.open(RESULTS.format("en"))
    before = counts(screen, "gender")
    try:
        respond(live, "woman")
        set_state(live, SurveyState.CLOSED)
        screen.page.get_by_text("The survey is closed now.").wait_for(timeout=20_000)
        assert counts(screen, "gender") == [before[0] + 1, *before[1:]]
    finally:
        set_state(live, SurveyState.OPEN)


def test_nobody_is_asked_while_nobody_looks(office: Visit, quick: Hurry) -> None:
    screen = office(ANALYST)
    quick(screen)
    screen.context.add_init_script(
        "Object.defineProperty(document, 'hidden', { get: () => true, configurable: true });"
    )
    screen.open(RESULTS.format("en"))
    screen.page.wait_for_timeout(2_000)
    assert not [address for address in screen.requested if address.endswith("/pulse")]


@pytest.mark.parametrize("path", ["?by=gender", "progress"])
def test_paper_has_the_numbers_and_nothing_to_press(office: Visit, path: str) -> None:
    screen = office(ANALYST)
    screen.open(RESULTS.format("en") + path)
    screen.page.emulate_media(media="print")
    for gone in ("header.bar", ".tabs", "form.selection", ".give", ".live"):
        assert not screen.page.locator(gone).first.is_visible(), gone
    assert screen.page.locator(".on-paper").inner_text().startswith("As of ")
    assert screen.page.locator(".bars .stripe svg").first.is_visible()
    assert len(screen.page.pdf(prefer_css_page_size=True)) > 10_000
