"""Two groups side by side: the difference of their answers, and whether it is more than chance. Pure.

The tests and the correction for many comparisons are those of :mod:`consult.reports.analysis.significance`:
shares by the two-proportion z-test, means by Welch's t-test, all comparisons of one question corrected
together by Holm's method. Here the two groups are compared with each other and not with all others; somebody
who is in both makes them dependent, so that nothing is tested then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from consult.i18n import Localized
from consult.reports.analysis.intervals import has_intervals
from consult.reports.analysis.significance import LEVEL, Moments, holm, two_proportions, welch
from consult.reports.breakdowns import MEAN
from consult.reports.statistics import Statistics
from consult.reports.tables import QuestionTable

Standing = Literal["first", "second"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One row: a choice, or the mean (code :data:`MEAN`). ``first`` and ``second``: shares 0 to 1, or means;
    None where a group has none. ``chance``: the p-value after correction; None where nothing was tested.
    ``higher``: which of them is higher by more than chance, at the level that was asked for."""

    code: str
    label: Localized
    first: float | None
    second: float | None
    chance: float | None = None
    higher: Standing | None = None

    @property
    def difference(self) -> float | None:
        """How much the first is higher."""
        return None if self.first is None or self.second is None else self.first - self.second


def differences_of(
    first: QuestionTable, second: QuestionTable, *, is_tested: bool, level: float = LEVEL
) -> tuple[Difference, ...]:
    """Of one question; what nobody in either group chose is left out. ``is_tested``: whether chance is looked
    at; without that no row has a mark."""
    rows = [*_shares(first, second), *_means(first, second)]
    if not (is_tested and has_intervals(first) and has_intervals(second)):
        return tuple(row for row, _ in rows)
    tested = [(place, chance) for place, (_, chance) in enumerate(rows) if chance is not None]
    corrected = dict(zip((place for place, _ in tested), holm([chance for _, chance in tested]), strict=True))
    return tuple(_marked(row, corrected.get(place), level) for place, (row, _) in enumerate(rows))


def _marked(row: Difference, chance: float | None, level: float) -> Difference:
    difference = row.difference
    higher: Standing | None = None
    if chance is not None and chance < level and difference:
        higher = "first" if difference > 0 else "second"
    return Difference(row.code, row.label, row.first, row.second, chance, higher)


def _shares(first: QuestionTable, second: QuestionTable) -> Iterator[tuple[Difference, float | None]]:
    others = {line.code: line for line in second.lines}
    labels = {line.code: line.label for line in (*second.lines, *first.lines)}
    for code, label in labels.items():
        count = next((line.count for line in first.lines if line.code == code), 0)
        other = others[code].count if code in others else 0
        if count or other:
            row = Difference(code, label, first.share_of(code), second.share_of(code))
            yield row, two_proportions(count, first.base, other, second.base)


def _means(first: QuestionTable, second: QuestionTable) -> Iterator[tuple[Difference, float | None]]:
    if first.statistics is not None and second.statistics is not None:
        row = Difference(MEAN, Localized(), first.statistics.mean, second.statistics.mean)
        yield row, welch(first.statistics, _moments(second.statistics))


def _moments(of: Statistics) -> Moments:
    return of.mean, (of.deviation or 0.0) ** 2, of.n
