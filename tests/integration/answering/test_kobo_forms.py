"""Forms of KoboToolbox's builder, answered without script."""

from __future__ import annotations

import pytest

from tests.integration.answering.conftest import Asking
from tests.pages import Page, Pages
from tests.samples.kobo import kobo_form


@pytest.fixture
def started(asking: Asking, pages: Pages) -> Page:
    asking.publish(kobo_form())
    return pages.open("/en/s/welcome/").press("I agree. Start")


def at_the_matrix(page: Page) -> Page:
    page = page.fill(**{"q-food": "good"}).press("Continue")
    page = page.fill(**{"q-n1": "work", "q-n2": "rent"}).press("Continue")
    places = {"q-order/work": "3", "q-order/rent": "1", "q-order/lang": "2"}
    return page.fill(**places).press("Continue")


def test_all_of_it_is_stored_under_the_names_of_kobo(asking: Asking, started: Page) -> None:
    page = at_the_matrix(started).fill(**{"q-home_phone_own": "yes", "q-home_laptop_own": "no"})
    page = page.press("Continue")  # shows what the answers bring up
    page.fill(**{"q-home_phone_many": "2"}).press("Continue")
    (response,) = asking.responses()
    assert response.answers == {
        "food": "good",
        "n1": "work",
        "n2": "rent",
        "order": ["rent", "lang", "work"],
        "home_phone_own": "yes",
        "home_phone_many": 2,
        "home_laptop_own": "no",
    }


def test_what_was_chosen_above_is_refused_in_the_words_of_the_form(started: Page) -> None:
    page = started.press("Continue").fill(**{"q-n1": "work", "q-n2": "work"}).press("Continue", expect=422)
    assert "Only once." in page.text


def test_matrix_without_a_required_answer_comes_back(started: Page) -> None:
    page = at_the_matrix(started).fill(**{"q-home_phone_own": "no"}).press("Continue", expect=422)
    assert "Laptop – Do you own one?" in page.text


@pytest.mark.parametrize(
    ("code", "words"), [("fr", "Téléphone – En avez-vous?"), ("ar", "هاتف – هل تملكه؟")], ids=["fr", "ar"]
)
def test_matrix_speaks_the_language_of_the_page(started: Page, pages: Pages, code: str, words: str) -> None:
    at_the_matrix(started)
    assert words in pages.open(f"/{code}/s/welcome/home").text
