"""What two editions tell of those who answered in between: by how much each number grew.

Counts are known as they are shown, that is rounded; by how much a cell grew is then known roughly. It must
not be known that a few people are new in it, and how many: an interval without 0 is never narrower than the
base of the rounding. (That nobody or hardly anybody is new can be known: it says nothing of anybody.)
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from consult.reports.disclosure.protect import Protected
from consult.reports.disclosure.rounding import BASE
from tests.unit.reports.disclosure.attacker import Attacker, Interval, Name, truth_of
from tests.unit.reports.disclosure.test_recovery import THRESHOLD, published

PAIRS = int(os.environ.get("CONSULT_TABLES", "24")) // 4
_ALMOST = 1e-6


def growths(made: list[Protected], *, exact: bool) -> Iterator[tuple[Name, Interval]]:
    """Of cells in which a few are new, as an attacker knows it."""
    attacker, truth = Attacker(made, exact=exact), truth_of(made)
    for name in truth:
        later = (1, name[1])
        is_harmless = any(category == "" for _, category in name[1])
        if name[0] == 0 and later in truth and not is_harmless:
            new = truth[later] - truth[name]
            if 0 < new < THRESHOLD:
                low, high = attacker.growth(name, later)
                assert low - _ALMOST <= new <= high + _ALMOST
                yield name, (low, high)


def known(seed: int, *, exact: bool = False) -> list[tuple[Name, Interval]]:
    made = published(seed, editions=2)
    found = growths(made, exact=exact) if len(made) == 2 else iter(())
    return [
        (name, (low, high)) for name, (low, high) in found if low > _ALMOST and high - low < BASE - _ALMOST
    ]


def test_nobody_learns_that_a_few_new_people_said_something() -> None:
    assert [seed for seed in range(PAIRS) if known(seed)] == []


def test_without_rounding_everybody_would() -> None:
    assert any(known(seed, exact=True) for seed in range(3))
