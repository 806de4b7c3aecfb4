"""How many responses a survey hopes for: kept, replaced, refused where they make no sense."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
import sqlalchemy as sa

from consult.db import Database
from consult.surveys.models import GroupTarget, Survey
from consult.surveys.targets import Targets, set_targets, targets_of
from tests import factories

LAST = dt.date(2026, 6, 30)


@pytest.fixture
def survey_id(database: Database) -> uuid.UUID:
    with database.write() as session:
        survey = factories.make_survey(session)
        set_targets(session, survey, 100, LAST, {"_language": {"ar": 20, "fr": 30}, "area": {"north": 40}})
    return survey.id


def kept(database: Database, survey_id: uuid.UUID) -> Targets:
    with database.read() as session:
        return targets_of(session, session.get_one(Survey, survey_id))


def test_targets_are_kept(database: Database, survey_id: uuid.UUID) -> None:
    found = kept(database, survey_id)
    assert (found.total, found.ends_on) == (100, LAST)
    assert found.groups == {"_language": {"ar": 20, "fr": 30}, "area": {"north": 40}}


def test_what_is_said_anew_takes_the_place_of_what_was_said_of_the_same(
    database: Database, survey_id: uuid.UUID
) -> None:
    with database.write() as session:
        set_targets(session, session.get_one(Survey, survey_id), None, None, {"_language": {"so": 5}})
    found = kept(database, survey_id)
    assert (found.total, found.ends_on) == (None, None)
    assert found.groups == {"_language": {"so": 5}, "area": {"north": 40}}


def test_targets_of_collectors_go_along(database: Database, survey_id: uuid.UUID) -> None:
    with database.write() as session:
        person = factories.make_person(session)
        factories.make_assignment(session, survey_id=survey_id, person=person, target=7)
    assert kept(database, survey_id).collectors == {person.id: 7}


def test_target_of_nothing_is_refused_by_name(database: Database, survey_id: uuid.UUID) -> None:
    row = GroupTarget(survey_id=survey_id, by="_channel", code="paper", target=0)
    with (
        pytest.raises(sa.exc.IntegrityError, match="ck_group_target_target_positive"),
        database.write() as session,
    ):
        session.add(row)
