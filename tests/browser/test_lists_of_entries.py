"""The list of a repeat on a phone: each entry has its number, which screen readers hear as well."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.test_appearances import STATIC

SHEETS = "\n".join((STATIC / f"css/{name}.css").read_text() for name in ("base", "public", "items"))
WAYS = "<span class=ways><a href='#'>Change</a> <button class=plain>Remove</button></span>"


@pytest.mark.parametrize("way", ["ltr", "rtl"])
def test_number_of_an_entry_stands_before_its_name(chromium: Browser, way: str) -> None:
    page = chromium.new_page(viewport={"width": 320, "height": 740})
    items = "".join(f"<li value={number}><span>Not answered</span>{WAYS}</li>" for number in (1, 12))
    page.set_content(
        f"<!doctype html><html lang=en dir={way}><style>{SHEETS}</style>"
        f"<body class=public><main><ol class=items>{items}</ol>"
    )
    numbers, names = page.locator("li"), page.locator("li > span:first-child")
    line, name = numbers.nth(1).bounding_box(), names.nth(1).bounding_box()
    assert line is not None
    assert name is not None
    room = name["x"] - line["x"] if way == "ltr" else line["x"] + line["width"] - name["x"] - name["width"]
    assert 20 < room < 50
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()
