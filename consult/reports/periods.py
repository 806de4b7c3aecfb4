"""Periods of a saved report: fixed days, or days that move along with the calendar. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

EVERYTHING, DAYS = "everything", "days"

Days = tuple[dt.date | None, dt.date | None]
"""The first and the last, both included; None: open."""


def days_of(period: str, today: dt.date, since: dt.date | None = None, until: dt.date | None = None) -> Days:
    """``period``: one of :data:`PERIODS`; ``since``, ``until``: the days of :data:`DAYS`. Raises KeyError."""
    if period == DAYS:
        return since, until
    return _DAYS[period](today)


def _months_later(first: dt.date, months: int) -> dt.date:
    place = first.year * 12 + first.month - 1 + months
    return dt.date(place // 12, place % 12 + 1, 1)


def _months(first: dt.date, months: int) -> Days:
    return first, _months_later(first, months) - dt.timedelta(days=1)


def _first_of_quarter(today: dt.date) -> dt.date:
    return dt.date(today.year, today.month - (today.month - 1) % 3, 1)


_DAYS: Mapping[str, Callable[[dt.date], Days]] = {
    EVERYTHING: lambda _today: (None, None),
    "this_month": lambda today: _months(today.replace(day=1), 1),
    "last_month": lambda today: _months(_months_later(today.replace(day=1), -1), 1),
    "this_quarter": lambda today: _months(_first_of_quarter(today), 3),
    "last_quarter": lambda today: _months(_months_later(_first_of_quarter(today), -3), 3),
    "this_year": lambda today: _months(dt.date(today.year, 1, 1), 12),
    "last_year": lambda today: _months(dt.date(today.year - 1, 1, 1), 12),
}

PERIODS = (*_DAYS, DAYS)
"""All of them, by what they are stored as."""
