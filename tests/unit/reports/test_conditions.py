"""Conditions in words; what has none stays as it was written."""

from __future__ import annotations

import pytest

from consult.expressions import Expression
from consult.reports.conditions import Conditions
from consult.reports.wording import Wording
from tests.samples.questions import ask, choices

STATUS = choices(("worker", "Temporary worker"), "x")
SPOKEN = choices(("ar", "Arabic"), ("fr", "French"))
QUESTIONS = {
    "status": ask("select_one", "status", "Your status?", choices=STATUS),
    "spoken": ask("select_multiple", "spoken", "Spoken?", choices=SPOKEN),
    "age": ask("integer", "age", "Age?"),
    "long": ask("integer", "long", "word " * 40),
}


def said(source: str, words: str = "en") -> str | None:
    found = Conditions(QUESTIONS, Wording.of(words)).said(Expression.parse(source))
    return None if found is None else found.line


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("${status} = 'worker'", "“Your status?” is “Temporary worker”"),
        ("${status} != 'worker'", "“Your status?” is not “Temporary worker”"),
        ("${age} >= 18", "“Age?” is at least 18"),
        ("${age} > 2000", "“Age?” is more than 2000"),
        ("${age} < 18", "“Age?” is less than 18"),
        ("${age} <= 1.5", "“Age?” is at most 1.5"),
        ("${age} = ''", "“Age?” was not answered"),
        ("${age} != ''", "“Age?” was answered"),
        ("selected(${spoken}, 'ar')", "“Arabic” was chosen in “Spoken?”"),
        ("not(selected(${spoken}, 'ar'))", "“Arabic” was not chosen in “Spoken?”"),
        ("not(${age} = 3)", "not (“Age?” is 3)"),
        ("count-selected(${spoken}) > 1", "the number of answers chosen in “Spoken?” is more than 1"),
        ("yes", "Always"),
        ("true()", "Always"),
    ],
)
def test_condition_is_said_in_words(source: str, words: str) -> None:
    assert said(source) == words


def test_and_and_or_keep_their_meaning() -> None:
    either = "${age} = 1 or ${age} < 0 or ${age} > 7"
    assert said(either) == "“Age?” is 1, or “Age?” is less than 0, or “Age?” is more than 7"
    assert said(f"({either}) and ${{age}} != 9") == f"({said(either)}), and “Age?” is not 9"


@pytest.mark.parametrize("source", ["no", "false()", "0"])
def test_condition_that_never_holds_is_none(source: str) -> None:
    assert said(source) is None


def test_no_condition_is_none() -> None:
    assert Conditions(QUESTIONS, Wording.of("en")).said(None) is None


@pytest.mark.parametrize(
    "source",
    ["${age} + 1 > 3", "regex(${age}, '1')", "${nobody} = 'x'", "today() > '2026-01-01'"],
)
def test_what_has_no_simple_words_stays_a_formula(source: str) -> None:
    assert said(source) == source


def test_long_labels_are_shortened() -> None:
    found = said("${long} = 1")
    assert found is not None
    assert found.endswith("…” is 1")
    assert len(found) < 100
