"""Pages of results of surveys that nobody has answered, that are over, or of which something is missing."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from consult.responses.models import Response
from consult.surveys.models import Survey, SurveyState
from tests.integration.reports.conftest import RESULTS, Reporting

FRENCH = RESULTS.replace("/en/", "/fr/")


@pytest.fixture
def unanswered(reporting: Reporting) -> Reporting:
    with reporting.office.database.write() as session:
        session.execute(sa.delete(Response))
    return reporting


@pytest.mark.parametrize(
    "query",
    [
        "?by=nothing",
        "?language=xx",
        "?and_by=nothing&by=stay",
        "progress?per=hour",
        "progress?area=nothing",
        "compare?by=nothing",
        "trends?per=hour",
    ],
)
def test_choice_that_is_none_is_explained_in_our_words(query: str, reporting: Reporting) -> None:
    assert (
        "Choose one of what is offered here." in reporting.browser.open(f"{RESULTS}{query}", expect=422).text
    )
    assert "Not a valid choice" not in reporting.browser.open(f"{FRENCH}{query}", expect=422).text


def test_groups_of_an_unanswered_survey_are_not_compared(unanswered: Reporting) -> None:
    page = unanswered.browser.open(f"{RESULTS}compare?by=stay&first=yes")
    assert "There is no response yet." in page.text
    assert "percentage points" not in page.text


def test_group_of_nobody_is_said_to_be_one(reporting: Reporting) -> None:
    with reporting.office.database.write() as session:
        session.execute(sa.update(Response).values(answers={"arrival": 2001}))
    page = reporting.browser.open(f"{RESULTS}compare?by=stay&first=yes")
    assert "One of the groups is empty, so there is nothing to compare." in page.text


def test_progress_of_an_unanswered_survey_has_no_empty_tables(unanswered: Reporting) -> None:
    page = unanswered.browser.open(f"{RESULTS}progress")
    assert "There is no response yet." in page.text
    assert all(len(list(table.iter("tr"))) > 1 for table in page.document.iter("table"))


def test_results_of_a_closed_survey_say_when_it_was_closed(reporting: Reporting) -> None:
    with reporting.office.database.write() as session:
        closed = {"state": SurveyState.CLOSED, "closed_on": dt.date(2026, 3, 25)}
        session.execute(sa.update(Survey).values(**closed))
    assert "The survey was closed on March 25, 2026." in reporting.browser.open(RESULTS).text


def test_weighted_results_without_known_numbers_lead_to_where_they_are_given(reporting: Reporting) -> None:
    page = reporting.browser.open(f"{RESULTS}weighted")
    assert page.address == f"{RESULTS}who-is-missing"


def test_edition_of_too_few_responses_is_not_begun(unanswered: Reporting) -> None:
    page = unanswered.browser.open(f"{RESULTS}editions/new")
    assert "There are fewer than 10 responses. Nothing can be published yet" in page.text
    assert "Show what would be published" not in page.text
