"""Rarer appearances in a real browser: what their scripts do, by finger and by keyboard, and how they fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

import consult.ui
from consult.i18n import language
from consult.questions.digits import plain_number
from tests.samples.questions import ask, choices, one_page
from tests.samples.rendering import filled

STATIC = Path(consult.ui.__file__).parent / "static"
_NAMES = (
    "expressions",
    "expression-functions",
    "skip-logic",
    "choices",
    "counter",
    "slider",
    "thousands",
    "dated",
    "quick",
    "image-map",
)
SCRIPTS = "\n".join((STATIC / f"js/{name}.js").read_text() for name in _NAMES)
SHEETS = "\n".join(
    (STATIC / f"css/{name}.css").read_text() for name in ("base", "questions", "public", "extras")
)
ABC = choices(("a", "Housing"), ("b", "Work"), ("c", "Learning English or French"))
GO_ON = "<button name=go value=next>Continue</button>"


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    yield page
    page.close()
    assert failures == []


def opened(tab: Page, made: Any, code: str = "en", *, has_script: bool = True) -> Page:
    """The tab with this page in it; what it would send is kept in ``window.sent``."""
    html = re.sub(r"<link [^>]*>|<script src[^>]*></script>", "", filled(made, {}, code))
    html = html.replace("</form>", f"{GO_ON}</form>")
    head = f"<!doctype html><html lang={code} dir={language(code).direction}><head><title>Page</title>"
    head += "<meta name=viewport content='width=device-width, initial-scale=1'>"
    script = f"<script>{SCRIPTS}</script>" if has_script else ""
    tab.set_content(
        f"{head}<style>{SHEETS}</style></head>"
        f"<body class=public><main>{html}</main>{script}"
        "<script>addEventListener('submit', (event) => { event.preventDefault(); window.sent = 1 })</script>"
    )
    return tab


def is_sent(tab: Page) -> bool:
    return bool(tab.evaluate("window.sent === 1"))


def test_a_counter_counts_and_takes_what_is_typed(tab: Page) -> None:
    opened(tab, one_page(ask("integer", "kids", "Children", appearance="counter")))
    tab.get_by_role("button", name="One more").click()
    tab.get_by_role("button", name="One more").press("Enter")
    expect(tab.get_by_label("Children")).to_have_value("2")
    tab.get_by_label("Children").fill("7")
    tab.get_by_role("button", name="One less").click()
    expect(tab.get_by_label("Children")).to_have_value("6")
    assert not is_sent(tab)


def test_a_slider_answers_nothing_until_it_is_moved(tab: Page) -> None:
    opened(
        tab, one_page(ask("range", "far", "How far?", parameters={"start": "0", "end": "100", "step": "5"}))
    )
    field, slider = tab.locator("[data-slider]"), tab.locator("[type=range]")
    expect(field).to_have_value("")
    slider.press("ArrowRight")
    expect(field).to_have_value("5")
    field.fill("80")
    expect(slider).to_have_value("80")


def test_thousands_are_parted_when_the_field_is_left_and_read_as_one_number(tab: Page) -> None:
    opened(
        tab,
        one_page(
            ask("integer", "income", "Income", appearance="thousands-sep"),
            ask("text", "why", "Why so much?", relevant="${income} > 1000"),
        ),
    )
    tab.get_by_label("Income").fill("1234567")
    tab.get_by_label("Income").blur()
    expect(tab.get_by_label("Income")).to_have_value("1,234,567")
    expect(tab.get_by_label("Why so much?")).to_be_visible()


@pytest.mark.parametrize(
    ("code", "typed", "left"),
    [
        ("en", "12,5", "12,5"),
        ("en", "12 345,6", "12 345,6"),
        ("en", "1,234.5", "1,234.5"),
        ("en", "12 34", "1,234"),
        ("fr", "12,5", "12,5"),
        ("fr", "12345,6", "12\u00a0345,6"),
        ("es", "1.5", "1.5"),
        ("es", "1234,5", "1.234,5"),
    ],
)
def test_parting_thousands_never_makes_another_number(tab: Page, code: str, typed: str, left: str) -> None:
    income = ask("decimal", "income", {code: "Income"}, appearance="thousands-sep")
    opened(tab, one_page(income), code)
    tab.get_by_label("Income").fill(typed)
    tab.get_by_label("Income").blur()
    expect(tab.get_by_label("Income")).to_have_value(left)
    assert plain_number(left, code) == plain_number(typed, code)


@pytest.mark.parametrize(
    ("code", "typed", "is_much"),
    [
        ("en", "1,500", True),
        ("en", "1,5", False),
        ("en", "1,234,567.8", True),
        ("fr", "1,500", False),
        ("fr", "1 500", True),
        ("es", "1.500", True),
        ("ar", "١٬٥٠٠", True),
        ("ar", "١٫٥", False),
    ],
)
def test_conditions_on_the_page_read_numbers_as_the_server_does(
    tab: Page, code: str, typed: str, is_much: bool
) -> None:
    made = one_page(
        ask("decimal", "income", {code: "Income"}),
        ask("text", "why", {code: "Why so much?"}, relevant="${income} > 1000"),
    )
    opened(tab, made, code)
    tab.get_by_label("Income").fill(typed)
    expect(tab.get_by_label("Why so much?")).to_be_visible(visible=is_much)
    assert (float(plain_number(typed, code) or 0) > 1000) is is_much


def test_a_condition_reads_a_date_from_its_parts(tab: Page) -> None:
    opened(
        tab,
        one_page(
            ask("date", "since", "Since when?", appearance="month-year"),
            ask("date", "school", "School year", appearance="year"),
            ask("note", "new", "You are new here", relevant="${since} >= '2026-01-01'"),
            ask("note", "old", "Long ago", relevant="${school} < '2000-06-01'"),
        ),
    )
    tab.get_by_label("Month").select_option("March")
    expect(tab.get_by_text("You are new here")).to_be_hidden()
    tab.get_by_label("Year", exact=True).fill("2026")
    expect(tab.get_by_text("You are new here")).to_be_visible()
    tab.get_by_label("School year").fill("1999")
    expect(tab.get_by_text("Long ago")).to_be_visible()


def quick(*more: Any) -> Any:
    return one_page(ask("select_one", "need", "What do you need?", choices=ABC, appearance="quick"), *more)


def test_a_quick_question_alone_says_so_and_goes_on_when_pressed(tab: Page) -> None:
    opened(tab, quick())
    expect(tab.get_by_text("Pressing an answer goes on to the next page.")).to_be_visible()
    tab.get_by_text("Work").click()
    tab.wait_for_function("window.sent === 1")


def test_the_keyboard_passes_answers_without_going_on(tab: Page) -> None:
    opened(tab, quick())
    tab.get_by_label("Housing").focus()
    for key in ("Space", "ArrowDown", "ArrowDown"):
        tab.keyboard.press(key)
    expect(tab.get_by_label("Learning English or French")).to_be_checked()
    tab.wait_for_timeout(500)
    assert not is_sent(tab)


def test_a_quick_question_among_others_waits(tab: Page) -> None:
    opened(tab, quick(ask("text", "why")))
    expect(tab.get_by_text("Pressing an answer goes on")).to_be_hidden()
    tab.get_by_text("Work").click()
    tab.wait_for_timeout(500)
    assert not is_sent(tab)


def test_an_answer_that_reveals_a_question_waits_for_it(tab: Page) -> None:
    opened(tab, quick(ask("text", "which", "Which work?", relevant="${need} = 'b'")))
    tab.get_by_text("Work").first.click()
    expect(tab.get_by_label("Which work?")).to_be_visible()
    tab.wait_for_timeout(500)
    assert not is_sent(tab)


def test_without_script_nothing_is_said_about_going_on(tab: Page) -> None:
    opened(tab, quick(), has_script=False)
    expect(tab.get_by_text("Pressing an answer goes on")).to_be_hidden()


def test_a_choice_without_a_button_is_chosen_and_shows_its_focus(tab: Page) -> None:
    opened(tab, one_page(ask("select_one", "need", choices=ABC, appearance="columns-2 no-buttons")))
    tab.get_by_text("Housing").click()
    expect(tab.get_by_label("Housing")).to_be_checked()
    tab.keyboard.press("ArrowDown")
    label = tab.locator("label", has_text="Work")
    assert label.evaluate("(element) => getComputedStyle(element).outlineStyle") == "solid"


EVERYTHING = one_page(
    ask("note", "intro", "## Please read\n**Important**: [our page](https://example.org)\n\n- one\n- two"),
    ask("integer", "kids", "Children", appearance="counter w6"),
    ask("integer", "income", "Income", appearance="thousands-sep w6"),
    ask("decimal", "door", "Direction of the door", appearance="bearing"),
    ask("range", "far", "How far?", parameters={"end": "100"}),
    ask("range", "stars", "How was it?", parameters={"end": "5"}, appearance="rating"),
    ask("range", "pain", "Does it hurt?", parameters={"start": "0"}, appearance="distress"),
    ask("range", "pick", "Pick a number", parameters={"end": "50"}, appearance="picker"),
    ask("date", "born", "Born", appearance="no-calendar"),
    ask("date", "since", "Here since", appearance="month-year"),
    ask("date", "wedding", "Wedding", appearance="ethiopian"),
    ask("text", "secret", "A word nobody should see", appearance="masked"),
    ask("select_one", "tiles", "In columns", choices=ABC, appearance="columns-3"),
    ask("select_multiple", "bare", "Without buttons", choices=ABC, appearance="columns-pack no-buttons"),
    ask("select_one", "likert", "On a scale", choices=ABC, appearance="likert"),
)


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("code", ["en", "fr", "ar"])
def test_every_appearance_fits_and_axe_finds_nothing(tab: Page, code: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    opened(tab, EVERYTHING, code)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(tab, options={"rules": {"target-size": {"enabled": True}}}).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []


PASTED = "Do you agree to take part in the surveys of the future?".replace(" ", "\u00a0")
SLASHES = "Farm residue/hay/straw/shrubs/sawdust/cardboard/waste/everything-of-that-kind"


@pytest.mark.parametrize("appearance", ["", "likert", "horizontal", "columns-3"])
def test_words_that_cannot_be_parted_do_not_push_the_page_aside(tab: Page, appearance: str) -> None:
    asked = ask(
        "select_one", "q", PASTED, choices=choices(("a", SLASHES), ("b", PASTED)), appearance=appearance
    )
    opened(tab, one_page(asked, ask("text", "w", PASTED)))
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360


BODY = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink"
 width="200" height="100"
 onload="window.broken = 1"><script>window.broken = 1</script><style>*{display:none}</style>
<rect id="a" x="0" y="0" width="90" height="100" style="fill: #eee; background: url(https://elsewhere.example/)"/>
<g id="b" onclick="window.broken = 1"><rect x="110" y="0" width="90" height="100" fill="url(https://elsewhere.example/)"/></g>
<image x:href="https://elsewhere.example/spy.png"/><foreignObject><p>words</p></foreignObject></svg>"""
PLACE = "https://consult.example/"


