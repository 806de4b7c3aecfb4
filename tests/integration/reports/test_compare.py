"""Two groups side by side: shares, difference, marks; small groups are not shown."""

from __future__ import annotations

import pytest

from tests import factories
from tests.integration.reports.conftest import RESULTS, Reporting
from tests.pages import Page

COMPARE = f"{RESULTS}compare"


def rows(page: Page, key: str) -> list[list[str]]:
    table = next(page.element(f"q-{key}").iter("table"))
    return [
        ["".join(cell.itertext()).strip() for cell in row if cell.get("aria-hidden") != "true"]
        for row in table.iter("tr")
    ]


@pytest.fixture
def two(reporting: Reporting) -> Reporting:
    """40 answered in English, three quarters of them stay; 40 in Somali, of whom one quarter stays."""
    with reporting.office.database.write() as session:
        for place in range(40):
            answers = {"stay": "no" if place % 4 else "yes", "arrival": 1990 + place}
            factories.make_response(session, survey=reporting.survey, language="so", answers=answers)
    return reporting


def test_groups_are_chosen_in_two_steps_without_script(two: Reporting) -> None:
    page = two.browser.open(COMPARE).fill(by="_language").press("Choose the groups")
    page = page.fill(first="so", second="en").press("Show")
    assert rows(page, "stay") == [
        ["Answer", "Somali", "English", "Difference"],
        ["Answered", "40", "40", ""],
        ["Yes", "25%", "75%", "−50"],
        ["No", "75%", "25%", "+50"],
    ]
    assert rows(page, "arrival")[2] == ["Mean", "2009.5", "2019.5", "−10"]


def test_marks_are_off_until_they_are_asked_for_and_explained(two: Reporting) -> None:
    page = two.browser.open(f"{COMPARE}?by=_language&first=so&second=en")
    assert "More than chance" not in rows(page, "stay")[0]
    page = page.fill(marks=["y"]).press("Show")
    assert rows(page, "stay")[2:] == [
        ["Yes", "25%", "75%", "−50", "Higher: English"],
        ["No", "75%", "25%", "+50", "Higher: Somali"],
    ]
    assert "hardly come about by chance" in page.text


def test_one_group_can_be_compared_with_all_others(two: Reporting) -> None:
    page = two.browser.open(f"{COMPARE}?by=_language&first=so")
    assert rows(page, "stay")[:3] == [
        ["Answer", "Somali", "All others", "Difference"],
        ["Answered", "40", "60", ""],
        ["Yes", "25%", "75%", "−50"],
    ]


def test_what_is_selected_can_be_compared_with_all_others(two: Reporting) -> None:
    page = two.browser.open(f"{RESULTS}?language=so").follow("Compare these with all others")
    assert rows(page, "stay")[:3] == [
        ["Answer", "Selected", "All others", "Difference"],
        ["Answered", "40", "60", ""],
        ["Yes", "25%", "75%", "−50"],
    ]


def test_groups_can_be_of_an_answer_within_a_selection(two: Reporting) -> None:
    page = two.browser.open(f"{COMPARE}?by=stay&first=yes&second=no&language=en")
    assert "answers in English" in page.text
    assert "Yes (30 responses)" in page.text
    assert "No (10 responses)" in page.text


@pytest.mark.parametrize(
    "query",
    [
        "by=_language&first=ar&second=en",  # four in Arabic
        "by=stay&first=yes&second=no&language=fr",  # four say no
        "by=_selection&language=ar",
    ],
)
def test_small_groups_are_not_compared(query: str, two: Reporting) -> None:
    page = two.browser.open(f"{COMPARE}?{query}")
    assert "Nothing is shown" in page.text
    assert "<table" not in page.html


def test_rest_that_is_small_hides_the_two(reporting: Reporting) -> None:
    # English and French are large enough; the four in Arabic would be what is left.
    page = reporting.browser.open(f"{COMPARE}?by=_language&first=en&second=fr")
    assert "Nothing is shown" in page.text


@pytest.mark.parametrize("query", ["by=arrival", "by=_language&first=en&second=en", "language=xx"])
def test_groups_that_cannot_be_are_explained(query: str, two: Reporting) -> None:
    page = two.browser.open(f"{COMPARE}?{query}", expect=422)
    assert page.element("problems") is not None


def test_page_speaks_french(two: Reporting) -> None:
    page = two.browser.open(COMPARE.replace("/en/", "/fr/") + "?by=stay&first=yes&second=no&marks=y")
    assert rows(page, "arrival")
