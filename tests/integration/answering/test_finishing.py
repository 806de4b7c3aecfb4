"""Review, submission exactly once, receipt."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from consult.responses.models import Channel, ResponseState
from tests.inspection import visible_text
from tests.integration.answering.conftest import Asking
from tests.pages import Page, Pages

NORTH = {"q-area": "North", "q-works": "no"}


@pytest.fixture
def review(first: Page) -> Page:
    """All three pages answered; nothing sent."""
    wishes = first.fill(**NORTH, **{"q-age": "34"}).press("Continue")
    return wishes.fill(**{"q-change": "More buses\nat night"}).press("Continue")


def answers_on(page: Page) -> dict[str, str]:
    lines = (list(line) for line in page.document.iter("div") if line.find("dt") is not None)
    return {visible_text(line[0]): visible_text(line[1]) for line in lines}


def test_review_shows_every_answer_in_words(review: Page) -> None:
    assert answers_on(review) == {
        "Where do you live?": "North",
        "How old are you?": "34",
        "Do you work?": "No",
        "What would you change?": "More buses at night",
    }


def test_review_speaks_the_language_of_its_page(review: Page) -> None:
    assert answers_on(review.follow("Français"))["Travaillez-vous?"] == "Non"


def test_review_does_not_ask_what_does_not_concern_the_person(review: Page) -> None:
    assert "What is your job?" not in review.text


def test_change_link_leads_to_the_question_and_back_to_the_review(review: Page) -> None:
    page = review.follow("Change How old are you?")
    assert page.address == "/en/s/welcome/about?review=1#q-age"
    again = page.fill(**{"q-age": "35"}).press("Continue")
    assert again.heading == "Check your answers"
    assert answers_on(again)["How old are you?"] == "35"


def test_change_that_brings_up_a_page_asks_it_before_the_review(review: Page) -> None:
    work = review.follow("Change Do you work?").fill(**{"q-works": "yes"}).press("Continue")
    assert work.heading == "Your work"
    assert work.fill(**{"q-job": "Cook"}).press("Continue").heading == "Check your answers"


def test_sending_stores_one_response_with_its_day_and_no_time(asking: Asking, review: Page) -> None:
    review.press("Send my answers")
    (response,) = asking.responses()
    assert response.state is ResponseState.SUBMITTED
    assert response.channel is Channel.ONLINE
    assert response.collected_on is not None
    assert response.answers == {
        "area": "North",
        "age": 34,
        "works": "no",
        "change": "More buses\nat night",
    }


def test_response_keeps_the_language_it_was_finished_in(asking: Asking, review: Page) -> None:
    review.follow("Change How old are you?").press("fr").press_on().press_on()
    (response,) = asking.responses()
    assert response.language == "fr"


def test_answer_that_no_longer_concerns_the_person_is_not_sent(asking: Asking, first: Page) -> None:
    work = first.fill(**NORTH | {"q-works": "yes"}).press("Continue").fill(**{"q-job": "Cook"})
    about = work.press("Back").fill(**{"q-works": "no"})
    about.press("Continue").press("Continue").press("Send my answers")
    (response,) = asking.responses()
    assert "job" not in response.answers


def test_incomplete_response_is_not_sent_and_says_what_is_missing(
    asking: Asking, first: Page, pages: Pages
) -> None:
    first.fill(**{"q-area": "North"}).press("Continue", expect=422)
    page = pages.open("/en/s/welcome/review").press("Send my answers", expect=422)
    (link,) = page.element("problems").iter("a")
    assert visible_text(link) == "Do you work?"
    assert pages.open(str(link.get("href"))).heading == "About you"
    assert asking.responses()[0].state is ResponseState.DRAFT


def test_what_was_typed_and_is_no_answer_stops_the_sending(
    asking: Asking, review: Page, pages: Pages
) -> None:
    review.follow("Change How old are you?").fill(**{"q-age": "old"}).press("fr")
    page = pages.open("/en/s/welcome/review").press("Send my answers", expect=422)
    assert "What you typed here is not an answer yet." in page.text
    assert asking.responses()[0].state is ResponseState.DRAFT


def test_receipt_shows_a_reference_and_no_answer(review: Page) -> None:
    thanks = review.press("Send my answers")
    assert thanks.heading == "Thank you. Your answers have arrived."
    assert "North" not in thanks.text
    code = next(p for p in thanks.document.iter("p") if p.get("class") == "code")
    assert len(visible_text(code)) == 9


def test_reloading_the_receipt_shows_the_same(review: Page, pages: Pages) -> None:
    thanks = review.press("Send my answers")
    assert pages.open(thanks.address).html == thanks.html


def test_second_click_makes_no_second_response(asking: Asking, review: Page) -> None:
    first = review.press("Send my answers")
    assert review.press("Send my answers").html == first.html
    assert len(asking.responses()) == 1


def test_going_back_after_sending_leads_to_the_receipt(asking: Asking, review: Page, pages: Pages) -> None:
    review.press("Send my answers")
    assert pages.open("/en/s/welcome/about").heading.startswith("Thank you")
    assert pages.post("/en/s/welcome/about", {"go": "next", **NORTH}).heading.startswith("Thank you")
    assert len(asking.responses()) == 1


def test_lost_reply_makes_no_second_response(asking: Asking, review: Page, pages: Pages) -> None:
    cookie = pages.client.get_cookie("answers")
    assert cookie is not None
    review.press("Send my answers")
    pages.client.set_cookie("answers", cookie.value)  # the reply that changed it never arrived
    assert pages.open("/en/s/welcome/review").heading.startswith("Thank you")
    pages.client.set_cookie("answers", cookie.value)
    assert pages.post("/en/s/welcome/review", {}).heading.startswith("Thank you")
    assert len(asking.responses()) == 1


def test_eight_submissions_at_once_make_one_response(
    asking: Asking, review: Page, pages: Pages, app: Flask
) -> None:
    cookie = pages.client.get_cookie("answers")
    assert cookie is not None

    def send(_number: int) -> int:
        client = app.test_client()
        client.set_cookie("answers", cookie.value)
        return client.post("/en/s/welcome/review").status_code

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(send, range(8))) == [303] * 8
    (response,) = asking.responses()
    assert response.state is ResponseState.SUBMITTED


def test_eight_first_pages_at_once_make_one_draft(
    asking: Asking, first: Page, pages: Pages, app: Flask
) -> None:
    cookie = pages.client.get_cookie("answers")
    assert cookie is not None

    def send(_number: int) -> int:
        client = app.test_client()
        client.set_cookie("answers", cookie.value)
        return client.post(first.address, data={"go": "next", **NORTH}).status_code

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(send, range(8))) == [303] * 8
    assert len(asking.responses()) == 1


def test_closed_survey_takes_no_submission(asking: Asking, review: Page) -> None:
    asking.close()
    review.press("Send my answers", expect=410)
    assert asking.responses()[0].state is ResponseState.DRAFT


def test_review_without_answers_leads_to_the_start(first: Page, pages: Pages) -> None:
    assert pages.open("/en/s/welcome/review").heading == "Welcome survey"


def test_after_finishing_the_device_shows_nothing(review: Page, pages: Pages) -> None:
    home = review.press("Send my answers").press("Finish and clear this device")
    assert home.address == "/"
    thanks = pages.open("/en/s/welcome/thanks")
    assert [p for p in thanks.document.iter("p") if p.get("class") == "code"] == []


def test_next_person_on_the_same_device_can_answer_too(asking: Asking, review: Page, pages: Pages) -> None:
    review.press("Send my answers")
    page = pages.open("/en/s/welcome/").press("I agree. Start")
    page.fill(**NORTH).press("Continue").press("Continue").press("Send my answers")
    assert len(asking.responses()) == 2
