"""Numbers as people write them: digits of their script, comma or point, spaces between thousands."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from babel import Locale, UnknownLocaleError

from consult.i18n import babel_code

MOST_DIGITS = 15
"""Beyond these a spreadsheet (and a float) no longer keeps every digit."""

LONGEST = 80
"""Characters; nobody writes a number as long as this."""

_SPACES = re.compile("[\\s\u00a0\u2000-\u200a\u202f\u205f\u3000_'’\u066c]+")
_MARKS = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SIGNS = str.maketrans(
    {
        "\u2212": "-",
        "\u2013": "-",
        "\uff0d": "-",
        "\uff0b": "+",
        "\u066b": ".",
        "\uff0e": ".",
        "\uff0c": ",",
        "\u060c": ",",
    }
)
_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")


def western_digits(written: str) -> str:
    """Any script's decimal digits as 0–9 (Arabic-Indic, Persian, full-width …); the rest stays."""
    if written.isascii():
        return written
    return "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character for character in written
    )


def plain_number(written: str, language: str) -> str | None:
    """A typed number as ``[-]digits[.digits]``; None when it is none.

    A comma or point is the decimal sign, unless it is what the language groups thousands with and stands
    before every third digit: "1,234" is 1234 in English and 1.234 in French.
    """
    if written.isascii() and written.isdecimal():
        return written
    if len(written) > LONGEST:
        return None
    text = _SPACES.sub("", _MARKS.sub("", western_digits(written)).translate(_SIGNS))
    text = _ungrouped(text, _group_sign(language))
    return text if _PLAIN.fullmatch(text) else None


def _ungrouped(text: str, group: str) -> str:
    if "," in text and "." in text:
        # The last of the two is the decimal sign, the other one groups.
        group = "," if text.rfind(".") > text.rfind(",") else "."
    elif text.count(",") + text.count(".") > 1:
        group = "," if "," in text else "."
    decimal = "." if group == "," else ","
    if group and re.fullmatch(rf"[+-]?[0-9]{{1,3}}(?:[{group}][0-9]{{3}})+(?:[{decimal}][0-9]*)?", text):
        text = text.replace(group, "")
    return text.replace(",", ".")


@cache
def decimal_sign(language: str) -> str:
    """What stands between a number and its decimals in this language: "." or ","."""
    return "," if _symbols(language).get("decimal") == "," else "."


@cache
def group_sign(language: str) -> str:
    """What people write between thousands in this language; a no-break space where it is a space."""
    sign = _symbols(language).get("group", "\u00a0")
    return sign if sign in (",", ".", "’") else "\u00a0"


def grouped_number(value: float, language: str) -> str:
    """As :func:`written_number`, with thousands apart; :func:`plain_number` reads it in the same language."""
    whole, sign, decimals = written_number(value, language).partition(decimal_sign(language))
    minus, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    groups = [digits[max(end - 3, 0) : end] for end in range(len(digits), 0, -3)]
    return f"{minus}{group_sign(language).join(reversed(groups))}{sign}{decimals}"


@cache
def _group_sign(language: str) -> str:
    sign = _symbols(language).get("group", "")
    return sign if sign in (",", ".") else ""


def _symbols(language: str) -> dict[str, str]:
    try:
        known = Locale.parse(babel_code(language)).number_symbols
    except (UnknownLocaleError, ValueError):
        return {}
    return dict(known.get("latn", {}))


def written_number(value: float, language: str) -> str:
    """A number as it is typed in this language, without grouping: 2.5 → "2,5" in French."""
    text = str(int(value)) if float(value).is_integer() else f"{value:.15g}"
    return text.replace(".", decimal_sign(language))
