"""The page of trends: versions and surveys of one organisation over time."""

from __future__ import annotations

import datetime as dt

from consult.accounts.models import Role
from consult.questionnaires.document import to_document
from tests import factories
from tests.integration.reports.conftest import FORM, RESULTS, Reporting
from tests.pages import Page

TRENDS = f"{RESULTS}trends"


def add_survey(reporting: Reporting, slug: str = "newcomers-2024", answers: int = 20) -> None:
    with reporting.office.database.write() as session:
        survey = factories.make_open_survey(
            session, specification=to_document(FORM), slug=slug, organisation=reporting.office.ours
        )
        for place in range(answers):
            factories.make_response(
                session,
                survey=survey,
                language="en",
                collected_on=dt.date(2024, 5, 1),
                answers={"stay": "yes" if place % 2 else "no", "arrival": 2000 + place},
            )


def rows(page: Page, key: str) -> list[list[str]]:
    table = next(page.element(f"q-{key}").iter("table"))
    return [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in table.iter("tr")]


def test_a_repeated_survey_is_compared_with_the_one_before(reporting: Reporting) -> None:
    add_survey(reporting)

    page = reporting.browser.open(TRENDS)

    _, answered, yes, no = rows(page, "stay")
    assert answered[1:3] == ["20", "60"]
    assert (yes[0], yes[1].split()[0], yes[2].split()[0]) == ("Yes", "50%", "75%")
    assert no[1].startswith("50% 30% to 70%")
    assert rows(page, "arrival")[2][0] == "Mean"


def test_months_of_one_survey(reporting: Reporting) -> None:
    page = reporting.browser.open(TRENDS).fill(per="month").press("Show")

    assert "nothing to compare yet" in page.text  # all of its responses are of one month


def test_a_survey_can_be_left_out(reporting: Reporting) -> None:
    add_survey(reporting)

    page = reporting.browser.open(f"{TRENDS}?per=version")

    assert "nothing to compare yet" in page.text


def test_what_is_not_offered_is_refused(reporting: Reporting) -> None:
    reporting.browser.open(f"{TRENDS}?per=decade", 422)


def test_a_survey_that_asks_nothing_of_the_same_is_passed_over(reporting: Reporting) -> None:
    reporting.browser.open(f"{TRENDS}?per=version&also=somebody-elses")


def test_surveys_of_others_are_not_offered(reporting: Reporting) -> None:
    office = reporting.office
    with office.database.write() as session:
        factories.make_open_survey(
            session, specification=to_document(FORM), slug="theirs", organisation=office.theirs
        )

    assert "theirs" not in reporting.browser.open(TRENDS).html
    stranger = office.browser(office.person("eve", Role.STAFF, organisation=office.theirs))
    stranger.open(TRENDS, 404)


def test_results_lead_to_trends_and_to_who_is_missing(reporting: Reporting) -> None:
    page = reporting.browser.open(RESULTS)

    assert page.follow("Over time").heading == "Over time"
    assert page.follow("Who is missing").heading == "Who is missing"
