"""Words, e-mail addresses, telephone numbers."""

from __future__ import annotations

import pytest

from tests.samples.questions import ask
from tests.unit.questions.kinds import cells, clean, problem, refused


def test_a_text_is_kept_as_it_was_written_without_blanks_around() -> None:
    assert clean(ask("text"), "  Je suis arrivée à Windsor.\n") == {"it": "Je suis arrivée à Windsor."}


def test_line_ends_and_tabs_stay_in_one_form() -> None:
    assert clean(ask("text", appearance="multiline"), "one\r\ntwo\rthree\tfour") == {
        "it": "one\ntwo\nthree\tfour"
    }


def test_letters_are_composed_so_that_equal_words_are_equal() -> None:
    assert clean(ask("text"), "e\u0301") == {"it": "é"}


@pytest.mark.parametrize(
    "words",
    [
        "مرحبا بكم",
        "ትግርኛ",
        "简体中文",
        "Nəxʷsƛ̕ay̓əm",
        "👩‍👩‍👧",
        "=1+1",
        "<script>",
        "کتاب‌ها",
        "\u202bعربي\u202c",
    ],
)
def test_every_script_and_every_sign_is_welcome(words: str) -> None:
    assert problem(ask("text"), clean(ask("text"), words)["it"]) is None


@pytest.mark.parametrize(
    "bad", ["a\x00b", "\x08", "\x1b[31m", "\x7f", "\x9f", "\ud800", "\ufffe", "\U0001ffff"]
)
def test_what_cannot_be_stored_is_refused_with_a_sentence(bad: str) -> None:
    sentence = "This text contains characters that cannot be stored. Please type it again without them."
    assert refused(ask("text"), f"before {bad} after") == sentence
    assert problem(ask("text"), f"before {bad} after") == sentence


def test_a_text_of_ten_thousand_characters_is_taken_and_one_more_is_not() -> None:
    assert len(clean(ask("text"), "م" * 10_000)["it"]) == 10_000
    assert refused(ask("text"), "م" * 10_001).endswith("keep it to 10000 characters.")


def test_an_author_can_set_the_longest_text() -> None:
    short = ask("text", parameters={"max_length": "5"})
    assert clean(short, "12345") == {"it": "12345"}
    assert refused(short, "123456").endswith("keep it to 5 characters.")
    assert problem(short, "123456") is not None


@pytest.mark.parametrize("nonsense", ["", "0", "-3", "many", "٠"])
def test_a_limit_that_is_none_is_the_usual_one(nonsense: str) -> None:
    assert clean(ask("text", parameters={"max_length": nonsense}), "x" * 9_000)


def test_a_text_is_cut_nowhere_and_is_its_own_cell() -> None:
    assert cells(ask("text"), {"it": "=cmd"}) == {"it": "=cmd"}


@pytest.mark.parametrize(
    "good", ["amal@example.org", "a.b+c@sub.example.ca", "éva@exemple.québec", "o'neil@example.ie"]
)
def test_an_address_is_taken(good: str) -> None:
    assert clean(ask("email"), f" {good} ") == {"it": good}


@pytest.mark.parametrize(
    "bad",
    [
        "amal",
        "amal@",
        "@example.org",
        "a b@example.org",
        "a@b@example.org",
        "amal@example",
        "a@example..org",
        "x" * 250 + "@ex.org",
        "a@example.org\nb@example.org",
        "<a@example.org>",
    ],
)
def test_what_is_no_address_is_refused(bad: str) -> None:
    assert refused(ask("email"), bad) == "Please write an e-mail address such as name@example.org."
    assert problem(ask("email"), bad) is not None


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("519-555-0123", "519-555-0123"),
        ("+1 (519) 555 0123", "+1 (519) 555 0123"),
        ("519.555.0123 ext 12", "519.555.0123 ext 12"),
        ("٥١٩ ٥٥٥ ٠١٢٣", "519 555 0123"),
        ("911", "911"),
    ],
)
def test_a_telephone_number_is_kept_with_western_digits(written: str, stored: str) -> None:
    assert clean(ask("phone"), written) == {"it": stored}


@pytest.mark.parametrize("bad", ["12", "call me", "519-555-CALL", "1" * 21, "+", "519 555 0123; DROP"])
def test_what_is_no_telephone_number_is_refused(bad: str) -> None:
    assert refused(ask("phone"), bad).startswith("Please write a telephone number")
    assert problem(ask("phone"), bad) is not None


def test_private_kinds_control_characters_are_refused_too() -> None:
    assert "cannot be stored" in refused(ask("email"), "a\x00@example.org")
    assert "cannot be stored" in refused(ask("phone"), "519\x00555")
