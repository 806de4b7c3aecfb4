"""A list of three thousand entries beside the form, searched without script and by the page’s script."""

from __future__ import annotations

import pytest

from consult.questionnaires.xlsform import read_xlsform
from tests.integration.answering.conftest import Asking
from tests.pages import Page, Pages

ROWS = (f"s{n},Street {n},{'north' if n % 2 else 'south'}" for n in range(3_000))
STREETS = "\n".join(["name,label,side", *ROWS]).encode()
FORM = b"""| survey |
| | type | name | label::English (en) | choice_filter | appearance |
| | begin_group | home | Your home | | field-list |
| | select_one sides | side | Which side? | | |
| | select_one_from_file streets.csv | street | Which street? | side = ${side} or ${side} = '' | minimal |
| | text | house | Which house? | | |
| | end_group | | | | |
| choices |
| | list_name | name | label::English (en) |
| | sides | north | North |
| | sides | south | South |
"""
READING = read_xlsform(FORM, "streets.md", {"streets.csv": STREETS})


@pytest.fixture
def home(asking: Asking, pages: Pages) -> Page:
    assert READING.questionnaire is not None
    asking.publish(READING.questionnaire, files=READING.files)
    return pages.open("/en/s/welcome/").press("I agree. Start")


def streets(page: Page) -> list[str | None]:
    return [each.get("value") for each in page.document.iter("input") if each.get("name") == "q-street"]


def test_search_shows_what_matches_and_keeps_what_was_typed(asking: Asking, home: Page) -> None:
    page = home.fill(**{"q-house": "The blue one", "q-street/find": "street 1999"}).press("Find")
    assert streets(page)[0] == "s1999"
    assert page.value("q-house") == "The blue one"
    assert asking.responses() == []


def test_found_street_is_chosen_and_stored(asking: Asking, home: Page) -> None:
    page = home.fill(**{"q-street/find": "street 2999"}).press("Find")
    page.fill(**{"q-street": "s2999"}).press("Continue")
    (response,) = asking.responses()
    assert response.answers == {"street": "s2999"}
    assert response.unsaved == {}


def test_search_minds_the_other_answers_of_the_page(home: Page) -> None:
    page = home.fill(**{"q-side": "south", "q-street/find": "street 199"}).press("Find")
    assert streets(page)[:2] == ["s1990", "s1992"]


def test_enter_in_the_search_searches(home: Page) -> None:
    page = home.fill(**{"q-street/find": "street 777"}).press("Continue")
    assert streets(page) == ["s777", "s1777", "s2777"]


def test_who_has_searched_in_vain_can_go_on(asking: Asking, home: Page) -> None:
    page = home.fill(**{"q-house": "x", "q-street/find": "nowhere"}).press("Find")
    assert "Nothing in the list matches" in page.text
    assert page.press("Continue").heading != "Your home"
    assert asking.responses()[0].answers == {"house": "x"}


def test_code_that_is_not_on_offer_is_refused(home: Page) -> None:
    page = home.fill(**{"q-street/find": "street 1999"}).press("Find")
    page = page.fill(**{"q-side": "south", "q-street": "s1999"}).press("Continue", expect=422)
    assert page.element("problems") is not None
    assert "s1999" not in streets(page)


def test_script_gets_the_choices_and_nothing_else(home: Page) -> None:
    sent = {"q-street/find": "street 42", "find": "street", "fragment": "yes"}
    reply = home.pages.client.post(home.address, data=sent)
    assert reply.status_code == 200
    assert reply.text.startswith("<p data-found>The first 30 of")
    assert "<form" not in reply.text
    assert len(reply.data) < 8_000


def test_page_is_light_however_long_the_list(home: Page) -> None:
    assert len(home.text) < 20_000


IN_REPEAT = b"""| survey |
| | type | name | label::English (en) | appearance |
| | begin_repeat | trips | Trips | field-list |
| | select_one_from_file streets.csv | street | Which street? | |
| | end_repeat | | | |
"""


def test_list_is_searched_in_an_item_of_a_repeat(asking: Asking, pages: Pages) -> None:
    reading = read_xlsform(IN_REPEAT, "streets.md", {"streets.csv": STREETS})
    assert reading.questionnaire is not None
    asking.publish(reading.questionnaire, files=reading.files)
    pages.open("/en/s/welcome/").press("I agree. Start")
    page = (
        pages.open("/en/s/welcome/trips")
        .follow("Add an entry")
        .fill(**{"q-street/find": "street 2999"})
        .press("Find")
    )
    assert streets(page) == ["s2999"]
    page.fill(**{"q-street": "s2999"}).press("Continue")
    (response,) = asking.responses()
    assert response.answers == {"trips": [{"street": "s2999"}]}
