"""The first page, and what is open."""

from __future__ import annotations

from tests.inspection import visible_text
from tests.integration.answering.conftest import Asking
from tests.integration.answering.questionnaires import WELCOME
from tests.pages import Pages


def test_first_page_offers_both_official_languages_alike(asking: Asking, pages: Pages) -> None:
    page = pages.open("/", headers={"Accept-Language": "fr"})
    english, french = (
        link
        for link in page.document.iter("a")
        if link.get("lang") in ("en", "fr") and link.find("strong") is not None
    )
    assert english.get("href") == "/en/"
    assert french.get("href") == "/fr/"
    shapes = [[(inner.tag, sorted(inner.attrib)) for inner in link.iter()] for link in (english, french)]
    assert shapes[0] == shapes[1]


def test_first_page_names_every_other_language_in_itself(asking: Asking, pages: Pages) -> None:
    text = pages.open("/").text
    assert all(name in text for name in ("العربية", "Español", "简体中文", "ትግርኛ"))


def test_first_page_sets_no_cookie(asking: Asking, pages: Pages) -> None:
    assert "Set-Cookie" not in pages.open("/").response.headers


def test_open_survey_is_listed_with_who_asks_and_how_long_it_takes(asking: Asking, pages: Pages) -> None:
    page = pages.open("/en/")
    assert "Welcome survey" in page.text
    assert "Partnership" in page.text
    assert "About 5 minutes" in page.text
    assert page.follow("Welcome survey").heading == "Welcome survey"


def test_closed_survey_is_not_listed(asking: Asking, pages: Pages) -> None:
    asking.close()
    page = pages.open("/en/")
    assert "Welcome survey" not in page.text
    assert "No survey is open" in page.text


def test_organisation_lists_its_own_surveys_only(asking: Asking, pages: Pages) -> None:
    assert "Welcome survey" in pages.open("/en/riverbend/").text
    pages.open("/en/somebody-else/", expect=404)


def test_language_that_only_a_survey_speaks_has_its_pages(asking: Asking, pages: Pages) -> None:
    page = pages.open("/ti/")
    heading = next(page.document.iter("h1"))
    assert heading.find("span").get("lang") in ("en", "fr")  # type: ignore[union-attr]
    assert visible_text(heading)


def test_language_that_nobody_speaks_is_not_found(asking: Asking, pages: Pages) -> None:
    pages.open("/sv/", expect=404)


def test_unopened_survey_is_not_found(asking: Asking, pages: Pages) -> None:
    pages.open("/en/s/another/", expect=404)
    assert WELCOME.key != "another"


def test_error_page_speaks_the_language_of_its_address(asking: Asking, pages: Pages) -> None:
    page = pages.open("/fr/nothing/here/at/all", expect=404)
    assert page.document.get("lang") == "fr"
