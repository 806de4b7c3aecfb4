"""A collector’s list of own entries: page by page, counted, only their own."""

from __future__ import annotations

import pytest

from consult.responses.models import Channel
from consult.surveys.models import Survey
from tests import factories
from tests.integration.collecting.conftest import MINE, WORK, Collecting


@pytest.fixture
def many(collecting: Collecting) -> Collecting:
    """Omar has submitted 1,052 entries."""
    with collecting.office.database.write() as session:
        survey = collecting.office.row(Survey)
        for number in range(1_052):
            factories.make_response(
                session,
                survey=survey,
                channel=Channel.PAPER,
                collector_id=collecting.omar.id,
                form_number=f"{number:04}",
            )
    return collecting


def test_list_shows_fifty_entries_and_says_of_how_many(many: Collecting) -> None:
    page = many.browser.open(MINE)
    assert page.html.count("See or correct") == 50
    assert "Entries 1 to 50 of 1,052" in page.text


def test_older_entries_are_on_the_next_page(many: Collecting) -> None:
    older = many.browser.open(MINE).follow("Older entries")
    assert "Entries 51 to 100" in older.text
    assert "0050" in older.text
    assert "Entries 1 to 50" in older.follow("Newer entries").text


def test_last_page_leads_no_further(many: Collecting) -> None:
    last = many.browser.open(f"{MINE}?page=22")
    assert "Entries 1,051 to 1,052 of 1,052" in last.text
    assert "Older entries" not in last.text


@pytest.mark.parametrize("page", ["0", "-1", "23", "999999999999999999999"])
def test_page_that_there_is_not_is_not_found(many: Collecting, page: str) -> None:
    many.browser.open(f"{MINE}?page={page}", expect=404)


def test_list_without_entries_is_no_error(collecting: Collecting) -> None:
    assert "Nothing is submitted yet." in collecting.browser.open(MINE).text


def test_counts_are_written_as_the_language_writes_them(many: Collecting) -> None:
    assert "1,052 interviews done" in many.browser.open(WORK).text
    assert "1 052 entrevues" in many.browser.open(WORK.replace("/en/", "/fr/")).text
