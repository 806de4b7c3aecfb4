"""By what a report is broken down, and how its groups are called."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from consult.reports.breakdowns import breakdown_said, cross_rows, group_labels, groups_of
from consult.reports.tables import CrossTables, cross_tables
from consult.reports.tally import Breakdown, Tally
from consult.reports.wording import Wording
from tests.reports.building import row
from tests.unit.reports.test_tables import ONE, SEVERAL, asked

OF = asked(ONE, SEVERAL)


def crossed(by: str, *rows: dict[str, Any], words: str = "en", threshold: int = 1) -> CrossTables:
    tally, breakdown = Tally(OF), Breakdown(OF, groups_of(OF, by))
    for given in rows:
        each = row(given.pop("answers", {}), **given)
        tally.add(each)
        breakdown.add(each)
    return cross_tables(
        tally, breakdown, group_labels(Wording.of(words), OF, by, breakdown.groups), threshold
    )


def heads(found: CrossTables) -> list[str]:
    return [" / ".join(dict.fromkeys(head.label.values())) or head.name for head in found.heads]


def test_months_are_in_words_and_in_order() -> None:
    days = [dt.date(2026, 4, 2), dt.date(2026, 3, 5), dt.date(2025, 12, 31), None]
    found = crossed("_month", *({"collected_on": day} for day in days), words="fr")
    assert heads(found)[:3] == ["décembre 2025", "mars 2026", "avril 2026"]


def test_collectors_and_those_who_answered_by_themselves() -> None:
    found = crossed("_collector", {"collector": "Omar"}, {"collector": "Amal"}, {})
    assert heads(found) == ["Amal", "Omar", "Without a data collector"]


def test_sessions_are_told_apart_by_day_and_place() -> None:
    session = {"session_on": dt.date(2026, 3, 5), "session_place": "Library"}
    found = crossed("_session", session, {**session, "session_place": "School"}, {})
    assert heads(found) == ["2026-03-05 Library", "2026-03-05 School", "Without a session"]


def test_two_things_make_a_group_of_every_pair_that_somebody_is_in() -> None:
    found = crossed(
        "_language,one",
        {"language": "fr", "answers": {"one": "yes"}},
        {"language": "en", "answers": {"one": "yes"}},
        {"language": "en", "answers": {}},
    )
    assert heads(found) == ["English · Yes", "English · No answer", "French · Yes"]
    assert [head.code for head in found.heads] == [("en", "yes"), ("en", None), ("fr", "yes")]


def test_pair_of_a_code_that_no_version_knows_is_called_by_it() -> None:
    assert heads(crossed("_language,one", {"answers": {"one": "strange"}})) == ["English · strange"]


def test_response_of_several_groups_counts_in_each_pair() -> None:
    found = crossed("_channel,several", {"answers": {"several": ["yes", "no"]}})
    assert [head.size for head in found.heads] == [1, 1]


def test_small_pairs_are_hidden_with_their_neighbours() -> None:
    many = [
        {"language": code, "channel": channel} for code in ("en", "fr") for channel in ("online", "paper")
    ]
    few = [{"language": "ti", "channel": channel} for channel in ("online", "paper")]
    rows = [dict(each) for each in many for _ in range(20)]
    found = crossed("_language,_channel", *rows, *few, threshold=10)
    shown = [head.code for head in found.heads if head.size is not None]
    assert shown == [("fr", "online"), ("fr", "paper")]


def test_question_that_makes_the_groups_is_not_broken_down_by_itself() -> None:
    answers: dict[str, Any] = {"one": "yes", "several": ["yes"]}
    found = crossed("one,_language", {"answers": answers})
    of_one, of_several = found.tables
    assert not list(cross_rows(Wording.of("en"), of_one, "one,_language"))
    assert list(cross_rows(Wording.of("en"), of_several, "one,_language"))


def test_both_things_are_named() -> None:
    assert breakdown_said(Wording.of("en"), OF, "_month,one").line == "Month · What is it?"


@pytest.mark.parametrize(
    "by", ["nothing", "_language,nothing", "_language,_language", "_language,_channel,one", "one,"]
)
def test_what_nothing_can_be_broken_down_by_is_refused(by: str) -> None:
    with pytest.raises(KeyError, match=by):
        groups_of(OF, by)
