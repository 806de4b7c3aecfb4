"""Choosing among the entries of a repeat, without script."""

from __future__ import annotations

import pytest

from tests.integration.answering.conftest import Asking
from tests.pages import Page, Pages
from tests.samples.entries import FAMILY

ROLES = "/en/s/welcome/roles"


@pytest.fixture
def listed(asking: Asking, pages: Pages) -> Page:
    asking.publish(FAMILY)
    return pages.open("/en/s/welcome/").press("I agree. Start")


def add(page: Page, name: str, age: str) -> Page:
    link = "Add another entry" if "Add another entry" in page.text else "Add an entry"
    return page.follow(link).fill(**{"q-name": name, "q-age": age}).press("Continue")


def offered(page: Page, key: str) -> list[str | None]:
    found = page.document.iterfind(f".//{{*}}fieldset[@id='q-{key}']//{{*}}input")
    return [each.get("value") for each in found]


def test_people_choose_whom_they_have_told_about(asking: Asking, listed: Page) -> None:
    page = add(add(listed, "Amal", "34"), "Binh", "8").press("Continue")
    assert offered(page, "head") == ["Amal", "Binh"]
    assert offered(page, "adult") == ["Amal"]
    page = page.fill(**{"q-head": "Binh", "q-adult": "Amal"}).press("Continue")
    assert "What does Binh do?" in page.text
    page.press("Continue")
    (response,) = asking.responses()
    assert response.answers == {
        "members": [{"name": "Amal", "age": 34}, {"name": "Binh", "age": 8}],
        "head": "Binh",
        "adult": "Amal",
    }


def test_what_was_chosen_is_chosen_when_people_come_back(listed: Page, pages: Pages) -> None:
    page = add(add(listed, "Amal", "34"), "Binh", "8").press("Continue")
    page.fill(**{"q-head": "Binh"}).press("Continue")
    assert pages.open(ROLES).value("q-head") == "Binh"


def test_nobody_is_held_up_where_there_is_nothing_to_choose(listed: Page) -> None:
    page = listed.press("Continue")
    assert "There is nothing to choose from yet." in page.text
    assert "(required)" not in page.text
    assert page.press("Continue").address.endswith("/review")


def test_a_required_choice_is_asked_for_where_there_is_one(listed: Page) -> None:
    page = add(listed, "Amal", "34").press("Continue").press("Continue", expect=422)
    assert "Please choose" in page.text


def test_a_name_nobody_told_about_is_refused(listed: Page, pages: Pages) -> None:
    page = add(listed, "Amal", "34").press("Continue")
    for input_ in page.document.iterfind(".//{*}fieldset[@id='q-head']//{*}input"):
        input_.set("value", "Somebody else")
    page = page.fill(**{"q-head": "Somebody else"}).press("Continue", expect=422)
    assert "Please choose one of the answers offered." in page.text


def test_names_are_words_whatever_they_look_like(listed: Page) -> None:
    hostile = '"><script>alert(1)</script>${head} %(x)s'
    page = add(listed, hostile, "34").press("Continue")
    assert offered(page, "head") == [hostile]
    assert page.fill(**{"q-head": hostile}).press("Continue").text.count("<script>alert(1)</script>") > 0


def test_a_name_of_several_words_and_letters_is_stored_as_it_was_told(asking: Asking, listed: Page) -> None:
    page = add(listed, "أمل  O’Neil\u00a0Nguyễn", "34").press("Continue")
    page.fill(**{"q-head": str(offered(page, "head")[0])}).press("Continue")
    (response,) = asking.responses()
    assert response.answers["head"] == response.answers["members"][0]["name"]


def test_page_speaks_arabic(listed: Page, pages: Pages) -> None:
    add(listed, "Amal", "34")
    assert "<bdi>Amal</bdi>" in pages.open("/ar/s/welcome/roles").html
