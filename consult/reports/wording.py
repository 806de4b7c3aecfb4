"""In which languages a report speaks: one, or English and French side by side.

Words of the interface come from the catalogues and content from the questionnaire, both without a request:
a report is written by a command or another process as well as by a page.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent

from consult.i18n import (
    INTERFACE_LANGUAGES,
    OFFICIAL_LANGUAGES,
    Direction,
    Localized,
    babel_code,
    catalogue,
    language,
    language_name,
)
from consult.questions.rich_text import plain_text

_ANSWER_IN_TEXT = re.compile(r"\$\{[^{}]*\}")

BOTH = "both"
"""How people ask for English and French in one report."""


class Said(tuple[str, ...]):
    """The same thing in each language of a report; ``str()`` gives one line."""

    __slots__ = ()

    @property
    def line(self) -> str:
        """In one line: ``Language / Langue``."""
        return " / ".join(dict.fromkeys(self))

    @property
    def block(self) -> str:
        """One language under the other."""
        return "\n".join(dict.fromkeys(self))

    def __str__(self) -> str:
        return self.line


def left_open(text: str) -> str:
    """A text in which answers stand ("Age of ${name}"): a report is of many people, so it says "Age of …"."""
    return _ANSWER_IN_TEXT.sub("…", text) if "${" in text else text


@dataclass(frozen=True, slots=True)
class Wording:
    """``languages``: BCP 47, one, or the two official ones. ``fallback``: the official language that
    stands in where a language has no catalogue of ours (a report in Somali)."""

    languages: tuple[str, ...]
    fallback: str = "en"

    @classmethod
    def of(cls, wanted: str, fallback: str = "en") -> Wording:
        """``both``, or the tag of any language."""
        return cls(OFFICIAL_LANGUAGES if wanted == BOTH else (wanted,), fallback)

    @property
    def is_bilingual(self) -> bool:
        return len(self.languages) > 1

    @property
    def direction(self) -> Direction:
        return language(self.languages[0]).direction

    @property
    def is_mixed(self) -> bool:
        """Whether questions run from right to left, and the report’s own words, in English, do not."""
        return self.direction != language(self._interface[0]).direction

    @property
    def office_tag(self) -> str:
        """The first language as documents of Word and Excel name theirs: English and French are of Canada."""
        return {"en": "en-CA", "fr": "fr-CA"}.get(self.languages[0], self.languages[0])

    @property
    def has_spaced_percent(self) -> bool:
        """Whether a no-break space stands before the sign: in French, and where French stands beside."""
        return any(code.split("-")[0] == "fr" for code in self._interface)

    def gettext(self, message: str, **values: Any) -> Said:
        """A sentence with named placeholders; a Said, number or date among them is said in each language."""
        return self._each(lambda code: catalogue(code).gettext(message), values)

    def ngettext(self, one: str, many: str, number: int, **values: Any) -> Said:
        """A sentence that counts; ``%(num)s`` is the number as the language writes it."""
        return self._each(lambda code: catalogue(code).ngettext(one, many, number), {"num": number, **values})

    def pgettext(self, context: str, message: str, **values: Any) -> Said:
        """A single word."""
        return self._each(lambda code: str(catalogue(code).pgettext(context, message)), values)

    def text(self, localized: Localized, otherwise: str = "") -> Said:
        """A text of the questionnaire, without its markup; see :func:`left_open`."""
        found = (localized.pick(code, self.fallback) for code in self.languages)
        return Said(left_open(plain_text(text)) or otherwise for text in found)

    def each(self, said_in: Callable[[str], object]) -> Said:
        """What a function of the language says."""
        return Said(str(said_in(code)) for code in self.languages)

    def language_name(self, code: str) -> Said:
        return Said(language_name(code, spoken) for spoken in self._interface)

    def date(self, day: dt.date) -> Said:
        return Said(_date(day, code) for code in self._interface)

    def month(self, month: str) -> Said:
        """``2026-03`` in words."""
        first = dt.date.fromisoformat(f"{month}-01")
        return Said(format_skeleton("yMMMM", first, locale=_locale(spoken)) for spoken in self._interface)

    def moment(self, moment: dt.date | dt.time) -> Said:
        """A day in words; a time, and the time of a day, in digits."""
        if isinstance(moment, dt.time):
            return Said(moment.strftime("%H:%M") for _ in self.languages)
        if isinstance(moment, dt.datetime):
            return Said(f"{day}, {moment:%H:%M}" for day in self.date(moment.date()))
        return self.date(moment)

    def number(self, number: float) -> Said:
        return Said(_number(number, code) for code in self._interface)

    def figure(self, number: float | None) -> Said:
        """A result: at most two decimals, never grouped (2,019 is no year); a dash where there is none."""
        return Said("–" if number is None else _figure(number, spoken) for spoken in self._interface)

    def percent(self, share: float | None) -> Said:
        """A share of 1 as whole per cent, halves up as spreadsheets do; a dash where there is none."""
        return Said("–" if share is None else _percent(share, spoken) for spoken in self._interface)

    def joined(self, parts: Iterable[Said]) -> Said:
        """Several things in a row, in each language."""
        commas = self.pgettext("between things in a row", ", ")
        pairs = zip(commas, zip(*parts, strict=True), strict=False)
        return Said(comma.join(each) for comma, each in pairs) or Said("" for _ in self.languages)

    @property
    def _interface(self) -> tuple[str, ...]:
        return tuple(_interface_language(code, self.fallback) for code in self.languages)

    def _each(self, template: Callable[[str], str], values: dict[str, Any]) -> Said:
        return Said(
            self._template(template, code)
            % {name: _value(value, place, code) for name, value in values.items()}
            if values
            else self._template(template, code)
            for place, code in enumerate(self._interface)
        )

    def _template(self, template: Callable[[str], str], code: str) -> str:
        """Respondents' languages have no words for reports, or not all of them."""
        found = template(code)
        is_missing = code not in OFFICIAL_LANGUAGES and found == template("en")
        return template(self.fallback) if is_missing else found


