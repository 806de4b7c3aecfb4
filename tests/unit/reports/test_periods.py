"""Periods that move along with the calendar."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.reports.periods import DAYS, PERIODS, days_of

TODAY = dt.date(2026, 1, 31)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("this_month", "2026-01-01", "2026-01-31"),
        ("last_month", "2025-12-01", "2025-12-31"),
        ("this_quarter", "2026-01-01", "2026-03-31"),
        ("last_quarter", "2025-10-01", "2025-12-31"),
        ("this_year", "2026-01-01", "2026-12-31"),
        ("last_year", "2025-01-01", "2025-12-31"),
    ],
)
def test_period_is_that_of_the_day(period: str, first: str, last: str) -> None:
    assert days_of(period, TODAY) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


def test_february_of_a_leap_year_has_its_last_day() -> None:
    assert days_of("last_month", dt.date(2028, 3, 31)) == (dt.date(2028, 2, 1), dt.date(2028, 2, 29))


def test_everything_is_open_and_fixed_days_stay() -> None:
    fixed = dt.date(2026, 3, 1), None
    assert days_of("everything", TODAY, *fixed) == (None, None)
    assert days_of(DAYS, TODAY, *fixed) == fixed


def test_unknown_period_is_an_error() -> None:
    with pytest.raises(KeyError):
        days_of("fortnight", TODAY)


@given(st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)), st.sampled_from(["month", "quarter", "year"]))
def test_last_period_ends_the_day_before_this_one_begins(today: dt.date, length: str) -> None:
    (this, until), (_, last) = days_of(f"this_{length}", today), days_of(f"last_{length}", today)
    assert this is not None
    assert until is not None
    assert last == this - dt.timedelta(days=1)
    assert this <= today <= until


def test_there_is_no_other_period() -> None:
    assert len(PERIODS) == 8
