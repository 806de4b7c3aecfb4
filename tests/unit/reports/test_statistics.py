"""Statistics against calculations by hand, and classes that people would choose."""

from __future__ import annotations

import statistics as oracle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.reports.statistics import Numbers, Statistics, classes_of, statistics_of

Counted = list[tuple[float, int]]


def counted(*values: float) -> Counted:
    numbers = Numbers()
    for value in values:
        numbers.add(value)
    return numbers.counted()


def of(*values: float) -> Statistics:
    found = statistics_of(counted(*values))
    assert found is not None
    return found


def labels(*values: float, scale: tuple[float, ...] = ()) -> list[tuple[float, float, int]]:
    return [(each.low, each.high, each.count) for each in classes_of(counted(*values), scale)]


def test_statistics_are_those_worked_out_by_hand() -> None:
    # 2 4 4 5 10: the mean is 25/5; squares 9 1 1 0 25 make 36, over 4 is 9.
    assert of(2, 4, 4, 5, 10) == Statistics(
        n=5, mean=5, deviation=3, least=2, quartile_1=4, median=4, quartile_3=5, most=10
    )


def test_quartiles_lie_between_the_values_around_them() -> None:
    found = of(1, 2, 3, 4)
    assert (found.quartile_1, found.median, found.quartile_3) == (1.75, 2.5, 3.25)


def test_single_number_has_no_deviation() -> None:
    found = of(7)
    assert (found.mean, found.median, found.deviation) == (7, 7, None)


def test_no_number_has_no_statistics() -> None:
    assert statistics_of([]) is None


@given(st.lists(st.floats(-1e6, 1e6).map(lambda value: round(value, 3)), min_size=2, max_size=60))
def test_statistics_agree_with_the_standard_library(values: list[float]) -> None:
    found = of(*values)
    quartiles = oracle.quantiles(values, n=4, method="inclusive")
    assert [found.quartile_1, found.median, found.quartile_3] == pytest.approx(quartiles)
    assert found.mean == pytest.approx(oracle.fmean(values))
    assert found.deviation == pytest.approx(oracle.stdev(values), abs=1e-6)


def test_more_different_numbers_than_are_kept_as_counts_are_all_counted() -> None:
    many = [place / 7 for place in range(5_000)] * 2
    assert counted(*many) == [(value, 2) for value in sorted(set(many))]


def test_short_scale_has_a_class_for_each_number_also_the_empty_ones() -> None:
    assert labels(1, 3, 3) == [(1, 1, 1), (2, 2, 0), (3, 3, 2)]


def test_scale_is_shown_whole() -> None:
    assert labels(2, scale=(0, 1, 2)) == [(0, 0, 0), (1, 1, 0), (2, 2, 1)]


def test_number_off_the_scale_is_not_lost() -> None:
    assert sum(count for *_, count in labels(2, 9, scale=(0, 1, 2))) == 2


def test_years_make_classes_of_round_width() -> None:
    assert [low for low, _, _ in labels(1999, 2007, 2012, 2024)] == [1990, 2000, 2010, 2020]


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=300))
def test_every_number_is_in_exactly_one_of_at_most_twelve_classes(values: list[int]) -> None:
    classes = classes_of(counted(*values))
    assert sum(each.count for each in classes) == len(values)
    assert len(classes) <= 12


@given(st.lists(st.floats(-1e5, 1e5), min_size=1, max_size=100))
def test_classes_of_decimals_lie_end_to_end(values: list[float]) -> None:
    classes = [each for each in classes_of(counted(*values)) if not each.is_single]
    assert [each.high for each in classes][:-1] == [each.low for each in classes][1:]
