"""Results on a phone: no page lies beside the screen, tables fold or move inside a frame of their own.
And on every screen the tables come first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.conftest import DESK, PHONE, Visit
from tests.browser.places import ANALYST, STAFF, Places
from tests.browser.screen import Screen

RESULTS = "/reports/immigrant-survey/"
ALSO = [
    RESULTS,
    f"{RESULTS}?by=area",
    f"{RESULTS}?by=gender&and_by=_language",
    f"{RESULTS}progress?per=day",
    f"{RESULTS}compare",
    f"{RESULTS}compare?by=_selection&answered=gender:woman",
    f"{RESULTS}trends",
    f"{RESULTS}weighted",
    f"{RESULTS}print?words=fr",
]
PUBLIC = ["/{}/results/immigrant-survey/", "/{}/results/immigrant-survey/1/"]

MOVING = """() => [...document.querySelectorAll(".scroll")]
    .filter((frame) => frame.scrollWidth > frame.clientWidth)
    .map((frame) => ({
        table: frame.querySelector("table").classList[0],
        isReached: frame.tabIndex === 0,
        isNamed: Boolean(document.getElementById(frame.getAttribute("aria-labelledby"))?.textContent.trim()),
        role: frame.getAttribute("role"),
        hasEdges: getComputedStyle(frame).backgroundAttachment.includes("local"),
    }))"""


def addresses(known: Places, language: str) -> Iterator[str]:
    """Every page of the results that the office has in this language, and of published ones."""
    if language in ("en", "fr"):
        of_room = {**known[STAFF], **known[ANALYST]}
        paths = [path for endpoint, path in of_room.items() if endpoint.startswith("reports.")]
        yield from (f"/office/{language}{path}" for path in [*paths, *ALSO])
    yield from (path.format(language) for path in PUBLIC)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("width", [320, 360])
def test_nothing_lies_beside_the_screen(office: Visit, known: Places, width: int, language: str) -> None:
    screen = office(STAFF, viewport={"width": width, "height": 740})
    too_wide = []
    for address in addresses(known, language):
        assert screen.open(address).status == 200, address
        found = screen.page.evaluate("document.scrollingElement.scrollWidth")
        if found > width:
            too_wide.append(f"{address}: {found}")
    assert too_wide == []


@pytest.mark.parametrize(
    "path", ["?by=area", "compare?by=gender&first=woman&marks=y", "progress", "trends?per=month"]
)
def test_only_tables_with_a_column_for_each_group_move_and_they_say_so(office: Visit, path: str) -> None:
    screen = office(STAFF, viewport={"width": 320, "height": 740})
    screen.open(f"/office/fr{RESULTS}{path}")
    moving = screen.page.evaluate(MOVING)
    assert {each["table"] for each in moving} <= {"breakdown", "trend"}
    assert bool(moving) == ("by=area" in path or "trends" in path)
    for each in moving:
        assert each["isReached"]
        assert each["isNamed"]
        assert each["hasEdges"]
        assert each["role"] in ("group", "region")


@pytest.mark.parametrize("address", [f"/office/en{RESULTS}?by=area", f"/office/fr{RESULTS}trends?per=month"])
def test_names_of_rows_stay_while_a_wide_table_moves(office: Visit, address: str) -> None:
    screen = office(STAFF, viewport=PHONE)
    screen.open(address)
    frame = screen.page.locator(".scroll:has(> .breakdown, > .trend)").first
    frame.focus()
    name = frame.locator("tbody th").first
    before = name.bounding_box()
    screen.page.keyboard.press("ArrowRight")
    screen.page.wait_for_function("frame => frame.scrollLeft > 10", arg=frame.element_handle())
    assert name.bounding_box() == before


def test_folded_table_is_a_table_still_for_who_hears_it(office: Visit) -> None:
    screen = office(STAFF, viewport=PHONE)
    screen.open(f"/office/en{RESULTS}compare?by=gender&first=woman")
    table = screen.page.get_by_role("table", name="What is your immigration status today?")
    assert table.get_by_role("columnheader").all_inner_texts() == [
        "Answer",
        "Woman",
        "All others",
        "Difference",
    ]
    row = table.get_by_role("row").filter(has=screen.page.get_by_role("rowheader", name="Canadian citizen"))
    assert row.get_by_role("cell").count() == 3


def test_bars_are_there_on_a_phone_too(office: Visit) -> None:
    screen = office(ANALYST, viewport={"width": 320, "height": 740})
    screen.open(f"/office/en{RESULTS}")
    bar = screen.page.locator("#q-gender .stripe svg").first.bounding_box()
    assert bar is not None
    assert bar["width"] > 50


def top_of(screen: Screen, what: str) -> float:
    found = screen.page.locator(what).first.bounding_box()
    assert found is not None
    return found["y"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_first_table_is_seen_without_scrolling_at_a_desk(office: Visit, language: str) -> None:
    screen = office(STAFF)
    screen.open(f"/office/{language}{RESULTS}")
    assert top_of(screen, "#numbers table tbody tr") < DESK["height"]


@pytest.mark.parametrize("has_script", [True, False])
def test_other_files_are_reached_by_keyboard(office: Visit, has_script: bool) -> None:
    screen = office(ANALYST, java_script_enabled=has_script)
    page = screen.page
    screen.open(f"/office/en{RESULTS}?answered=gender:woman")
    council, every = page.locator(".downloads .button").all()
    for report, kind in ((council, "council.xlsx"), (every, "xlsx")):
        address = report.get_attribute("href") or ""
        assert address.endswith(f"download/{kind}?words=en&answered=gender:woman")
    word = page.get_by_role("link", name="English and French in one").first
    assert not word.is_visible()
    every.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    word.wait_for()
    links = page.locator(".downloads dd a").all()
    assert len(links) > 15
    page.keyboard.press("Tab")
    assert page.locator(".downloads dd a:focus").count() == 1


def test_choices_of_the_selection_are_open_where_one_is_wrong(office: Visit) -> None:
    screen = office(ANALYST)
    screen.open(f"/office/en{RESULTS}?by=nothing")
    assert screen.page.get_by_label("From", exact=True).is_visible()
    screen.open(f"/office/en{RESULTS}")
    assert not screen.page.get_by_label("From", exact=True).is_visible()
    screen.page.get_by_text("Select and compare").click()
    assert screen.page.get_by_label("From", exact=True).is_visible()
