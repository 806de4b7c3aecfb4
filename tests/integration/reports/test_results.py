"""The results page: what an analyst sees, selects and compares."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
import sqlalchemy as sa

from consult.accounts.models import Role
from consult.reports import results
from consult.responses.models import Response
from tests.integration.reports.conftest import RESULTS, Reporting
from tests.pages import Page


def cells(page: Page, key: str) -> list[list[str]]:
    """The table of one question, as rows of words."""
    section = page.element(f"q-{key}")
    table = next(section.iter("table"))
    return [["".join(cell.itertext()).strip() for cell in row] for row in table.iter("tr")]


def bars(page: Page) -> list[Element]:
    return [element for element in page.document.iter() if str(element.tag).endswith("rect")][:2]


def breakdown(page: Page, key: str) -> list[list[str]]:
    table = list(page.element(f"q-{key}").iter("table"))[-1]
    return [["".join(cell.itertext()).strip() for cell in row] for row in table.iter("tr")]


def test_every_question_has_a_table_with_numbers(reporting: Reporting) -> None:
    page = reporting.browser.open(RESULTS)
    assert "60 responses" in page.text
    assert [row[:3] for row in cells(page, "stay")] == [
        ["Answer", "Responses", "Percentage"],
        ["Yes", "45", "75%"],
        ["No", "15", "25%"],
    ]


def test_bars_are_drawings_beside_their_numbers(reporting: Reporting) -> None:
    page = reporting.browser.open(RESULTS)
    assert [bar.get("width") for bar in bars(page)] == ["75.0", "25.0"]


def test_page_speaks_french(reporting: Reporting) -> None:
    page = reporting.browser.open(RESULTS.replace("/en/", "/fr/"))
    assert [row[:3] for row in cells(page, "stay")][1:] == [
        ["Oui", "45", "75\u00a0%"],
        ["Non", "15", "25\u00a0%"],
    ]


def test_open_answers_are_not_on_the_page(reporting: Reporting) -> None:
    assert "=1+1" not in reporting.browser.open(RESULTS).html


def test_drafts_are_not_counted(reporting: Reporting) -> None:
    assert "Answered: 60 of 60." in reporting.browser.open(RESULTS).text


def test_selection_by_language_is_a_form_without_script(reporting: Reporting) -> None:
    page = reporting.browser.open(RESULTS).fill(language="fr").press("Show")
    assert "16 responses selected, of 60" in page.text
    assert page.value("language") == "fr"


def test_selection_by_channel_collector_and_days(reporting: Reporting) -> None:
    chosen = {"channel": "collector", "collector": str(reporting.omar.id)}
    page = reporting.browser.open(RESULTS).fill(**chosen).press("Show")
    assert "12 responses selected, of 60" in page.text
    page = reporting.browser.open(RESULTS).fill(since="2026-03-10", until="2026-03-31").press("Show")
    assert "30 responses selected, of 60" in page.text


@pytest.mark.parametrize(("language", "is_hidden"), [("ar", True), ("en", False)])
def test_selection_of_too_few_is_not_shown(language: str, is_hidden: bool, reporting: Reporting) -> None:
    page = reporting.browser.open(f"{RESULTS}?language={language}")
    assert ("Nothing is shown, so that nobody can be recognised" in page.text) == is_hidden
    assert bool(bars(page)) != is_hidden
    assert ("responses selected" in page.text) != is_hidden


def test_breakdown_hides_small_groups_and_what_gives_them_away(reporting: Reporting) -> None:
    page = reporting.browser.open(RESULTS).fill(by="_language").press("Show")
    head, answered, yes, no = breakdown(page, "stay")
    shown = dict(zip(head[1:], yes[1:], strict=True))
    sizes = dict(zip(head[1:], answered[1:], strict=True))
    assert shown == {"English": "75%", "French": "·", "Arabic": "·"}
    assert sizes == {"English": "40", "French": "Fewer than 10", "Arabic": "Fewer than 10"}
    assert no[0] == "No"


def test_breakdown_by_a_question(reporting: Reporting) -> None:
    page = reporting.browser.open(f"{RESULTS}?by=stay")
    assert breakdown(page, "arrival")[0] == ["", "Yes", "No"]


@pytest.mark.parametrize(
    "query",
    ["since=yesterday", "since=2026-03-10&until=2026-03-01", "language=xx", "channel=fax", "by=arrival"],
)
def test_selection_that_cannot_be_is_explained(query: str, reporting: Reporting) -> None:
    page = reporting.browser.open(f"{RESULTS}?{query}", expect=422)
    assert page.element("problems") is not None


def test_day_that_is_none_is_explained_in_the_language_of_the_page(reporting: Reporting) -> None:
    page = reporting.browser.open(RESULTS.replace("/en/", "/fr/") + "?since=hier", expect=422)
    assert "Indiquez une date, par exemple 2026-03-05." in page.text


def test_survey_without_responses_says_so(reporting: Reporting) -> None:
    with reporting.office.database.write() as session:
        session.execute(sa.delete(Response))
    page = reporting.browser.open(RESULTS)
    assert "There is no response yet." in page.text


def test_surveys_of_my_organisations_are_listed_with_their_sizes(reporting: Reporting) -> None:
    page = reporting.browser.open("/office/en/reports/")
    rows = [["".join(cell.itertext()).strip() for cell in row] for row in page.document.iter("tr")]
    assert rows[1:] == [[reporting.survey.title["en"], "60"]]


@pytest.mark.parametrize(("role", "status"), [(Role.STAFF, 200), (Role.ADMIN, 200), (Role.TRANSLATOR, 403)])
def test_results_are_for_those_who_work_with_them(role: Role, status: int, reporting: Reporting) -> None:
    browser = reporting.office.browser(reporting.office.person("someone", role))
    browser.open(RESULTS, expect=status)


def test_results_of_others_are_not_there(reporting: Reporting) -> None:
    office = reporting.office
    stranger = office.browser(office.person("stranger", Role.ANALYST, organisation=office.theirs))
    stranger.open(RESULTS, expect=404)
    stranger.open(f"{RESULTS}download/xlsx", expect=404)


def test_analyst_finds_results_under_my_work(reporting: Reporting) -> None:
    page = reporting.browser.open("/office/en/")
    assert "60 responses" in page.text


def test_breakdown_by_two_things_has_a_group_of_every_pair(reporting: Reporting) -> None:
    page = reporting.browser.open(RESULTS).fill(by="_channel", and_by="_month").press("Show")
    heads = breakdown(page, "stay")[0]
    assert any("·" in head and "March 2026" in head for head in heads)


def test_of_very_many_groups_the_largest_are_shown(
    reporting: Reporting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "MOST_GROUPS", 1)
    page = reporting.browser.open(RESULTS).fill(by="_channel", and_by="_month").press("Show")
    assert len(breakdown(page, "stay")[0]) == 2
    assert "The 1 largest of 2 groups" in page.text


def test_second_thing_without_a_first_is_named_as_a_mistake(reporting: Reporting) -> None:
    page = reporting.browser.open(f"{RESULTS}?and_by=_month", expect=422)
    assert "Choose first what to break down by" in page.text
