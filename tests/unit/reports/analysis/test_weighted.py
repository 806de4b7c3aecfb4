"""Weighted tables against what one works out from single responses."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.reports.analysis.weighted import CellTallies, WeightedTable, weighted_tables
from consult.reports.analysis.weighting import Weights, rake
from consult.reports.breakdowns import groups_of
from consult.reports.columns import Row
from consult.reports.tally import Tally
from tests.reports.building import row
from tests.samples.questions import ask
from tests.unit.reports.test_tables import ONE, SEVERAL, asked

OF = asked(ONE, SEVERAL, ask("integer", "age"))
PROFILE = {"en": 1.0, "fr": 1.0}

ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "one": st.sampled_from(["yes", "no", "maybe"]),
        "several": st.lists(st.sampled_from(["yes", "no"]), unique=True, min_size=1),
        "age": st.integers(18, 90),
    },
)
RESPONSES = st.lists(st.tuples(st.sampled_from(["en", "fr", "ar"]), ANSWERS), max_size=40)


def weigh(rows: list[Row]) -> tuple[Weights, CellTallies, tuple[WeightedTable, ...]]:
    whole, cells = Tally(OF), CellTallies(OF, [groups_of(OF, "_language")])
    for each in rows:
        whole.add(each)
        cells.add(each)
    weights = rake(cells.sizes, [PROFILE])
    return weights, cells, weighted_tables(whole, cells.cells, weights)


def rows_of(responses: list[tuple[str, dict[str, Any]]]) -> list[Row]:
    return [row(answers, language=language) for language, answers in responses]


@given(RESPONSES)
def test_shares_are_those_of_the_weights_of_single_responses(
    responses: list[tuple[str, dict[str, Any]]],
) -> None:
    rows = rows_of(responses)
    weights, cells, (one, several, age) = weigh(rows)
    weight = [weights.of[cells.cell_of(each)] for each in rows]

    def total(chosen: Any) -> float:
        return math.fsum(w for w, each in zip(weight, rows, strict=True) if chosen(each.answers))

    for code in ("yes", "no"):
        base = total(lambda answers: "one" in answers)
        share = next(line.share for line in one.lines if line.code == code) if one.lines else None
        expected = total(lambda answers, code=code: answers.get("one") == code)
        assert (share or 0) * base == pytest.approx(expected, abs=1e-9)
        base = total(lambda answers: "several" in answers)
        share = next(line.share for line in several.lines if line.code == code) if several.lines else None
        expected = total(lambda answers, code=code: code in answers.get("several", ()))
        assert (share or 0) * base == pytest.approx(expected, abs=1e-9)
    numbers = [
        (w, each.answers["age"]) for w, each in zip(weight, rows, strict=True) if "age" in each.answers
    ]
    if numbers:
        mean = math.fsum(w * n for w, n in numbers) / math.fsum(w for w, _ in numbers)
        assert age.mean == pytest.approx(mean, rel=1e-9)


def test_equal_weights_change_nothing() -> None:
    rows = [row({"one": "yes" if n % 3 else "no", "age": n}, language=("en", "fr")[n % 2]) for n in range(40)]
    _, _, (one, _, age) = weigh(rows)

    assert [line.share for line in one.lines] == pytest.approx([line.share for line in one.plain.lines])
    assert one.effective == pytest.approx(40)
    assert age.mean == pytest.approx(19.5)


def test_the_rarer_language_counts_as_it_should() -> None:
    rows = [row({"one": "yes"}, language="en")] * 30 + [row({"one": "no"}, language="fr")] * 10
    _, _, (one, _, _) = weigh(rows)

    assert [(line.code, line.share) for line in one.lines][:2] == [
        ("yes", pytest.approx(0.5)),
        ("no", pytest.approx(0.5)),
    ]
    assert one.effective == pytest.approx(30)


def test_nobody_answered_gives_no_share() -> None:
    _, _, (one, _, age) = weigh([row({})])

    assert {line.share for line in one.lines} == {None}
    assert age.mean is None
