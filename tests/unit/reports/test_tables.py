"""Counts, shares, breakdowns: against what one counts by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from consult.i18n import Localized
from consult.questions import Question
from consult.reports.breakdowns import BY_LANGUAGE, group_labels, groups_of
from consult.reports.columns import Row
from consult.reports.merging import Asked, merge
from consult.reports.tables import CrossTables, QuestionTable, cross_tables, question_tables
from consult.reports.tally import Breakdown, Tally
from consult.reports.wording import Wording
from tests.reports.building import row
from tests.samples.questions import ask, choices, questionnaire

YES_NO = choices(("yes", "Yes"), ("no", "No"), ("maybe", "Maybe"))
ONE = ask("select_one", "one", choices=YES_NO)
SEVERAL = ask("select_multiple", "several", choices=YES_NO, has_other=True)


def asked(*questions: Question) -> tuple[Asked, ...]:
    return merge([(1, questionnaire(*questions))])


def table(question: Question, *answers: dict[str, Any]) -> QuestionTable:
    tally = Tally(asked(question))
    for each in answers:
        tally.add(row(each))
    (found,) = question_tables(tally)
    return found


def crossed(
    questions: Sequence[Question],
    by: str,
    rows: Sequence[Row],
    threshold: int = 10,
    most: int | None = None,
) -> CrossTables:
    of = asked(*questions)
    tally, breakdown = Tally(of), Breakdown(of, groups_of(of, by))
    for each in rows:
        tally.add(each)
        breakdown.add(each)
    labels = group_labels(Wording.of("en"), of, by, breakdown.groups)
    return cross_tables(tally, breakdown, labels, threshold, most)


def test_largest_groups_keep_their_order_and_their_tables() -> None:
    sizes = {"no": 12, "yes": 11, "maybe": 3}
    rows = [row({"one": code, "several": ["yes"]}) for code, size in sizes.items() for _ in range(size)]
    every = crossed([ONE, SEVERAL], "one", rows, threshold=1)
    two = crossed([ONE, SEVERAL], "one", rows, threshold=1, most=2)
    assert [head.code for head in two.heads] == ["yes", "no"]
    assert [part.base for part in two.tables[1].groups if part is not None] == [11, 12]
    assert (two.groups, every.groups) == (3, 3)
    assert crossed([ONE, SEVERAL], "one", rows, threshold=1, most=9) == every


def shares(found: QuestionTable) -> list[tuple[str, int, float | None]]:
    return [(line.code, line.count, line.share) for line in found.lines]


def test_shares_are_of_those_who_answered() -> None:
    found = table(ONE, {"one": "yes"}, {"one": "yes"}, {"one": "no"}, {"one": "yes"}, {})
    assert (found.base, found.missing) == (4, 1)
    assert shares(found) == [("yes", 3, 0.75), ("no", 1, 0.25), ("maybe", 0, 0.0)]


def test_shares_of_several_choices_are_of_people() -> None:
    found = table(SEVERAL, {"several": ["yes", "no"]}, {"several": ["yes"]}, {})
    assert shares(found) == [("yes", 2, 1.0), ("no", 1, 0.5), ("maybe", 0, 0.0), ("other", 0, 0.0)]
    assert found.is_multiple


def test_texts_of_other_are_counted() -> None:
    other = {"several": ["other"], "several_other": "Tea"}
    assert table(SEVERAL, other, {"several": ["other"]}, other).other_texts == 2


def test_nobody_answered_gives_no_share() -> None:
    found = table(ONE, {}, {})
    assert (found.base, found.missing) == (0, 2)
    assert {line.share for line in found.lines} == {None}


def test_code_that_no_version_knows_is_counted_and_shown() -> None:
    assert shares(table(ONE, {"one": "strange"}))[-1] == ("strange", 1, 1.0)


def test_long_lists_are_sorted_by_how_often_they_were_chosen() -> None:
    many = ask("select_one", "one", choices=choices(*(f"c{place}" for place in range(300))))
    found = table(many, {"one": "c7"}, {"one": "c200"}, {"one": "c200"})
    assert len(found.lines) == 300
    assert [line.code for line in found.chosen] == ["c200", "c7"]


def test_ranks_have_mean_places_the_best_first() -> None:
    found = table(
        ask("rank", "r", choices=YES_NO), {"r": ["no", "yes"]}, {"r": ["yes", "no"]}, {"r": ["no", "yes"]}
    )
    assert [(line.code, line.count, line.mean, line.first) for line in found.ranks] == [
        ("no", 3, 4 / 3, 2),
        ("yes", 3, 5 / 3, 1),
        ("maybe", 0, None, 0),
    ]


def test_dates_have_the_first_and_the_last() -> None:
    found = table(ask("date", "d"), {"d": "2026-03-05"}, {"d": "1999-12-31"})
    assert (found.earliest, found.latest) == (dt.date(1999, 12, 31), dt.date(2026, 3, 5))


def test_moments_are_compared_as_time_not_as_text() -> None:
    early, late = "2026-03-05T23:30:00.000-05:00", "2026-03-06T00:10:00.000-05:00"
    found = table(ask("dateTime", "d"), {"d": late}, {"d": early})
    assert str(found.earliest).startswith("2026-03-05 23:30")


def test_numbers_that_are_no_numbers_are_left_out_of_statistics() -> None:
    found = table(ask("decimal", "n"), {"n": 2}, {"n": 4})
    assert found.statistics is not None
    assert found.statistics.mean == 3


def test_what_an_older_version_did_not_ask_is_not_missing() -> None:
    of = merge([(1, questionnaire(ONE)), (2, questionnaire(ONE, SEVERAL))])
    tally = Tally(of)
    tally.add(row({}, version=1))
    tally.add(row({}, version=2))
    assert [found.missing for found in question_tables(tally)] == [2, 1]


def test_breakdown_counts_each_group() -> None:
    rows = [row({"one": "yes"}, language="en")] * 12 + [row({"one": "no"}, language="fr")] * 10
    found = crossed([ONE], BY_LANGUAGE, rows)
    assert [(head.code, head.size) for head in found.heads] == [("en", 12), ("fr", 10)]
    groups = found.tables[0].groups
    assert [part and shares(part)[0] for part in groups] == [("yes", 12, 1.0), ("yes", 0, 0.0)]


def test_small_group_is_hidden_with_the_next_smallest() -> None:
    rows = [
        row({"one": "yes"}, language=code)
        for code, n in (("en", 40), ("fr", 20), ("ti", 3))
        for _ in range(n)
    ]
    found = crossed([ONE], BY_LANGUAGE, rows)
    assert {head.code: head.size for head in found.heads} == {"en": 40, "fr": None, "ti": None}
    assert [part is None for part in found.tables[0].groups] == [head.size is None for head in found.heads]
    assert found.has_hidden


def test_question_that_few_of_a_large_group_answered_is_hidden_for_it() -> None:
    rows = [row({"one": "yes"} if place % 10 == 0 else {}, language="en") for place in range(30)]
    rows += [row({"one": "yes"}, language="fr")] * 30 + [row({"one": "yes"}, language="ar")] * 12
    found = crossed([ONE], BY_LANGUAGE, rows)
    assert all(head.size for head in found.heads)
    shown = dict(zip([head.code for head in found.heads], found.tables[0].groups, strict=True))
    assert (shown["en"], shown["ar"]) == (None, None)
    assert shown["fr"] is not None


def test_breakdown_by_a_question_has_a_group_without_an_answer() -> None:
    rows = [row({"one": "yes"})] * 10 + [row({})] * 11
    found = crossed([ONE, SEVERAL], "one", rows)
    assert [(head.code, head.label, head.size) for head in found.heads] == [
        ("yes", Localized({"en": "Yes"}), 10),
        (None, Localized({"en": "No answer"}), 11),
    ]


def test_person_of_several_groups_counts_in_each() -> None:
    rows = [row({"several": ["yes", "no"]})] * 10
    assert [head.size for head in crossed([SEVERAL], "several", rows).heads] == [10, 10]
