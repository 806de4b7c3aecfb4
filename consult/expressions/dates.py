"""Dates as texts and as numbers of days.

Decided once, where the engines in the field differ: as a number a date counts whole days since 1970-01-01,
whatever the time zone, and so does a date with time: the day that is written there. Only decimal-date-time()
knows the fraction of a day: of the instant, in UTC; what says no zone is then in that of the context.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError

_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_ZONE = r"(Z|[+-](?:0[0-9]|1[0-4]):?[0-5][0-9])?"
_CLOCK = r"([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9](?:\.[0-9]{1,9})?))?" + _ZONE
_TIME = re.compile(_CLOCK)
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T" + _CLOCK)
_EPOCH = date(1970, 1, 1).toordinal()
_START = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)


@lru_cache(maxsize=4096)
def days_of(written: str) -> float:
    """``"1970-01-03"`` and ``"1970-01-03T10:00:00-05:00"`` → 2.0, the day as it is written; NaN of others."""
    if len(written) < 8 or written[4] != "-":
        return math.nan
    day = _date(written) or _moment(written)
    return math.nan if day is None else float(day.toordinal() - _EPOCH)


def instant_of(written: str, zone: tzinfo | None) -> float:
    """Days and their fraction since 1970-01-01 in UTC; what says no zone is in ``zone``. NaN of others."""
    day = _date(written)
    moment = datetime(day.year, day.month, day.day, tzinfo=zone) if day else _moment(written, zone)
    return math.nan if moment is None else (moment - _START) / _DAY


def _date(written: str) -> date | None:
    if len(written) == 10 and written[4] == written[7] == "-":
        try:
            return date.fromisoformat(written)
        except ValueError:
            return None
    match = _DATE.fullmatch(written)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _moment(written: str, zone: tzinfo | None = UTC) -> datetime | None:
    """A date with time, to the millisecond; in ``zone`` if it says none."""
    match = _MOMENT.fullmatch(written)
    day = _date(match[1]) if match else None
    if match is None or day is None:
        return None
    _, hours, minutes, seconds, said = match.groups()
    if said:
        zone = timezone(timedelta(minutes=_ahead(said)))
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    try:
        return midnight + timedelta(milliseconds=_milliseconds(hours, minutes, seconds))
    except OverflowError:
        return None


def _milliseconds(hours: str, minutes: str, seconds: str | None) -> int:
    return (int(hours) * 60 + int(minutes)) * 60_000 + math.floor(float(seconds or 0) * 1000 + 1e-6)


def _ahead(zone: str | None) -> int:
    """Minutes by which a zone is ahead of UTC: ``-05:00`` → -300."""
    if not zone or zone == "Z":
        return 0
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    return -minutes if zone[0] == "-" else minutes


def date_in(written: str) -> str:
    """The date in a date or a date with time, as it is written there: ``2026-03-05``; "" if there is none."""
    found = _date(written) or _moment(written)
    return "" if found is None else found.strftime("%Y-%m-%d").rjust(10, "0")


def date_after(days: float) -> str:
    """The date so many days after 1970-01-01, fractions left off; "" outside years 1 to 9999."""
    try:
        return date.fromordinal(math.floor(days) + _EPOCH).isoformat()
    except (ValueError, OverflowError):
        return ""


def moment_after(days: float, zone: tzinfo | None) -> str:
    """The instant so many days after 1970-01-01 UTC, in ``zone``, to the millisecond; whole days are a date.

    "" outside years 1 to 9999.
    """
    if float(days).is_integer():
        return date_after(days)
    try:
        moment = _START + timedelta(milliseconds=math.floor(days * 86_400_000 + 0.5))
        return moment.astimezone(zone).isoformat(timespec="milliseconds")
    except (ValueError, OverflowError):
        return ""


def moment_in(written: str, zone: tzinfo | None) -> str | None:
    """A date with time, the same instant in ``zone``; None if it is none, "" if it leaves the calendar."""
    moment = _moment(written, zone)
    try:
        return None if moment is None else moment.astimezone(zone).isoformat(timespec="milliseconds")
    except (ValueError, OverflowError):
        return ""


def is_time(written: str) -> bool:
    """Whether it is a time of day: ``09:30``."""
    return _TIME.fullmatch(written) is not None


def fraction_of_day(written: str, offset: timedelta | None) -> float:
    """``"06:00"`` → 0.25; a time that says its zone is brought to ``offset``. NaN if it is no time of day."""
    match = _TIME.fullmatch(written)
    if match is None:
        return math.nan
    hours, minutes, seconds, zone = match.groups()
    at = _milliseconds(hours, minutes, seconds) - _ahead(zone) * 60_000
    if zone and offset is not None:
        at += int(offset.total_seconds()) * 1000
    return (at % 86_400_000) / 86_400_000


_FIELDS: Mapping[str, Callable[[datetime], str]] = {
    "Y": lambda at: f"{at.year:04}",
    "y": lambda at: f"{at.year % 100:02}",
    "m": lambda at: f"{at.month:02}",
    "n": lambda at: str(at.month),
    "d": lambda at: f"{at.day:02}",
    "e": lambda at: str(at.day),
    "H": lambda at: f"{at.hour:02}",
    "h": lambda at: str(at.hour),
    "M": lambda at: f"{at.minute:02}",
    "S": lambda at: f"{at.second:02}",
    "3": lambda at: f"{at.microsecond // 1000:03}",
}


def formatted(written: str, pattern: str, language: str) -> str:
    """``written`` in the words of ``pattern`` (ODK's codes); "" if it is no date."""
    day = _date(written)
    at = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else _moment(written)
    if at is None:
        return ""
    known = at

    def field(match: re.Match[str]) -> str:
        code = match[1]
        if code in _FIELDS:
            return _FIELDS[code](known)
        names = _names(language)
        if code in "bB":
            return names[code][known.month - 1]
        return names[code][known.weekday()] if code in "aA" else code

    return re.sub(r"%([YymndeHhMS3bBaA%])", field, pattern)


@cache
def _names(language: str) -> Mapping[str, tuple[str, ...]]:
    """Short and long names of months and weekdays (from Monday)."""
    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    months, days = locale.months["format"], locale.days["format"]
    return {
        "b": tuple(months["abbreviated"][place] for place in range(1, 13)),
        "B": tuple(months["wide"][place] for place in range(1, 13)),
        "a": tuple(days["abbreviated"][place] for place in range(7)),
        "A": tuple(days["wide"][place] for place in range(7)),
    }
