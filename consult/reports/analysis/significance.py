"""Marks: which group answers otherwise than all others together, and not merely by chance. Pure.

Shares: the two-proportion z-test with the pooled share, where each of its four expected counts is at least
:data:`FEWEST_EXPECTED`. Means: Welch's t-test, of at least :data:`FEWEST_NUMBERS` numbers on either side.
Each group is compared with those who are not in it. All comparisons of one table are corrected together by
Holm's method (1979): the chance that any of its marks is a mere accident stays under ``level``.

Entries of a repeat and rankings get no marks: what one person entered is alike; of places only means are
kept.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from consult.reports.analysis.distributions import normal_tails, student_tails
from consult.reports.analysis.intervals import has_intervals
from consult.reports.breakdowns import MEAN
from consult.reports.statistics import Statistics
from consult.reports.tables import CrossTable, QuestionTable

LEVEL = 0.05
FEWEST_EXPECTED = 5
FEWEST_NUMBERS = 10

Mark = Literal["higher", "lower"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One group and one row. ``chance``: the p-value after correction, 0 to 1."""

    row: str
    group: int
    is_higher: bool
    chance: float


@dataclass(frozen=True, slots=True)
class Marks:
    """``of``: row (code of a choice, or :data:`MEAN`) → a mark per group, in the groups' order."""

    of: Mapping[str, tuple[Mark | None, ...]]
    comparisons: tuple[Comparison, ...]

    def of_row(self, row: str, groups: int) -> tuple[Mark | None, ...]:
        """No marks where nothing was compared."""
        return self.of.get(row, (None,) * groups)


def marks_of(table: CrossTable, level: float = LEVEL) -> Marks:
    """Hidden groups get none."""
    found = list(_comparisons(table)) if has_intervals(table.whole) else []
    corrected = tuple(
        Comparison(each.row, each.group, each.is_higher, chance)
        for each, chance in zip(found, holm([each.chance for each in found]), strict=True)
    )
    marks: dict[str, list[Mark | None]] = {}
    for each in corrected:
        row = marks.setdefault(each.row, [None] * len(table.groups))
        if each.chance < level:
            row[each.group] = "higher" if each.is_higher else "lower"
    return Marks({row: tuple(of) for row, of in marks.items()}, corrected)


def _comparisons(table: CrossTable) -> Iterator[Comparison]:
    whole = table.whole
    for place, part in enumerate(table.groups):
        if part is None or not 0 < part.base < whole.base:
            continue
        if whole.summary == "choices":
            yield from _shares(whole, part, place)
        if whole.statistics is not None and part.statistics is not None:
            rest = rest_of(whole.statistics, part.statistics)
            chance = None if rest is None else welch(part.statistics, rest)
            if chance is not None and rest is not None:
                yield Comparison(MEAN, place, part.statistics.mean > rest[0], chance)


def _shares(whole: QuestionTable, part: QuestionTable, place: int) -> Iterator[Comparison]:
    counts = {line.code: line.count for line in part.lines}
    rest = whole.base - part.base
    for line in whole.lines:
        count = counts.get(line.code, 0)
        chance = two_proportions(count, part.base, line.count - count, rest)
        if chance is not None:
            is_higher = count * rest > (line.count - count) * part.base
            yield Comparison(line.code, place, is_higher, chance)


def two_proportions(count: int, base: int, other_count: int, other_base: int) -> float | None:
    """The p-value, two-sided; None where too few are expected for the test to hold."""
    n = base + other_base
    if not base or not other_base:
        return None
    pooled = (count + other_count) / n
    expected = (size * share for size in (base, other_base) for share in (pooled, 1 - pooled))
    if min(expected) < FEWEST_EXPECTED:
        return None
    error = math.sqrt(pooled * (1 - pooled) * (1 / base + 1 / other_base))
    return normal_tails((count / base - other_count / other_base) / error)


Moments = tuple[float, float, int]
"""Mean, variance of a sample, number."""


def rest_of(whole: Statistics, part: Statistics) -> Moments | None:
    """Those of ``whole`` who are not in ``part``; None where fewer than two are left."""
    n = whole.n - part.n
    if n < 2:
        return None
    mean = (whole.n * whole.mean - part.n * part.mean) / n
    between = part.n * (part.mean - whole.mean) ** 2 + n * (mean - whole.mean) ** 2
    squares = _squares(whole) - _squares(part) - between
    return mean, max(squares, 0.0) / (n - 1), n


def _squares(of: Statistics) -> float:
    return (of.deviation or 0.0) ** 2 * (of.n - 1)


def welch(part: Statistics, rest: Moments) -> float | None:
    """The p-value, two-sided; None where there are too few numbers, or all are the same."""
    mean, variance, n = rest
    if min(part.n, n) < FEWEST_NUMBERS:
        return None
    own, other = (part.deviation or 0.0) ** 2 / part.n, variance / n
    if own + other <= 0:
        return None
    freedom = (own + other) ** 2 / (own**2 / (part.n - 1) + other**2 / (n - 1))
    return student_tails((part.mean - mean) / math.sqrt(own + other), freedom)


def holm(chances: Sequence[float]) -> tuple[float, ...]:
    """p-values corrected for being many, in their order."""
    corrected = [1.0] * len(chances)
    highest = 0.0
    for rank, place in enumerate(sorted(range(len(chances)), key=lambda place: chances[place])):
        highest = max(highest, min(1.0, (len(chances) - rank) * chances[place]))
        corrected[place] = highest
    return tuple(corrected)
