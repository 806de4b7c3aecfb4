"""A collector asks about every member of a household: two languages, corrections, words of each item."""

from __future__ import annotations

import pytest

from consult.responses.models import Revision
from consult.surveys import service as surveys
from tests.factories import NOW
from tests.integration.collecting.conftest import MINE, Collecting
from tests.pages import Page
from tests.samples.household import HOUSEHOLD


@pytest.fixture
def listed(collecting: Collecting) -> Page:
    """The empty list of household members, in an interview in French."""
    with collecting.office.database.write() as session:
        survey = surveys.import_questionnaire(session, collecting.office.ours, HOUSEHOLD, "welcome")
        surveys.publish_draft(session, survey, None, NOW)
    return collecting.begin().fill(**{"q-area": "Nord"}).press("Save and go on")


def add(page: Page, name: str, age: str, **more: str) -> Page:
    """From the list: one more person, without schools; back to the list."""
    link = "Add another entry" if "Add another entry" in page.text else "Add an entry"
    person = page.follow(link).fill(**{"q-name": name, "q-age": age}).fill(**more)
    return person.press("Save and go on").press("Go on")


def test_list_shows_who_was_entered(listed: Page) -> None:
    page = add(add(listed, "Amal", "34"), "Binh", "30")
    assert "2 entries so far" in page.text
    assert "Amal, 34" in page.text


def test_items_are_submitted(collecting: Collecting, listed: Page) -> None:
    page = add(listed, "Amal", "34").press("Go on").fill(**{"q-wish": "Paix"}).press("Save and go on")
    assert "Membre du ménage 1 (Amal, 34)" in page.text or "Household member 1 (Amal, 34)" in page.text
    page.press("Submit")
    assert collecting.response().answers["members"] == [{"name": "Amal", "age": 34}]


def test_words_about_an_item_stay_with_it_when_another_is_removed(
    collecting: Collecting, listed: Page
) -> None:
    page = add(add(listed, "Amal", "34"), "Binh", "30", **{"spoken-name": "ar", "translated-name": "Ben"})
    page.press("Remove 1").press("Remove")
    response = collecting.response()
    assert response.answers["members"] == [{"name": "Binh", "age": 30}]
    assert response.original_language["members[1]/name"] == "ar"
    assert response.translations["members[1]/name"] == {"en": "Ben"}


def test_an_item_of_a_submitted_entry_can_be_corrected(collecting: Collecting, listed: Page) -> None:
    page = add(add(listed, "Amal", "34"), "Binh", "30").press("Go on").fill(**{"q-wish": "Paix"})
    page.press("Save and go on").press("Submit")
    entry = collecting.browser.open(MINE).follow("See or correct")
    form = collecting.browser.open(f"{entry.address}correct/person/2").fill(**{"q-age": "31"})
    form.fill(reason="Misheard").press("Store the correction")
    assert collecting.response().answers["members"][1] == {"name": "Binh", "age": 31}
    assert collecting.response().answers["years"] == 65
    assert collecting.office.row(Revision).content["answers"]["members"][1]["age"] == 30


def test_leaving_goes_on_in_the_item(collecting: Collecting, listed: Page) -> None:
    listed.follow("Add an entry").fill(**{"q-name": "Amal", "q-age": "x"}).press("Save and go on", expect=422)
    assert collecting.browser.open(MINE).follow("Go on").address.endswith("/page/person/1")


def test_lists_are_downloaded_too(collecting: Collecting, listed: Page) -> None:
    page = add(listed, "Amal", "34").press("Go on").fill(**{"q-wish": "Paix"}).press("Save and go on")
    page.press("Submit")
    link = "Download my entries and their lists (CSV in a zip)"
    assert f'own/zip">{link}' in collecting.browser.open(MINE).html


def test_page_of_an_item_that_was_removed_leads_to_the_list(collecting: Collecting, listed: Page) -> None:
    page = add(add(listed, "Amal", "34"), "Binh", "30")
    gone = page.address.replace("/members", "/person/9")
    page.press("Remove 2").press("Remove")
    assert collecting.browser.open(gone).address == page.address
    assert "One entry so far" in collecting.browser.open(gone).text
