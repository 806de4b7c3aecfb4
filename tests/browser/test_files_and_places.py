"""Drawing, locating, choosing: what the scripts of files and places do in a real browser."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

import consult.ui
from consult.i18n import language
from tests.samples import pictures
from tests.samples.questions import ask, one_page
from tests.samples.rendering import filled

STATIC = Path(consult.ui.__file__).parent / "static"
NAMES = (
    "expressions",
    "expression-functions",
    "skip-logic",
    "choices",
    "place-of-device",
    "place-reading",
    "place-grid",
    "place-field",
    "upload",
    "drawing",
    "barcode",
)
SCRIPTS = "\n".join((STATIC / f"js/{name}.js").read_text() for name in NAMES)
SHEETS = "\n".join(
    (STATIC / f"css/{name}.css").read_text() for name in ("base", "questions", "devices", "places", "public")
)
HERE = "https://survey.test/"
"""A device tells its place to secure pages only; nothing is asked of this address but what is given below."""

READS_BAR_CODES = """
navigator.mediaDevices.getUserMedia = async () => document.createElement("canvas").captureStream();
HTMLVideoElement.prototype.play = async () => {};
window.BarcodeDetector = class { async detect() { return [{ rawValue: "4006381333931" }]; } };
"""


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(geolocation={"latitude": 43.65, "longitude": -79.38, "accuracy": 12})
    yield made
    made.close()


def opened(
    context: BrowserContext,
    made: Any,
    code: str = "en",
    before: str = "",
    answers: dict[str, Any] | None = None,
    width: int = 1280,
) -> Page:
    html = filled(made, answers or {}, code)
    way = language(code).direction
    head = f"<!doctype html><html lang={code} dir={way}><title>x</title><style>{SHEETS}</style>"
    head += '<meta name="viewport" content="width=device-width">'
    body = f"{head}<body class=public><main>{html}</main><script>{SCRIPTS}</script>"

    def give(route: Route) -> None:
        route.fulfill(body=body, content_type="text/html; charset=utf-8")

    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 740})
    page.route(f"{HERE}**", give)
    if before:
        page.add_init_script(before)
    page.goto(HERE)
    return page


def sent(page: Page, name: str) -> bytes:
    """The content of a file input."""
    file = "document.getElementsByName(name)[0].files[0]"
    return bytes(page.evaluate(f"async (name) => [...new Uint8Array(await {file}.arrayBuffer())]", name))


def test_location_is_asked_for_after_a_press_and_fills_in_fields(context: BrowserContext) -> None:
    context.grant_permissions(["geolocation"])
    page = opened(context, one_page(ask("geopoint"), ask("text", "b", "Then", relevant="${it} != ''")))
    expect(page.get_by_label("Latitude")).to_have_value("")
    expect(page.get_by_label("Then")).to_be_hidden()
    page.get_by_role("button", name="Use my location").click()

    expect(page.get_by_label("Latitude")).to_have_value("43.65")
    expect(page.get_by_label("Longitude")).to_have_value("-79.38")
    expect(page.get_by_label("Accuracy")).to_have_value("12")
    expect(page.get_by_label("Then")).to_be_visible()
    expect(page.get_by_text("Nothing is sent before you go on.")).to_be_visible()


def test_location_is_written_with_the_sign_of_the_language(context: BrowserContext) -> None:
    context.grant_permissions(["geolocation"])
    page = opened(context, one_page(ask("geopoint")), "fr")
    page.locator("[data-locate]").click()

    expect(page.locator("[name='q-it/latitude']")).to_have_value("43,65")


def test_points_are_added_line_by_line(context: BrowserContext) -> None:
    context.grant_permissions(["geolocation"])
    page = opened(context, one_page(ask("geotrace")))
    page.get_by_role("button", name="Add the place where I am").click()
    expect(page.locator("textarea")).to_have_value("43.65, -79.38")
    context.set_geolocation({"latitude": 43.66, "longitude": -79.39, "accuracy": 5})
    page.get_by_role("button", name="Add the place where I am").click()

    expect(page.locator("textarea")).to_have_value("43.65, -79.38\n43.66, -79.39")


def test_device_that_tells_nothing_leaves_typing(context: BrowserContext) -> None:
    page = opened(context, one_page(ask("geopoint")))
    page.get_by_role("button", name="Use my location").click()

    expect(page.get_by_text("You can type it.")).to_be_visible()


def test_signature_is_drawn_and_becomes_a_picture(context: BrowserContext) -> None:
    page = opened(context, one_page(ask("image", appearance="signature")))
    area = page.locator("canvas").bounding_box()
    assert area is not None
    page.mouse.move(area["x"] + 20, area["y"] + 20)
    page.mouse.down()
    page.mouse.move(area["x"] + 120, area["y"] + 60, steps=5)
    page.mouse.up()

    expect(page.get_by_text("Your drawing is sent when you go on.")).to_be_visible()
    picture = Image.open(io.BytesIO(sent(page, "q-it/upload"))).convert("L")
    assert picture.size == (900, 360)
    assert picture.getextrema() == (0, 255)
    page.get_by_role("button", name="Begin again").click()
    assert page.evaluate("document.getElementsByName('q-it/upload')[0].files.length") == 0


@pytest.mark.parametrize("width", [320, 360])
def test_place_to_sign_is_high_enough_for_a_finger_on_a_phone(context: BrowserContext, width: int) -> None:
    page = opened(context, one_page(ask("image", appearance="signature")), width=width)
    area = page.locator("canvas").bounding_box()
    assert area is not None
    assert area["height"] > 170


def test_file_that_is_too_large_is_said_at_once(context: BrowserContext) -> None:
    page = opened(context, one_page(ask("image"), ask("text", "b", "Then", relevant="${it} != ''")))
    large = {"name": "large.jpg", "mimeType": "image/jpeg", "buffer": b"\0" * 20_000_001}
    small = {"name": "small.jpg", "mimeType": "image/jpeg", "buffer": pictures.photograph()}
    page.get_by_label("Choose or take a picture").set_input_files([large])
    expect(page.get_by_text("This file is larger than 20 MB.")).to_be_visible()
    expect(page.get_by_label("Then")).to_be_hidden()
    page.get_by_label("Choose or take a picture").set_input_files([small])

    expect(page.get_by_text("This file is sent when you go on.")).to_be_visible()
    expect(page.get_by_label("Then")).to_be_visible()


@pytest.mark.parametrize("appearance", ["", "draw"])
def test_file_that_is_taken_back_is_not_said_to_be_sent(context: BrowserContext, appearance: str) -> None:
    made = one_page(ask("image", appearance=appearance), ask("text", "b", "Then", relevant="${it} != ''"))
    page = opened(context, made)
    chooser = page.locator("[type=file]")
    chooser.set_input_files(
        [{"name": "small.jpg", "mimeType": "image/jpeg", "buffer": pictures.photograph()}]
    )
    expect(page.get_by_text("This file is sent when you go on.")).to_be_visible()
    if appearance:
        page.get_by_role("button", name="Begin again").click()
    else:
        chooser.set_input_files([])

    expect(page.get_by_text("At most 20 MB.")).to_be_visible()
    expect(page.get_by_label("Then")).to_be_hidden()


def test_bar_code_is_read_where_the_browser_can(context: BrowserContext) -> None:
    page = opened(context, one_page(ask("barcode", label="Code")), before=READS_BAR_CODES)
    page.get_by_role("button", name="Read it with the camera").click()

    expect(page.get_by_label("Code")).to_have_value("4006381333931")


def test_bar_code_is_typed_where_the_browser_reads_none(context: BrowserContext) -> None:
    page = opened(context, one_page(ask("barcode", label="Code")), before="delete window.BarcodeDetector")

    expect(page.get_by_role("button", name="Read it with the camera")).to_be_hidden()
    page.get_by_label("Code").fill("123")


EVERYTHING = one_page(
    ask("geopoint", "place", "Where is it?"),
    ask("geotrace", "way", "Which way do you go?"),
    ask("geoshape", "area", "Which area do you mean?"),
    ask("barcode", "ticket", "The number of your ticket"),
    ask("image", "photo", "Show us your street"),
    ask("image", "name", "Sign here", appearance="signature"),
    ask("audio", "voice", "Say it in your own words"),
    ask("video", "film", "Or film it"),
    ask("file", "paper", "Do you have a plan?"),
    ask("file", "other", "And another one?", appearance="not-online"),
)
KEPT = {
    "place": "43.65 -79.38 0 12",
    "photo": f"{'a' * 64}:345678:image/jpeg:{'a very long name of a photograph ' * 2}.jpg".replace(" .", "."),
}


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("code", ["en", "ar"])
def test_files_and_places_fit_and_axe_finds_nothing(context: BrowserContext, code: str, width: int) -> None:
    page = opened(context, EVERYTHING, code, answers=KEPT)
    page.set_viewport_size({"width": width, "height": 800})

    expect(page.get_by_text("a very long name")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page, options={"rules": {"target-size": {"enabled": True}}}).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
