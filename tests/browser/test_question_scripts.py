"""The scripts of a page of questions, in a real browser, with the page that the server would send."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

import consult.ui
from tests.samples.newcomers import ten_questions
from tests.samples.questions import ask, choices, group, one_page
from tests.samples.rendering import filled

STATIC = Path(consult.ui.__file__).parent / "static"
SCRIPTS = "\n".join(
    (STATIC / f"js/{name}.js").read_text()
    for name in ("expressions", "expression-functions", "skip-logic", "choices")
)
SHEETS = "\n".join((STATIC / f"css/{name}.css").read_text() for name in ("base", "questions", "public"))
AREAS = choices(("home", "Housing"), ("work", "Work"), none="None of these")


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    yield page
    page.close()
    assert failures == []


def opened(tab: Page, made: Any, answers: dict[str, Any] | None = None, code: str = "en") -> Page:
    """The tab with this page in it."""
    html = filled(made, answers, code)
    head = f"<!doctype html><html lang={code}><title>x</title><style>{SHEETS}</style>"
    tab.set_content(f"{head}<body class=public><main>{html}</main><script>{SCRIPTS}</script>")
    return tab


def box(tab: Page, key: str) -> Any:
    return tab.locator(f"[id='q-{key}']")


def test_a_question_appears_at_once_and_goes_with_all_that_hangs_on_it(tab: Page) -> None:
    opened(
        tab,
        one_page(
            ask("select_one", "need", choices=AREAS),
            ask("select_one", "rents", choices=choices("yes", "no"), relevant="${need} = 'home'"),
            ask("integer", "rent", relevant="${rents} = 'yes'"),
        ),
    )
    expect(box(tab, "rents")).to_be_hidden()
    tab.get_by_label("Housing").check()
    tab.get_by_label("YES").check()
    expect(box(tab, "rent")).to_be_visible()
    tab.get_by_label("Work").check()
    expect(box(tab, "rents")).to_be_hidden()
    expect(box(tab, "rent")).to_be_hidden()
    tab.get_by_label("Housing").check()
    expect(tab.get_by_label("YES")).to_be_checked()


def test_what_a_trigger_sets_reads_what_it_was_and_goes_back_with_it(tab: Page) -> None:
    opened(
        tab,
        one_page(
            ask("text", "town", "Town"),
            ask("text", "name", "Name"),
            ask("calculate", "moves", calculation="${moves} + 1", default="0", trigger=("town",)),
            ask("text", "first", relevant="${moves} > 1"),
            ask("text", "many", relevant="${moves} > 4"),
        ),
        {"town": "A", "moves": 3},
    )
    expect(box(tab, "first")).to_be_visible()
    tab.get_by_label("Name").fill("Amal")
    expect(box(tab, "many")).to_be_hidden()
    tab.get_by_label("Town").fill("Some where else")
    expect(box(tab, "many")).to_be_hidden()
    tab.get_by_label("Town").fill("A")
    expect(box(tab, "first")).to_be_visible()


def test_what_a_trigger_sets_appears_at_once(tab: Page) -> None:
    opened(
        tab,
        one_page(
            ask("integer", "rooms", "Rooms"),
            ask("integer", "people", "People"),
            ask("calculate", "dense", calculation="${people} div ${rooms}", trigger=("rooms",)),
            ask("text", "why", relevant="${dense} > 2"),
        ),
        {"rooms": 2, "people": 2, "dense": 1},
    )
    tab.get_by_label("People").fill("8")
    expect(box(tab, "why")).to_be_hidden()
    tab.get_by_label("Rooms").fill("3")
    expect(box(tab, "why")).to_be_visible()
    tab.get_by_label("Rooms").fill("2")
    expect(box(tab, "why")).to_be_hidden()


def test_a_group_appears_with_its_heading(tab: Page) -> None:
    inner = group(ask("text", "b"), key="inner", label="More about it", relevant="${a} != ''")
    opened(tab, one_page(ask("text", "a", "First"), inner))
    expect(tab.get_by_role("heading", name="More about it")).to_be_hidden()
    tab.get_by_label("First").fill("x")
    expect(tab.get_by_role("heading", name="More about it")).to_be_visible()


@pytest.mark.parametrize("written", ["20", "٢٠", "۲۰", "２０", " 20 ", "20,5"])
def test_numbers_are_understood_as_people_write_them(tab: Page, written: str) -> None:
    opened(tab, one_page(ask("decimal", "age", "Age"), ask("text", "b", relevant="${age} > 18")))
    tab.get_by_label("Age").fill(written)
    expect(box(tab, "b")).to_be_visible()
    tab.get_by_label("Age").fill("2")
    expect(box(tab, "b")).to_be_hidden()


def test_answers_in_texts_follow_as_labels(tab: Page) -> None:
    opened(
        tab,
        one_page(
            ask("text", "name", "Name"),
            ask("select_multiple", "needs", choices=AREAS),
            ask("select_one", "menu", "Menu", choices=choices(("x", "Ex")), appearance="minimal"),
            ask("note", "echo", "${name}: ${needs}. ${menu}", relevant="${name} != 'hide'"),
        ),
    )
    tab.get_by_label("Name").fill("Amal <b>")
    tab.get_by_label("Housing").check()
    tab.get_by_label("Work").check()
    tab.get_by_label("Menu").select_option("x")
    expect(box(tab, "echo")).to_have_text("Amal <b>: Housing; Work. Ex")


def test_a_calculation_follows_also_through_one_that_nobody_sees(tab: Page) -> None:
    total = ask("integer", "total", "Total", calculation="${double} + 1", read_only="true()")
    made = one_page(ask("integer", "one", "One"), ask("calculate", "double", calculation="${one} * 2"), total)
    opened(tab, made)
    tab.get_by_label("One").fill("4")
    expect(tab.get_by_label("Total")).to_have_value("9")


def test_choices_follow_the_answer_that_filters_them(tab: Page) -> None:
    towns = [
        type(choice)(choice.key, choice.label, {"region": region})
        for choice, region in zip(choices(("l", "London"), ("k", "Kenora")), ("south", "north"), strict=True)
    ]
    region = ask("select_one", "region", choices=choices(("south", "South"), ("north", "North")))
    opened(
        tab, one_page(region, ask("select_one", "town", choices=towns, choice_filter="region = ${region}"))
    )
    tab.get_by_label("South").check()
    expect(tab.get_by_label("London")).to_be_visible()
    expect(tab.get_by_label("Kenora")).to_be_hidden()
    tab.get_by_label("London").check()
    tab.get_by_label("North").check()
    expect(tab.get_by_label("Kenora")).to_be_visible()
    assert tab.evaluate("new FormData(document.forms[0]).get('q-town')") is None


def test_a_constraint_speaks_at_once_and_is_silent_once_it_holds(tab: Page) -> None:
    opened(
        tab,
        one_page(
            ask("integer", "age", "Age", constraint=". < 120", constraint_message="Nobody is that old.")
        ),
    )
    tab.get_by_label("Age").fill("200")
    tab.get_by_label("Age").blur()
    expect(tab.get_by_role("alert")).to_have_text("Nobody is that old.")
    tab.get_by_label("Age").fill("20")
    tab.get_by_label("Age").blur()
    expect(tab.get_by_role("alert")).to_have_count(0)


def test_required_changes_its_word(tab: Page) -> None:
    opened(tab, one_page(ask("text", "a", "First"), ask("text", "b", "Second", required="${a} != ''")))
    expect(box(tab, "b")).to_contain_text("(optional)")
    tab.get_by_label("First").fill("x")
    expect(box(tab, "b")).to_contain_text("(required)")


def test_an_earlier_answer_counts(tab: Page) -> None:
    made, page = one_page(
        ask("integer", "far"), ask("integer", "near", "Near"), ask("text", "b", relevant="${near} > ${far}")
    )
    second = type(page)("second", page.title, page.questions[1:], None, 0)
    opened(tab, (made, second), {"far": 10})
    tab.get_by_label("Near").fill("9")
    expect(box(tab, "b")).to_be_hidden()
    tab.get_by_label("Near").fill("11")
    expect(box(tab, "b")).to_be_visible()


def test_the_server_is_told_that_nothing_was_hidden(tab: Page) -> None:
    opened(tab, one_page(ask("text", "a"), ask("text", "b", relevant="${a} != ''")))
    assert tab.evaluate("new FormData(document.forms[0]).get('live')") == "1"


def test_what_stands_alone_unticks_the_others_and_they_untick_it(tab: Page) -> None:
    opened(tab, one_page(ask("select_multiple", choices=AREAS)))
    tab.get_by_label("Housing").check()
    tab.get_by_label("Work").check()
    tab.get_by_label("None of these").check()
    expect(tab.get_by_label("Housing")).not_to_be_checked()
    tab.get_by_label("Work").check()
    expect(tab.get_by_label("None of these")).not_to_be_checked()


def test_the_text_of_other_shows_when_other_is_chosen(tab: Page) -> None:
    opened(tab, one_page(ask("select_one", choices=AREAS, has_other=True)))
    detail = tab.get_by_label("Please say what it is")
    expect(detail).to_be_hidden()
    tab.get_by_label("Other", exact=True).check()
    expect(detail).to_be_visible()
    tab.get_by_label("Work").check()
    expect(detail).to_be_hidden()


def test_a_choice_can_be_taken_back_and_what_hung_on_it_goes(tab: Page) -> None:
    opened(
        tab, one_page(ask("select_one", "need", choices=AREAS), ask("text", "b", relevant="${need} != ''"))
    )
    back = tab.get_by_role("button", name="Clear this answer")
    expect(back).to_be_hidden()
    tab.get_by_label("Work").check()
    expect(box(tab, "b")).to_be_visible()
    back.click()
    expect(tab.get_by_label("Work")).not_to_be_checked()
    expect(box(tab, "b")).to_be_hidden()
    expect(back).to_be_hidden()


def test_ranking_moves_with_buttons_and_writes_every_place(tab: Page) -> None:
    needs = choices(("home", "Housing"), ("work", "Work"), ("health", "Health"))
    opened(
        tab,
        one_page(
            ask("rank", "order", choices=needs),
            ask("text", "b", relevant="selected-at(${order}, 0) = 'health'"),
        ),
    )
    for _ in range(2):
        tab.get_by_role("button", name="Move up: Health").press("Enter")
    places = {
        code: tab.locator(f"[name='q-order/{code}']").input_value() for code in ("home", "work", "health")
    }
    assert places == {"health": "1", "home": "2", "work": "3"}
    expect(box(tab, "b")).to_be_visible()


def test_a_stored_ranking_is_shown_in_its_order(tab: Page) -> None:
    opened(tab, one_page(ask("rank", "order", choices=AREAS)), {"order": ["work", "none", "home"]})
    assert tab.locator(".place span").all_inner_texts() == ["Work", "None of these", "Housing"]


@pytest.mark.parametrize(
    "answers", [{}, {"services": ["job"], "year": 2019}, {"services": ["none"], "satisfied": 5}]
)
def test_opening_a_page_changes_nothing_of_what_the_server_showed(tab: Page, answers: dict[str, Any]) -> None:
    opened(tab, ten_questions(), answers)
    html = filled(ten_questions(), answers)
    expect(box(tab, "satisfied")).to_have_count(1)
    is_hidden_by_server = 'id="q-satisfied" tabindex="-1" data-question hidden' in html
    assert box(tab, "satisfied").is_hidden() == is_hidden_by_server
