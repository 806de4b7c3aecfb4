"""Who asks, the privacy notice, and consent to exactly that notice."""

from __future__ import annotations

from consult.responses.models import ConsentManner
from tests.integration.answering.conftest import SLUG, Asking
from tests.integration.answering.questionnaires import CHANGED_NOTICE
from tests.pages import Page, Pages


def test_start_tells_who_asks_why_how_long_and_with_what_right(asking: Asking, pages: Pages) -> None:
    text = pages.open("/en/s/welcome/").text
    told = (
        "The partnership plans how we welcome newcomers.",
        "5 questions",
        "About 5 minutes",
        "Municipal Act, 2001.",
        "To plan services.",
        "Maya Tremblay, 519 555 0142",
        "Ask for another format",
    )
    assert [part for part in told if part not in text] == []


def test_start_offers_every_language_of_the_survey_by_its_own_name(asking: Asking, pages: Pages) -> None:
    page = pages.open("/fr/s/welcome/")
    assert page.follow("العربية").document.get("dir") == "rtl"
    assert page.follow("English").heading == "Welcome survey"


def test_text_that_fell_back_says_its_language(asking: Asking, pages: Pages) -> None:
    page = pages.open("/ar/s/welcome/")
    fallen = [span.text for span in page.document.iter("span") if span.get("lang") == "en"]
    assert "Municipal Act, 2001." in fallen


def test_incomplete_language_says_so_before_the_start(asking: Asking, pages: Pages) -> None:
    assert "not translated yet" in pages.open("/ti/s/welcome/").text
    assert "not translated yet" not in pages.open("/en/s/welcome/").text


def test_survey_in_another_language_offers_its_own(asking: Asking, pages: Pages) -> None:
    page = pages.open("/es/s/welcome/")
    assert list(page.document.iter("form")) == []
    assert page.follow("Français").heading == "Sondage sur l’accueil"


def test_start_sets_no_cookie_before_consent(asking: Asking, pages: Pages) -> None:
    assert "Set-Cookie" not in pages.open("/en/s/welcome/").response.headers


def test_consent_stores_nothing(asking: Asking, first: Page) -> None:
    assert first.heading == "About you"
    assert asking.responses() == []


def test_consent_is_kept_with_the_notice_its_language_and_the_day(asking: Asking, pages: Pages) -> None:
    start = pages.open("/fr/s/welcome/")
    digest = start.value("notice")
    first = start.press_on().press("en")
    first.fill(**{"q-area": "North", "q-works": "no"}).press("Continue")
    (response,) = asking.responses()
    assert (response.consent_notice, response.consent_language) == (digest, "fr")
    assert response.consent_manner is ConsentManner.READ
    assert response.consented_on == response.started_on


def test_consent_to_an_older_notice_is_asked_again(asking: Asking, pages: Pages) -> None:
    start = pages.open("/en/s/welcome/")
    asking.publish(CHANGED_NOTICE)
    again = start.press("I agree. Start", expect=422)
    assert "The privacy notice has changed" in again.text
    assert "To plan other services." in again.text
    assert again.press("I agree. Start").heading == "About you"


def test_pressing_start_twice_begins_once(asking: Asking, pages: Pages) -> None:
    start = pages.open("/en/s/welcome/")
    start.press("I agree. Start").fill(**{"q-area": "North"})
    second = start.press("I agree. Start")
    second.fill(**{"q-area": "North", "q-works": "no"}).press("Continue")
    assert len(asking.responses()) == 1


def test_start_leads_back_to_unfinished_answers(asking: Asking, pages: Pages, first: Page) -> None:
    first.fill(**{"q-area": "North", "q-works": "no"}).press("Continue")
    start = pages.open("/en/s/welcome/")
    assert start.follow("Continue where I was").heading == "Your wishes"


def test_starting_again_begins_with_empty_answers(asking: Asking, pages: Pages, first: Page) -> None:
    first.fill(**{"q-area": "North", "q-works": "no"}).press("Continue")
    again = pages.open("/en/s/welcome/").press("I agree. Start again with empty answers")
    assert again.value("q-area") == ""


def test_closed_survey_says_so_and_whom_to_ask(asking: Asking, pages: Pages) -> None:
    asking.close()
    page = pages.open("/en/s/welcome/", expect=410)
    assert "This survey is closed." in page.text
    assert "Maya Tremblay" in page.text


def test_closed_survey_says_what_becomes_of_this_devices_draft(
    asking: Asking, first: Page, pages: Pages
) -> None:
    first.fill(**{"q-area": "North", "q-works": "no"}).press("Continue")
    asking.close()
    assert "You had not sent your answers" in pages.open("/en/s/welcome/", expect=410).text


def test_consent_to_a_closed_survey_begins_nothing(asking: Asking, pages: Pages) -> None:
    start = pages.open("/en/s/welcome/")
    asking.close()
    start.press("I agree. Start", expect=410)


def test_survey_that_was_never_opened_does_not_exist(asking: Asking, pages: Pages) -> None:
    pages.open("/en/s/nothing/", expect=404)
    pages.post("/en/s/nothing/", {"notice": "x"}, expect=404)


def test_consent_from_another_site_is_refused(asking: Asking, pages: Pages) -> None:
    pages.post(f"/en/s/{SLUG}/", {}, expect=400, headers={"Origin": "https://evil.example"})
    pages.post(f"/en/s/{SLUG}/", {}, expect=400, headers={"Sec-Fetch-Site": "cross-site"})
