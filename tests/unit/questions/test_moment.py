"""Dates and times, as people write them."""

from __future__ import annotations

import datetime as dt

import pytest

from consult.questions import Given, Refused, kind_of
from tests.samples.questions import ask
from tests.unit.questions.kinds import cells, clean, problem, refused, typed_and_read_back

DAY = "2026-03-05"


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ("2026-03-05", "en"),
        ("2026-3-5", "en"),
        ("2026/03/05", "en"),
        ("2026.03.05", "fr"),
        ("05/03/2026", "fr"),
        ("5.3.2026", "ar"),
        ("05-03-2026", "es"),
        ("March 5, 2026", "en"),
        ("5 March 2026", "en"),
        ("Thursday, 5 Mar. 2026", "en"),
        ("5 mars 2026", "fr"),
        ("jeudi 5 mars 2026", "fr"),
        ("5 mars 2026", "en"),
        ("5 de marzo de 2026", "es"),
        ("٥ مارس ٢٠٢٦", "ar"),
        ("٢٠٢٦-٠٣-٠٥", "ar"),
        ("2026年3月5日", "zh-Hans"),
        ("２０２６年３月５日", "zh-Hans"),
        ("\u200f2026-03-05\u200f", "ar"),
    ],
)
def test_a_day_is_understood(written: str, language: str) -> None:
    assert clean(ask("date"), written, language=language) == {"it": DAY}


def test_french_names_of_months_need_no_accents() -> None:
    assert clean(ask("date"), "1er aout 2025", language="fr") == {"it": "2025-08-01"}
    assert clean(ask("date"), "2 février 2025", language="fr") == {"it": "2025-02-02"}


def test_a_day_beyond_the_twelfth_cannot_be_a_month() -> None:
    assert clean(ask("date"), "25/12/2026") == {"it": "2026-12-25"}
    assert clean(ask("date"), "12/25/2026") == {"it": "2026-12-25"}
    assert clean(ask("date"), "4/4/2026") == {"it": "2026-04-04"}


@pytest.mark.parametrize("language", ["en", "zh-Hans", "pdt"])
def test_day_and_month_are_never_guessed(language: str) -> None:
    assert "cannot tell the day from the month" in refused(ask("date"), "03/05/2026", language=language)


@pytest.mark.parametrize(
    "bad",
    [
        "2026-02-30",
        "2026-13-01",
        "5 March",
        "March 2026",
        "05/03/26",
        "tomorrow",
        "5 5 March 2026",
        "0026-03-05",
        "2026",
        "2026-03-05T10:00",
        "9" * 5_000,
        "5 march 2026 " * 40,
    ],
)
def test_what_is_no_day_is_refused(bad: str) -> None:
    assert "2026-03-05" in refused(ask("date"), bad)


@pytest.mark.parametrize(
    "bad", ["2026-3-5", "2026-02-30", "05/03/2026", "2026-03-05T00:00", "٢٠٢٦-٠٣-٠٥", "20260305"]
)
def test_a_coded_day_has_one_form(bad: str) -> None:
    assert problem(ask("date"), bad) is not None


@pytest.mark.parametrize("written", ["2026-03", "03/2026", "2026年3月", "mars 2026", "March 2026"])
def test_a_month_is_stored_as_its_first_day(written: str) -> None:
    month = ask("date", appearance="month-year")
    assert clean(month, written, language="fr") == {"it": "2026-03-01"}


def test_a_month_is_shown_as_a_month() -> None:
    month = ask("date", appearance="month-year")
    assert kind_of(month).display(month, "2026-03-01", "fr") == "mars 2026"
    control = kind_of(month).control(month, "fr")
    assert (control["parts"], control["months"]["03"]) == (["month", "year"], "mars")
    assert typed_and_read_back(month, {"it": "2026-03-01"}, "fr") == {"it": "2026-03-01"}


def given(month: str, **details: str) -> Given:
    return Given((month,), details)


def test_a_date_is_read_from_its_parts() -> None:
    month, day = ask("date", appearance="month-year"), ask("date", appearance="no-calendar")
    assert kind_of(month).clean(month, given("03", year="٢٠٢٦")) == {"it": "2026-03-01"}
    assert kind_of(day).clean(day, given("03", year="2026", day="5")) == {"it": "2026-03-05"}
    assert kind_of(day).clean(day, given("", year="", day=" ")) == {}


@pytest.mark.parametrize(
    "bad", [given("03", year="", day=""), given("", year="2026", day="5"), given("03", year="2026", day="")]
)
def test_a_date_with_a_part_missing_is_refused(bad: Given) -> None:
    with pytest.raises(Refused, match="every part"):
        kind_of(ask("date", appearance="no-calendar")).clean(ask("date", appearance="no-calendar"), bad)


def test_a_day_that_is_not_there_is_refused_in_parts_too() -> None:
    day = ask("date", appearance="no-calendar")
    with pytest.raises(Refused, match="no such day"):
        kind_of(day).clean(day, given("02", year="2026", day="30"))


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("en", "month day year"),
        ("fr", "day month year"),
        ("ar", "day month year"),
        ("zh-Hans", "year month day"),
    ],
)
def test_the_parts_of_a_date_stand_in_the_order_of_the_language(language: str, order: str) -> None:
    day = ask("date", appearance="no-calendar")
    assert kind_of(day).control(day, language)["parts"] == order.split()


