"""What an edition shows, from real responses: rounded, nothing small, nothing that the protection hides."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from consult.i18n import Localized
from consult.reports.breakdowns import BY_LANGUAGE, BY_MONTH
from consult.reports.columns import Row
from consult.reports.disclosure.cells import EVERYBODY, Cell
from consult.reports.disclosure.protect import Protected, protect
from consult.reports.edition_document import document_of
from consult.reports.edition_tables import Choice, tables_of
from consult.reports.merging import merge
from consult.reports.source import Source
from tests.samples.questions import ask, choices, questionnaire
from tests.unit.reports.disclosure.attacker import Attacker, truth_of

FORM = questionnaire(
    ask("select_one", "area", choices=choices("north", "south", "east", "west")),
    ask("select_one", "status", choices=choices("citizen", "resident", "claimant", "no_answer")),
    ask("select_multiple", "needs", choices=choices("work", "home", "school", "none")),
    ask("range", "score", parameters={"start": "0", "end": "4", "step": "1"}),
)
ASKED = merge([(1, FORM)])
CHOICE = Choice(("status", "needs", "score", "area"), frozenset(("status",)), (BY_LANGUAGE, "area", BY_MONTH))
SEEDS = range(4)


def rows(seed: int, number: int) -> list[Row]:
    """Skewed as real ones are; one in eight questions has no answer."""
    draw = random.Random(seed)
    return [_row(draw, month) for month in (1, 2, 3) for _ in range(number // 3)]


def _row(draw: random.Random, month: int) -> Row:
    answers: dict[str, Any] = {
        "area": draw.choices(("north", "south", "east", "west"), (50, 30, 15, 5))[0],
        "status": draw.choices(("citizen", "resident", "claimant", "no_answer"), (60, 30, 6, 4))[0],
        "needs": draw.sample(("work", "home", "school"), draw.randint(1, 3)),
        "score": draw.choices(range(5), (1, 2, 5, 30, 60))[0],
    }
    given = {key: value for key, value in answers.items() if draw.random() > 0.125}
    language = draw.choices(("en", "fr", "ar", "ti"), (70, 18, 9, 3))[0]
    return Row(uuid.uuid4(), 1, language, "online", dt.date(2026, month, 5), answers=given)


@cache
def editions(seed: int) -> tuple[Protected, ...]:
    """Three, the oldest first, with more responses each time."""
    made: list[Protected] = []
    found: list[Row] = []
    for number in (180, 30, 120):
        found = found + rows(1_000 * seed + number, number)
        tables = tables_of(ASKED, found, CHOICE, 10, 20)
        earlier = [each.edition for each in reversed(made)]
        made.append(protect(tables, key=b"key", earlier=earlier))
    return tuple(made)


def document(protected: Protected) -> dict[str, Any]:
    source = Source(
        *("newcomers", Localized({"en": "Newcomers"}), Localized({"en": "LIP"})),
        *(("en", "ti"), "en", None, None, (), ASKED, lambda: iter(()), 0, 10, dt.date(2026, 4, 1)),
    )
    return document_of(source, CHOICE, protected, Localized(), Localized())


def numbers(shown: dict[str, Any]) -> Iterator[int]:
    for question in shown["questions"]:
        yield question["answered"]
        yield from (line["count"] for line in question["lines"])
        for cross in question["by"]:
            yield from cross["answered"]
            yield from (count for row in cross["rows"] for count in row)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_number_is_a_multiple_of_five(seed: int) -> None:
    for protected in editions(seed):
        assert all(count % 5 == 0 for count in numbers(document(protected)) if count is not None)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_number_of_few_people_is_shown(seed: int) -> None:
    for protected in editions(seed):
        assert all(count == 0 or count >= 10 for count in numbers(document(protected)) if count is not None)


@pytest.mark.parametrize("seed", SEEDS)
def test_document_shows_nothing_that_the_protection_hides(seed: int) -> None:
    """A number of the document is that of its cell, or it is not there."""
    for protected in editions(seed):
        for question in document(protected)["questions"]:
            if question["key"] == "needs":
                cells = [Cell(frozenset(((f"needs/{code}", "1"),))) for code in ("work", "home", "school")]
            else:
                parts = protected.edition.merged.parts[question["key"]]
                cells = [Cell(frozenset(((question["key"], code),))) for code in parts if code]
            for cell, line in zip(cells, question["lines"], strict=False):
                assert line["count"] in (None, protected.shown[cell])


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_works_out_a_small_count_from_three_editions(seed: int) -> None:
    made = list(editions(seed))
    assert Attacker(made, exact=True).recovered(truth_of(made), 10) == {}


@pytest.mark.parametrize("seed", SEEDS)
def test_base_is_everybody_without_those_who_did_not_answer(seed: int) -> None:
    for protected in editions(seed):
        everybody = protected.shown[Cell(EVERYBODY)] or 0
        for question in document(protected)["questions"]:
            without = protected.shown[Cell(frozenset(((question["key"], ""),)))]
            if question["answered"] is not None and without is not None:
                assert question["answered"] == everybody - without


def test_languages_without_a_text_are_left_to_the_reader() -> None:
    """Tigrinya has no word for a month here: a page says which language it takes instead."""
    shown = document(editions(0)[0])
    (language,) = (group for group in shown["groups"] if group["key"] == BY_LANGUAGE)
    assert set(language["title"]) >= {"en", "fr"}
    assert "ti" not in language["title"]
