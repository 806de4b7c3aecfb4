"""Small groups cannot be seen, nor worked out from what is seen."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from consult.reports.guard import gives_few_away, hidden_groups, hidden_pairs, is_hidden_part


def test_large_groups_are_shown() -> None:
    assert hidden_groups({"en": 10, "fr": 200}, 10) == frozenset()


def test_group_below_the_threshold_is_hidden_with_the_next_smallest() -> None:
    assert hidden_groups({"en": 100, "fr": 30, "ti": 4}, 10) == {"ti", "fr"}


def test_two_small_groups_that_reach_the_threshold_together_hide_nothing_else() -> None:
    assert hidden_groups({"en": 100, "fr": 30, "ti": 4, "so": 6}, 10) == {"ti", "so"}


def test_two_small_groups_that_do_not_reach_it_hide_a_third() -> None:
    assert hidden_groups({"en": 100, "fr": 30, "ti": 4, "so": 3}, 10) == {"ti", "so", "fr"}


def test_empty_group_is_shown_and_hides_nobody() -> None:
    assert hidden_groups({"en": 100, "fr": 0, "ti": 4, "so": 12}, 10) == {"ti", "so"}


def test_what_is_hidden_for_another_reason_is_protected_too() -> None:
    assert hidden_groups({"en": 100, "fr": 30, "ti": 12}, 10, {"ti"}) == {"ti", "fr"}


@given(st.dictionaries(st.integers(), st.integers(0, 60), max_size=8), st.integers(1, 25))
def test_hidden_groups_cannot_be_worked_out_from_the_total(sizes: dict[int, int], threshold: int) -> None:
    hidden = hidden_groups(sizes, threshold)
    people = [sizes[group] for group in hidden if sizes[group]]
    assert all(size >= threshold or size == 0 for group, size in sizes.items() if group not in hidden)
    everybody_else = [size for group, size in sizes.items() if size and group not in hidden]
    assert not people or not everybody_else or (len(people) >= 2 and sum(people) >= threshold)


def test_selection_is_hidden_when_it_is_small_or_leaves_few_out() -> None:
    assert is_hidden_part(4, 100, 10)
    assert is_hidden_part(95, 100, 10)
    assert not is_hidden_part(50, 100, 10)


def test_whole_survey_and_an_empty_selection_are_not_hidden() -> None:
    assert not is_hidden_part(4, 4, 10)
    assert not is_hidden_part(0, 100, 10)


def test_pair_is_hidden_with_others_in_its_row_and_in_its_column() -> None:
    sizes = {("en", "north"): 50, ("en", "south"): 40, ("fr", "north"): 30, ("fr", "south"): 4}
    assert hidden_pairs(sizes, 10) == sizes.keys()


PAIRS = st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(0, 40), max_size=16)


@given(PAIRS, st.integers(1, 20))
def test_hidden_pairs_cannot_be_worked_out_from_either_thing_alone(
    sizes: dict[tuple[int, int], int], threshold: int
) -> None:
    hidden = hidden_pairs(sizes, threshold)
    assert all(size >= threshold or not size for pair, size in sizes.items() if pair not in hidden)
    for place in (0, 1):
        for code in {pair[place] for pair in hidden}:
            line = {pair: size for pair, size in sizes.items() if pair[place] == code and size}
            people = [size for pair, size in line.items() if pair in hidden]
            assert not people or len(people) == len(line) or (len(people) >= 2 and sum(people) >= threshold)


MET = st.lists(st.tuples(*[st.booleans()] * 3), max_size=60)


def test_selection_with_few_in_it_is_hidden() -> None:
    assert gives_few_away({(True, True): 9, (True, False): 50, (False, True): 50}, 10)


def test_selection_that_another_one_exceeds_by_few_is_hidden() -> None:
    # 30 women in the north of 34 people there: the answers of four men would be the difference.
    sizes = {(True, True): 30, (True, False): 4, (False, True): 40, (False, False): 30}
    assert gives_few_away(sizes, 10)


def test_condition_that_leaves_out_nobody_hides_nothing() -> None:
    assert not gives_few_away({(True, True): 30, (False, False): 30}, 10)


def test_whole_is_not_hidden_however_small() -> None:
    assert not gives_few_away({(True, True): 3}, 10)


def test_nobody_at_all_gives_nobody_away() -> None:
    assert not gives_few_away({}, 10)


@given(MET, st.integers(2, 12))
def test_shown_selection_differs_from_every_wider_one_by_nobody_or_by_enough(
    met: list[tuple[bool, ...]], threshold: int
) -> None:
    is_hidden = gives_few_away(Counter(met), threshold)
    selected = sum(all(each) for each in met)
    wider = [
        sum(all(each[place] for place in kept) for each in met)
        for number in range(4)
        for kept in combinations(range(3), number)
    ]
    few = any(0 < size - selected < threshold for size in wider) or 0 < selected < min(threshold, len(met))
    assert is_hidden == few
