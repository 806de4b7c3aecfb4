"""Numbers in bands, as profiles give them: ``2016-2020`` for years of arrival, ``65+`` for ages. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

from consult.questions import kind_of
from consult.reports.columns import Row
from consult.reports.merging import Asked
from consult.reports.tally import Code, GroupsOf

_FROM_TO = re.compile(r"(\d{1,9})\s*(?:-|–|—|to|à|a)\s*(\d{1,9})", re.IGNORECASE)
_FROM = re.compile(r"(\d{1,9})\s*\+")


@dataclass(frozen=True, slots=True)
class Band:
    """Whole numbers from ``low`` to ``high``; 17.5 years are in the band that ends with 17."""

    low: int
    high: float

    @property
    def code(self) -> str:
        """One way to write it, whatever way it was written."""
        return f"{self.low}+" if self.high == inf else f"{self.low}–{int(self.high)}"

    def __contains__(self, number: float) -> bool:
        return self.low <= number < self.high + 1

    def overlaps(self, other: Band) -> bool:
        return self.low <= other.high and other.low <= self.high


def band_of(written: str) -> Band | None:
    """None where it is none, or ends before it begins."""
    text = written.strip()
    if found := _FROM.fullmatch(text):
        return Band(int(found[1]), inf)
    found = _FROM_TO.fullmatch(text)
    if found is None or int(found[1]) > int(found[2]):
        return None
    return Band(int(found[1]), int(found[2]))


def groups_by_band(asked: Asked, codes: Iterable[str]) -> GroupsOf:
    """A breakdown by bands of a question of numbers; outside of them, and without an answer: the group
    None."""
    key, is_empty = asked.question.key, kind_of(asked.question).is_empty
    bands = [(code, band) for code in codes if (band := band_of(code)) is not None]

    def groups(row: Row) -> tuple[Code]:
        value = row.answers.get(key) if row.version in asked.versions else None
        if is_empty(value) or not isinstance(value, int | float):
            return (None,)
        return (next((code for code, band in bands if value in band), None),)

    return groups
