"""A code instead of an account."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa

from consult.responses import codes
from consult.responses.models import ResumeCode
from tests.inspection import visible_text
from tests.integration.answering.conftest import Asking
from tests.pages import Page, Pages

NORTH = {"q-area": "North", "q-works": "yes"}


def code_on(page: Page) -> str:
    return visible_text(next(p for p in page.document.iter("p") if p.get("class") == "code"))


@pytest.fixture
def saved(first: Page) -> Page:
    """Stopped on the second page."""
    return first.fill(**NORTH).press("Continue").fill(**{"q-job": "Cook"}).press("Save and continue later")


def test_saving_shows_a_code_and_where_to_enter_it(saved: Page) -> None:
    assert saved.heading == "Your answers are saved"
    assert len(code_on(saved).replace("-", "")) == 12
    assert "/en/resume" in saved.text


def test_code_is_the_same_when_asked_for_again(saved: Page, pages: Pages) -> None:
    again = pages.open(saved.address)
    assert code_on(again) == code_on(saved)
    assert code_on(again.follow("Continue now").press("Save and continue later")) == code_on(saved)


def test_code_goes_on_with_everything_on_another_device(saved: Page, another: Pages) -> None:
    page = another.open("/en/resume").fill(code=code_on(saved)).press("Continue")
    assert page.heading == "Your work"
    assert page.value("q-job") == "Cook"
    assert page.press("Back").value("q-area") == "North"


def test_code_is_read_as_people_write_it(saved: Page, another: Pages) -> None:
    written = code_on(saved).lower().replace("-", " ").replace("0", "o")
    assert another.open("/en/resume").fill(code=written).press("Continue").heading == "Your work"


def test_code_goes_on_in_the_language_it_is_entered_in(saved: Page, another: Pages) -> None:
    page = another.open("/fr/resume").fill(code=code_on(saved)).press_on()
    assert page.heading == "Votre travail"


def test_code_goes_on_in_the_drafts_language_where_the_survey_lacks_this_one(
    saved: Page, another: Pages
) -> None:
    assert another.open("/es/resume").fill(code=code_on(saved)).press_on().heading == "Your work"


def test_device_that_resumed_and_the_first_one_write_the_same_response(
    asking: Asking, saved: Page, another: Pages
) -> None:
    work = another.open("/en/resume").fill(code=code_on(saved)).press("Continue")
    work.press("Continue").press("Continue").press("Send my answers")
    assert saved.follow("Continue now").heading.startswith("Thank you")
    assert len(asking.responses()) == 1


def expire(asking: Asking) -> None:
    with asking.database.write() as session:
        session.execute(sa.update(ResumeCode).values(expires_on=dt.date(2020, 1, 1)))


def withdraw(asking: Asking) -> None:
    with asking.database.write() as session:
        session.execute(sa.delete(ResumeCode))


@pytest.mark.parametrize("ended", [expire, withdraw])
def test_ended_code_looks_like_a_wrong_one(asking: Asking, saved: Page, another: Pages, ended: Any) -> None:
    code = code_on(saved)
    ended(asking)
    page = another.open("/en/resume").fill(code=code).press("Continue", expect=422)
    wrong = another.open("/en/resume").fill(code="0000-0000-0000").press("Continue", expect=422)
    assert page.html.replace(code, "…") == wrong.html.replace("0000-0000-0000", "…")


@pytest.mark.parametrize("written", ["", " ", "é" * 100, "'; drop table response; --", "\x00", "٣٤٥"])
def test_anything_else_is_a_wrong_code(asking: Asking, pages: Pages, written: str) -> None:
    pages.post("/en/resume", {"code": written}, expect=422)


def test_guessing_is_slowed_down(asking: Asking, pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "GUESSES_AT_MOST", 3)
    for _guess in range(3):
        pages.post("/en/resume", {"code": "0000"}, expect=422)
    page = pages.post("/en/resume", {"code": "0000"}, expect=429)
    assert int(page.response.headers["Retry-After"]) > 0


def test_code_page_shows_nothing_to_a_stranger(saved: Page, another: Pages) -> None:
    assert another.open("/en/s/welcome/saved").heading == "Welcome survey"


def test_review_can_be_saved_too(first: Page) -> None:
    review = first.fill(**NORTH | {"q-works": "no"}).press("Continue").press("Continue")
    saved = review.press("Save and continue later")
    assert saved.heading == "Your answers are saved"
    assert saved.follow("Continue now").heading == "Check your answers"


def test_saving_before_the_first_answer_gives_a_code_too(first: Page, another: Pages) -> None:
    saved = first.press("Save and continue later")
    assert another.open("/en/resume").fill(code=code_on(saved)).press("Continue").heading == "About you"


def test_code_of_a_closed_survey_says_what_becomes_of_the_answers(
    asking: Asking, saved: Page, another: Pages
) -> None:
    asking.close()
    page = another.open("/en/resume").fill(code=code_on(saved)).press("Continue", expect=410)
    assert "You had not sent your answers" in page.text
