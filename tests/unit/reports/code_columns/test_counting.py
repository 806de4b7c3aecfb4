"""Counting columns of codes gives what a pass over the same responses gives, whatever stands in them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.reports import results
from consult.reports.breakdowns import can_break_down, groupings_of, groups_of
from consult.reports.code_columns import joints, parts
from consult.reports.code_columns.counting import Counting
from consult.reports.code_columns.masks import answered, both
from consult.reports.code_columns.parts import parts_of
from consult.reports.columns import Row
from consult.reports.comparing import breakdown_differences, differences, group_differences
from consult.reports.counting import two_groups
from consult.reports.derived import Columns
from consult.reports.groups_compared import pair_of
from consult.reports.results import results_of
from consult.reports.tally import Breakdown, Tally, groups_by_answer
from consult.reports.wording import Wording
from consult.responses.models import Channel
from consult.responses.reading import EVERY, Filters
from tests.reports.building import source
from tests.samples.counted import NEW, OLD
from tests.unit.reports.code_columns.held import (
    ASKED,
    HALL,
    NAMES,
    OMAR,
    VERSIONS,
    Response,
    drawn,
    holding,
)

ONES = ("_language", "_channel", "_collector", "_session", "_month", "stay", "speaks", "turned")
PAIRS = ("_language,stay", "stay,speaks", "speaks,_session", "_month,_collector", "stay,turned")
FIRST, LAST = dt.date(2026, 2, 1), dt.date(2026, 2, 20)

SELECTIONS: dict[str, tuple[Filters, Callable[[Response], bool]]] = {
    "language": (Filters(languages=frozenset({"ar", "fr"})), lambda r: r.row.language in ("ar", "fr")),
    "channel": (Filters(channels=frozenset({Channel.PAPER})), lambda r: r.row.channel == "paper"),
    "collector": (Filters(collector_ids=frozenset({OMAR})), lambda r: r.content.collector == OMAR.hex),
    "session": (Filters(session_ids=frozenset({HALL})), lambda r: r.content.session == HALL.hex),
    "version": (Filters(version_ids=frozenset({uuid.UUID(int=2)})), lambda r: r.row.version == 2),
    "days": (
        Filters(collected_from=FIRST, collected_until=LAST),
        lambda r: r.row.collected_on is not None and FIRST <= r.row.collected_on <= LAST,
    ),
    "everybody": (EVERY, lambda r: True),
    "nobody": (Filters(languages=frozenset({"so"})), lambda r: False),
}


def passed(rows: Sequence[Row], by: str | None = None) -> tuple[Tally, Breakdown]:
    tally = Tally(ASKED)
    breakdown = Breakdown(ASKED, groups_of(ASKED, by) if by else lambda row: ())
    for row in rows:
        tally.add(row)
        breakdown.add(row)
    return tally, breakdown


def partition(
    responses: Sequence[Response], is_selected: Callable[[Response], bool]
) -> tuple[list[Response], list[Response]]:
    selected = [each for each in responses if is_selected(each)]
    return selected, [each for each in responses if not is_selected(each)]


def check(responses: Sequence[Response], by: str | None = None, name: str = "everybody") -> None:
    filters, is_selected = SELECTIONS[name]
    columns = Columns(holding(responses), VERSIONS, filters)
    whole, groups = columns.counted(ASKED, groupings_of(ASKED, by) if by else ())
    rows = [each.row for each in responses if is_selected(each)]
    theirs, theirs_by = passed(rows, by)
    assert list(differences(whole, theirs)) == []
    assert list(group_differences(groups, theirs_by.groups)) == []
    if by:
        whole, in_part = columns.broken_down(ASKED, groupings_of(ASKED, by))
        assert list(differences(whole, theirs)) == []
        assert list(breakdown_differences(in_part, theirs_by)) == []


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 60), st.sampled_from([None, *ONES, *PAIRS]))
def test_whatever_was_answered_is_counted_as_in_a_pass(seed: int, number: int, by: str | None) -> None:
    check(drawn(seed, number), by)


@pytest.mark.parametrize("by", [None, "_language", "speaks", "stay,speaks"])
@pytest.mark.parametrize("name", SELECTIONS)
def test_selections_are_counted_as_in_a_pass_over_them(name: str, by: str | None) -> None:
    check(drawn(7, 200), by, name)


@pytest.mark.parametrize("name", SELECTIONS)
def test_those_who_are_selected_and_all_others_are_counted_as_in_two_passes(name: str) -> None:
    filters, is_selected = SELECTIONS[name]
    responses = drawn(8, 150)
    counted = Columns(holding(responses), VERSIONS, filters).divided(ASKED)
    selected, others = partition(responses, is_selected)
    for ours, rows in zip(counted, (responses, selected, others), strict=True):
        theirs, _ = passed([each.row for each in rows])
        assert list(differences(ours, theirs)) == []


def test_without_a_selection_nobody_is_left_out() -> None:
    whole, selected, others = Columns(holding(drawn(9, 60)), VERSIONS).divided(ASKED)
    assert list(differences(whole, selected)) == []
    assert others.responses == 0


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 10**6),
    st.integers(0, 90),
    st.sampled_from([None, *ONES, *PAIRS]),
    st.sampled_from([1, 4, 10]),
)
def test_the_page_shows_and_hides_what_it_would_after_a_pass(
    seed: int, number: int, by: str | None, threshold: int
) -> None:
    responses = drawn(seed, number, is_odd=False)
    passing = source([OLD, NEW], [each.row for each in responses], threshold=threshold)
    held = replace(passing, columns=Columns(holding(responses), VERSIONS))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(results, "MOST_GROUPS", 3)
        assert results_of(held, "en", by) == results_of(passing, "en", by)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 10**6),
    st.sampled_from(ONES),
    st.sampled_from([("a", "b"), ("l1", "l3"), ("l3", None), ("en", "fr"), ("a", "nothing")]),
)
def test_two_groups_are_counted_as_in_a_pass(seed: int, by: str, pair: tuple[str, str | None]) -> None:
    responses = drawn(seed, 60)
    passing = source([OLD, NEW], [each.row for each in responses])
    held = replace(passing, columns=Columns(holding(responses), VERSIONS))
    ours, theirs = (two_groups(each, by, *pair) for each in (held, passing))
    assert ours.in_both == theirs.in_both
    assert list(differences(ours.whole, theirs.whole)) == []
    assert list(group_differences(ours.parts.groups, theirs.parts.groups)) == []
    shown = [pair_of(Wording(("en",)), each, 4, is_tested=True) for each in (ours, theirs)]
    assert shown[0] == shown[1]


@pytest.mark.parametrize("by", ["stay", "speaks", "stay,speaks", "speaks,stay", "_language,speaks"])
def test_very_many_combinations_are_counted_too(by: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, limit in ((joints, "_MOST_DENSE"), (parts, "_MOST_DENSE"), (parts, "_MOST_COMBINED")):
        monkeypatch.setattr(module, limit, 4)
    monkeypatch.setattr(joints, "_FEW_TOGETHER", 1)
    for name in ("everybody", "language", "nobody"):
        check(drawn(3, 120), by, name)
    flat = [each for each in ASKED if not each.repeats]
    responses = drawn(4, 120)
    filters, is_selected = SELECTIONS["version"]
    columns = Columns(holding(responses), VERSIONS, filters)
    whole, groups = columns.broken_down(flat, groupings_of(ASKED, by))
    tally, breakdown = Tally(flat), Breakdown(flat, groups_of(ASKED, by))
    for each in filter(is_selected, responses):
        tally.add(each.row)
        breakdown.add(each.row)
    assert list(differences(whole, tally)) == []
    assert list(breakdown_differences(groups, breakdown)) == []


@pytest.mark.parametrize("by", [None, "speaks", "stay,turned"])
def test_columns_counted_by_several_threads_are_counted_alike(
    by: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joints, "_WORTH_A_THREAD", 0)
    monkeypatch.setattr(joints, "_processors", lambda: 2)
    check(drawn(6, 200), by)


def test_some_versions_of_a_question_can_be_counted_alone() -> None:
    asked = [replace(each, versions=frozenset({1})) for each in ASKED if 1 in each.versions]
    responses = drawn(5, 80)
    held = holding(responses)
    whole, _ = Counting(held, asked, parts_of(held)).counted()
    tally = Tally(asked)
    for each in responses:
        tally.add(each.row)
    assert list(differences(whole, tally)) == []


def test_what_was_counted_over_all_is_kept_and_never_taken_for_a_selection() -> None:
    responses, (filters, is_selected) = drawn(11, 90), SELECTIONS["language"]
    held, (whole, _) = holding(responses), passed([each.row for each in responses])
    first, _ = Columns(held, VERSIONS).counted(ASKED[:3])
    kept = len(held.kept)
    selected, _ = Columns(held, VERSIONS, filters).counted(ASKED)
    assert kept
    assert len(held.kept) == kept
    assert list(differences(selected, passed([r.row for r in responses if is_selected(r)])[0])) == []
    assert list(differences(Columns(held, VERSIONS).counted(ASKED)[0], whole)) == []
    assert len(held.kept) > kept
    assert list(differences(Columns(held, VERSIONS).counted(ASKED)[0], whole)) == []
    assert first.responses == 90


@pytest.mark.parametrize("key", ["stay", "speaks", "turned"])
@pytest.mark.parametrize("code", ["a", "l3", "z", "nothing"])
def test_those_who_gave_an_answer_can_be_selected(key: str, code: str) -> None:
    asked = next(each for each in ASKED if each.key == key)
    assert can_break_down(asked)
    responses, groups = drawn(11, 150), groups_by_answer(asked)
    held = holding(responses, shelves=1)
    (mask,) = answered(held, asked, code)
    assert mask.tolist() == [code in groups(each.row) for each in responses]


def test_several_answers_are_asked_for_together() -> None:
    responses = drawn(12, 150)
    held = holding(responses, shelves=1)
    stay, speaks = (next(each for each in ASKED if each.key == key) for key in ("stay", "speaks"))
    (mask,) = both(answered(held, stay, "a"), answered(held, speaks, "l1"))
    wanted = [
        "a" in groups_by_answer(stay)(each.row) and "l1" in groups_by_answer(speaks)(each.row)
        for each in responses
    ]
    assert mask.tolist() == wanted


def test_people_and_sessions_are_called_as_they_are_called_now() -> None:
    responses = drawn(13, 60)
    held = holding(responses).with_names(replace(NAMES, collectors={OMAR.hex: "Omar B."}))
    whole, _ = Columns(held, VERSIONS).counted(())
    assert set(whole.collectors) == {"Omar B.", None}
