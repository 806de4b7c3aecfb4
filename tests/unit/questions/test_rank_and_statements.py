"""Ranking, notes, boxes to tick, and what nobody is asked."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from consult.questions import kind_of
from tests.samples.questions import ask, choices
from tests.unit.questions.kinds import cells, clean, problem, refused

NEEDS = choices(("home", {"en": "Housing", "fr": "Logement"}), ("work", "Work"), ("health", "Health"))
RANK = ask("rank", choices=NEEDS)


def places(**given: str) -> dict[str, str]:
    return given


def test_places_make_an_order() -> None:
    assert clean(RANK, details=places(home="2", work="3", health="1")) == {"it": ["health", "home", "work"]}


def test_places_may_be_written_in_arabic_digits() -> None:
    given = places(home="٢", work="٣", health="١")
    assert clean(RANK, details=given, language="ar") == {"it": ["health", "home", "work"]}


def test_only_what_was_shown_needs_a_place() -> None:
    assert clean(RANK, details=places(home="2", work="1")) == {"it": ["work", "home"]}


def test_no_place_at_all_is_no_answer() -> None:
    assert clean(RANK, details=places(home="", work=" ", health="")) == {}


def test_a_missing_place_is_asked_for() -> None:
    assert refused(RANK, details=places(home="1", work="", health="2")).startswith(
        "Please give a place to every"
    )


@pytest.mark.parametrize("bad", ["1", "0", "4", "first", "1.5", "-1", "99999999999"])
def test_places_are_whole_numbers_each_once(bad: str) -> None:
    found = refused(RANK, details=places(home="1", work="2", health=bad))
    assert found == "Please give each place only once, beginning with 1."


def test_a_place_for_a_choice_that_is_not_on_the_list_is_refused() -> None:
    assert refused(RANK, details=places(home="1", palace="2")) == "Please choose one of the answers offered."


@pytest.mark.parametrize("value", [[], ["home", "home"], ["palace"], "home", [1]])
def test_a_coded_order_is_a_list_of_known_codes_each_once(value: Any) -> None:
    assert problem(RANK, value) is not None


def test_an_order_is_shown_with_its_places() -> None:
    assert kind_of(RANK).display(RANK, ["work", "home"], "fr") == "1. Work; 2. Logement"
    assert kind_of(RANK).logic_value(["work", "home"]) == "work home"


def test_a_report_has_the_order_and_the_place_of_each_choice() -> None:
    assert cells(RANK, {"it": ["work", "home"]}) == {
        "it": "1. Work; 2. Housing",
        "it/home": 2,
        "it/work": 1,
        "it/health": None,
    }


def test_a_note_takes_no_answer_and_has_no_column() -> None:
    note = ask("note")
    assert clean(note, "anything") == {}
    assert problem(note, "anything") is not None
    assert cells(note, {"it": "anything"}) == {}


def test_a_ticked_box_is_ok_whatever_the_browser_sends() -> None:
    assert clean(ask("acknowledge"), "on") == {"it": "OK"}
    assert clean(ask("acknowledge")) == {}


@pytest.mark.parametrize("value", ["ok", "yes", True, 1, ""])
def test_a_coded_acknowledgement_is_ok_and_nothing_else(value: Any) -> None:
    assert problem(ask("acknowledge"), value) is not None


def test_an_acknowledgement_is_one_in_a_report_and_blank_without() -> None:
    assert cells(ask("acknowledge"), {"it": "OK"}) == {"it": 1}
    assert cells(ask("acknowledge"), {}) == {"it": None}


@pytest.mark.parametrize("kind", ["calculate", "hidden", "start", "today", "deviceid", "username"])
def test_nobody_can_send_what_nobody_is_asked(kind: str) -> None:
    assert clean(ask(kind), "forged") == {}
    assert not kind_of(ask(kind)).is_shown


@pytest.mark.parametrize("value", ["text", 5, 2.5])
def test_a_calculation_is_text_or_number_and_keeps_its_type_in_a_report(value: Any) -> None:
    assert problem(ask("calculate"), value) is None
    assert cells(ask("calculate"), {"it": value}) == {"it": value}


@pytest.mark.parametrize("value", [True, float("nan"), ["a"], {"a": 1}, "a\x00"])
def test_a_calculation_from_a_file_is_checked_too(value: Any) -> None:
    assert problem(ask("calculate"), value) is not None


def test_a_calculated_number_is_shown_with_the_decimal_sign_of_the_language() -> None:
    assert kind_of(ask("calculate")).display(ask("calculate"), 2.5, "fr") == "2,5"
    assert kind_of(ask("calculate")).logic_value(2) == 2.0


def test_the_day_of_an_interview_is_a_date_in_a_report() -> None:
    assert cells(ask("today"), {"it": "2026-03-05"}) == {"it": dt.date(2026, 3, 5)}
    assert cells(ask("today"), {"it": "unknown"}) == {"it": "unknown"}
