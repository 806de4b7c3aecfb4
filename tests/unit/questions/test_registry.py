"""The table of kinds, and what every kind must be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import consult.questions as room
from consult.questions import KINDS, kind_of
from tests.samples.questions import ask, choices

TEMPLATES = Path(room.__file__).parent.parent / "ui" / "templates"
ABC = choices("a", "b", "c")
ANSWERS: dict[str, Any] = {
    "text": "Words",
    "email": "amal@example.org",
    "phone": "519 555 0123",
    "integer": 12,
    "decimal": 2.5,
    "range": 7,
    "date": "2026-03-05",
    "time": "09:30",
    "dateTime": "2026-03-05T09:30:00.000-05:00",
    "select_one": "b",
    "select_multiple": ["a", "c"],
    "entry": "Amal O’Neil",
    "rank": ["c", "a", "b"],
    "acknowledge": "OK",
    "geopoint": "43.65 -79.38 250.5 12",
    "geotrace": "43.65 -79.38 0 0;43.66 -79.3812345 0 0",
    "geoshape": "43.65 -79.38 0 0;43.66 -79.38 0 0;43.66 -79.39 0 0;43.65 -79.38 0 0",
    "barcode": "4006381333931",
    "image": f"{'a' * 64}:34567:image/jpeg:IMG 2031.jpg",
    "audio": f"{'b' * 64}:34567:audio/mpeg:what was said.mp3",
    "video": f"{'c' * 64}:12345678:video/mp4:street.mp4",
    "file": f"{'d' * 64}:999:application/pdf:récépissé.pdf",
}
"""A right answer of every kind that takes one."""


def question(kind: str) -> Any:
    return ask(kind, choices=ABC) if KINDS[kind].has_choices and kind != "entry" else ask(kind)


def test_every_kind_that_the_product_promises_is_there() -> None:
    promised = {
        *ANSWERS,
        "note",
        "calculate",
        "hidden",
        "start",
        "end",
        "today",
        "deviceid",
        "username",
        "audit",
    }
    assert promised <= KINDS.keys()


def test_two_kinds_cannot_have_the_same_name() -> None:
    with pytest.raises(ValueError, match="same name"):
        room._registry(KINDS["text"], KINDS["text"])


def test_a_kind_nobody_wrote_is_an_error_and_not_a_text() -> None:
    with pytest.raises(KeyError):
        kind_of(ask("telepathy"))


def test_no_word_of_a_spreadsheet_means_two_kinds() -> None:
    words = [word for kind in KINDS.values() for word in kind.types]
    assert len(words) == len(set(words))


def test_every_kind_that_takes_an_answer_is_tested_here() -> None:
    assert {name for name, kind in KINDS.items() if kind.takes_answer} == ANSWERS.keys()


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.is_shown])
def test_every_shown_kind_has_its_partial(name: str) -> None:
    assert (TEMPLATES / KINDS[name].partial(question(name))).is_file()


@pytest.mark.parametrize("name", ANSWERS)
def test_a_right_answer_has_no_problem(name: str) -> None:
    assert KINDS[name].problem(question(name), ANSWERS[name]) is None


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("wrong", [None, True, {}, {"a": 1}, [1], float("nan"), float("inf"), ["a", ["b"]]])
def test_a_value_of_another_type_is_a_problem(name: str, wrong: Any) -> None:
    assert KINDS[name].problem(question(name), wrong) is not None


@pytest.mark.parametrize("name", KINDS)
def test_nothing_is_empty_and_blank_everywhere(name: str) -> None:
    kind, asked = KINDS[name], question(name)
    assert kind.is_empty(None)
    assert kind.display(asked, None, "en") == ""
    assert kind.logic_value(None) == ""
    assert [column.cell({}, "en") for column in kind.columns(asked)] == [None] * len(kind.columns(asked))


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("language", ["en", "fr", "ar", "zh-Hans"])
def test_what_an_input_shows_of_an_answer_is_read_back_as_the_same_answer(name: str, language: str) -> None:
    kind, asked = KINDS[name], question(name)
    answers = {asked.key: ANSWERS[name]}
    from_input = kind.typed(asked, answers, language)
    given = from_input._replace(language=language, now=None)
    again = kind.clean(asked, given)
    # A browser's own control for date and time carries no zone: the page's clock gives it.
    expected = {**answers, "it": "2026-03-05T09:30:00.000+00:00"} if name == "dateTime" else answers
    assert again == expected


@pytest.mark.parametrize("name", ANSWERS)
def test_an_empty_page_gives_no_answer(name: str) -> None:
    asked = question(name)
    for texts in ((), ("",), ("  \t",)):
        assert KINDS[name].clean(asked, room.Given(texts)) == {}


@pytest.mark.parametrize("name", ANSWERS)
def test_every_column_says_its_key_and_header(name: str) -> None:
    asked = question(name)
    columns = KINDS[name].columns(asked)
    assert columns[0].key == "it"
    assert len({column.key for column in columns}) == len(columns)
    assert all(column.label("fr").startswith("What is it?") for column in columns)


def test_a_header_without_label_is_the_key() -> None:
    assert kind_of(ask("text", label={})).columns(ask("text", label={}))[0].label("ar") == "it"
