"""A page with a list that is too long for it."""

from __future__ import annotations

from typing import Any

import pytest

from consult.questionnaires.routing import Page, evaluate
from consult.questionnaires.specification import Questionnaire
from consult.responses.compiled import PageState
from tests.samples.questions import NOW, ask, choices, one_page
from tests.samples.rendering import by_id, compiled, filled, parsed, words

TOWNS = choices(*((f"t{n}", {"en": f"Town {n}", "fr": f"Ville {n}"}) for n in range(200)))


def page(kind: str = "select_one", **given: Any) -> tuple[Questionnaire, Page]:
    return one_page(ask(kind, "town", choices=TOWNS, **given), ask("text", "why"))


def searched(text: str, *chosen: str) -> dict[str, Any]:
    return {"town": {"texts": list(chosen), "details": {"find": text}}}


def offered(html: str) -> list[str | None]:
    """Codes of the choices on the page."""
    inputs = (each for each in parsed(html).iter("input") if each.get("name") == "q-town")
    return [each.get("value") for each in inputs]


def test_page_holds_the_search_and_none_of_the_choices() -> None:
    html = filled(page())
    assert offered(html) == []
    assert "The list has 200 entries." in words(by_id(parsed(html), "q-town"))


@pytest.mark.parametrize("kind", ["select_one", "select_multiple"])
def test_found_choices_are_on_the_page(kind: str) -> None:
    html = filled(page(kind), unsaved=searched("town 19"))
    assert offered(html)[:2] == ["t19", "t190"]
    assert "12 entries to choose from." in html
    assert by_id(parsed(html), "q-town:find").get("value") == "town 19"


def test_chosen_one_stays_on_the_page_whatever_is_searched() -> None:
    html = filled(page(), unsaved=searched("town 199", "t5"))
    assert offered(html) == ["t5", "t199"]
    assert html.count(" checked") == 1


def test_stored_answer_is_shown_with_its_label() -> None:
    html = filled(page(), {"town": "t7"})
    assert offered(html) == ["t7"]
    assert "Town 7" in html


def test_both_languages_of_an_interview_stand_in_a_choice() -> None:
    html = filled(page(), {"town": "t7"}, second="fr")
    assert '<span class="second" lang="fr" dir="ltr">Ville 7</span>' in html


def test_too_many_matches_are_said_and_not_shown() -> None:
    html = filled(page(), unsaved=searched("town"))
    assert len(offered(html)) == 30
    assert "The first 30 of 200 matches." in html


def test_search_without_a_match_says_so_and_cannot_write_into_the_page() -> None:
    html = filled(page(), unsaved=searched('"><b>x'))
    assert "Nothing in the list matches" in html
    assert "<b>x" not in html


def test_offer_that_a_filter_makes_short_is_shown_whole() -> None:
    html = filled(page(choice_filter="name = ${why} or name = 't2'"), {"why": "t1"})
    assert offered(html) == ["t1", "t2"]


def test_other_is_always_there_with_its_text() -> None:
    html = filled(
        page(has_other=True), unsaved={"town": {"texts": ["other"], "details": {"other": "a village"}}}
    )
    assert offered(html) == ["other"]
    assert 'value="a village"' in html


def test_filter_of_a_list_that_is_not_on_the_page_is_left_to_the_server() -> None:
    assert "application/json" not in filled(page(choice_filter="name = ${why}"))


def test_script_gets_the_choices_alone() -> None:
    made, shown = page()
    evaluation = evaluate(made, {}, now=NOW, language="en")
    html = compiled((made, shown)).found("town", PageState({}, evaluation, searched("town 7")))
    assert offered(html)[0] == "t7"
    assert html.startswith("<p data-found>The first 30 of 38 matches.")


def test_page_of_twenty_thousand_choices_is_as_light_as_any_other() -> None:
    many = choices(*((f"t{n}", f"Town {n}") for n in range(20_000)))
    made = compiled(one_page(ask("select_one", "town", choices=many)))
    assert len(made.compressed) < 2_000
