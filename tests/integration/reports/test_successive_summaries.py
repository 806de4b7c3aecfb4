"""Two exact summaries, few responses apart, tell what these few answered: whoever fetches one is told."""

from __future__ import annotations

import datetime as dt

import pytest

from consult.db import Database
from tests import factories
from tests.integration.reports.conftest import RESULTS, Reporting

OUTSIDE = f"{RESULTS}download/council.xlsx?words=en"
TOLD = "If the council has it"


def add(database: Database, reporting: Reporting, number: int, language: str = "en") -> None:
    with database.write() as session:
        for _ in range(number):
            factories.make_response(
                session,
                survey=reporting.survey,
                language=language,
                collected_on=dt.date(2026, 3, 2),
                answers={"stay": "no"},
            )


def told(reporting: Reporting, selection: str = "") -> str:
    return " ".join(reporting.browser.open(f"{RESULTS}{selection}").text.split())


@pytest.mark.parametrize("kind", ["council.xlsx", "docx"])
def test_few_responses_after_a_summary_the_page_warns(
    kind: str, reporting: Reporting, database: Database
) -> None:
    reporting.download(f"{RESULTS}download/{kind}?words=en")
    assert TOLD not in told(reporting)
    add(database, reporting, 1)
    page = told(reporting)
    assert "of 60 responses, and 1 has come since. Whoever has both files could work out what this" in page
    assert "pass on no other one before 10 responses are new, or publish results" in page
    add(database, reporting, 2)
    assert "of 60 responses, and 3 have come since" in told(reporting)


def test_enough_responses_later_there_is_nothing_to_warn_of(reporting: Reporting, database: Database) -> None:
    reporting.download(OUTSIDE)
    add(database, reporting, 10)
    assert TOLD not in told(reporting)


def test_fetching_it_again_does_not_hide_what_the_council_may_have(
    reporting: Reporting, database: Database
) -> None:
    reporting.download(OUTSIDE)
    add(database, reporting, 4)
    reporting.download(OUTSIDE)
    assert "of 60 responses, and 4 have come since" in told(reporting)


def test_selections_are_each_compared_with_their_own(reporting: Reporting, database: Database) -> None:
    reporting.download(f"{OUTSIDE}&language=fr")
    add(database, reporting, 3, language="fr")
    assert TOLD not in told(reporting)
    assert "of 16 responses, and 3 have come since" in told(reporting, "?language=fr")


def test_what_stays_inside_is_no_summary(reporting: Reporting, database: Database) -> None:
    reporting.download(f"{RESULTS}download/xlsx?words=en")
    add(database, reporting, 1)
    assert TOLD not in told(reporting)
