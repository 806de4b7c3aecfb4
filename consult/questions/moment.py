"""Moments: date, time, and both together."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, get_datetime_format

from consult.i18n import babel_code
from consult.questions import messages
from consult.questions.appearance import CALENDARS
from consult.questions.calendar import read_date, read_moment, read_month, read_time, read_year
from consult.questions.kind import Answers, Cell, Coded, Column, Given, Kind, Message, Refused
from consult.questions.question import Question

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME = re.compile(r"\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?", re.ASCII)


class Date(Kind):
    """A day; coded as "2026-03-05". Appearance ``month-year`` or ``year``: the first day of it.

    ``no-calendar`` and ``month-year`` have one field for each part.
    """

    name = "date"
    types = ("date",)
    summary = "dates"

    def clean(self, question: Question, given: Given) -> dict[str, Coded]:
        """What a file or an old page brings in one piece is read as well as the separate fields."""
        written = self._together(question, given)
        if not written:
            return {}
        if "year" in question.appearance:
            return {question.key: read_year(written).isoformat()}
        if "month-year" in question.appearance:
            return {question.key: read_month(written, given.language).isoformat()}
        return {question.key: read_date(written, given.language).isoformat()}

    def _together(self, question: Question, given: Given) -> str:
        """The month (under the question's own name) with what stands in the other fields."""
        others = {name: text.strip() for name, text in given.details.items()}
        if not others or (not any(others.values()) and len(given.text) != len("03")):
            return given.text
        parts = [others.get("year", ""), given.text]
        if "day" in self.details(question):
            parts.append(others.get("day", ""))
        if not all(parts):
            raise Refused(messages.DATE_PARTS)
        return "-".join(parts)

    def problem(self, question: Question, value: Any) -> Message | None:
        return None if _date(value) else messages.DATE

    def partial(self, question: Question) -> str:
        return "questions/date_parts.html" if self.details(question) else "questions/date.html"

    def details(self, question: Question) -> tuple[str, ...]:
        """Fields besides the menu of months, where month and year (and day) are asked one by one."""
        if "year" in question.appearance:
            return ()
        if "month-year" in question.appearance:
            return ("year",)
        return ("day", "year") if "no-calendar" in question.appearance else ()

    def control(self, question: Question, language: str) -> dict[str, Any]:
        """``parts`` in the language's order, ``months`` number → name; or ``input_type`` of the one field."""
        has_other_calendar = not CALENDARS.isdisjoint(question.appearance)
        details = self.details(question)
        if details:
            parts = [part for part in _order(language) if part == "month" or part in details]
            months = _month_names(language)
            return {
                "is_group": True,
                "is_menu": True,
                "parts": parts,
                "numbers": list(months),
                "months": months,
                "has_other_calendar": has_other_calendar,
            }
        type_ = "text" if "year" in question.appearance else "date"
        return {"input_type": type_, "has_other_calendar": has_other_calendar}

    def typed(self, question: Question, answers: Answers, language: str) -> Given:
        value = str(answers.get(question.key) or "")
        if not value or not (details := self.details(question)):
            return super().typed(question, answers, language)
        shown = {"year": value[:4], "day": value[8:10].removeprefix("0")}
        return Given((value[5:7],), {name: shown[name] for name in details})

    def written(self, question: Question, value: Any, language: str) -> str:
        return str(value)[: 4 if "year" in question.appearance else 10]

    def display(self, question: Question, value: Any, language: str) -> str:
        found = _date(value)
        if found is None:
            return ""
        if "year" in question.appearance:
            return f"{found.year}"
        if "month-year" in question.appearance:
            return format_date(found, "LLLL y", locale=_locale(language))
        return format_date(found, "long", locale=_locale(language))

    def columns(self, question: Question) -> tuple[Column, ...]:
        return (self.column(question, "date"),)

    def cell(self, question: Question, value: Any, language: str) -> Cell:
        return _date(value) or str(value)


class Time(Kind):
    """A time of day; coded as "09:30"."""

    name = "time"
    types = ("time",)
    summary = "dates"

    def control(self, question: Question, language: str) -> dict[str, Any]:
        return {"input_type": "time"}

    def clean(self, question: Question, given: Given) -> dict[str, Coded]:
        return {question.key: read_time(given.text).strftime("%H:%M")} if given.text else {}

    def problem(self, question: Question, value: Any) -> Message | None:
        return None if _time(value) else messages.TIME

    def display(self, question: Question, value: Any, language: str) -> str:
        found = _time(value)
        return format_time(found, "short", locale=_locale(language)) if found else ""

    def columns(self, question: Question) -> tuple[Column, ...]:
        return (self.column(question, "time"),)

    def cell(self, question: Question, value: Any, language: str) -> Cell:
        return _time(value) or str(value)


class DateTime(Kind):
    """A moment; coded as ISO 8601 with offset: "2026-03-05T09:30:00.000-05:00"."""

    name = "dateTime"
    types = ("datetime", "date time")
    summary = "dates"

    def partial(self, question: Question) -> str:
        return "questions/datetime.html"

    def control(self, question: Question, language: str) -> dict[str, Any]:
        return {"input_type": "datetime-local"}

    def clean(self, question: Question, given: Given) -> dict[str, Coded]:
        if not given.text:
            return {}
        zone = given.now.tzinfo if given.now else dt.UTC
        moment = read_moment(given.text, given.language).replace(tzinfo=zone)
        return {question.key: moment.isoformat(timespec="milliseconds")}

    def problem(self, question: Question, value: Any) -> Message | None:
        return None if _moment(value) else messages.DATETIME

    def written(self, question: Question, value: Any, language: str) -> str:
        return str(value)[:16]

    def display(self, question: Question, value: Any, language: str) -> str:
        found = _moment(value)
        if found is None:
            return ""
        there, locale = found.replace(tzinfo=None), _locale(language)
        together = str(get_datetime_format("medium", locale=locale))
        parts = {
            "{0}": format_time(there, "short", locale=locale),
            "{1}": format_date(there, "long", locale=locale),
        }
        return re.sub(r"\{[01]\}", lambda place: parts[place[0]], together)

    def columns(self, question: Question) -> tuple[Column, ...]:
        return (self.column(question, "datetime"),)

    def cell(self, question: Question, value: Any, language: str) -> Cell:
        """The clock where it was answered: a spreadsheet knows no time zones."""
        found = _moment(value)
        return found.replace(tzinfo=None) if found else str(value)


@cache
def _order(language: str) -> tuple[str, ...]:
    """In which order a language writes day, month and year."""
    pattern = _locale(language).date_formats["long"].pattern
    places = {part: pattern.find(sign) for part, sign in (("day", "d"), ("year", "y"))}
    places["month"] = min((at for at in map(pattern.find, "ML") if at >= 0), default=1)
    return tuple(sorted(places, key=lambda part: places[part]))


@cache
def _month_names(language: str) -> dict[str, str]:
    names = _locale(language).months["stand-alone"]["wide"]
    return {f"{number:02}": names[number] for number in range(1, 13)}


def _date(value: Any) -> dt.date | None:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None


def _time(value: Any) -> dt.time | None:
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        return None
    try:
        return dt.time.fromisoformat(value)
    except ValueError:
        return None


def _moment(value: Any) -> dt.datetime | None:
    if not isinstance(value, str) or not _DATE.fullmatch(value[:10]) or value[10:11] != "T":
        return None
    try:
        moment = dt.datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _locale(language: str) -> Locale:
    """Canada's way of writing dates in its own languages, every other language's own."""
    code = {"en": "en_CA", "fr": "fr_CA"}.get(language, babel_code(language))
    try:
        return Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_CA")