@pytest.mark.parametrize("bad", ["2026", "2026-13", "13/2026", "March", "20-2026-3"])
def test_what_is_no_month_is_refused(bad: str) -> None:
    assert refused(ask("date", appearance="month-year"), bad).startswith("Please write a year and month")


def test_a_year_is_stored_as_its_first_day_and_shown_as_a_year() -> None:
    year = ask("date", appearance="year")
    assert clean(year, "٢٠١٩", language="ar") == {"it": "2019-01-01"}
    assert kind_of(year).display(year, "2019-01-01", "en") == "2019"
    assert refused(year, "19").startswith("Please write a year with four digits")
    assert refused(year, "0000").startswith("Please write a year with four digits")


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("14:30", "14:30"),
        ("9:05", "09:05"),
        ("14.30", "14:30"),
        ("14h30", "14:30"),
        ("14 h 30", "14:30"),
        ("14 h", "14:00"),
        ("14 heures 30", "14:30"),
        ("2:30 pm", "14:30"),
        ("2 p.m.", "14:00"),
        ("12 am", "00:00"),
        ("12:15 pm", "12:15"),
        ("14:30:59", "14:30"),
        ("١٤:٣٠", "14:30"),
        ("٢:٣٠ م", "14:30"),
        ("٩:٠٠ ص", "09:00"),
        ("下午2:30", "14:30"),
        ("上午9时05分", "09:05"),
    ],
)
def test_a_time_is_understood(written: str, time: str) -> None:
    assert clean(ask("time"), written) == {"it": time}


@pytest.mark.parametrize(
    "bad", ["14", "25:00", "12:60", "13 pm", "0 am", "noon", "14:3", "1430", "-1:00", "1" * 999]
)
def test_what_is_no_time_is_refused(bad: str) -> None:
    assert refused(ask("time"), bad).startswith("Please write a time")


@pytest.mark.parametrize("bad", ["9:30", "24:00", "14:60", "14h30", ""])
def test_a_coded_time_has_one_form(bad: str) -> None:
    assert problem(ask("time"), bad) is not None


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-05T14:30",
        "2026-03-05 14:30",
        "5 mars 2026 à 14 h 30",
        "05/03/2026 14:30",
        "٢٠٢٦-٠٣-٠٥ ١٤:٣٠",
        "5 mars 2026, 2:30 pm",
    ],
)
def test_a_moment_gets_the_zone_of_the_page(written: str) -> None:
    assert clean(ask("dateTime"), written, language="fr") == {"it": "2026-03-05T14:30:00.000-05:00"}


@pytest.mark.parametrize(
    "bad", ["2026-03-05", "14:30", "2026-02-30 14:30", "2026-03-05 25:00", "soon", "2026-03-05 " * 60]
)
def test_what_is_no_moment_is_refused(bad: str) -> None:
    assert refused(ask("dateTime"), bad).startswith("Please write a date and a time")


@pytest.mark.parametrize(
    "bad",
    [
        "2026-03-05T14:30",
        "2026-03-05",
        "2026-W10-4T10:00+00:00",
        "2026-03-05 14:30+00:00",
        "20260305T143000Z",
    ],
)
def test_a_coded_moment_has_a_date_a_time_and_an_offset(bad: str) -> None:
    assert problem(ask("dateTime"), bad) is not None


@pytest.mark.parametrize(
    ("language", "day", "time"),
    [
        ("en", "March 5, 2026", "9:30 a.m."),
        ("fr", "5 mars 2026", "9 h 30"),
        ("es", "5 de marzo de 2026", "9:30"),
    ],
)
def test_days_and_times_are_shown_as_the_language_writes_them(language: str, day: str, time: str) -> None:
    assert kind_of(ask("date")).display(ask("date"), DAY, language) == day
    shown = kind_of(ask("time")).display(ask("time"), "09:30", language)
    assert shown.replace("\u202f", " ").replace("\u00a0", " ") in (time, f"0{time}")


@pytest.mark.parametrize(
    ("language", "moment"),
    [
        ("en", "March 5, 2026, 2:30 p.m."),
        ("fr", "5 mars 2026, 14 h 30"),
        ("es", "5 de marzo de 2026, 14:30"),
        ("zh-Hans", "2026年3月5日 14:30"),
    ],
)
def test_moments_are_shown_as_the_language_writes_them(language: str, moment: str) -> None:
    shown = kind_of(ask("dateTime")).display(ask("dateTime"), "2026-03-05T14:30:00.000-05:00", language)
    assert shown.replace("\u202f", " ").replace("\u00a0", " ") == moment


def test_a_language_babel_does_not_know_shows_dates_all_the_same() -> None:
    assert kind_of(ask("date")).display(ask("date"), DAY, "pdt") == "March 5, 2026"


def test_cells_are_typed_and_moments_have_the_clock_of_the_place() -> None:
    assert cells(ask("date"), {"it": DAY}) == {"it": dt.date(2026, 3, 5)}
    assert cells(ask("time"), {"it": "09:30"}) == {"it": dt.time(9, 30)}
    moment = {"it": "2026-03-05T09:30:00.000-05:00"}
    assert cells(ask("dateTime"), moment) == {"it": dt.datetime(2026, 3, 5, 9, 30)}  # noqa: DTZ001


def test_a_stored_value_that_is_no_date_reaches_the_report_as_text() -> None:
    assert cells(ask("date"), {"it": "last spring"}) == {"it": "last spring"}
