"""Who is missing, and what is not said of small groups."""

from __future__ import annotations

import pytest

from consult.reports.analysis.gaps import Gap, Gaps, gaps_of


def of(gaps: Gaps, code: str) -> Gap:
    return next(gap for gap in gaps.of if gap.code == code)


def test_a_group_that_is_half_as_large_as_it_should_be() -> None:
    # 20 of 100 where 40 of 100 are known: 80 others stay, so 80 · 4/6 = 53.3 are needed, 34 more.
    gap = of(gaps_of({"a": 20, "b": 80}, {"a": 0.4, "b": 0.6}, 100, 10), "a")

    assert (gap.standing, gap.count, gap.share, gap.needed) == ("missing", 20, 0.2, 34)
    assert gap.difference == pytest.approx(-0.2)
    assert gap.ratio == pytest.approx(0.5)


def test_what_chance_explains_is_no_gap() -> None:
    gaps = gaps_of({"a": 47, "b": 53}, {"a": 0.5, "b": 0.5}, 100, 10)

    assert [gap.standing for gap in gaps.of] == ["even", "even"]
    assert gaps.missing == ()


def test_a_group_that_is_larger_than_it_should_be() -> None:
    gap = of(gaps_of({"a": 20, "b": 80}, {"a": 0.4, "b": 0.6}, 100, 10), "b")

    assert (gap.standing, gap.needed) == ("many", None)


def test_small_groups_are_shown_only_as_small() -> None:
    gaps = gaps_of({"a": 4, "b": 26, "c": 70}, {"a": 0.2, "b": 0.2, "c": 0.6}, 100, 10)

    assert of(gaps, "a") == Gap("a", 0.2, "missing")
    assert of(gaps, "b").is_hidden  # with the total it would give the other one away
    assert of(gaps, "c").count == 70


def test_those_who_did_not_say_are_not_shown_when_they_are_few() -> None:
    gaps = gaps_of({"a": 40, "b": 57}, {"a": 0.5, "b": 0.5}, 100, 10)

    assert (gaps.base, gaps.others) == (97, None)
    assert of(gaps, "a").is_hidden


def test_groups_that_are_not_shown_are_looked_for_first_then_the_most_missing() -> None:
    counts = {"a": 5, "b": 5, "c": 30, "d": 60, "e": 400}
    known = {"a": 0.1, "b": 0.05, "c": 0.15, "d": 0.3, "e": 0.4}

    assert [gap.code for gap in gaps_of(counts, known, 500, 10).missing] == ["a", "b", "d", "c"]


def test_nobody_yet_is_no_gap() -> None:
    gaps = gaps_of({}, {"a": 0.5, "b": 0.5}, 0, 10)

    assert [(gap.count, gap.share, gap.standing) for gap in gaps.of] == [(0, None, "even")] * 2
