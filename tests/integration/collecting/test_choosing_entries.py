"""A collector chooses among the entries of a repeat."""

from __future__ import annotations

import pytest

from consult.surveys import service as surveys
from tests.factories import NOW
from tests.integration.collecting.conftest import Collecting
from tests.pages import Page
from tests.samples.entries import FAMILY


@pytest.fixture
def listed(collecting: Collecting) -> Page:
    with collecting.office.database.write() as session:
        survey = surveys.import_questionnaire(session, collecting.office.ours, FAMILY, "welcome")
        surveys.publish_draft(session, survey, None, NOW)
    return collecting.begin()


def test_entries_are_chosen_by_their_number(collecting: Collecting, listed: Page) -> None:
    page = listed
    for name, age in (("Amal", "34"), ("Binh", "8")):
        link = "Add another entry" if "Add another entry" in page.text else "Add an entry"
        page = page.follow(link).fill(**{"q-name": name, "q-age": age}).press("Save and go on")
    page = page.press("Go on")
    numbers = [each.text for each in page.document.iterfind(".//{*}fieldset[@id='q-head']//{*}kbd")]
    assert numbers == ["1", "2"]
    page.fill(**{"q-head": "Binh", "q-word": "Draws"}).press("Save and go on")
    response = collecting.response()
    assert response.answers["head"] == "Binh"
    assert "head" not in response.original_language
