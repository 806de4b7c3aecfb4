"""Intervals against calculations by hand and an independent library."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from consult.reports.analysis.intervals import Interval, mean_interval, share_interval
from consult.reports.statistics import Numbers, Statistics, statistics_of


def summed(values: list[float]) -> Statistics:
    numbers = Numbers()
    for value in values:
        numbers.add(value)
    found = statistics_of(numbers.counted())
    assert found is not None
    return found


def test_a_share_of_four_in_ten_by_hand() -> None:
    # z² = 3.8415: middle (0.4 + 0.19207) / 1.38415, reach 1.96 / 1.38415 · √(0.024 + 0.009604).
    found = share_interval(4, 10)

    assert found is not None
    assert (found.low, found.high) == pytest.approx((0.16818, 0.68733), abs=1e-5)


@given(st.integers(1, 100_000).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))))
def test_shares_have_the_interval_of_an_independent_library(of: tuple[int, int]) -> None:
    expected = stats.binomtest(*of).proportion_ci(0.95, method="wilson")
    found = share_interval(*of)

    assert found is not None
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-9)


@given(st.integers(1, 10_000).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))))
def test_the_share_lies_in_its_interval(of: tuple[int, int]) -> None:
    found = share_interval(*of)

    assert found is not None
    assert of[0] / of[1] in found
    assert 0 <= found.low <= found.high <= 1


def test_nobody_has_no_share() -> None:
    assert share_interval(0, 0) is None


@given(
    st.lists(st.integers(-1000, 1000), min_size=3, max_size=60).filter(lambda values: len(set(values)) > 1)
)
def test_means_have_the_interval_of_an_independent_library(values: list[float]) -> None:
    found = mean_interval(summed(values))
    low, high = stats.t.interval(0.95, len(values) - 1, loc=_mean(values), scale=stats.sem(values))

    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high), rel=1e-9, abs=1e-9)


def _mean(values: list[float]) -> float:
    return math.fsum(values) / len(values)


@pytest.mark.parametrize("values", [[7.0], [3.0, 3.0, 3.0]])
def test_one_number_or_always_the_same_has_no_interval(values: list[float]) -> None:
    assert mean_interval(summed(values)) is None


def test_both_ends_belong_to_an_interval() -> None:
    assert 1 in Interval(1, 2)
    assert 2 in Interval(1, 2)
    assert 2.1 not in Interval(1, 2)