_ONE, _HUNDREDTH = Decimal(1), Decimal("0.01")
_NEARLY_HALF = 1e-6
_SURELY_EXACT = 1e15
"""Below it a number has its hundredths in Decimal’s 28 digits."""


@cache
def _interface_language(code: str, fallback: str) -> str:
    return next((known for known in (code, code.split("-")[0]) if known in INTERFACE_LANGUAGES), fallback)


def _value(value: Any, place: int, code: str) -> str:
    if isinstance(value, Said):
        return value[place]
    if isinstance(value, int | float):
        return _number(value, code)
    return _date(value, code) if isinstance(value, dt.date) else str(value)


@cache
def _locale(code: str) -> Locale:
    """Canada's conventions for its own languages."""
    try:
        return Locale.parse({"en": "en_CA", "fr": "fr_CA"}.get(code, babel_code(code)))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_CA")


@lru_cache(maxsize=10_000)
def _number(number: float, code: str) -> str:
    # Through its shortest decimal form: 0.1 stays 0.1.
    return format_decimal(Decimal(str(number)), locale=_locale(code), numbering_system="latn")


# Of a large page, ten thousand cells are some hundred different words: each is made once.


def _figure(number: float, code: str) -> str:
    rounded = (
        Decimal(str(number)).quantize(_HUNDREDTH) if abs(number) < _SURELY_EXACT else Decimal(str(number))
    )
    return _figure_said(rounded, code)


@lru_cache(maxsize=10_000)
def _figure_said(number: Decimal, code: str) -> str:
    return format_decimal(number, "0.##", locale=_locale(code), numbering_system="latn")


def rounded_percent(share: float) -> int:
    """A share of 1 as whole per cent, halves up."""
    hundred = share * 100
    below = math.floor(hundred)
    if abs(hundred - below - 0.5) > _NEARLY_HALF:
        return below + 1 if hundred - below > 0.5 else below
    # A half of a decimal is none of a binary number: 0.285 is a little less.
    return int((Decimal(str(share)) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def _percent(share: float, code: str) -> str:
    return _percent_said(rounded_percent(share), code)


@lru_cache(maxsize=10_000)
def _percent_said(percent: int, code: str) -> str:
    return format_percent(Decimal(percent) / 100, locale=_locale(code), numbering_system="latn")


def _date(day: dt.date, code: str) -> str:
    written = format_date(day, "long", locale=_locale(code))
    # The first of a month is said and written as first in French, which CLDR does not know.
    return f"1er{written[1:]}" if day.day == 1 and code.split("-")[0] == "fr" else written
