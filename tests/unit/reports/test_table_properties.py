"""What holds of every table, whatever was answered: bases, percentages, margins, filters, statistics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from consult.reports.columns import Row
from consult.reports.merging import Asked, merge
from consult.reports.statistics import Numbers, statistics_of
from consult.reports.tables import QuestionTable, cross_tables, question_tables
from consult.reports.tally import Breakdown, Tally, groups_by_answer, groups_by_both
from tests.reports.building import row
from tests.samples.questions import ask, choices, questionnaire

OLD = questionnaire(ask("select_one", "area", choices=choices("north", "south")), ask("integer", "age"))
NEW = questionnaire(
    ask("select_one", "area", choices=choices("north", "south", "east")),
    ask("select_multiple", "needs", choices=choices("work", "home", "school")),
    ask("integer", "age"),
    ask("rank", "order", choices=choices("a", "b")),
)
ASKED = merge([(1, OLD), (2, NEW)])
AREA = ASKED[0]

ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "area": st.sampled_from(["north", "south", "east"]),
        "needs": st.lists(st.sampled_from(["work", "home", "school"]), min_size=1, unique=True),
        "age": st.integers(0, 110),
        "order": st.permutations(["a", "b"]),
    },
)
ROWS = st.lists(
    st.builds(
        lambda answers, version, language, place: row(
            answers, version=version, language=language, place=place
        ),
        ANSWERS,
        st.sampled_from([1, 2]),
        st.sampled_from(["en", "fr", "ar"]),
        st.integers(0, 10**9),
    ),
    max_size=40,
)


def counted(rows: Sequence[Row], asked: Sequence[Asked] = ASKED) -> Tally:
    tally = Tally(asked)
    for each in rows:
        tally.add(each)
    return tally


def tables(rows: Sequence[Row]) -> dict[str, QuestionTable]:
    return {table.asked.key: table for table in question_tables(counted(rows))}


def broken_down(rows: Sequence[Row], groups: object) -> Breakdown:
    breakdown = Breakdown(ASKED, groups)  # type: ignore[arg-type]
    for each in rows:
        breakdown.add(each)
    return breakdown


def _second(pair: object) -> object:
    return pair[1] if isinstance(pair, tuple) else None


@given(ROWS)
def test_answered_and_missing_are_all_that_were_asked(rows: list[Row]) -> None:
    for table in tables(rows).values():
        assert table.base + table.missing == sum(each.version in table.asked.versions for each in rows)


@given(ROWS)
def test_counts_are_those_of_a_plain_count(rows: list[Row]) -> None:
    found = tables(rows)
    plain = Counter(each.answers.get("area") for each in rows)
    assert {line.code: line.count for line in found["area"].lines} == {
        code: plain[code] for code in ("north", "south", "east")
    }
    several = Counter(code for each in rows if each.version == 2 for code in each.answers.get("needs", ()))
    assert {line.code: line.count for line in found["needs"].lines} == {
        code: several[code] for code in ("work", "home", "school")
    }


@given(ROWS)
def test_every_percentage_is_its_count_out_of_the_base(rows: list[Row]) -> None:
    for table in tables(rows).values():
        for line in table.lines:
            if table.base:
                assert abs(Fraction(line.share or 0) - Fraction(line.count, table.base)) < Fraction(1, 10**9)
            else:
                assert line.share is None


@given(ROWS)
def test_percentages_of_one_choice_make_a_whole(rows: list[Row]) -> None:
    table = tables(rows)["area"]
    if table.base:
        assert sum(line.share or 0 for line in table.lines) == pytest.approx(1, abs=1e-9)
        assert sum(line.count for line in table.lines) == table.base


@given(ROWS)
def test_groups_of_a_breakdown_add_up_to_the_whole(rows: list[Row]) -> None:
    whole = counted(rows)
    breakdown = broken_down(rows, lambda each: (each.language,))
    for place, question in enumerate(whole.questions):
        parts = [part.questions[place] for part in breakdown.groups.values()]
        assert sum(part.answered for part in parts) == question.answered
        assert sum(part.asked for part in parts) == question.asked
        assert sum((part.codes for part in parts), Counter()) == +question.codes


@given(ROWS)
def test_margins_of_a_breakdown_by_two_are_the_breakdowns_by_one(rows: list[Row]) -> None:
    by_language = broken_down(rows, lambda each: (each.language,))
    by_both = broken_down(rows, groups_by_both(lambda each: (each.language,), groups_by_answer(AREA)))
    for language, part in by_language.groups.items():
        pairs = [
            cell for pair, cell in by_both.groups.items() if isinstance(pair, tuple) and pair[0] == language
        ]
        assert sum(cell.responses for cell in pairs) == part.responses
        for place, question in enumerate(part.questions):
            assert sum((cell.questions[place].codes for cell in pairs), Counter()) == +question.codes


@given(ROWS)
def test_filtering_then_counting_is_counting_then_picking(rows: list[Row]) -> None:
    breakdown = broken_down(rows, lambda each: (each.language,))
    for language, part in breakdown.groups.items():
        alone = counted([each for each in rows if each.language == language])
        assert question_tables(alone) == question_tables(part)


@given(ROWS)
def test_filters_commute(rows: list[Row]) -> None:
    """By language and then by version is by version and then by language."""
    first = [each for each in [each for each in rows if each.language == "fr"] if each.version == 2]
    both = broken_down(rows, lambda each: (f"{each.version} {each.language}",)).groups.get("2 fr")
    assert question_tables(counted(first)) == question_tables(both or Tally(ASKED))


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_the_responses_changes_nothing(rows: list[Row], chance: object) -> None:
    mixed = list(rows)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert tables(mixed) == tables(rows)


@given(ROWS, st.integers(1, 15))
def test_no_hidden_group_can_be_worked_out_from_those_shown(rows: list[Row], threshold: int) -> None:
    breakdown = broken_down(rows, lambda each: (each.language,))
    crossed = cross_tables(counted(rows), breakdown, {}, threshold)
    hidden = [breakdown.groups[head.code].responses for head in crossed.heads if head.size is None]
    shown = [head.size for head in crossed.heads if head.size is not None]
    assert all(size >= threshold for size in shown)
    if shown and hidden:
        assert len(hidden) > 1
        assert sum(hidden) >= threshold


@given(ROWS, st.integers(1, 15), st.integers(1, 4))
def test_what_is_hidden_is_hidden_also_where_few_groups_are_shown(
    rows: list[Row], threshold: int, most: int
) -> None:
    by_both = broken_down(rows, groups_by_both(lambda each: (each.language,), groups_by_answer(AREA)))
    every, largest = (cross_tables(counted(rows), by_both, {}, threshold, each) for each in (None, most))
    places = [every.heads.index(head) for head in largest.heads]
    assert places == sorted(places)
    assert len(places) == min(most, len(every.heads))
    for whole, part in zip(every.tables, largest.tables, strict=True):
        assert part.groups == tuple(whole.groups[place] for place in places)


@settings(max_examples=200)
@given(st.lists(st.integers(-(10**6), 10**6), min_size=2, max_size=200))
def test_statistics_are_those_of_independent_libraries_to_nine_digits(values: list[int]) -> None:
    numbers = Numbers()
    for value in values:
        numbers.add(value / 8)
    found = statistics_of(numbers.counted())
    assert found is not None
    plain = np.array(values) / 8
    assert (found.n, found.least, found.most) == (len(values), plain.min(), plain.max())
    assert found.mean == pytest.approx(plain.mean(), rel=1e-9, abs=1e-9)
    assert found.deviation == pytest.approx(plain.std(ddof=1), rel=1e-9, abs=1e-9)
    if found.deviation:
        standard_error = float(stats.sem(plain))
        assert found.deviation / len(values) ** 0.5 == pytest.approx(standard_error, rel=1e-9)
    wanted = np.quantile(plain, [0.25, 0.5, 0.75], method="linear")
    assert [found.quartile_1, found.median, found.quartile_3] == pytest.approx(wanted, rel=1e-9, abs=1e-9)
