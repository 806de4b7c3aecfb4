"""Degrees as people write them: 43.65, 43,65, 43°39′N, 79° 22′ 59″ W; digits of any script."""

from __future__ import annotations

import re

from consult.questions.digits import plain_number, western_digits

LONGEST = 80
"""Characters that are looked at."""

_MARKS = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SIGNS = re.compile("[°º˚'’′‘\"”“″]|deg|min|sec")
# North and south, east and west: in English, French, Spanish and Portuguese (O: ouest, oeste), in Arabic.
_SIDES = {"N": "north", "S": "south", "E": "east", "W": "west", "O": "west"} | {
    "ش": "north",
    "ج": "south",
    "ق": "east",
    "غ": "west",
}
_SIDE = re.compile(rf"^([{''.join(_SIDES)}])(?![^\W\d_])|([{''.join(_SIDES)}])$", re.IGNORECASE)
_PAIR = re.compile(r"(.+?)(?:\s*[;\t]\s*|,\s+|\s+/\s+|(?<=[NSnsشج])[\s,]+)(.+)")


def read_latitude(written: str, language: str) -> float | None:
    """Degrees north of the equator, -90 to 90; None when it is none."""
    return _degrees(written, language, 90, {"north": 1, "south": -1})


def read_longitude(written: str, language: str) -> float | None:
    """Degrees east of Greenwich, -180 to 180; None when it is none."""
    return _degrees(written, language, 180, {"east": 1, "west": -1})


def read_metres(written: str, language: str) -> float | None:
    """A length in metres, with or without its unit; None when it is none."""
    number = plain_number(re.sub(r"\s*m$", "", written.strip()), language)
    return None if number is None else float(number)


def read_pair(written: str) -> tuple[str, str] | None:
    """Both in one text, as other programs give them to be copied: "43.65, -79.38". None when it is not."""
    text = written[:LONGEST].strip()
    if match := _PAIR.fullmatch(text):
        return match[1], match[2]
    parts = text.split()
    if len(parts) == 2 and not _SIGNS.search(text):
        return parts[0], parts[1]
    if text.count(",") == 1 and text.count(".") >= 1:
        before, _comma, after = text.partition(",")
        return before, after
    return None


def _degrees(written: str, language: str, most: int, sides: dict[str, int]) -> float | None:
    text = _MARKS.sub("", western_digits(written[:LONGEST])).strip()
    sign = 1
    if match := _SIDE.search(text):
        side = _SIDES[(match[1] or match[2]).upper()]
        if side not in sides:
            return None
        sign, text = sides[side], _SIDE.sub("", text, count=1).strip()
    parts = [plain_number(part, language) for part in _SIGNS.sub(" ", text).split()]
    if not 1 <= len(parts) <= 3 or None in parts:
        return None
    numbers = [float(part) for part in parts if part is not None]
    if str(parts[0]).startswith("-"):
        if sign == -1 or match:
            return None
        sign, numbers[0] = -1, -numbers[0]
    if any(part < 0 or part >= 60 for part in numbers[1:]):
        return None
    degrees = sum(number / 60**place for place, number in enumerate(numbers))
    return sign * degrees if degrees <= most else None
