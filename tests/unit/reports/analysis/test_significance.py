"""Marks against calculations by hand and an independent library."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from consult.reports.analysis.significance import MEAN, Mark, holm, marks_of, rest_of, two_proportions, welch
from consult.reports.tables import CrossTable
from tests.reports.building import row
from tests.samples.questions import ask
from tests.unit.reports.analysis.test_intervals import summed
from tests.unit.reports.test_tables import ONE, SEVERAL, crossed

AGE = ask("integer", "age")


def by_language(question: Any, threshold: int = 1, **answers: list[Any]) -> CrossTable:
    rows = [row({question.key: value}, language=language) for language, of in answers.items() for value in of]
    return crossed([question], "_language", rows, threshold).tables[0]


def test_a_difference_by_hand() -> None:
    # 30 of 50 and 20 of 50: pooled 0.5, error √(0.25 · 0.04) = 0.1, z = 2.
    assert two_proportions(30, 50, 20, 50) == pytest.approx(0.04550026389635842, abs=1e-12)


@given(st.integers(30, 3000), st.integers(30, 3000), st.floats(0.2, 0.8), st.floats(0.2, 0.8))
def test_the_square_of_the_test_is_chi_squared(base: int, other: int, share: float, rest: float) -> None:
    count, rest_count = round(base * share), round(other * rest)
    counts = [[count, base - count], [rest_count, other - rest_count]]

    expected = stats.chi2_contingency(counts, correction=False).pvalue

    assert two_proportions(count, base, rest_count, other) == pytest.approx(expected, rel=1e-9, abs=1e-14)


@pytest.mark.parametrize(("count", "base"), [(2, 6), (0, 0), (0, 40), (40, 40)])
def test_too_few_expected_are_not_compared(count: int, base: int) -> None:
    assert two_proportions(count, base, count, base) is None


NUMBERS = st.lists(st.integers(-100, 100), min_size=10, max_size=50)


@given(NUMBERS, NUMBERS)
def test_means_are_compared_like_by_an_independent_library(part: list[float], rest: list[float]) -> None:
    if len(set(part)) == len(set(rest)) == 1:
        part = [*part, part[0] + 1]
    expected = stats.ttest_ind(part, rest, equal_var=False).pvalue

    moments = rest_of(summed(part + rest), summed(part))

    assert moments is not None
    assert welch(summed(part), moments) == pytest.approx(expected, rel=1e-8, abs=1e-9)


def test_few_numbers_are_not_compared() -> None:
    assert welch(summed([1, 2, 3]), (50.0, 1.0, 100)) is None


def test_chances_are_corrected_by_hand() -> None:
    # 0.01 · 4, 0.02 · 3, 0.03 · 2 (not less than the one before), 0.9.
    assert holm([0.03, 0.01, 0.9, 0.02]) == pytest.approx((0.06, 0.04, 0.9, 0.06))


@given(st.lists(st.floats(0, 1), max_size=30))
def test_correction_never_makes_a_chance_smaller_nor_changes_their_order(chances: list[float]) -> None:
    corrected = holm(chances)
    order = sorted(range(len(chances)), key=lambda place: chances[place])

    assert all(after >= before for before, after in zip(chances, corrected, strict=True))
    assert [corrected[place] for place in order] == sorted(corrected)


def marks(table: CrossTable, of: str) -> tuple[Mark | None, ...]:
    return marks_of(table).of_row(of, len(table.groups))


def test_groups_that_answer_otherwise_are_marked() -> None:
    table = by_language(ONE, en=["yes"] * 80 + ["no"] * 20, fr=["yes"] * 40 + ["no"] * 60)

    assert marks(table, "yes") == ("higher", "lower")
    assert marks(table, "no") == ("lower", "higher")


def test_groups_that_answer_alike_are_not_marked() -> None:
    table = by_language(ONE, en=["yes"] * 50 + ["no"] * 50, fr=["yes"] * 52 + ["no"] * 48)

    assert marks(table, "yes") == (None, None)


def test_means_that_differ_are_marked() -> None:
    table = by_language(AGE, en=list(range(20, 50)), fr=list(range(40, 70)))

    assert marks(table, MEAN) == ("lower", "higher")


def test_hidden_groups_are_not_marked() -> None:
    few = {"en": ["yes"] * 8, "fr": ["no"] * 80, "es": ["yes"] * 9, "ar": ["yes"] * 60}
    table = by_language(ONE, threshold=10, **few)

    found = [part is None for part in table.groups]
    assert True in found
    assert all(mark is None for mark, hidden in zip(marks(table, "yes"), found, strict=True) if hidden)


def test_chance_alone_seldom_makes_a_mark() -> None:
    # Ten languages that answer alike but for a whim: one of them is 2.2 standard errors off, which alone
    # would be marked and among twenty comparisons is not.
    like = {
        code: ["yes"] * 50 + ["no"] * 50 for code in ("en", "fr", "es", "ar", "zh", "so", "ti", "uk", "ur")
    }
    table = by_language(ONE, **like, pt=["yes"] * 61 + ["no"] * 39)

    assert min(each.chance for each in marks_of(table).comparisons) > 0.05
    assert two_proportions(61, 100, 450, 900) < 0.05  # type: ignore[operator]


def test_several_answers_are_compared_choice_by_choice() -> None:
    table = by_language(SEVERAL, en=[["yes", "no"]] * 60, fr=[["yes"]] * 60)

    assert marks(table, "yes") == (None, None)
    assert marks(table, "no") == ("higher", "lower")
