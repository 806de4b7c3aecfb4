"""Functions on dates and times."""

from __future__ import annotations

from consult.expressions import dates
from consult.expressions.context import Context
from consult.expressions.functions.table import Table
from consult.expressions.values import Value, number, text


def _written(value: Value) -> str | None:
    """The text that may be a date; None for a number or a truth."""
    return text(value) if isinstance(value, (str, list)) else None


def today(context: Context) -> str:
    return context.now.date().isoformat()


def now(context: Context) -> str:
    return context.now.isoformat(timespec="milliseconds")


def date(value: Value) -> Value:
    """As a date: of a date, of a date with time, or of a number of days; NaN stays, "" of anything else."""
    if value != value:
        return value
    written = _written(value)
    return dates.date_after(_days(value)) if written is None else dates.date_in(written)


def date_time(context: Context, value: Value) -> Value:
    """As a date with time in the context's zone; a date stays one, and NaN; "" of anything else."""
    if value != value:
        return value
    written = _written(value)
    if written is None:
        return dates.moment_after(_days(value), context.now.tzinfo)
    moment = dates.moment_in(written, context.now.tzinfo)
    return dates.date_in(written) if moment is None else moment


def decimal_date_time(context: Context, value: Value) -> float:
    """Days since 1970-01-01 in UTC with their fraction; a date begins at midnight in the context's zone."""
    written = _written(value)
    return _days(value) if written is None else _instant(written, context)


def _instant(written: str, context: Context) -> float:
    days = dates.instant_of(written, context.now.tzinfo)
    return days if days == days else number(written)


def _days(value: Value) -> float:
    return number(value) if type(value) is not bool else number("")


def decimal_time(context: Context, value: Value) -> float:
    """The fraction of the day at which a time of day stands."""
    return dates.fraction_of_day(text(value), context.now.utcoffset())


def format_date(context: Context, value: Value, pattern: Value) -> str:
    """A date in words: %Y %y %m %n %b %B %d %e %a %A %H %h %M %S %3, names in the context's language."""
    written = _written(value)
    if written is None:
        written = dates.moment_after(_days(value), context.now.tzinfo)
    if dates.is_time(written):
        written = f"{today(context)}T{written}"
    return dates.formatted(written, text(pattern), context.language)


PLAIN: Table = {"date": date}
CONTEXTUAL: Table = {
    "today": today,
    "now": now,
    "date-time": date_time,
    "decimal-date-time": decimal_date_time,
    "decimal-time": decimal_time,
    "format-date": format_date,
    "format-date-time": format_date,
}
