"""Two groups against each other: differences by hand, chance against an independent library."""

from __future__ import annotations

from typing import Any

import pytest
from scipy import stats

from consult.reports.analysis.pairs import Difference, differences_of
from consult.reports.analysis.significance import holm
from consult.reports.breakdowns import MEAN
from consult.reports.tables import QuestionTable
from tests.samples.questions import ask, choices
from tests.unit.reports.test_tables import table as table_of

STAY = ask("select_one", "it", choices=choices("yes", "no", "unsure"))
AGE = ask("integer", "it")
FEW = [20, 30, 40] * 4


def table(question: Any, *values: Any) -> QuestionTable:
    return table_of(question, *({"it": value} for value in values))


def compared(first: QuestionTable, second: QuestionTable, *, is_tested: bool = True) -> dict[str, Difference]:
    return {each.code: each for each in differences_of(first, second, is_tested=is_tested)}


FIRST = table(STAY, *["yes"] * 60, *["no"] * 40)
SECOND = table(STAY, *["yes"] * 30, *["no"] * 45, *["unsure"] * 25)


def test_difference_is_of_shares() -> None:
    found = compared(FIRST, SECOND)
    assert found["yes"].difference == pytest.approx(0.3)
    assert found["unsure"].difference == pytest.approx(-0.25)


def test_chance_is_the_test_of_two_proportions_corrected_for_all_rows() -> None:
    found = compared(FIRST, SECOND)
    pairs = {"yes": (60, 30), "no": (40, 45), "unsure": (0, 25)}
    single = [
        stats.chi2_contingency([[a, 100 - a], [b, 100 - b]], correction=False).pvalue
        for a, b in pairs.values()
    ]
    expected = dict(zip(pairs, holm(single), strict=True))
    assert {code: each.chance for code, each in found.items()} == pytest.approx(expected, abs=1e-12)
    assert {code: each.higher for code, each in found.items()} == {
        "yes": "first",
        "no": None,
        "unsure": "second",
    }


def test_nothing_is_marked_unless_it_is_asked_for() -> None:
    assert all(each.higher is None for each in compared(FIRST, SECOND, is_tested=False).values())


def test_small_groups_are_not_tested() -> None:
    found = compared(table(STAY, "yes", "yes", "no"), table(STAY, "no", "no", "no"))
    assert [each.chance for each in found.values()] == [None, None]


def test_what_nobody_chose_is_left_out() -> None:
    assert "unsure" not in compared(FIRST, FIRST)


def test_means_are_compared_as_welch_does() -> None:
    other = [value + 15 for value in FEW]
    found = compared(table(AGE, *FEW), table(AGE, *other))[MEAN]
    assert found.difference == pytest.approx(-15)
    assert found.chance == pytest.approx(stats.ttest_ind(FEW, other, equal_var=False).pvalue, abs=1e-12)
    assert found.higher == "second"


def test_groups_that_are_alike_have_no_mark() -> None:
    assert all(each.higher is None for each in compared(FIRST, FIRST).values())
