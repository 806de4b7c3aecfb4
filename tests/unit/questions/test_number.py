"""Numbers as people write them, in every language."""

from __future__ import annotations

from typing import Any

import pytest

from consult.questions import kind_of
from tests.samples.questions import ask
from tests.unit.questions.kinds import cells, clean, problem, refused


@pytest.mark.parametrize(
    ("written", "language", "number"),
    [
        ("12", "en", 12),
        (" 12 ", "en", 12),
        ("-3", "en", -3),
        ("−3", "fr", -3),
        ("+3", "en", 3),
        ("١٢", "ar", 12),
        ("۱۲", "fa", 12),
        ("१२", "hi", 12),
        ("１２", "zh-Hans", 12),
        ("1,234", "en", 1234),
        ("1 234", "fr", 1234),
        ("1\u00a0234", "fr", 1234),
        ("1\u202f234", "fr", 1234),
        ("1.234", "es", 1234),
        ("١٬٢٣٤", "ar", 1234),
        ("1'234", "en", 1234),
        ("$1,200", "en", 1200),
        ("1 200 $", "fr", 1200),
        ("45 %", "fr", 45),
        ("12.0", "en", 12),
        ("007", "en", 7),
        ("\u200f١٢\u200f", "ar", 12),
    ],
)
def test_a_whole_number_is_understood(written: str, language: str, number: int) -> None:
    found = clean(ask("integer"), written, language=language)["it"]
    assert found == number
    assert type(found) is int


@pytest.mark.parametrize(
    ("written", "language", "number"),
    [
        ("3.5", "en", 3.5),
        ("3,5", "fr", 3.5),
        ("3.5", "fr", 3.5),
        ("3,5", "en", 3.5),
        ("١٢٫٥", "ar", 12.5),
        ("١٢،٥", "ar", 12.5),
        ("1 234,56", "fr", 1234.56),
        ("1,234.56", "en", 1234.56),
        ("1.234,56", "es", 1234.56),
        ("1.234,56", "en", 1234.56),
        ("1,234", "fr", 1.234),
        ("１２．５", "zh-Hans", 12.5),
        (".5", "en", 0.5),
        ("5.", "en", 5),
        ("0.1", "en", 0.1),
    ],
)
def test_a_decimal_is_understood(written: str, language: str, number: float) -> None:
    assert clean(ask("decimal"), written, language=language) == {"it": number}


@pytest.mark.parametrize(
    "bad", ["twelve", "1e5", "12a", "1,2,3", "--3", "1.2.3.4", "∞", "NaN", "½", "²", "0x10", "1/2", "١" * 90]
)
@pytest.mark.parametrize("kind", ["integer", "decimal", "range"])
def test_what_is_no_number_is_refused(kind: str, bad: str) -> None:
    assert refused(ask(kind), bad).startswith("Please write a ")


def test_a_whole_number_has_no_decimals() -> None:
    assert refused(ask("integer"), "3.5") == "Please write a whole number in digits, such as 12."
    assert problem(ask("integer"), 3.5) is not None


@pytest.mark.parametrize("kind", ["integer", "decimal"])
def test_a_number_that_would_lose_digits_is_refused(kind: str) -> None:
    assert clean(ask(kind), "9" * 15) == {"it": 999_999_999_999_999}
    assert refused(ask(kind), "9" * 16).endswith("at most 15 digits.")
    assert problem(ask(kind), 10**15) is not None


@pytest.mark.parametrize("value", [True, "12", None, [12], float("nan"), float("inf")])
@pytest.mark.parametrize("kind", ["integer", "decimal", "range"])
def test_a_coded_number_is_a_number(kind: str, value: Any) -> None:
    assert problem(ask(kind), value) is not None


def test_a_range_stays_between_its_ends_and_on_its_steps() -> None:
    half = ask("range", parameters={"start": "0", "end": "5", "step": "0.5"})
    assert clean(half, "2,5", language="fr") == {"it": 2.5}
    assert refused(half, "5.5") == "Please give a number from 0 to 5."
    assert refused(half, "-1") == "Please give a number from 0 to 5."
    assert refused(half, "2.3") == "Please give a number in steps of 0.5, beginning with 0."


@pytest.mark.parametrize("step", ["0.1", "0.2", "0.3"])
def test_steps_are_counted_without_errors_of_binary_fractions(step: str) -> None:
    fine = ask("range", parameters={"start": "0", "end": "9", "step": step})
    assert problem(fine, 0.6) is None


def test_a_range_can_run_downwards() -> None:
    down = ask("range", parameters={"start": "5", "end": "1", "step": "-1"})
    assert clean(down, "3") == {"it": 3}
    assert kind_of(down).control(down, "en")["numbers"] == ["5", "4", "3", "2", "1"]


@pytest.mark.parametrize("parameters", [{}, {"step": "0"}, {"start": "x", "end": "", "step": "NaN"}])
def test_a_range_whose_ends_are_miswritten_goes_from_one_to_ten(parameters: dict[str, str]) -> None:
    asked = ask("range", parameters=parameters)
    assert problem(asked, 1) is None
    assert problem(asked, 10) is None
    assert problem(asked, 11) is not None


def test_few_steps_are_buttons_and_many_are_typed() -> None:
    few, many = ask("range", parameters={"end": "11"}), ask("range", parameters={"end": "12"})
    assert kind_of(few).partial(few) == "questions/scale.html"
    assert kind_of(many).partial(many) == "questions/range.html"


def test_buttons_carry_the_decimal_sign_of_the_language() -> None:
    half = ask("range", parameters={"start": "0", "end": "1", "step": "0.5"})
    assert kind_of(half).control(half, "fr")["numbers"] == ["0", "0,5", "1"]


def test_a_number_is_shown_ungrouped_with_the_decimal_sign_of_the_language() -> None:
    kind = kind_of(ask("decimal"))
    assert kind.display(ask("decimal"), 2019, "en") == "2019"
    assert kind.display(ask("decimal"), 2.5, "fr") == "2,5"
    assert kind.display(ask("decimal"), 2.5, "ar") == "2.5"


def test_zero_is_an_answer() -> None:
    assert clean(ask("integer"), "0") == {"it": 0}
    assert cells(ask("integer"), {"it": 0}) == {"it": 0}
    assert kind_of(ask("integer")).logic_value(0) == 0.0
    assert kind_of(ask("integer")).display(ask("integer"), 0, "en") == "0"
