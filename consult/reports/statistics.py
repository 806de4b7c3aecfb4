"""Numbers summed up: exact statistics of values that were counted, and classes for a chart of them. Pure.

Quartiles are by linear interpolation between the values around them (method 7 of Hyndman and Fan 1996;
QUARTILE.INC of spreadsheets). The standard deviation is that of a sample (n - 1).
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

MOST_CLASSES = 12
"""Classes of a distribution, at most."""

_FEWEST_CLASSES = 4
_MOST_DISTINCT = 4_096


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of ``n`` numbers, n > 0. ``deviation``: None for a single one."""

    n: int
    mean: float
    deviation: float | None
    least: float
    quartile_1: float
    median: float
    quartile_3: float
    most: float


@dataclass(frozen=True, slots=True)
class NumberClass:
    """How many numbers are ``low`` ≤ x < ``high``; a single value when both are equal.

    ``is_whole``: all numbers are whole, so that 10 ≤ x < 15 reads "10 to 14".
    """

    low: float
    high: float
    count: int
    is_whole: bool

    @property
    def is_single(self) -> bool:
        """Whether it is one number: by itself, or the only whole one between its ends."""
        return self.low == self.high or (self.is_whole and self.low == self.high - 1)


class Numbers:
    """Counts numbers: few different ones (years, ages) in constant memory, others 8 bytes each."""

    def __init__(self) -> None:
        self._few: Counter[float] = Counter()
        self._many = array("d")

    def add(self, value: float) -> None:
        if len(self._few) < _MOST_DISTINCT or value in self._few:
            self._few[value] += 1
        else:
            self._many.append(value)

    def add_counted(self, counts: Mapping[float, int]) -> None:
        """As if each had been added as often as it says."""
        self._few.update(counts)

    def counted(self) -> list[tuple[float, int]]:
        """Different values, ascending, and how often each was added."""
        counts = self._few + Counter(self._many) if self._many else self._few
        return sorted(counts.items())


def statistics_of(counted: Sequence[tuple[float, int]]) -> Statistics | None:
    """``counted``: different values, ascending, and how often each occurs; None when there is none."""
    ends = list(accumulate([count for _, count in counted]))
    if not ends or not ends[-1]:
        return None
    n = ends[-1]
    mean = math.fsum([value * count for value, count in counted]) / n
    squares = math.fsum([(value - mean) ** 2 * count for value, count in counted])
    return Statistics(
        n=n,
        mean=mean,
        deviation=math.sqrt(squares / (n - 1)) if n > 1 else None,
        least=counted[0][0],
        quartile_1=_quantile(counted, ends, 0.25),
        median=_quantile(counted, ends, 0.5),
        quartile_3=_quantile(counted, ends, 0.75),
        most=counted[-1][0],
    )


def _quantile(counted: Sequence[tuple[float, int]], ends: Sequence[int], part: float) -> float:
    position = (ends[-1] - 1) * part
    below, share = int(position), position - int(position)
    lower, upper = _ordered(counted, ends, below), _ordered(counted, ends, min(below + 1, ends[-1] - 1))
    return lower + (upper - lower) * share


def _ordered(counted: Sequence[tuple[float, int]], ends: Sequence[int], place: int) -> float:
    """The value at ``place`` (from 0) when all are laid out in order."""
    return counted[bisect_right(ends, place)][0]


def classes_of(counted: Sequence[tuple[float, int]], scale: Sequence[float] = ()) -> tuple[NumberClass, ...]:
    """Every number of a short scale by itself, else classes of equal, round width: more for more numbers,
    twelve at most. ``scale``: the numbers that could be given, where they are few."""
    if not counted:
        return ()
    known = dict(counted)
    if scale and known.keys() <= set(scale):
        return tuple(NumberClass(step, step, known.get(step, 0), float(step).is_integer()) for step in scale)
    least, most = counted[0][0], counted[-1][0]
    is_whole = all(float(value).is_integer() for value, _ in counted)
    if is_whole and most - least < MOST_CLASSES:
        return classes_of(counted, range(int(least), int(most) + 1))
    if least == most:
        return (NumberClass(least, most, counted[0][1], is_whole),)
    n = sum(count for _, count in counted)
    classes = min(max(math.ceil(math.sqrt(n)), _FEWEST_CLASSES), MOST_CLASSES)
    return tuple(_round_classes(counted, classes, is_whole=is_whole))


def _round_classes(
    counted: Sequence[tuple[float, int]], classes: int, *, is_whole: bool
) -> Iterator[NumberClass]:
    least, most = counted[0][0], counted[-1][0]
    width = _round_width((most - least) / classes)
    if is_whole:
        width = max(width, 1)
    while math.floor(most / width) - math.floor(least / width) >= classes:
        width = _round_width(width * 1.01)
    found: Counter[int] = Counter()
    for value, count in counted:
        found[math.floor(value / width)] += count
    for place in range(min(found), max(found) + 1):
        yield NumberClass(_plain(place * width), _plain((place + 1) * width), found[place], is_whole)


def _round_width(width: float) -> float:
    """The next of 1, 2, 5, 10, 20, 50 … (and 0.1, 0.2, 0.5 …)."""
    scale = 10.0 ** math.floor(math.log10(width))
    return next(_plain(step * scale) for step in (1, 2, 5, 10) if step * scale >= width * (1 - 1e-9))


def _plain(number: float) -> float:
    """Without the dust of binary fractions."""
    return float(f"{number:.12g}")
