"""How fast responses come and where that leads: days, weeks and months; what is said of it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.reports.pace import outlook_of, pace_of, planned_by, steps_of, usual_per
from consult.reports.pace_words import label_of_step, outlook_said
from consult.reports.wording import Wording

TODAY = dt.date(2026, 3, 20)
OPENED = dt.date(2026, 3, 1)
EN = Wording(("en",))

DAYS = st.dictionaries(st.dates(dt.date(2025, 1, 1), TODAY), st.integers(1, 50), max_size=40)


def every_day(number: int, first: dt.date = OPENED, last: dt.date = TODAY) -> dict[dt.date, int]:
    return {first + dt.timedelta(days=day): number for day in range((last - first).days + 1)}


def said(
    by_day: dict[dt.date, int],
    target: int | None = None,
    ends_on: dt.date | None = None,
    closed_on: dt.date | None = None,
) -> str:
    outlook = outlook_of(by_day, target, OPENED, ends_on, TODAY)
    total = sum(by_day.values())
    return " ".join(each.line for each in outlook_said(EN, closed_on, ends_on, total, target, outlook))


def test_pace_is_of_the_last_two_weeks() -> None:
    by_day = {**every_day(1), dt.date(2026, 3, 2): 500}
    assert pace_of(by_day, OPENED, TODAY).recent == 14
    assert pace_of(by_day, OPENED, TODAY).per_day == 1


def test_pace_of_a_young_survey_is_of_the_days_it_has_been_open() -> None:
    pace = pace_of({TODAY: 6}, TODAY - dt.timedelta(days=2), TODAY)
    assert (pace.days, pace.per_day) == (3, 2)


def test_day_of_reaching_the_target_goes_on_as_in_the_last_days() -> None:
    # 20 days with 5 each are 100; 50 more take ten days.
    outlook = outlook_of(every_day(5), 150, OPENED, dt.date(2026, 4, 9), TODAY)
    assert outlook.reached_on == dt.date(2026, 3, 30)
    assert outlook.days_left == 21
    assert outlook.at_end == 200


def test_what_is_needed_a_day_is_for_the_days_after_today() -> None:
    outlook = outlook_of(every_day(5), 200, OPENED, dt.date(2026, 3, 25), TODAY)
    assert outlook.needed == 20


def test_nothing_is_promised_where_nothing_comes() -> None:
    outlook = outlook_of({OPENED: 5}, 150, OPENED, None, TODAY + dt.timedelta(days=40))
    assert outlook.reached_on is None
    assert "No response came in the last 14 days." in said({OPENED: 5, dt.date(2026, 3, 2): 1}, 150)


def test_day_too_far_away_is_not_named() -> None:
    assert "more than two years" in said({TODAY: 1}, 150)


@pytest.mark.parametrize(
    ("ends_on", "words"),
    [
        (dt.date(2026, 3, 19), "The last day that was planned, March 19, 2026, is over."),
        (TODAY, "Today is the last day that is planned."),
        (dt.date(2026, 3, 21), "2 days are left: the last one is March 21, 2026."),
    ],
)
def test_days_that_are_left_count_today_and_the_last_one(ends_on: dt.date, words: str) -> None:
    assert words in said(every_day(5), 150, ends_on)


def test_target_out_of_reach_says_what_would_be_needed() -> None:
    words = said(every_day(5), 200, dt.date(2026, 3, 25))
    assert "On the last day there would be about 120." in words
    assert "about 20 a day are needed from now on" in words


def test_reached_target_says_so() -> None:
    assert "100 of 90 responses hoped for: 111%." in said(every_day(5), 90)
    assert "The target is reached." in said(every_day(5), 90)


def test_closed_survey_has_no_pace() -> None:
    assert said(every_day(5), 150, closed_on=TODAY).endswith("The survey was closed on March 20, 2026.")


@given(DAYS, st.sampled_from(["day", "week", "month"]), st.integers(1, 30))
def test_steps_hold_every_response_once(by_day: dict[dt.date, int], per: str, most: int) -> None:
    steps = list(steps_of(by_day, per, TODAY, most))  # type: ignore[arg-type]
    assert sum(step.new for step in steps) == sum(by_day.values())
    assert [step.together for step in steps] == [
        sum(step.new for step in steps[: place + 1]) for place in range(len(steps))
    ]
    assert len(steps) <= most + 1


def test_days_without_a_response_are_there_too() -> None:
    steps = list(steps_of({TODAY: 1, dt.date(2026, 3, 17): 2}, "day", TODAY, 60))
    assert [step.new for step in steps] == [2, 0, 0, 1]


def test_week_begins_on_monday_and_earlier_ones_stand_together() -> None:
    steps = list(steps_of(every_day(1), "week", TODAY, 2))
    assert [(label_of_step(EN, step, "week").line, step.new) for step in steps] == [
        ("Until March 8, 2026", 8),
        ("Week from March 9, 2026", 7),
        ("Week from March 16, 2026", 5),
    ]


def test_plan_is_even_and_ends_at_the_target() -> None:
    ends_on = dt.date(2026, 3, 10)
    assert planned_by(dt.date(2026, 3, 5), 100, OPENED, ends_on) == 50
    assert planned_by(TODAY, 100, OPENED, ends_on) == 100
    assert planned_by(TODAY, 100, OPENED, None) is None


@pytest.mark.parametrize(("days", "per"), [(10, "day"), (100, "week"), (700, "month")])
def test_longer_surveys_are_looked_at_in_longer_steps(days: int, per: str) -> None:
    assert usual_per(TODAY - dt.timedelta(days=days), TODAY) == per
