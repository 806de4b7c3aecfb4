"""Raking: margins that are met, weights by hand, and what they cost."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.reports.analysis.weighting import Cell, Weights, rake

HALVES = {"a": 1.0, "b": 1.0}


def margin(weights: Weights, sizes: dict[Cell, int], place: int, code: str | None) -> float:
    return math.fsum(size * weights.of[cell] for cell, size in sizes.items() if cell[place] == code)


def test_one_margin_by_hand() -> None:
    # 30 and 10 of 40, known to be half and half: each 20, so 2/3 and 2.
    found = rake({("a",): 30, ("b",): 10}, [HALVES])

    assert found.of == pytest.approx({("a",): 2 / 3, ("b",): 2.0}, abs=1e-12)
    # Kish: 40² / (30 · 4/9 + 10 · 4) = 1600 / 53.33 = 30.
    assert found.effective == pytest.approx(30, abs=1e-9)
    assert found.design_effect == pytest.approx(4 / 3, abs=1e-9)
    assert (found.least, found.most) == pytest.approx((2 / 3, 2), abs=1e-12)


def test_numbers_shares_and_per_cents_give_the_same_weights() -> None:
    sizes: dict[Cell, int] = {("a",): 30, ("b",): 10}

    assert rake(sizes, [{"a": 1234, "b": 1234}]).of == pytest.approx(rake(sizes, [{"a": 50, "b": 50}]).of)


def test_responses_as_they_should_be_all_count_one() -> None:
    found = rake({("a", "x"): 10, ("a", "y"): 10, ("b", "x"): 10, ("b", "y"): 10}, [HALVES, {"x": 1, "y": 1}])

    assert set(found.of.values()) == {1.0}
    assert (found.effective, found.rounds) == (40, 0)


def test_who_did_not_say_keeps_the_share_they_have() -> None:
    sizes: dict[Cell, int] = {("a",): 30, ("b",): 10, (None,): 5, ("refused",): 5}
    found = rake(sizes, [HALVES])

    assert margin(found, sizes, 0, None) == pytest.approx(5)
    assert margin(found, sizes, 0, "refused") == pytest.approx(5)
    assert margin(found, sizes, 0, "b") == pytest.approx(20)


def test_category_that_nobody_is_in_is_named_and_the_others_stand_in() -> None:
    found = rake({("a",): 10, ("b",): 10}, [{"a": 2, "b": 1, "c": 1}])

    assert found.empty == ((0, "c"),)
    assert found.of[("a",)] / found.of[("b",)] == pytest.approx(2)


def test_margins_that_contradict_each_other_are_said_not_to_be_reached() -> None:
    # Everybody in a is in x and everybody in b in y: the two cannot have different shares.
    found = rake({("a", "x"): 10, ("b", "y"): 10}, [{"a": 3, "b": 1}, {"x": 1, "y": 3}])

    assert not found.is_reached


def test_extreme_weights_are_told() -> None:
    assert rake({("a",): 95, ("b",): 5}, [HALVES]).is_extreme
    assert not rake({("a",): 60, ("b",): 40}, [HALVES]).is_extreme


def test_nobody_has_no_weight() -> None:
    found = rake({}, [HALVES])

    assert (found.n, found.of, found.design_effect) == (0, {}, 1)
    assert found.empty == ((0, "a"), (0, "b"))


SIZES = st.lists(st.integers(1, 500), min_size=6, max_size=6)
PARTS = st.floats(0.05, 1)


@given(SIZES, PARTS, PARTS, PARTS)
def test_margins_are_met_and_the_pattern_between_them_stays(
    counts: list[int], a: float, x: float, y: float
) -> None:
    cells: list[Cell] = [(one, other) for one in "ab" for other in "xyz"]
    sizes = dict(zip(cells, counts, strict=True))
    targets = [{"a": a, "b": 1.0}, {"x": x, "y": y, "z": 1.0}]
    found, n = rake(sizes, targets), sum(counts)

    assert found.is_reached
    for place, target in enumerate(targets):
        for code, number in target.items():
            expected = n * number / sum(target.values())
            assert margin(found, sizes, place, code) == pytest.approx(expected, rel=1e-9)
    # Weights that are a product of one factor a category are the only ones that raking can end with.
    w = found.of
    for one, other in (("x", "y"), ("y", "z")):
        assert w["a", one] * w["b", other] == pytest.approx(w["a", other] * w["b", one], rel=1e-9)
    assert found.effective <= n * (1 + 1e-12)
