"""Who is missing: the groups of those who answered against how large they are known to be. Pure.

Compared are those whose group is known. A small group is shown only as small, and so is what would give it
away (see guard.py); that a group is too small to be shown says already that it is to be looked for.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from consult.reports.analysis.intervals import Interval, share_interval
from consult.reports.guard import hidden_groups

Standing = Literal["missing", "even", "many"]
"""``missing``, ``many``: the known share lies outside of the interval."""


@dataclass(frozen=True, slots=True)
class Gap:
    """``known``: the share of the group, 0 to 1. None, where the group is not shown: what would say how large
    it is. ``needed``: how many more of this group would bring it to its share, all others unchanged."""

    code: str
    known: float
    standing: Standing
    count: int | None = None
    share: float | None = None
    interval: Interval | None = None
    needed: int | None = None

    @property
    def is_hidden(self) -> bool:
        return self.count is None

    @property
    def difference(self) -> float | None:
        """Share less known share, -1 to 1."""
        return None if self.share is None else self.share - self.known

    @property
    def ratio(self) -> float | None:
        """1: as many as there should be; 0.5: half."""
        return None if self.share is None else self.share / self.known


@dataclass(frozen=True, slots=True)
class Gaps:
    """``base``: whose group is known. ``others``: all other responses; None where it is not shown."""

    of: tuple[Gap, ...]
    base: int
    others: int | None

    @property
    def missing(self) -> tuple[Gap, ...]:
        """Those to look for next, the most missing first; what is not shown before what is."""
        found = [gap for gap in self.of if gap.standing == "missing"]
        return tuple(sorted(found, key=lambda gap: (gap.needed is not None, -(gap.needed or 0), -gap.known)))


def gaps_of(counts: Mapping[str, int], known: Mapping[str, float], responses: int, threshold: int) -> Gaps:
    """``counts``: responses by code; ``known``: shares by code that add up to 1, each above 0."""
    sizes: dict[str | None, int] = {code: counts.get(code, 0) for code in known}
    base = sum(sizes.values())
    sizes[None] = responses - base
    hidden = hidden_groups(sizes, threshold)
    gaps = tuple(
        _gap(code, share, counts.get(code, 0), base, is_hidden=code in hidden)
        for code, share in known.items()
    )
    return Gaps(gaps, base, None if None in hidden else responses - base)


def _gap(code: str, known: float, count: int, base: int, *, is_hidden: bool) -> Gap:
    interval = share_interval(count, base)
    standing = _standing(known, interval)
    if is_hidden or interval is None:
        return Gap(code, known, standing) if is_hidden else Gap(code, known, standing, count)
    needed = math.ceil(round((known * base - count) / (1 - known), 9)) if known < 1 else 0
    is_missing = standing == "missing"
    return Gap(code, known, standing, count, count / base, interval, needed if is_missing else None)


def _standing(known: float, interval: Interval | None) -> Standing:
    if interval is None or known in interval:
        return "even"
    return "missing" if known > interval.high else "many"
