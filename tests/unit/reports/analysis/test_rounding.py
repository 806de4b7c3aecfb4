"""Percentages that people add up."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.reports.analysis.rounding import shown_percentages

COUNTS = st.lists(st.integers(0, 10_000), min_size=1, max_size=40).filter(any)


def test_three_thirds_make_a_hundred() -> None:
    assert shown_percentages([1, 1, 1]) == (34, 33, 33)


def test_the_largest_remainder_is_rounded_up() -> None:
    # Of 700: 14.29, 28.57 and 57.14 per cent.
    assert shown_percentages([100, 200, 400]) == (14, 29, 57)


def test_decimals_add_up_too() -> None:
    assert shown_percentages([1, 1, 1], digits=1) == (33.4, 33.3, 33.3)


def test_nobody_is_nothing_per_cent() -> None:
    assert shown_percentages([0, 0]) == (0, 0)
    assert shown_percentages([]) == ()


def test_a_negative_part_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        shown_percentages([3, -1])


@given(COUNTS, st.integers(0, 2))
def test_percentages_add_up_to_exactly_a_hundred(counts: list[int], digits: int) -> None:
    shown = shown_percentages(counts, digits)

    assert sum(round(each * 10**digits) for each in shown) == 100 * 10**digits


@given(COUNTS)
def test_nothing_is_shown_a_whole_per_cent_off(counts: list[int]) -> None:
    exact = [100 * count / sum(counts) for count in counts]

    assert all(abs(shown - each) < 1 for shown, each in zip(shown_percentages(counts), exact, strict=True))


@given(COUNTS)
def test_more_people_never_have_the_smaller_percentage(counts: list[int]) -> None:
    pairs = sorted(zip(counts, shown_percentages(counts), strict=True))
    by_count = {count: [each for other, each in pairs if other == count] for count, _ in pairs}
    groups = [by_count[count] for count in sorted(by_count)]

    assert all(max(few) <= min(many) for few, many in pairwise(groups))


@given(COUNTS)
def test_shares_are_shown_like_their_counts(counts: list[int]) -> None:
    shares = [count / sum(counts) for count in counts]

    assert shown_percentages(shares) == shown_percentages(counts)
