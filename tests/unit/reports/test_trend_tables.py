"""Tables over time, from responses to several versions and surveys."""

from __future__ import annotations

import datetime as dt
from typing import Any

from consult.questions import Question
from consult.reports.analysis.trends import Form, concepts_of
from consult.reports.merging import merge
from consult.reports.source import Source
from consult.reports.trend_page import Line, Point, TrendPage, trend_page
from consult.reports.trend_tables import Period, Trends, trends_of
from tests.reports.building import row, source
from tests.samples.questions import ask, choices, questionnaire

YES_NO = choices(("yes", "Yes"), ("no", "No"))
STAY = ask("select_one", "stay", "Will you stay?", choices=YES_NO)
REWORDED = ask("select_one", "stay", "Will you stay in this city?", choices=YES_NO)
AGE = ask("integer", "age", "How old are you?")


def survey(*versions: list[Question], slug: str = "newcomers", rows: Any = (), **given: Any) -> Source:
    return source([questionnaire(*each) for each in versions], rows, slug=slug, threshold=10, **given)


def answers(stay: str, many: int, version: int = 1, on: dt.date = dt.date(2026, 3, 5)) -> list[Any]:
    return [row({"stay": stay, "age": 30 + n}, version=version, collected_on=on) for n in range(many)]


def forms(slug: str, *versions: list[Question]) -> list[Form]:
    numbered = list(enumerate(versions, 1))
    return [
        Form(slug, number, merge([(number, questionnaire(*each))])) for number, each in reversed(numbered)
    ]


def followed(*sources: tuple[Source, list[Form]], per: Period = "version") -> tuple[Trends, TrendPage]:
    concepts = concepts_of([form for _, of in sources for form in of])
    found = [source for source, _ in sources]
    return trends_of(concepts, found, per), trend_page(concepts, found, per, "en")


def shares(found: Trends, key: str = "stay") -> list[float | None]:
    trend = next(each for each in found.trends if each.concept.key == key)
    return [table.share_of("yes") if table else None for table in trend.tables]


def test_versions_are_compared_where_the_words_are_the_same() -> None:
    versions = [[STAY, AGE], [STAY, AGE]]
    rows = [*answers("yes", 15), *answers("no", 15), *answers("yes", 30, 2), *answers("no", 10, 2)]
    found, page = followed((survey(*versions, rows=rows), forms("newcomers", *versions)))

    assert shares(found) == [0.5, 0.75]
    assert [line.label for line in page.followed[0].lines] == ["Yes", "No"]
    assert [point.value for point in page.followed[0].lines[0].points if point] == ["50%", "75%"]


def test_reworded_versions_are_named_and_not_compared() -> None:
    versions = [[STAY, AGE], [REWORDED, AGE]]
    rows = [*answers("yes", 30), *answers("yes", 30, 2)]
    found, page = followed((survey(*versions, rows=rows), forms("newcomers", *versions)))

    assert shares(found) == [None, 1.0]
    assert [each.title for each in page.not_followed] == ["Will you stay in this city?"]
    assert "version 1: it was worded otherwise in English" in page.not_followed[0].reasons[0]
    assert [each.key for each in page.followed] == ["age"]


def test_surveys_of_other_years_are_put_in_order() -> None:
    now = survey([STAY], rows=answers("yes", 20))
    before = survey([STAY], slug="newcomers-2024", rows=answers("no", 20, on=dt.date(2024, 5, 1)))
    found, page = followed((now, forms("newcomers", [STAY])), (before, forms("newcomers-2024", [STAY])))

    assert [wave.slug for wave in found.waves] == ["newcomers-2024", "newcomers"]
    assert shares(found) == [0.0, 1.0]
    assert page.heads[0][0].endswith("(May 2024)")


def test_months_quarters_and_years() -> None:
    days = [dt.date(2025, 12, 31), dt.date(2026, 1, 1), dt.date(2026, 3, 31), dt.date(2026, 4, 1)]
    rows = [each for day in days for each in answers("yes", 12, on=day)]
    of = (survey([STAY], rows=rows), forms("newcomers", [STAY]))

    def codes(per: Period) -> list[str]:
        return [wave.code for wave in followed(of, per=per)[0].waves]

    assert codes("month") == ["2025-12", "2026-01", "2026-03", "2026-04"]
    assert codes("quarter") == ["2025-Q4", "2026-Q1", "2026-Q2"]
    assert codes("year") == ["2025", "2026"]
    assert [head for head, _ in followed(of, per="quarter")[1].heads][1] == "2026, quarter 1"


def test_small_parts_of_a_survey_are_not_shown_nor_what_gives_them_away() -> None:
    rows = [
        each
        for month, size in ((1, 4), (2, 12), (3, 40))
        for each in answers("yes", size, on=dt.date(2026, month, 1))
    ]
    found, _ = followed((survey([STAY], rows=rows), forms("newcomers", [STAY])), per="month")

    assert [wave.responses for wave in found.waves] == [None, None, 40]
    assert shares(found) == [None, None, 1.0]
    assert found.trends[0].is_hidden == (True, True, False)


def test_only_the_last_times_are_shown_when_there_are_many() -> None:
    rows = [each for n in range(30) for each in answers("yes", 10, on=dt.date(2023 + n // 12, 1 + n % 12, 1))]
    found, _ = followed((survey([STAY], rows=rows), forms("newcomers", [STAY])), per="month")

    assert (found.left_out, len(found.waves), len(found.trends[0].tables)) == (6, 24, 24)
    assert found.waves[-1].code == "2025-06"


def test_a_drawn_line_breaks_where_nothing_is_known() -> None:
    at = Point("50%", "", 50)
    assert len(Line("Yes", (at, at, None, at, at)).drawn) == 2
    assert Line("Yes", (at, None, at)).drawn == ()


def test_nobody_has_answered_yet() -> None:
    _, page = followed((survey([STAY]), forms("newcomers", [STAY])))

    assert (page.heads, page.followed, page.not_followed) == ((), (), ())
