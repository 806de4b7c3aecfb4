"""What is merged, hidden and rounded, against what one does by hand."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import pytest

from consult.reports.disclosure.cells import Cell, Dimension, Table, system_of
from consult.reports.disclosure.merging import merge_small
from consult.reports.disclosure.protect import Protected, TooFew, TooLittleNew, protect
from consult.reports.disclosure.rounding import rounded
from tests.unit.reports.disclosure.attacker import Attacker, truth_of

KEY = b"a key for tests"
ANSWER = Dimension("answer", ("yes", "no"))
AGE = Dimension("age", ("18", "30", "45", "60"), is_ordered=True)
TOWN = Dimension("town", ("a", "b", "c", ""), fixed=frozenset(("",)))
GROUP = Dimension("group", ("en", "fr", "ti"), may_merge=False)


def one(of: Dimension, **counts: int) -> Table:
    return Table((of,), {(category.lstrip("_"),): count for category, count in counts.items()})


def two(counts: Mapping[tuple[str, str], int]) -> Table:
    return Table((ANSWER, GROUP), counts)


def cell(**conditions: str) -> Cell:
    return Cell(frozenset(conditions.items()))


def hidden(of: Protected) -> set[str]:
    return {each.name for each, count in of.shown.items() if count is None}


def test_cell_is_the_same_in_whichever_table_it_stands() -> None:
    with pytest.raises(ValueError, match="answer=yes"):
        system_of([one(ANSWER, yes=40, no=20), two({("yes", "en"): 41, ("no", "fr"): 19})])


def test_small_category_goes_to_its_smaller_neighbour_where_there_is_an_order() -> None:
    ages = one(AGE, **{"18": 30, "30": 4, "45": 20, "60": 50})
    assert list(merge_small([ages]).parts["age"]) == ["18", "30+45", "60"]


def test_small_category_goes_to_the_next_smallest_where_there_is_none() -> None:
    towns = one(TOWN, a=40, b=3, c=15, _=2)
    assert list(merge_small([towns]).parts["town"]) == ["a", "b+c", ""]


def test_what_may_not_be_merged_is_hidden_with_what_would_give_it_away() -> None:
    found = protect([one(GROUP, en=60, fr=30, ti=4)], key=KEY)
    assert hidden(found) == {"group=ti", "group=fr"}


def test_two_categories_are_never_merged_into_one() -> None:
    assert list(merge_small([one(ANSWER, yes=60, no=2)]).parts["answer"]) == ["yes", "no"]


def test_group_that_says_nearly_the_same_is_hidden() -> None:
    counts = {("yes", "en"): 30, ("no", "en"): 30, ("yes", "fr"): 40, ("yes", "ti"): 15, ("no", "ti"): 15}
    found = protect([two(counts)], key=KEY)
    assert "answer=yes|group=fr" in hidden(found)


def test_shown_counts_are_rounded_to_five() -> None:
    found = protect([one(GROUP, en=63, fr=31, ti=26)], key=KEY)
    assert all(count is not None and count % 5 == 0 for count in found.shown.values())
    assert abs((found.shown[cell(group="en")] or 0) - 63) < 5


def test_same_count_of_a_cell_is_rounded_the_same_way_always() -> None:
    assert len({rounded(63, "group=en", KEY) for _ in range(50)}) == 1


def test_rounding_is_right_on_average() -> None:
    found = [rounded(107, f"cell {place}", KEY) for place in range(4_000)]
    assert set(found) == {105, 110}
    assert abs(found.count(110) / len(found) - 0.4) < 0.03


def test_another_key_rounds_in_another_way() -> None:
    cells = [f"cell {place}" for place in range(50)]
    assert [rounded(107, each, b"one") for each in cells] != [rounded(107, each, b"two") for each in cells]


def test_fewer_responses_than_the_threshold_are_not_published() -> None:
    with pytest.raises(TooFew):
        protect([one(ANSWER, yes=5, no=4)], key=KEY)


def test_edition_with_few_new_responses_waits() -> None:
    first = protect([one(ANSWER, yes=60, no=40)], key=KEY)
    with pytest.raises(TooLittleNew) as raised:
        protect([one(ANSWER, yes=62, no=41)], key=KEY, earlier=[first.edition])
    assert (raised.value.new, raised.value.threshold) == (3, 10)


def test_edition_of_the_same_responses_shows_the_same_numbers() -> None:
    editions: list[Protected] = []
    for _ in range(3):
        earlier = [each.edition for each in reversed(editions)]
        editions.append(protect([one(GROUP, en=60, fr=31, ti=27)], key=KEY, earlier=earlier))
    assert all(one.shown == other.shown for one, other in pairwise(editions))


def test_what_one_edition_hid_is_not_given_away_by_the_next() -> None:
    first = protect([one(GROUP, en=60, fr=30, ti=4)], key=KEY)
    later = protect([one(GROUP, en=60, fr=30, ti=14)], key=KEY, earlier=[first.edition])
    assert "group=ti" in hidden(first)
    assert not Attacker([first, later], exact=True).recovered(truth_of([first, later]), 10)
