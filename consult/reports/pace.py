"""How fast responses come, and where that leads: the days left, the day of reaching a target. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Per = Literal["day", "week", "month"]

RECENT = 14
"""Days from which the present pace is taken; fewer, where the survey has not been open for so long."""

FAR = 730
"""Days after which no day is named any more: nobody can look that far from two weeks."""

_DAYS_BY_DAY, _DAYS_BY_WEEK = 42, 300


@dataclass(frozen=True, slots=True)
class Pace:
    """``recent``: responses of the last ``days`` days, today among them."""

    days: int
    recent: int

    @property
    def per_day(self) -> float:
        return self.recent / self.days


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where the present pace leads. ``days_left``: with today and the last day; 0 when that is over; None
    where none is planned. ``reached_on``: None where it is never, or too far away to be said; ``at_end``:
    responses on the last day; ``needed``: responses a day from now on to reach the target by then."""

    pace: Pace
    days_left: int | None
    reached_on: dt.date | None
    at_end: int | None
    needed: float | None


@dataclass(frozen=True, slots=True)
class Step:
    """One day, week (by its Monday) or month (by its first day). ``until``: its last day that is over or
    today; ``together``: all responses up to then; ``before``: those of an earlier time, in one step."""

    start: dt.date
    until: dt.date
    new: int
    together: int
    is_before: bool = False


def pace_of(by_day: Mapping[dt.date, int], opened_on: dt.date | None, today: dt.date) -> Pace:
    first = opened_on or min(by_day, default=today)
    days = max(1, min(RECENT, (today - first).days + 1))
    since = today - dt.timedelta(days=days - 1)
    return Pace(days, sum(number for day, number in by_day.items() if since <= day <= today))


def outlook_of(
    by_day: Mapping[dt.date, int],
    target: int | None,
    opened_on: dt.date | None,
    ends_on: dt.date | None,
    today: dt.date,
) -> Outlook:
    """At the pace of the last days."""
    pace, total = pace_of(by_day, opened_on, today), sum(by_day.values())
    left = None if ends_on is None else max(0, (ends_on - today).days + 1)
    coming = None if left is None else max(0, left - 1)  # days after today
    missing = None if target is None else max(0, target - total)
    reached_on = None
    if missing and pace.recent:
        days = -(-missing * pace.days // pace.recent)  # rounded up
        reached_on = today + dt.timedelta(days=days) if days <= FAR else None
    return Outlook(
        pace,
        left,
        reached_on,
        None if coming is None else total + round(pace.per_day * coming),
        missing / coming if missing and coming else None,
    )


def usual_per(first: dt.date, last: dt.date) -> Per:
    """By what so many days are best looked at."""
    days = (last - first).days + 1
    if days <= _DAYS_BY_DAY:
        return "day"
    return "week" if days <= _DAYS_BY_WEEK else "month"


def steps_of(by_day: Mapping[dt.date, int], per: Per, last: dt.date, most: int) -> Iterator[Step]:
    """From the first response to ``last``, also those steps in which nothing came; what lies before the
    newest ``most`` of them in one step."""
    if not by_day:
        return
    starts = [_start(min(by_day), per)]
    while (following := _next(starts[-1], per)) <= last:
        starts.append(following)
    new = dict.fromkeys(starts, 0)
    for day, number in by_day.items():
        new[_start(min(day, last), per)] += number
    earlier, shown = starts[:-most], starts[-most:]
    together = sum(new[start] for start in earlier)
    if earlier:
        yield Step(earlier[0], shown[0] - dt.timedelta(days=1), together, together, is_before=True)
    for start in shown:
        together += new[start]
        yield Step(start, min(_next(start, per) - dt.timedelta(days=1), last), new[start], together)


def planned_by(
    day: dt.date, target: int | None, opened_on: dt.date | None, ends_on: dt.date | None
) -> int | None:
    """How many there would be at the end of ``day`` if each day from first to last brought as many."""
    if target is None or opened_on is None or ends_on is None or ends_on < opened_on:
        return None
    over = (day - opened_on).days + 1
    return round(target * min(1.0, max(0, over) / ((ends_on - opened_on).days + 1)))


def _start(day: dt.date, per: Per) -> dt.date:
    if per == "month":
        return day.replace(day=1)
    return day - dt.timedelta(days=day.weekday()) if per == "week" else day


def _next(start: dt.date, per: Per) -> dt.date:
    if per == "month":
        return (start + dt.timedelta(days=31)).replace(day=1)
    return start + dt.timedelta(days=7 if per == "week" else 1)
