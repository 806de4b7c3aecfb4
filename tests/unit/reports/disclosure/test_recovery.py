"""Nobody works out a small count from what is published, by itself or with what was published before.

``CONSULT_TABLES=10000 pytest tests/unit/reports/disclosure/test_recovery.py`` is the long run.
"""

from __future__ import annotations

import os
import random

from consult.reports.disclosure.protect import Protected, TooFew, TooLittleNew, protect
from consult.reports.disclosure.suppression import Unprotectable
from tests.unit.reports.disclosure.attacker import Attacker, truth_of
from tests.unit.reports.disclosure.made_up import dimensions_of, responses, tables

KEY = b"a key for tests"
PUBLICATIONS = int(os.environ.get("CONSULT_TABLES", "24"))
THRESHOLD = 10


def published(seed: int, *, is_complementary: bool = True, editions: int = 1) -> list[Protected]:
    """Publications of one made-up survey, the oldest first, with more responses each time."""
    draw = random.Random(seed)
    dimensions = dimensions_of(draw)
    found = responses(draw, dimensions, draw.randint(20, 300))
    made: list[Protected] = []
    for _ in range(editions):
        earlier = [each.edition for each in reversed(made)]
        try:
            made.append(
                protect(
                    tables(dimensions, found, THRESHOLD),
                    key=KEY,
                    earlier=earlier,
                    is_complementary=is_complementary,
                )
            )
        except (TooFew, TooLittleNew, Unprotectable):
            break
        found = found + responses(draw, dimensions, draw.randint(THRESHOLD, 60))
    return made


def recovered(made: list[Protected], *, exact: bool = True) -> int:
    return len(Attacker(made, exact=exact).recovered(truth_of(made), THRESHOLD)) if made else 0


def test_no_small_count_is_recovered() -> None:
    assert [seed for seed in range(PUBLICATIONS) if recovered(published(seed))] == []


def test_no_small_count_is_recovered_from_two_editions() -> None:
    seeds = range(PUBLICATIONS // 2)
    assert [seed for seed in seeds if recovered(published(seed, editions=2))] == []


def test_without_complementary_hiding_small_counts_are_recovered() -> None:
    assert any(recovered(published(seed, is_complementary=False)) for seed in range(10))


def test_less_is_hidden_for_the_sake_of_others_than_for_its_own() -> None:
    made = [each for seed in range(20) for each in published(seed)]
    hidden = sum(count is None for each in made for count in each.shown.values())
    assert hidden < 2 * sum(len(each.primary) for each in made)


def test_what_only_an_empty_cell_can_cover_is_covered() -> None:
    """The next edition of this one has a cell for which nothing is left to hide but where there is nobody."""
    assert recovered(published(13, editions=2)) == 0
