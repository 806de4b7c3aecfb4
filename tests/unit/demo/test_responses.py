"""The made-up responses: such as the questionnaire lets people give, always the same, and believable."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import cache
from statistics import mean
from typing import Any

import pytest

from consult.demo.forms import example_questionnaire
from consult.demo.organisations import ASHBROOK, GRANDS_PINS, ORGANISATIONS, ExampleOrganisation
from consult.demo.responses import WITH_PEOPLE, example_responses
from consult.questionnaires.routing import evaluate
from consult.questions import kind_of

FIRST_ON, LAST_ON = dt.date(2026, 9, 13), dt.date(2026, 11, 21)
LEVELS = ["none", "little", "daily", "well", "very_well"]

Rows = tuple[dict[str, Any], ...]


BY_SLUG = {organisation.slug: organisation for organisation in ORGANISATIONS}


@cache
def made(slug: str) -> Rows:
    questionnaire = example_questionnaire(BY_SLUG[slug].form)
    return tuple(example_responses(BY_SLUG[slug], questionnaire, FIRST_ON, LAST_ON))


def rows_of(organisation: ExampleOrganisation) -> Rows:
    return made(organisation.slug)


@pytest.fixture(params=ORGANISATIONS, ids=lambda organisation: organisation.slug)
def organisation(request: pytest.FixtureRequest) -> ExampleOrganisation:
    wanted: ExampleOrganisation = request.param
    return wanted


@pytest.fixture
def rows(organisation: ExampleOrganisation) -> Rows:
    return rows_of(organisation)


@pytest.fixture
def newcomers() -> Rows:
    return rows_of(ASHBROOK)


def answered(rows: Rows, key: str) -> list[dict[str, Any]]:
    return [row["answers"] for row in rows if key in row["answers"]]


def test_there_are_about_twelve_hundred() -> None:
    assert sum(len(rows_of(organisation)) for organisation in ORGANISATIONS) == 1200


def test_same_days_give_the_same_responses(organisation: ExampleOrganisation, rows: Rows) -> None:
    again = example_responses(organisation, example_questionnaire(organisation.form), FIRST_ON, LAST_ON)
    assert [next(again) for _ in range(60)] == list(rows[:60])


def test_identities_do_not_change_from_day_to_day(organisation: ExampleOrganisation, rows: Rows) -> None:
    day = dt.timedelta(days=1)
    later = example_responses(
        organisation, example_questionnaire(organisation.form), FIRST_ON + day, LAST_ON + day
    )
    assert [next(later)["id"] for _ in range(60)] == [row["id"] for row in rows[:60]]


def test_no_two_share_an_identity() -> None:
    identities = [row["id"] for organisation in ORGANISATIONS for row in rows_of(organisation)]
    assert len(set(identities)) == len(identities)


def test_every_answer_is_one_that_its_question_accepts(organisation: ExampleOrganisation, rows: Rows) -> None:
    questions = example_questionnaire(organisation.form).questions
    problems = [
        (key, value, str(problem))
        for row in rows
        for key, value in row["answers"].items()
        if key in questions and (problem := kind_of(questions[key]).problem(questions[key], value))
    ]
    assert problems == []


def test_only_relevant_questions_are_answered_and_all_limits_are_kept(
    organisation: ExampleOrganisation, rows: Rows
) -> None:
    questionnaire = example_questionnaire(organisation.form)
    for row in rows:
        now = dt.datetime.fromisoformat(f"{row['collected_on']}T17:00:00+00:00")
        found = evaluate(questionnaire, row["answers"], now=now, language=row["language"]).states
        for key, state in found.items():
            assert state.relevant or key not in row["answers"], (row["id"], key)
            assert state.constraint_ok is not False, (row["id"], key)
            assert not state.required or key in row["answers"], (row["id"], key)


def test_own_words_of_other_stand_beside_their_question(rows: Rows) -> None:
    keys = {key for row in rows for key in row["answers"] if key.endswith("_other")}
    assert keys
    for row in rows:
        for key in keys & row["answers"].keys():
            assert "other" in row["answers"][key.removesuffix("_other")]


def test_days_lie_between_the_first_and_the_last(rows: Rows) -> None:
    days = [dt.date.fromisoformat(row["collected_on"]) for row in rows]
    assert min(days) >= FIRST_ON
    assert max(days) <= LAST_ON
    assert len(set(days)) > 30


def test_every_channel_and_every_language_occurs() -> None:
    rows = [row for organisation in ORGANISATIONS for row in rows_of(organisation)]
    assert {row["channel"] for row in rows} == {"online", "collector", "paper", "phone", "kiosk", "import"}
    languages = Counter(row["language"] for row in rows)
    assert languages.keys() == {"en", "fr", "ar", "es", "zh-Hans"}
    assert min(languages.values()) >= 50


def test_what_was_collected_names_its_collector_and_nothing_else_does(
    organisation: ExampleOrganisation, rows: Rows
) -> None:
    collectors = {person.email for person in organisation.people if person.interviews_in}
    for row in rows:
        assert ("collector" in row) == (row["channel"] in WITH_PEOPLE)
        assert row.get("collector") in {None, *collectors}


def test_both_collectors_interview_mostly_in_their_mother_tongue(newcomers: Rows) -> None:
    interviews = Counter((r["collector"], r["language"]) for r in newcomers if r["channel"] == "collector")
    assert interviews["amal@ashbrook.example", "ar"] > 40
    assert interviews["lucia@ashbrook.example", "es"] > 40


def test_papers_of_a_community_session_are_of_its_day_and_language(
    organisation: ExampleOrganisation, rows: Rows
) -> None:
    sessions = {session.place: session for session in organisation.sessions}
    met = Counter(row["session"] for row in rows if "session" in row)
    assert met.keys() == sessions.keys()
    for row in rows:
        if (held := sessions.get(row.get("session", ""))) is not None:
            day = (FIRST_ON + dt.timedelta(days=held.days)).isoformat()
            assert (row["collected_on"], row["language"]) == (day, held.language)
    assert [place for place, count in met.items() if count > sessions[place].participants] == []


def test_open_answers_are_in_the_language_of_the_person(
    rows: Rows, organisation: ExampleOrganisation
) -> None:
    key = {"ashbrook": "one_change", "grands-pins": "suggestion"}[organisation.slug]
    for row in rows:
        assert (key in row["answers"]) == ("original_language" in row)
        assert row.get("original_language", {key: row["language"]}) == {key: row["language"]}
    assert 0.4 < len(answered(rows, key)) / len(rows) < 0.75


def test_collectors_translate_what_they_hear_into_an_official_language(newcomers: Rows) -> None:
    heard = [
        row
        for row in newcomers
        if row["channel"] == "collector"
        and "one_change" in row["answers"]
        and row["language"] in ("ar", "es")
    ]
    translated = [row for row in heard if row.get("translations")]
    assert len(translated) > 0.8 * len(heard)
    assert all(set(row["translations"]["one_change"]) <= {"en", "fr"} for row in translated)
    assert all(row["translations"]["one_change"]["en"] != row["answers"]["one_change"] for row in translated)


def test_some_people_leave_questions_blank_and_some_stop_early(newcomers: Rows) -> None:
    assert 20 < sum("stay" not in row["answers"] for row in newcomers) < 200
    assert 5 < sum("discrimination" not in row["answers"] for row in newcomers) < 200


def test_who_has_been_here_longer_speaks_the_language_better(newcomers: Rows) -> None:
    recent, settled = by_years(newcomers, "language_level")
    assert mean(map(LEVELS.index, settled)) > mean(map(LEVELS.index, recent)) + 0.5


def test_who_has_been_here_longer_works_closer_to_their_training(newcomers: Rows) -> None:
    recent, settled = by_years(newcomers, "job_match")
    assert share(settled, {"fully"}) > share(recent, {"fully"}) + 0.1


def test_who_has_been_here_longer_belongs_more(newcomers: Rows) -> None:
    recent, settled = by_years(newcomers, "feel_belonging")
    assert share(settled, {"always", "often"}) > share(recent, {"always", "often"}) + 0.15


def test_who_was_treated_unfairly_feels_less_welcome(newcomers: Rows) -> None:
    known = [a for a in answered(newcomers, "discrimination") if "feel_welcome" in a]
    hurt = [a["feel_welcome"] for a in known if a["discrimination"] in ("often", "sometimes")]
    others = [a["feel_welcome"] for a in known if a["discrimination"] == "never"]
    assert share(hurt, {"always", "often"}) < share(others, {"always", "often"}) - 0.15


def test_services_in_french_are_rarer_far_from_the_larger_town() -> None:
    answers = answered(rows_of(GRANDS_PINS), "acces_sante")
    town = [a["acces_sante"] for a in answers if a.get("lieu") == "baie_du_heron"]
    beyond = [a["acces_sante"] for a in answers if a.get("lieu") != "baie_du_heron"]
    assert share(town, {"toujours"}) > share(beyond, {"toujours"})


def by_years(rows: Rows, key: str) -> tuple[list[str], list[str]]:
    """Answers of people of at most three years here, and of ten or more."""
    answers = answered(rows, key)
    return (
        [a[key] for a in answers if a["years_in_canada"] <= 3],
        [a[key] for a in answers if a["years_in_canada"] >= 10],
    )


def share(values: list[str], wanted: set[str]) -> float:
    return sum(value in wanted for value in values) / len(values)