def with_map(tab: Page, *, has_script: bool = True) -> Page:
    """A question whose picture is a drawing, on a page that can fetch it; nothing else is answered."""
    made = one_page(ask("select_one", "where", choices=ABC, appearance=("image-map",)))
    opened(tab, made, has_script=False)
    html = tab.content().replace(
        "</legend>", f"</legend><img src='{PLACE}media/body.svg' alt='The house'>", 1
    )
    script = f"<script>{SCRIPTS}</script>" if has_script else ""
    answers = {
        PLACE: (html.replace("</main>", f"</main>{script}"), "text/html"),
        f"{PLACE}media/body.svg": (BODY, "image/svg+xml"),
    }

    def answered(route: Any) -> None:
        found = answers.get(route.request.url)
        if found is None:
            asked.append(route.request.url)
            route.abort()
        else:
            route.fulfill(body=found[0], content_type=found[1])

    asked: list[str] = []
    tab.route("**/*", answered)
    tab.goto(PLACE)
    assert asked == []
    return tab


def test_area_of_a_drawing_chooses_its_choice(tab: Page) -> None:
    page = with_map(tab)
    area = page.locator("[data-area=b]")
    area.click()
    expect(page.get_by_label("Work")).to_be_checked()
    expect(area).to_have_class("chosen")
    page.get_by_label("Housing").check()
    expect(area).not_to_have_class("chosen")
    expect(page.locator("[data-area=a]")).to_have_class("chosen")


def test_of_a_drawing_only_shapes_and_colours_get_in(tab: Page) -> None:
    page = with_map(tab)
    expect(page.locator("svg")).to_be_visible()
    assert page.evaluate("window.broken") is None
    html = str(page.locator("svg").evaluate("(map) => map.outerHTML"))
    assert not any(
        word in html for word in ("script", "style", "onload", "onclick", "url(", "image", "words")
    )
    assert "#eee" in html


def test_without_script_a_drawing_is_a_picture_above_the_choices(tab: Page) -> None:
    page = with_map(tab, has_script=False)
    expect(page.get_by_alt_text("The house")).to_be_visible()
    expect(page.get_by_label("Work")).to_be_visible()


def test_slider_has_the_marks_that_its_author_asks_for(tab: Page) -> None:
    made = one_page(ask("range", "a", parameters={"end": "101", "tick_interval": "25"}))
    page = opened(tab, made)
    marks = page.locator("datalist option").evaluate_all("(all) => all.map((each) => each.value)")
    assert marks == ["1", "26", "51", "76", "101"]
    assert page.locator("input[type=range]").get_attribute("list")
