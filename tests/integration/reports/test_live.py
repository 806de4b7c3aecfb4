"""Pages keep up with a survey: what they ask is tiny, cheap, and keeps nobody signed in."""

from __future__ import annotations

import time

import pytest

from consult.accounts.sign_in import IDLE
from consult.reports import live
from consult.surveys.models import Survey, SurveyState
from tests import factories
from tests.integration.reports.conftest import RESULTS, Reporting

PULSE = f"{RESULTS}pulse"


def test_pulse_has_the_mark_of_the_page(reporting: Reporting) -> None:
    page = reporting.browser.open(RESULTS)
    answer = reporting.download(PULSE)
    assert answer.json == {"mark": "60.0", "responses": 60, "is_open": True}
    assert 'data-mark="60.0"' in page.html
    assert len(answer.data) < 100


def test_pulse_changes_when_a_response_comes_in(
    reporting: Reporting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "KEPT", 0.0)
    before = reporting.download(PULSE).json
    with reporting.office.database.write() as session:
        factories.make_response(session, survey=reporting.survey)
    assert reporting.download(PULSE).json != before


def test_database_is_not_asked_again_within_seconds(reporting: Reporting) -> None:
    before = reporting.download(PULSE).json
    with reporting.office.database.write() as session:
        factories.make_response(session, survey=reporting.survey)
    assert reporting.download(PULSE).json == before


def test_closed_survey_is_not_asked_about(reporting: Reporting) -> None:
    with reporting.office.database.write() as session:
        session.get_one(Survey, reporting.survey.id).state = SurveyState.CLOSED
    assert "data-live" not in reporting.browser.open(RESULTS).html
    assert reporting.download(PULSE).json["is_open"] is False


def test_newest_numbers_are_a_plain_link_without_script(reporting: Reporting) -> None:
    page = reporting.browser.open(f"{RESULTS}?language=en")
    assert page.follow("Show the newest numbers").address.endswith("?language=en")


@pytest.mark.parametrize("is_attended", [True, False])
def test_page_that_asks_by_itself_keeps_nobody_signed_in(is_attended: bool, reporting: Reporting) -> None:
    client = reporting.browser.client
    headers = {} if is_attended else {"X-Unattended": "1"}
    seen = int(time.time() - IDLE.total_seconds() / 2)
    reporting.office.put_session(client, {**reporting.office.session_of(client), "seen": seen})
    assert client.get(PULSE, headers=headers).status_code == 200
    assert (reporting.office.session_of(client)["seen"] > seen) == is_attended
