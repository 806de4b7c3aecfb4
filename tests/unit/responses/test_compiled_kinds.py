"""Each kind on a page: what stands in its inputs, how it is named, what happens when it is wrong."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

import pytest

from tests.inspection import faults
from tests.samples.questions import ask, choices, group, one_page
from tests.samples.rendering import by_id, filled, parsed, words

ABC = choices(("a", "Apples & <pears>"), ("b", "Bread"), none="None of these")
EVERY_KIND = {
    "text": (ask("text"), "Words"),
    "long text": (ask("text", appearance="multiline"), "One\nTwo"),
    "text for an address": (ask("text", appearance="email"), "a@example.org"),
    "email": (ask("email"), "a@example.org"),
    "phone": (ask("phone"), "519 555 0123"),
    "integer": (ask("integer"), 12),
    "decimal": (ask("decimal"), 2.5),
    "scale": (ask("range"), 7),
    "rating": (ask("range", appearance="rating", parameters={"end": "5"}), 3),
    "range": (ask("range", parameters={"end": "100"}), 70),
    "date": (ask("date"), "2026-03-05"),
    "month": (ask("date", appearance="month-year"), "2026-03-01"),
    "day, month and year": (ask("date", appearance="no-calendar"), "2026-03-05"),
    "other calendar": (ask("date", appearance="ethiopian"), "2026-03-05"),
    "thousands": (ask("integer", appearance="thousands-sep"), 1234567),
    "counter": (ask("integer", appearance="counter"), 3),
    "bearing": (ask("decimal", appearance="bearing"), 12.5),
    "picker": (ask("range", appearance="picker"), 7),
    "vertical": (ask("range", appearance="vertical"), 7),
    "thermometer": (ask("range", appearance="distress"), 7),
    "masked": (ask("text", appearance="masked"), "secret"),
    "in three columns": (ask("select_one", choices=ABC, appearance="columns-3 no-buttons w6"), "b"),
    "quick": (ask("select_one", choices=ABC, appearance="quick"), "b"),
    "year": (ask("date", appearance="year"), "2026-01-01"),
    "time": (ask("time"), "09:30"),
    "dateTime": (ask("dateTime"), "2026-03-05T09:30:00.000-05:00"),
    "select_one": (ask("select_one", choices=ABC), "b"),
    "select_one or other": (ask("select_one", choices=ABC, has_other=True), "other"),
    "likert": (ask("select_one", choices=ABC, appearance="likert"), "b"),
    "menu": (ask("select_one", choices=ABC, appearance="minimal"), "b"),
    "menu, filtered": (
        ask("select_one", choices=ABC, appearance="minimal", choice_filter="name != 'a'"),
        "b",
    ),
    "select_one, filtered": (ask("select_one", choices=ABC, choice_filter="name != 'a'"), "b"),
    "select_multiple": (ask("select_multiple", choices=ABC, has_other=True), ["a", "b"]),
    "select_multiple, mixed": (ask("select_multiple", choices=ABC, parameters={"randomize": "true"}), ["a"]),
    "rank": (ask("rank", choices=ABC), ["b", "a", "none"]),
    "rank, mixed": (ask("rank", choices=ABC, parameters={"randomize": "true"}), ["b", "none", "a"]),
    "acknowledge": (ask("acknowledge"), "OK"),
    "note": (ask("note"), None),
    "geopoint": (ask("geopoint"), "43.65 -79.38 250.5 12"),
    "geotrace": (ask("geotrace"), "43.65 -79.38 0 0;43.66 -79.3812345 0 0"),
    "geoshape": (ask("geoshape"), "43.65 -79 0 0;43.66 -79 0 0;43.66 -80 0 0;43.65 -79 0 0"),
    "barcode": (ask("barcode"), "4006381333931"),
    "image": (ask("image"), f"{'a' * 64}:34567:image/jpeg:IMG 2031.jpg"),
    "signature": (ask("image", appearance="signature"), f"{'a' * 64}:34567:image/png:signature.png"),
    "audio": (ask("audio"), f"{'b' * 64}:34567:audio/mpeg:said.mp3"),
    "video": (ask("video", appearance="new"), f"{'c' * 64}:12345678:video/mp4:street.mp4"),
    "file": (ask("file"), f"{'d' * 64}:999:application/pdf:récépissé.pdf"),
    "file where none is taken": (ask("file", appearance="not-online"), None),
}
named = pytest.mark.parametrize("name", EVERY_KIND)
answered = pytest.mark.parametrize("name", [name for name, of in EVERY_KIND.items() if of[1] is not None])


def page_faults(html: str, code: str = "en") -> list[str]:
    head = f'<!doctype html><html lang="{code}" dir="ltr"><head><title>Page</title></head>'
    return faults(f"{head}<body><main>{html}</main></body></html>", wanted=code)


def shown(tree: Element) -> set[str]:
    """What stands in the inputs: values typed, codes chosen, places as code=place."""
    found = set()
    for element in tree.iter():
        kind, value = element.get("type", "text"), element.get("value", "")
        if element.tag == "textarea":
            found.add((element.text or "").removeprefix("\n"))
        elif element.tag == "option" and element.get("selected") is not None:
            found.add(value)
        elif element.tag == "input" and kind in ("radio", "checkbox"):
            found |= {value} if element.get("checked") is not None else set()
        elif element.tag == "input":
            detail = element.get("name", "").partition("/")[2]
            found.add(f"{detail}={value}" if detail else value)
    return found - {""}


@named
def test_every_kind_is_right_for_readers_of_the_screen(name: str) -> None:
    question, answer = EVERY_KIND[name]
    page = one_page(question)
    assert page_faults(filled(page)) == []
    if answer is not None:
        assert page_faults(filled(page, {"it": answer}, errors={"it": "Please look again."})) == []


@named
def test_every_kind_shows_the_stored_answer(name: str) -> None:
    question, answer = EVERY_KIND[name]
    expected: set[Any] = {
        "month": {"03", "year=2026"},
        "day, month and year": {"03", "day=5", "year=2026"},
        "thousands": {"1,234,567"},
        "year": {"2026"},
        "dateTime": {"2026-03-05T09:30"},
        "rank": {"b=1", "a=2", "none=3"},
        "rank, mixed": {"b=1", "none=2", "a=3"},
        "note": set(),
        "file where none is taken": set(),
        "geopoint": {"latitude=43.65", "longitude=-79.38", "altitude=250.5", "accuracy=12"},
        "geotrace": {"43.65, -79.38\n43.66, -79.3812345"},
        "geoshape": {"43.65, -79\n43.66, -79\n43.66, -80\n43.65, -79"},
    }.get(name, {str(answer)} if not isinstance(answer, list) else set(answer))
    tree = parsed(filled(one_page(question), {"it": answer} if answer else {}))
    assert {each for each in shown(tree) if not each.endswith("=")} == expected


@named
def test_every_kind_is_empty_without_an_answer(name: str) -> None:
    assert {
        each for each in shown(parsed(filled(one_page(EVERY_KIND[name][0])))) if not each.endswith("=")
    } == set()


@answered
def test_an_error_stands_before_the_input_and_is_read_with_it(name: str) -> None:
    html = filled(one_page(EVERY_KIND[name][0]), errors={"it": "Please look again."})
    tree = parsed(html)
    assert words(by_id(tree, "q-it:error")) == "To correct: Please look again."
    described = [
        element for element in tree.iter() if "q-it:error" in element.get("aria-describedby", "").split()
    ]
    assert len(described) == 1
    assert html.index('q-it:error">') < html.index('name="q-it')


@answered
def test_the_summary_leads_to_an_element_that_can_take_the_focus(name: str) -> None:
    tree = parsed(filled(one_page(EVERY_KIND[name][0]), errors={"it": "Please look again."}))
    link = next(element for element in tree.iter("a"))
    target = by_id(tree, link.get("href", "#")[1:])
    assert target.tag in ("input", "textarea", "select") or target.get("tabindex") == "-1"


def test_words_that_are_wrong_stand_in_a_text_field_where_a_calendar_would_hide_them() -> None:
    page = one_page(ask("date"))
    html = filled(page, unsaved={"it": {"texts": ["last spring"]}}, errors={"it": "Please write a date."})
    control = by_id(parsed(html), "a-it")
    assert (control.get("type"), control.get("value")) == ("text", "last spring")
    assert by_id(parsed(filled(page)), "a-it").get("type") == "date"


def test_what_was_typed_wins_over_what_is_stored() -> None:
    html = filled(one_page(ask("integer")), {"it": 5}, unsaved={"it": {"texts": ["five"], "details": {}}})
    assert shown(parsed(html)) == {"five"}


def test_typed_places_and_other_words_come_back() -> None:
    rank = filled(one_page(ask("rank", choices=ABC)), unsaved={"it": {"details": {"a": "1", "b": "1"}}})
    assert {"a=1", "b=1"} <= shown(parsed(rank))
    one = ask("select_one", choices=ABC, has_other=True)
    html = filled(one_page(one), unsaved={"it": {"texts": ["other"], "details": {"other": 'A "library"'}}})
    assert shown(parsed(html)) == {"other", 'other=A "library"'}


def test_a_long_text_that_begins_with_a_line_end_keeps_it() -> None:
    html = filled(one_page(ask("text", appearance="multiline")), unsaved={"it": {"texts": ["\nverse"]}})
    assert ">\n\nverse</textarea>" in html


def test_numbers_are_shown_with_the_decimal_sign_of_the_page() -> None:
    assert 'value="2,5"' in filled(one_page(ask("decimal")), {"it": 2.5}, "fr")


def test_what_cannot_be_changed_says_so_to_the_browser() -> None:
    text, one = ask("text", read_only="true()"), ask("select_one", "one", choices=ABC, read_only="true()")
    tree = parsed(filled(one_page(text, one)))
    assert by_id(tree, "a-it").get("readonly") is not None
    assert all(button.get("disabled") is not None for button in by_id(tree, "q-one").iter("input"))


def test_required_is_said_in_words_and_so_is_optional_where_both_occur() -> None:
    tree = parsed(filled(one_page(ask("text", "must", required="true()"), ask("text", "may"))))
    assert words(by_id(tree, "q-must")) == "What is it? (required)"
    assert words(by_id(tree, "q-may")) == "What is it? (optional)"


def test_nothing_is_said_where_everything_is_optional() -> None:
    assert "optional" not in filled(one_page(ask("text", "a"), ask("text", "b")))


def test_what_stands_alone_is_known_to_the_script() -> None:
    tree = parsed(filled(one_page(ask("select_multiple", choices=ABC))))
    assert [each.get("value") for each in tree.iter("input") if each.get("data-alone") is not None] == [
        "none"
    ]


def test_guidance_waits_behind_a_summary() -> None:
    tree = parsed(filled(one_page(ask("text", guidance="As on your card."))))
    details = next(tree.iter("details"))
    assert words(details) == "More about this question As on your card."


TABLE = one_page(
    group(
        *(ask("select_one", key, key.upper(), choices=ABC, list_name="abc") for key in ("r1", "r2")),
        key="table",
        label="How much do you agree?",
        appearance="table-list",
    )
)


def test_a_table_names_each_button_by_row_and_column() -> None:
    tree = parsed(filled(TABLE, {"r2": "b"}))
    chosen = [each for each in tree.iter("input") if each.get("checked") is not None]
    assert [(each.get("name"), each.get("value")) for each in chosen] == [("q-r2", "b")]
    row, column = (by_id(tree, wanted) for wanted in chosen[0].get("aria-labelledby", "").split())
    assert (words(row), words(column)) == ("R2", "Bread")
    assert words(next(cell for cell in tree.iter("th") if cell.get("scope") == "col")) == "Apples & <pears>"


def test_a_table_is_right_for_readers_of_the_screen() -> None:
    assert page_faults(filled(TABLE, errors={"r1": "Please choose an answer."})) == []


def test_rows_without_labels_follow_the_row_that_has_them() -> None:
    head = ask("select_one", "head", "Agree?", choices=ABC, list_name="abc", appearance="label")
    rows = [
        ask("select_one", key, key.upper(), choices=ABC, list_name="abc", appearance="list-nolabel")
        for key in ("r1", "r2")
    ]
    tree = parsed(filled(one_page(head, *rows)))
    assert len(list(tree.iter("table"))) == 1
    assert {each.get("name") for each in tree.iter("input")} == {"q-r1", "q-r2"}
    assert words(by_id(tree, "q-head")) == "Agree?"


def test_rows_that_cannot_share_columns_are_asked_one_by_one() -> None:
    page = one_page(
        group(
            ask("select_one", "r1", choices=ABC, list_name="abc", has_other=True),
            ask("select_one", "r2", choices=ABC, list_name="abc", choice_filter="name != 'a'"),
            ask("text", "why"),
            key="table",
            appearance="table-list",
        )
    )
    tree = parsed(filled(page))
    assert not list(tree.iter("table"))
    assert {each.get("name") for each in tree.iter("input")} == {"q-r1", "q-r1/other", "q-r2", "q-why"}


def test_no_question_of_a_page_is_left_out_whatever_its_appearance() -> None:
    strange = [
        ask("select_one", f"s{place}", choices=ABC, appearance=look)
        for place, look in enumerate(
            ("label", "list-nolabel", "map", "columns-pack", "no-buttons", "likert quick")
        )
    ]
    tree = parsed(filled(one_page(ask("note", "n"), *strange, ask("text", "t", appearance="signature"))))
    for key in ("n", *(f"s{place}" for place in range(6)), "t"):
        by_id(tree, f"q-{key}")
