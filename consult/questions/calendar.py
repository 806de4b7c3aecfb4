"""Dates and times as people write them, read generously, and never guessed."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import cache

from babel import Locale, UnknownLocaleError

from consult.i18n import babel_code
from consult.questions import messages
from consult.questions.digits import western_digits
from consult.questions.kind import Refused

LONGEST = 80
"""Characters that are looked at; the longest date in words has fewer."""

_MARKS = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_YEAR_FIRST = re.compile(r"(\d{4})(?:\s*[-/.年]\s*|\s+)(\d{1,2})(?:\s*[-/.月]\s*|\s+)(\d{1,2})日?")
_YEAR_LAST = re.compile(r"(\d{1,2})(?:\s*[-/.]\s*|\s+)(\d{1,2})(?:\s*[-/.]\s*|\s+)(\d{4})")
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})月?")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{4})")
_YEAR = re.compile(r"\d{4}")
_TIME = re.compile(
    r"(?P<before>上午|下午)?\s*(?P<hour>\d{1,2})(?:\s*(?:[:.h時时点]|heures?)\s*(?P<minute>\d{2})?(?:[:.]\d{2}(?:\.\d+)?)?)?"
    r"\s*(?:min|分)?\s*(?P<after>a\.?\s?m\.?|p\.?\s?m\.?|ص|م)?"
)
_AFTERNOON = ("p", "م", "下")
_MORNING = ("a", "ص", "上")
_JOINERS = re.compile(r"(?:\s|,|،|\bat\b|\bà\b|\ba las?\b|الساعة|T)+$")


def plain(written: str) -> str:
    """Western digits, no marks of direction, single spaces, lower case."""
    return _plain(written).lower()


def _plain(written: str) -> str:
    # Longer is no date, and would only keep the patterns busy.
    return " ".join(_MARKS.sub("", western_digits(written[:LONGEST])).split())


def read_date(written: str, language: str) -> dt.date:
    """A date in digits (year first, or year last where the language says which is the day) or in words.

    Raises Refused: unreadable, no such day, or day and month cannot be told apart.
    """
    text = plain(written)
    if match := _YEAR_FIRST.fullmatch(text):
        return _date(match[1], match[2], match[3])
    if match := _YEAR_LAST.fullmatch(text):
        return _year_last(match[1], match[2], match[3], language)
    return _in_words(text, language)


def read_month(written: str, language: str) -> dt.date:
    """A month of a year, as its first day. Raises Refused."""
    text = plain(written)
    if match := _MONTH.fullmatch(text):
        return _date(match[1], match[2], "1", messages.MONTH)
    if match := _MONTH_YEAR.fullmatch(text):
        return _date(match[2], match[1], "1", messages.MONTH)
    words = re.findall(r"[^\W\d_]+", text)
    month = next((found for word in words if (found := month_named(word, language))), None)
    year = re.findall(r"\d+", text)
    if month is None or len(year) != 1 or len(year[0]) != 4:
        raise Refused(messages.MONTH)
    return _date(year[0], str(month), "1", messages.MONTH)


def read_year(written: str) -> dt.date:
    """A year, as its first day. Raises Refused."""
    text = plain(written)
    if not _YEAR.fullmatch(text):
        raise Refused(messages.YEAR)
    return _date(text, "1", "1", messages.YEAR)


def read_time(written: str) -> dt.time:
    """Hours and minutes, on 24 hours or with a.m. and p.m.; seconds are dropped. Raises Refused."""
    match = _TIME.fullmatch(plain(written))
    half = ((match["before"] or match["after"] or "") if match else "")[:1]
    if match is None or not (half or match["minute"] or not match[0].isdecimal()):
        raise Refused(messages.TIME)
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if half and not 1 <= hour <= 12:
        raise Refused(messages.TIME)
    if half in _AFTERNOON:
        hour = hour % 12 + 12
    elif half in _MORNING:
        hour %= 12
    if hour > 23 or minute > 59:
        raise Refused(messages.TIME)
    return dt.time(hour, minute)


def read_moment(written: str, language: str) -> dt.datetime:
    """A date followed by a time; naive. Raises Refused."""
    text = _plain(written)
    for start in range(1, len(text)):
        if text[start - 1].isdigit() and text[start].isdigit():
            continue
        try:
            time = read_time(text[start:].lstrip("T ,،"))
            return dt.datetime.combine(read_date(_JOINERS.sub("", text[:start]), language), time)
        except Refused:
            continue
    raise Refused(messages.DATETIME)


@cache
def _months(language: str) -> dict[str, int]:
    """Month names of a language, without accents, in full and shortened → 1–12."""
    try:
        known = Locale.parse(babel_code(language)).months
    except (UnknownLocaleError, ValueError):
        return {}
    names: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("abbreviated", "wide"):
            for number, name in known[context][width].items():
                names.setdefault(_bare(name), number)
    return names


def month_named(word: str, language: str) -> int | None:
    """1–12 for a month's name in the page's language, in English or in French; None for other words."""
    return next(
        (_months(code)[_bare(word)] for code in (language, "en", "fr") if _bare(word) in _months(code)), None
    )


def _bare(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name.lower())
    return "".join(character for character in apart if not unicodedata.combining(character)).strip(" .")


def _in_words(text: str, language: str) -> dt.date:
    words = re.findall(r"[^\W\d_]+", text)
    month = next((found for word in words if (found := month_named(word, language))), None)
    numbers = re.findall(r"\d+", text)
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if month is None or len(years) != 1 or len(days) != 1 or len(numbers) != 2:
        raise Refused(messages.DATE)
    return _date(years[0], str(month), days[0])


def _year_last(first: str, second: str, year: str, language: str) -> dt.date:
    a, b = int(first), int(second)
    if a > 12 or a == b or (b <= 12 and _is_day_first(language)):
        return _date(year, second, first)
    if b > 12:
        return _date(year, first, second)
    raise Refused(messages.AMBIGUOUS_DATE)


@cache
def _is_day_first(language: str) -> bool:
    # In English, Canadians write both orders: nothing can be told from the language.
    if language.split("-")[0] == "en":
        return False
    try:
        pattern = Locale.parse(babel_code(language)).date_formats["short"].pattern
    except (UnknownLocaleError, ValueError):
        return False
    return "d" in pattern and pattern.index("d") < pattern.index("M")


def _date(year: str, month: str, day: str, otherwise: object = messages.NO_SUCH_DAY) -> dt.date:
    try:
        found = dt.date(int(year), int(month), int(day))
    except ValueError as problem:
        raise Refused(otherwise) from problem
    if found.year < 1000:
        raise Refused(otherwise)
    return found
