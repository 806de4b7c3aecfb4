"""A long list beside the form, searched by a collector: in an interview, and when an entry is corrected."""

from __future__ import annotations

import pytest

from consult.questionnaires.xlsform import read_xlsform
from consult.surveys import service as surveys
from tests.factories import NOW
from tests.integration.collecting.conftest import Collecting
from tests.pages import Page

STREETS = "\n".join(["name,label", *(f"s{n},Street {n}" for n in range(100))]).encode()
FORM = (
    "| survey |\n| | type | name | label::English (en) | label::Français (fr) |\n"
    "| | select_one_from_file streets.csv | street | Which street? | Quelle rue ? |\n"
).encode()


@pytest.fixture
def home(collecting: Collecting) -> Page:
    reading = read_xlsform(FORM, "streets.md", {"streets.csv": STREETS})
    assert reading.questionnaire is not None
    with collecting.office.database.write() as session:
        survey = surveys.import_questionnaire(
            session, collecting.office.ours, reading.questionnaire, "welcome", reading.files
        )
        surveys.publish_draft(session, survey, None, NOW)
    return collecting.begin()


def streets(page: Page) -> list[str | None]:
    return [each.get("value") for each in page.document.iter("input") if each.get("name") == "q-street"]


def test_found_street_is_stored(collecting: Collecting, home: Page) -> None:
    page = home.fill(**{"q-street/find": "street 99"}).press("Find")
    assert streets(page) == ["s99"]
    page.fill(**{"q-street": "s99"}).press("Save and go on")
    assert collecting.response().answers == {"street": "s99"}


def test_script_gets_the_choices_alone(home: Page) -> None:
    sent = {
        "csrf_token": str(home.value("csrf_token")),
        "q-street/find": "99",
        "find": "street",
        "fragment": "yes",
    }
    reply = home.pages.client.post(home.address, data=sent)
    assert reply.text.startswith("<p data-found>")
    assert "Street 99" in reply.text


def test_street_of_a_submitted_entry_is_searched_and_corrected(collecting: Collecting, home: Page) -> None:
    page = home.fill(**{"q-street/find": "street 99"}).press("Find")
    page.fill(**{"q-street": "s99"}).press("Save and go on").press("Submit")
    entry = f"/office/en/collect/welcome/{collecting.response().id}/correct/street"
    page = collecting.browser.open(entry).fill(**{"q-street/find": "street 98"}).press("Find")
    assert streets(page) == ["s99", "s98"]
    page.fill(**{"q-street": "s98", "reason": "Misheard"}).press("Store the correction")
    assert collecting.response().answers == {"street": "s98"}
