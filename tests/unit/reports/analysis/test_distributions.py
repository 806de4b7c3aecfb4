"""Quantiles and tails against scipy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from consult.reports.analysis.distributions import (
    normal_quantile,
    normal_tails,
    student_quantile,
    student_tails,
)


@given(st.floats(-30, 30), st.floats(1, 1e7))
def test_students_tails_are_those_of_an_independent_library(t: float, freedom: float) -> None:
    expected = 2 * stats.t.sf(abs(t), freedom)

    assert student_tails(t, freedom) == pytest.approx(expected, rel=1e-9, abs=1e-14)


@given(st.floats(0.5, 0.999), st.floats(1, 1e6))
def test_students_quantiles_are_those_of_an_independent_library(confidence: float, freedom: float) -> None:
    expected = stats.t.ppf((1 + confidence) / 2, freedom)

    assert student_quantile(confidence, freedom) == pytest.approx(expected, rel=1e-9)


@given(st.floats(-37, 37))
def test_normal_tails_are_those_of_an_independent_library(z: float) -> None:
    assert normal_tails(z) == pytest.approx(2 * stats.norm.sf(abs(z)), rel=1e-9)


def test_about_two_standard_deviations_hold_nineteen_of_twenty() -> None:
    assert normal_quantile(0.95) == pytest.approx(1.959963984540054, abs=1e-12)
