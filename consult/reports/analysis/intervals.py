"""Where the value for everybody might lie, had those who answered been drawn at random. Pure.

Shares: Wilson's score interval (1927), which stays between 0 and 1 and is sound for small groups too. Means:
Student's. Neither is given where it means nothing: nobody answered, one number, all numbers the same, or
entries of a repeat, of which those of one person are alike.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from consult.reports.analysis.distributions import normal_quantile, student_quantile
from consult.reports.statistics import Statistics
from consult.reports.tables import QuestionTable, Share

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """Both ends belong to it; shares from 0 to 1."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high


def mean_interval(
    statistics: Statistics, n: float | None = None, confidence: float = CONFIDENCE
) -> Interval | None:
    """``n``: where it is not the number of numbers (the effective one of weighted answers)."""
    size = statistics.n if n is None else n
    if not statistics.deviation or size < 2:
        return None
    reach = student_quantile(confidence, size - 1) * statistics.deviation / math.sqrt(size)
    return Interval(statistics.mean - reach, statistics.mean + reach)


def share_interval(count: float, base: float, confidence: float = CONFIDENCE) -> Interval | None:
    """``count`` out of ``base``; both may be weighted to an effective number."""
    if base <= 0:
        return None
    z = normal_quantile(confidence)
    share, square = min(max(count / base, 0.0), 1.0), z * z
    middle = (share + square / (2 * base)) / (1 + square / base)
    reach = z / (1 + square / base) * math.sqrt(share * (1 - share) / base + square / (4 * base * base))
    low = 0.0 if share == 0 else max(0.0, middle - reach)
    return Interval(low, 1.0 if share == 1 else min(1.0, middle + reach))


def has_intervals(table: QuestionTable) -> bool:
    """Whether its answers are each of another person."""
    return not table.asked.repeats and table.base > 0


def line_interval(table: QuestionTable, line: Share) -> Interval | None:
    """Of a line of ``table``."""
    return share_interval(line.count, table.base) if has_intervals(table) else None


def interval_of_mean(table: QuestionTable) -> Interval | None:
    """Of a question of numbers."""
    if table.statistics is None or not has_intervals(table):
        return None
    return mean_interval(table.statistics)
