"""The question that says where people live is found, or named."""

from __future__ import annotations

import pytest

from consult.questions import Question
from consult.reports.areas import area_named
from consult.reports.merging import Asked
from tests.samples.questions import ask, choices

PLACES = choices("north", "south")


def asked(*questions: Question) -> list[Asked]:
    return [Asked(each.key, each, frozenset((1,))) for each in questions]


def found(*questions: Question, wanted: str | None = None, with_targets: tuple[str, ...] = ()) -> str | None:
    area = area_named(asked(*questions), wanted, with_targets)
    return area.key if area else None


GENDER = ask("select_one", "gender", choices=PLACES)
AREA = ask("select_one", "home_area", choices=PLACES)
TOWN = ask("select_one", "q7", {"fr": "Dans quelle municipalité habitez-vous?"}, choices=PLACES)


def test_key_that_speaks_of_an_area_is_taken() -> None:
    assert found(GENDER, TOWN, AREA) == "home_area"


def test_label_counts_in_either_language_and_without_accents() -> None:
    assert found(GENDER, TOWN) == "q7"


def test_question_with_targets_comes_first() -> None:
    assert found(AREA, GENDER, with_targets=("gender",)) == "gender"


def test_there_may_be_none() -> None:
    assert found(GENDER, ask("text", "area")) is None


def test_named_question_is_taken_and_must_be_there() -> None:
    assert found(AREA, GENDER, wanted="gender") == "gender"
    with pytest.raises(KeyError):
        found(AREA, wanted="city")
