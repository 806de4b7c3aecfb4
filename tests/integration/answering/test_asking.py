"""Pages of questions: kept, corrected, skipped, switched to another language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consult.db import Database
from consult.i18n import Localized
from consult.responses.models import ResponseState
from tests.integration.answering.conftest import Asking
from tests.integration.answering.questionnaires import WELCOME
from tests.pages import Page, Pages

ABOUT = {"q-area": "North", "q-works": "yes"}


def test_answers_are_stored_as_codes_when_the_page_is_left(asking: Asking, first: Page) -> None:
    first.fill(**ABOUT, **{"q-age": "34"}).press("Continue")
    (response,) = asking.responses()
    assert response.answers == {"area": "North", "age": 34, "works": "yes"}
    assert response.state is ResponseState.DRAFT
    assert response.page == "work"


def test_faulty_page_names_each_question_and_what_to_do(first: Page) -> None:
    page = first.fill(**{"q-age": "old"}).press("Continue", expect=422)
    summary = page.element("problems")
    links = [link.get("href") for link in summary.iter("a")]
    assert links == ["#a-area", "#a-age", "#q-works"]
    assert "There are 3 things to correct" in page.text
    assert "Please write a whole number in digits" in page.text
    assert page.title.startswith("To correct:")


def test_faulty_page_keeps_everything_that_was_typed(first: Page) -> None:
    page = first.fill(**{"q-area": "  <b>Nørth & co</b>", "q-age": "old"}).press("Continue", expect=422)
    assert page.value("q-area") == "<b>Nørth & co</b>"
    assert page.value("q-age") == "old"


@pytest.mark.parametrize("typed", ["a\x00b", "a\x0bb", "\ufffe", "\x1b[2J"])
def test_characters_that_no_page_can_hold_are_refused_politely(first: Page, typed: str) -> None:
    page = first.fill(**ABOUT | {"q-area": typed}).press("Continue", expect=422)
    assert "characters that cannot be stored" in page.text


def test_faulty_page_can_be_corrected(asking: Asking, first: Page) -> None:
    page = first.fill(**ABOUT, **{"q-age": "old"}).press("Continue", expect=422)
    assert page.fill(**{"q-age": "34"}).press("Continue").heading == "Your work"
    (response,) = asking.responses()
    assert response.unsaved == {}


def test_faulty_page_keeps_what_was_right(asking: Asking, first: Page) -> None:
    first.fill(**{"q-area": "North"}).press("Continue", expect=422)
    (response,) = asking.responses()
    assert response.answers == {"area": "North"}


def test_page_that_does_not_concern_a_person_is_jumped(first: Page) -> None:
    page = first.fill(**{"q-area": "North", "q-works": "no"}).press("Continue")
    assert page.heading == "Your wishes"
    assert page.press("Back").heading == "About you"


def test_address_of_a_page_that_does_not_concern_a_person_leads_on(first: Page, pages: Pages) -> None:
    first.fill(**{"q-area": "North", "q-works": "no"}).press("Continue")
    assert pages.open("/en/s/welcome/work").heading == "Your wishes"


def test_going_back_keeps_what_was_typed_on_both_pages(first: Page) -> None:
    work = first.fill(**ABOUT).press("Continue")
    about = work.fill(**{"q-job": "Cook"}).press("Back")
    assert about.value("q-area") == "North"
    assert about.press("Continue").value("q-job") == "Cook"


def test_going_back_needs_no_complete_page(first: Page) -> None:
    assert first.fill(**ABOUT).press("Continue").press("Back").heading == "About you"


def test_back_on_the_first_page_shows_the_start_again(first: Page, pages: Pages) -> None:
    page = pages.post(first.address, {"go": "back"})
    assert page.heading == "Welcome survey"


def test_language_switch_keeps_the_page_and_everything_typed(first: Page) -> None:
    page = first.fill(**{"q-area": "Nord", "q-age": "old"}).press("fr")
    assert page.address == "/fr/s/welcome/about"
    assert page.heading == "À propos de vous"
    assert (page.value("q-area"), page.value("q-age")) == ("Nord", "old")


def test_language_can_be_switched_to_and_fro_without_loss(first: Page) -> None:
    page = first.fill(**{"q-area": "القدس & Nord", "q-age": "3e", "q-works": "yes"})
    for code in ("ar", "fr", "ti", "en") * 3:
        page = page.press(code)
    assert page.value("q-area") == "القدس & Nord"
    assert page.value("q-age") == "3e"
    assert page.value("q-works") == "yes"


def test_language_switch_returns_to_the_same_question(first: Page, pages: Pages) -> None:
    reply = pages.client.post(first.address, data={"language": "fr", "at": "q-works"})
    assert reply.headers["Location"] == "/fr/s/welcome/about#q-works"


@pytest.mark.parametrize("place", ["//evil.example", "q-nothing", "\t//evil", "q-works\r\nSet-Cookie: a=b"])
def test_language_switch_goes_nowhere_else(first: Page, pages: Pages, place: str) -> None:
    reply = pages.client.post(first.address, data={"language": "fr", "at": place})
    assert reply.headers["Location"] == "/fr/s/welcome/about"


def test_unknown_language_stays_in_this_one(first: Page, pages: Pages) -> None:
    assert pages.post(first.address, {"language": "//evil.example"}).address == "/en/s/welcome/about"


def test_switching_an_empty_page_stores_nothing(asking: Asking, first: Page) -> None:
    assert first.press("fr").heading == "À propos de vous"
    assert asking.responses() == []


def test_arabic_page_runs_from_right_to_left(first: Page) -> None:
    page = first.press("ar")
    assert page.document.get("dir") == "rtl"
    assert page.heading == "نبذة عنك"


def test_language_without_a_catalogue_marks_what_the_interface_says(first: Page) -> None:
    page = first.press("ti")
    buttons = [b for b in page.document.iter("button") if b.get("value") == "next" and not b.get("tabindex")]
    assert [span.get("lang") for button in buttons for span in button.iter("span")] == ["en"]
    assert page.heading == "ብዛዕባኹም"


def test_enter_in_a_text_field_continues(first: Page) -> None:
    """The default button of a form is the first in the page: it must not be a language."""
    owned = [b for b in first.document.iter("button") if b.get("form") == "answers"]
    assert (owned[0].get("name"), owned[0].get("value")) == ("go", "next")


def test_page_without_consent_leads_to_the_start(asking: Asking, pages: Pages) -> None:
    page = pages.open("/en/s/welcome/about")
    assert page.heading == "Welcome survey"
    assert "We could not find your answers on this device" in page.text


def test_page_sent_by_a_device_that_forgot_loses_nothing(asking: Asking, first: Page, pages: Pages) -> None:
    pages.client.delete_cookie("answers")
    page = first.fill(**ABOUT, **{"q-age": "old"}).press("Continue", expect=422)
    assert "Nothing was saved" in page.text
    assert (page.value("q-area"), page.value("q-age"), page.value("q-works")) == ("North", "old", "yes")
    assert asking.responses() == []
    pages.open("/en/s/welcome/").press("I agree. Start")
    assert page.fill(**{"q-age": "34"}).press("Continue").heading == "Your work"


def test_device_that_forgot_and_a_closed_survey(asking: Asking, first: Page, pages: Pages) -> None:
    pages.client.delete_cookie("answers")
    asking.close()
    first.fill(**ABOUT).press("Continue", expect=410)


def test_first_page_is_not_kept_when_the_survey_closed_a_moment_ago(asking: Asking, first: Page) -> None:
    asking.close(unnoticed=True)
    page = first.fill(**ABOUT).press("Continue", expect=410)
    assert "closed" in page.text
    assert asking.responses() == []


def test_first_page_sent_twice_is_one_response_with_what_came_last(asking: Asking, first: Page) -> None:
    first.fill(**ABOUT).press("Continue")
    again = first.fill(**ABOUT | {"q-area": "South"}).press("Continue")
    assert again.heading == "Your work"
    (response,) = asking.responses()
    assert response.answers == {"area": "South", "works": "yes"}


def test_first_page_sent_twice_from_the_same_cookie_is_one_response(
    asking: Asking, first: Page, pages: Pages
) -> None:
    cookie = pages.client.get_cookie("answers")
    assert cookie is not None
    first.fill(**ABOUT).press("Continue")
    pages.client.set_cookie("answers", cookie.value)
    first.fill(**ABOUT | {"q-area": "South"}).press("Continue")
    (response,) = asking.responses()
    assert response.answers["area"] == "South"


def test_unknown_page_is_not_found(first: Page, pages: Pages) -> None:
    pages.open("/en/s/welcome/nothing", expect=404)
    pages.post("/en/s/welcome/nothing", {"go": "next"}, expect=404)


def test_first_page_is_shown_without_asking_the_database(
    first: Page, pages: Pages, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise AssertionError("a query")

    monkeypatch.setattr(database, "read", refuse)
    monkeypatch.setattr(database, "write", refuse)
    assert pages.open(first.address).heading == "About you"


def test_page_without_answers_is_the_same_for_everyone(first: Page, another: Pages) -> None:
    elsewhere = another.open("/en/s/welcome/").press("I agree. Start")
    assert elsewhere.html == first.html


def test_page_is_never_kept_by_caches(first: Page) -> None:
    assert first.response.headers["Cache-Control"] == "no-store"
    assert first.press("Continue", expect=422).response.headers["Cache-Control"] == "no-store"


def test_page_leaves_compressed_for_who_can_read_it(first: Page, pages: Pages) -> None:
    blank = pages.client.get(first.address, headers={"Accept-Encoding": "gzip"})
    assert blank.headers["Content-Encoding"] == "gzip"
    first.fill(**{"q-area": "North"}).press("fr")
    filled = pages.client.get(first.address, headers={"Accept-Encoding": "gzip"})
    assert filled.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in filled.headers["Vary"]


def test_draft_goes_on_with_the_version_it_began_with(asking: Asking, first: Page, another: Pages) -> None:
    work = first.fill(**ABOUT).press("Continue")
    renamed = replace(WELCOME.items[1], label=Localized({"en": "Another title"}))  # type: ignore[type-var]
    asking.publish(replace(WELCOME, items=(WELCOME.items[0], renamed, WELCOME.items[2])))
    assert work.fill(**{"q-job": "Cook"}).press("Back").press("Continue").heading == "Your work"
    anew = another.open("/en/s/welcome/").press("I agree. Start").fill(**ABOUT).press("Continue")
    assert anew.heading == "Another title"
    assert len({response.version_id for response in asking.responses()}) == 2


def test_closing_tells_a_person_what_becomes_of_the_draft(asking: Asking, first: Page) -> None:
    work = first.fill(**ABOUT).press("Continue")
    asking.close()
    page = work.fill(**{"q-job": "Cook"}).press("Continue", expect=410)
    assert "You had not sent your answers" in page.text
    (response,) = asking.responses()
    assert "job" not in response.answers


def test_draft_goes_on_when_the_survey_opens_again(asking: Asking, first: Page) -> None:
    work = first.fill(**ABOUT).press("Continue")
    asking.close()
    work.press("Continue", expect=410)
    asking.publish(WELCOME)
    assert work.fill(**{"q-job": "Cook"}).press("Continue").heading == "Your wishes"


def test_question_may_be_called_like_a_button(asking: Asking, pages: Pages) -> None:
    group = WELCOME.items[2]
    tricky = replace(group.items[0], key="go")  # type: ignore[union-attr]
    asking.publish(replace(WELCOME, items=(replace(group, key="review", items=(tricky,)),)))  # type: ignore[type-var]
    page = pages.open("/en/s/welcome/").press("I agree. Start")
    assert page.fill(**{"q-go": "back"}).press("Continue").heading == "Check your answers"


def test_no_answer_stands_in_any_address(asking: Asking, first: Page) -> None:
    page = first.fill(**{"q-area": "Canary", "q-works": "no"}).press("Continue")
    for label in ("fr", "en", "Back"):
        page = page.press(label)
        assert "Canary" not in page.address
