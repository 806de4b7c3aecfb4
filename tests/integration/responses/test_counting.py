"""Responses by what was answered: selected, left out, counted, on both engines."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from consult.db import Database
from consult.responses.counting import conditions_of, count_together, progress_mark
from consult.responses.models import Channel, ResponseState
from consult.responses.reading import AllBut, Filters, count_responses, stream_responses
from tests import factories
from tests.integration.responses.conftest import SECRET_KEY

GIVEN: list[tuple[str, dict[str, Any]]] = [
    ("en", {"area": "north", "speaks": ["ar", "fr"]}),
    ("fr", {"area": "north", "speaks": ["fr"]}),
    ("en", {"area": "south", "speaks": []}),
    ("en", {"speaks": ["ar"]}),
    ("en", {"area": 'north’s "end" 50% _\''}),
]


@pytest.fixture
def survey_id(database: Database) -> uuid.UUID:
    with database.write() as session:
        survey = factories.make_open_survey(session)
        for language, answers in GIVEN:
            factories.make_response(session, survey=survey, language=language, answers=answers)
        draft = {"state": ResponseState.DRAFT, "answers": {"area": "north"}}
        factories.make_response(session, survey=survey, **draft)
        factories.make_response(session, answers={"area": "north"})
    return survey.id


def areas(database: Database, survey_id: uuid.UUID, filters: Filters) -> list[str]:
    found = stream_responses(database, survey_id, SECRET_KEY, filters)
    return sorted(str(each.answers.get("area")) for each in found)


@pytest.mark.parametrize(
    ("answered", "expected"),
    [
        ((("area", "north"),), ["north", "north"]),
        ((("speaks", "fr"),), ["north", "north"]),
        ((("speaks", "ar"),), ["None", "north"]),
        ((("area", "north"), ("speaks", "ar")), ["north"]),
        ((("speaks", "ar"), ("speaks", "fr")), ["north"]),
        ((("area", "nort"),), []),
        ((("area", "%"),), []),
        ((("area", 'north’s "end" 50% _\''),), ['north’s "end" 50% _\'']),
        ((("ar\"ea'", "north"),), []),
    ],
)
def test_all_answers_must_be_there(
    answered: tuple[tuple[str, str], ...], expected: list[str], database: Database, survey_id: uuid.UUID
) -> None:
    filters = Filters(answered=answered)
    assert areas(database, survey_id, filters) == expected
    with database.read() as session:
        assert count_responses(session, survey_id, filters).total == len(expected)


def test_answers_combine_with_other_filters(database: Database, survey_id: uuid.UUID) -> None:
    filters = Filters(languages=frozenset({"fr"}), answered=(("area", "north"),))
    assert areas(database, survey_id, filters) == ["north"]


@pytest.mark.parametrize(
    "filters",
    [
        Filters(answered=(("area", "north"),)),
        Filters(languages=frozenset({"fr"}), answered=(("speaks", "fr"),)),
        Filters(collector_ids=frozenset({uuid.uuid4()})),
        Filters(channels=frozenset({Channel.ONLINE}), collected_from=dt.date(1990, 1, 1)),
    ],
)
def test_all_but_is_everything_else(filters: Filters, database: Database, survey_id: uuid.UUID) -> None:
    given = {name: getattr(filters, name) for name in Filters.__dataclass_fields__}
    selected = areas(database, survey_id, filters)
    others = areas(database, survey_id, AllBut(**given))
    assert sorted([*selected, *others]) == areas(database, survey_id, Filters())
    assert len(selected) + len(others) == len(GIVEN)


def test_conditions_are_counted_together(database: Database, survey_id: uuid.UUID) -> None:
    filters = Filters(languages=frozenset({"en"}), answered=(("area", "north"), ("speaks", "fr")))
    assert len(conditions_of(filters)) == 3
    with database.read() as session:
        assert count_together(session, survey_id, filters) == {
            (True, True, True): 1,
            (False, True, True): 1,
            (True, False, False): 3,
        }


def test_mark_changes_with_a_response_and_with_a_correction(database: Database, survey_id: uuid.UUID) -> None:
    with database.write() as session:
        before = progress_mark(session, survey_id)
        factories.make_response(session)
        assert progress_mark(session, survey_id) == before
        response = factories.make_response(
            session, survey_id=survey_id, version_id=_version(session, survey_id)
        )
        after = progress_mark(session, survey_id)
        response.revision = 1
        session.flush()
        assert (before, after, progress_mark(session, survey_id)) == ((5, 0), (6, 0), (6, 1))


def _version(session: Any, survey_id: uuid.UUID) -> uuid.UUID:
    version: uuid.UUID = factories.make_version(session, survey_id=survey_id).id
    return version
