"""How far a survey has come, and how staff say what they hope for."""

from __future__ import annotations

import datetime as dt

import pytest

from consult.accounts.models import Role
from consult.questionnaires.document import to_document
from consult.surveys.models import Survey
from tests import factories
from tests.integration.reports.conftest import FORM, RESULTS, Reporting
from tests.pages import Page

PROGRESS, TARGETS = f"{RESULTS}progress", f"{RESULTS}targets"


def rows(page: Page, key: str) -> list[list[str]]:
    """The numbers of one table."""
    table = next(page.element(f"q-{key}").iter("table"))
    return [
        ["".join(cell.itertext()).strip() for cell in row if cell.get("aria-hidden") != "true"]
        for row in table.iter("tr")
    ]


def hope_for(reporting: Reporting, **values: str) -> Page:
    browser = reporting.office.browser(reporting.office.person("sam", Role.STAFF))
    return browser.open(TARGETS).fill(**values).press("Save")


def test_counts_stand_by_language_channel_and_collector(reporting: Reporting) -> None:
    page = reporting.browser.open(PROGRESS)
    assert rows(page, "_language") == [
        ["Group", "Responses"],
        ["English", "40"],
        ["French", "16"],
        ["Arabic", "4"],
    ]
    assert rows(page, "_channel")[1:] == [["Online", "48"], ["Interview", "12"]]
    assert rows(page, "_collector")[1:] == [["Omar", "12"]]


@pytest.mark.parametrize(
    ("per", "expected"),
    [
        ("day", [["March 1, 2026", "30", "30"], ["March 2, 2026", "0", "30"]]),
        ("month", [["March 2026", "60", "60"]]),
    ],
)
def test_counts_stand_by_day_or_longer(per: str, expected: list[list[str]], reporting: Reporting) -> None:
    with reporting.office.database.write() as session:
        session.get_one(Survey, reporting.survey.id).closed_on = dt.date(2026, 3, 31)
    page = reporting.browser.open(f"{PROGRESS}?per={per}")
    assert rows(page, "days")[1 : 1 + len(expected)] == expected


def test_collector_without_a_response_stands_there_with_the_target(reporting: Reporting) -> None:
    with reporting.office.database.write() as session:
        person = factories.make_person(session, name="Zed")
        for each, target in ((person.id, None), (reporting.omar.id, 24)):
            factories.make_assignment(session, survey_id=reporting.survey.id, person_id=each, target=target)
    page = reporting.browser.open(PROGRESS)
    assert rows(page, "_collector")[1:] == [["Omar", "12", "24", "50%"], ["Zed", "0", "–", "–"]]


def test_area_is_the_question_that_is_named_and_its_small_groups_are_hidden(reporting: Reporting) -> None:
    assert "q-area" not in reporting.browser.open(PROGRESS).html
    page = reporting.browser.open(f"{PROGRESS}?area=stay")
    assert rows(page, "area")[1:] == [["Yes", "45"], ["No", "15"]]
    with reporting.office.database.write() as session:
        for _ in range(5):
            factories.make_response(session, survey=reporting.survey, answers={})
    page = reporting.browser.open(f"{PROGRESS}?area=stay")
    assert rows(page, "area")[1:] == [
        ["Yes", "45"],
        ["No", "Fewer than 10"],
        ["No answer", "Fewer than 10"],
    ]


@pytest.mark.parametrize("query", ["area=change", "area=nothing", "per=hour"])
def test_way_of_looking_that_cannot_be_is_explained(query: str, reporting: Reporting) -> None:
    page = reporting.browser.open(f"{PROGRESS}?{query}", expect=422)
    assert page.element("problems") is not None


def test_survey_without_responses_says_so(reporting: Reporting) -> None:
    with reporting.office.database.write() as session:
        factories.make_open_survey(
            session, to_document(FORM), slug="empty", organisation=reporting.office.ours
        )
    page = reporting.browser.open("/office/en/reports/empty/progress")
    assert "There is no response yet" in page.text


def test_targets_are_set_and_stand_beside_the_counts(reporting: Reporting) -> None:
    today = dt.datetime.now(reporting.office.settings.time_zone).date()
    last = (today + dt.timedelta(days=10)).isoformat()
    page = hope_for(
        reporting, target="120", ends_on=last, **{"_language-0-target": "10", "_channel-3-target": "30"}
    )
    assert "60 of 120 responses hoped for: 50%." in page.text
    assert "11 days are left" in page.text
    assert "No response came in the last 14 days." in page.text
    assert ["English", "40", "10", "400%"] in rows(page, "_language")
    assert ["Paper form", "0", "30", "0%"] in rows(page, "_channel")
    assert "Planned by then" in page.text


def test_targets_are_there_again_and_can_be_taken_back(reporting: Reporting) -> None:
    hope_for(reporting, target="120", **{"_language-0-target": "10"})
    sam = reporting.office.browser(reporting.office.person("tess", Role.STAFF))
    page = sam.open(TARGETS)
    assert (page.value("target"), page.value("_language-0-target")) == ("120", "10")
    page = page.fill(target="", **{"_language-0-target": ""}).press("Save")
    assert "hoped for" not in page.text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("target", "many"),
        ("target", "0"),
        ("target", "99999999999"),
        ("ends_on", "soon"),
        ("ends_on", "2001-01-01"),
        ("_language-0-target", "-3"),
    ],
)
def test_target_that_cannot_be_is_explained_and_nothing_is_lost(
    name: str, value: str, reporting: Reporting
) -> None:
    browser = reporting.office.browser(reporting.office.person("sam", Role.STAFF))
    given = {"_channel-0-target": "77", name: value}
    page = browser.open(TARGETS).fill(**given).press("Save", expect=422)
    assert page.element("problems") is not None
    assert (page.value(name), page.value("_channel-0-target")) == (value, "77")
    with reporting.office.database.read() as session:
        assert session.get_one(Survey, reporting.survey.id).target is None


def test_areas_of_another_question_can_be_given_targets(reporting: Reporting) -> None:
    browser = reporting.office.browser(reporting.office.person("sam", Role.STAFF))
    page = browser.open(TARGETS).fill(area="stay").press("Show its areas")
    page = page.fill(**{"stay-0-target": "90"}).press("Save")
    assert ["Yes", "45", "90", "50%"] in rows(page, "area")
    assert ["Yes", "45", "90", "50%"] in rows(reporting.browser.open(PROGRESS), "area")


def test_analyst_sees_progress_and_sets_nothing(reporting: Reporting) -> None:
    assert "Set targets" not in reporting.browser.open(PROGRESS).text
    reporting.browser.open(TARGETS, expect=403)
