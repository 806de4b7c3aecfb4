"""Pointing at a place on a field of degrees: with a finger, with keys, and what is typed drawn there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from consult.questions import kind_of
from consult.questions.geo import point_of, points_of
from consult.questions.kind import Given, Refused
from tests.browser.conftest import Visit
from tests.browser.test_files_and_places import STATIC, opened
from tests.samples.questions import ask, one_page

THREE = "43.6 -79.5 0 0;43.7 -79.4 0 0;43.65 -79.3 0 0"
EVERY = one_page(
    ask("geopoint", "place", "Where is it?"),
    ask("geotrace", "way", "Which way do you go?"),
    ask("geoshape", "area", "Which area do you mean?"),
)
ANSWERS = {"place": "43.65 -79.38 0 12", "way": THREE, "area": f"{THREE};43.6 -79.5 0 0"}


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context()
    yield made
    made.close()


def unfold(page: Page) -> None:
    for summary in page.locator(".pointing summary").all():
        summary.click()


def tap(page: Page, across: float, down: float, field: str = "svg") -> None:
    """At these shares of the width and the height."""
    page.locator(field).scroll_into_view_if_needed()
    box = page.locator(field).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * across, box["y"] + box["height"] * down)


def degrees(page: Page, part: str) -> str:
    return page.locator(f"[name='q-it/{part}']").input_value()


def test_field_is_folded_and_makes_no_request(context: BrowserContext) -> None:
    page = opened(context, one_page(ask("geopoint")))
    expect(page.locator("svg")).to_be_hidden()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    unfold(page)
    tap(page, 0.5, 0.5)

    assert degrees(page, "latitude") == "0"
    assert asked == []


@pytest.mark.parametrize("width", [320, 1280])
def test_whole_earth_is_there_where_nothing_is_known(context: BrowserContext, width: int) -> None:
    page = opened(context, one_page(ask("geopoint")), width=width)
    unfold(page)
    tap(page, 0.03, 0.97)

    assert (degrees(page, "latitude"), degrees(page, "longitude")) == ("-90", "-180")


def test_tap_sets_the_point_as_exactly_as_the_field_is_close(context: BrowserContext) -> None:
    page = opened(context, one_page(ask("geopoint"), ask("text", "b", "Then", relevant="${it} != ''")))
    page.get_by_label("Accuracy").fill("5")
    unfold(page)
    tap(page, 0.25, 0.25)
    north, west = degrees(page, "latitude"), degrees(page, "longitude")
    assert north.isdecimal()
    assert west.removeprefix("-").isdecimal()
    expect(page.get_by_label("Accuracy")).to_have_value("")
    expect(page.get_by_label("Then")).to_be_visible()
    for _ in range(4):
        page.get_by_role("button", name="Closer").click()
    tap(page, 0.6, 0.6)

    assert len(degrees(page, "latitude").split(".")[1]) <= 2
    assert float(degrees(page, "latitude")) == pytest.approx(float(north), abs=1)
    assert float(degrees(page, "latitude")) < float(north)
    assert float(degrees(page, "longitude")) > float(west)
    page.get_by_role("button", name="Take the last point back").click()
    assert degrees(page, "latitude") + degrees(page, "longitude") == ""
    expect(page.get_by_label("Then")).to_be_hidden()


def test_never_more_than_seven_decimals(context: BrowserContext) -> None:
    page = opened(context, one_page(ask("geopoint")), answers={"it": "43.6512345 -79.3812345 0 0"})
    unfold(page)
    for _ in range(20):
        page.keyboard.press("Tab")
        page.get_by_role("button", name="Closer").click()
    tap(page, 0.41, 0.37)

    assert len(degrees(page, "latitude").split(".")[1]) <= 7
    assert degrees(page, "latitude").startswith("43.6512")


def test_keys_move_the_cross_hair_and_set_the_point(context: BrowserContext) -> None:
    page = opened(context, one_page(ask("geopoint")), answers={"it": "43.65 -79.38 0 0"})
    unfold(page)
    page.locator("svg").focus()
    for key in ("ArrowUp", "ArrowUp", "ArrowRight", "Enter"):
        page.keyboard.press(key)

    assert 43.65 < float(degrees(page, "latitude")) < 43.8
    assert -79.38 < float(degrees(page, "longitude")) < -79.2
    place = f"{degrees(page, 'latitude')}, {degrees(page, 'longitude')}"
    expect(page.locator(".pointing [role=status]")).to_contain_text(place)
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator(".pointing [role=status]")).not_to_contain_text(place)
    page.keyboard.press("Backspace")
    assert degrees(page, "latitude") == ""


def test_keys_move_the_window_beyond_its_edge(context: BrowserContext) -> None:
    page = opened(context, one_page(ask("geopoint")), answers={"it": "43.65 -79.38 0 0"})
    unfold(page)
    page.locator("svg").focus()
    for _ in range(40):
        page.keyboard.press("ArrowRight")
    cross = page.locator("circle.cross").bounding_box()
    frame = page.locator("svg").bounding_box()
    assert cross is not None
    assert frame is not None
    assert frame["x"] < cross["x"] < frame["x"] + frame["width"]
    page.keyboard.press("Enter")

    assert float(degrees(page, "longitude")) > -79


@pytest.mark.parametrize(("code", "between"), [("en", ", "), ("fr", "; "), ("ar", ", ")])
def test_three_taps_are_an_area_that_the_server_reads(
    context: BrowserContext, code: str, between: str
) -> None:
    question = ask("geoshape")
    page = opened(context, one_page(question), code)
    unfold(page)
    page.get_by_role("button", name="+").or_(page.locator("[data-do=closer]")).first.click()
    for across, down in ((0.3, 0.3), (0.7, 0.3), (0.5, 0.7)):
        tap(page, across, down)
    written = page.locator("textarea").input_value()
    read = kind_of(question).clean(question, Given((written,), language=code))
    corners = points_of(read["it"])

    assert all(between in line for line in written.split("\n"))
    assert corners is not None
    assert len(corners) == 4
    assert corners[0].longitude < corners[2].longitude < corners[1].longitude  # west is left, in Arabic too
    assert corners[2].latitude < corners[0].latitude == corners[1].latitude
    expect(page.locator("polygon")).to_have_count(1)
    assert page.locator(".number").all_text_contents() == ["1", "2", "3"]


def test_what_is_typed_is_drawn_and_brought_into_sight(context: BrowserContext) -> None:
    page = opened(context, one_page(ask("geopoint")), "fr")
    unfold(page)
    expect(page.locator(".dot")).to_have_count(0)
    page.locator("[name='q-it/latitude']").fill("43,65")
    page.locator("[name='q-it/longitude']").fill("79°22′48″O")

    dot, frame = page.locator(".dot").bounding_box(), page.locator("svg").bounding_box()
    assert dot is not None
    assert frame is not None
    assert dot["x"] + dot["width"] / 2 == pytest.approx(frame["x"] + frame["width"] / 2, abs=2)
    assert "43,6°" in page.locator("svg text").all_text_contents()
    page.locator("[name='q-it/latitude']").fill("somewhere")
    expect(page.locator(".dot")).to_have_count(0)


def test_corner_goes_before_the_end_of_a_closed_area(context: BrowserContext) -> None:
    page = opened(context, EVERY, answers=ANSWERS)
    page.locator("#q-area summary").click()
    expect(page.locator("#q-area .dot")).to_have_count(3)
    page.locator("#q-area [data-do=west]").click()
    page.locator("#q-area [data-do=set]").click()
    page.locator("#q-area [data-do=set]").click()  # the same place once more is no other corner
    assert len(page.locator("#q-area textarea").input_value().split("\n")) == 4
    page.locator("#q-area [data-do=back]").click()

    expect(page.locator("#q-area .dot")).to_have_count(3)


def test_field_opens_near_the_other_places_of_the_page(context: BrowserContext) -> None:
    page = opened(context, EVERY, answers={"place": "43.65 -79.38 0 0"})
    page.locator("#q-way summary").click()

    expect(page.locator("#q-way .pointing [role=status]")).to_contain_text("43.65, -79.38")


def test_field_opens_near_the_place_of_a_page_before(context: BrowserContext) -> None:
    made, page = one_page(ask("geotrace", "way"), ask("geopoint"))
    last = type(page)("p", page.title, (made.questions["it"],), None, 0)
    tab = opened(context, (made, last), answers={"way": "43.6 -79.5 0 0;43.7 -79.3 0 0"})
    unfold(tab)
    expect(tab.locator(".pointing [role=status]")).to_contain_text("43.65, -79.4")


def test_enter_of_a_collector_sets_the_point_and_stays(context: BrowserContext) -> None:
    page = opened(context, one_page(ask("geopoint"), ask("text", "b")))
    page.evaluate("document.querySelector('form').dataset.fastEntry = ''")
    page.add_script_tag(path=STATIC / "js/fast-entry.js")
    unfold(page)
    page.locator("svg").press("Enter")

    assert degrees(page, "latitude") == "0"
    expect(page.locator("svg")).to_be_focused()


def test_place_that_cannot_be_changed_is_only_shown(context: BrowserContext) -> None:
    page = opened(context, one_page(ask("geopoint", read_only="true()")), answers={"it": "43.65 -79.38 0 0"})
    page.get_by_text("See it on a grid").click()
    expect(page.locator(".dot")).to_have_count(1)
    expect(page.get_by_role("button", name="Set the point here")).to_have_count(0)
    tap(page, 0.2, 0.2)
    for key in ("Enter", "Backspace"):
        page.locator("svg").press(key)

    assert degrees(page, "latitude") == "43.65"


@pytest.mark.parametrize("code", ["en", "fr", "ar"])
def test_lines_are_read_as_the_server_reads_them(context: BrowserContext, code: str) -> None:
    question = ask("geotrace")
    page = opened(context, one_page(question), code)
    written = (
        *("43.65, -79.38", "43,65; -79,38", "43.65 -79.38", "43.65,-79.38", "43.65 -79.38 0 12", "1 2 3 4"),
        *(
            "43°39′N 79°23′W",
            "43° 39' 10\" N, 79 23 5 W",
            "N43.65, O79.38",
            "٤٣٫٦٥; -٧٩٫٣٨",
            "43.65 / -79.38",
        ),
        *("91, 0", "0, 181", "43.65", "north, west", "43.65S, 79.38N", "-43.65S, 79W", "43,650, 79", "1;2"),
        *("43.65, −79.38", "43 70 N, 79 W", "\u206643.65\u2069, -79", "43.65 deg N; 79 deg E", "1e1, 2"),
    )
    seen = {each: page.evaluate("(given) => consultPlaces.line(...given)", [each, code]) for each in written}
    assert {each: as_list(found) for each, found in seen.items()} == {
        each: as_list(read(question, each, code)) for each in written
    }


def as_list(point: Any) -> list[float] | None:
    return None if point is None else [round(number, 7) for number in point[:2]]


def read(question: Any, line: str, code: str) -> Any:
    """A line's point as the server takes it, with another one after it; None where it is refused."""
    try:
        given = kind_of(question).clean(question, Given((f"{line}\n89.5; 9",), language=code))
    except Refused:
        return None
    return point_of(given["it"].split(";")[0])


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("code", ["en", "ar"])
def test_fields_fit_and_axe_finds_nothing(context: BrowserContext, code: str, width: int) -> None:
    page = opened(context, EVERY, code, answers=ANSWERS, width=width)
    unfold(page)

    expect(page.locator(".dot")).to_have_count(7)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    buttons = [button.bounding_box() for button in page.locator(".tools button, .pointing summary").all()]
    assert min(min(box["width"], box["height"]) for box in buttons if box) >= 44
    found = Axe().run(page, options={"rules": {"target-size": {"enabled": True}}}).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []


FORM = """| survey |
| | type | name | label |
| | geopoint | place | Where is it? |
| | geoshape | area | Which area do you mean? |
"""


def test_area_that_is_pointed_at_arrives(office: Visit, visit: Visit, tmp_path: Path) -> None:
    form = tmp_path / "pointing.md"
    form.write_text(FORM, encoding="utf-8")
    staff = office("priya@ashbrook.example")
    staff.open("/office/en/surveys/new")
    staff.page.locator("[name=file]").set_input_files(form)
    staff.press("Read the questionnaire")
    staff.press("Publish the draft")
    staff.press("Open the survey")

    nobody = visit()
    nobody.open("/en/s/pointing/")
    nobody.press("I agree. Start")
    nobody.page.locator("#q-area summary").click()
    for across, down in ((0.3, 0.3), (0.7, 0.3), (0.5, 0.7)):
        tap(nobody.page, across, down, "#q-area svg")
    expect(nobody.page.locator("#q-area .dot")).to_have_count(3)
    while not nobody.place.endswith("/review"):
        nobody.go_on()
    assert "3 points" in nobody.text
