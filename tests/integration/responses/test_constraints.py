"""What the database refuses of responses besides its named rules (those: ../test_constraints.py)."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa

from consult.db import Database
from consult.responses.models import Channel, Response
from tests import factories


def test_identity_is_taken_only_once(database: Database) -> None:
    with database.write() as session:
        response = factories.make_response(session)
        taken, survey_id, version_id = response.id, response.survey_id, response.version_id

    with pytest.raises(sa.exc.IntegrityError), database.write() as session:
        factories.make_response(session, id=taken, survey_id=survey_id, version_id=version_id)


@pytest.mark.parametrize("column", ["survey_id", "version_id", "collector_id", "session_id"])
def test_response_belongs_to_what_exists(database: Database, column: str) -> None:
    with database.write() as session:
        response_id = factories.make_response(session).id

    change = sa.update(Response).where(Response.id == response_id).values({column: uuid.uuid4()})
    with pytest.raises(sa.exc.IntegrityError), database.write() as session:
        session.execute(change)


def test_imported_response_of_a_collector_elsewhere_is_kept(database: Database) -> None:
    with database.write() as session:
        factories.make_response(session, channel=Channel.PAPER)


def test_revision_has_its_number_once(database: Database) -> None:
    with database.write() as session:
        response_id = factories.make_revision(session).response_id

    with pytest.raises(sa.exc.IntegrityError), database.write() as session:
        factories.make_revision(session, response_id=response_id)


def test_draft_has_one_code(database: Database) -> None:
    with database.write() as session:
        response_id = factories.make_resume_code(session).response_id

    with pytest.raises(sa.exc.IntegrityError), database.write() as session:
        factories.make_resume_code(session, response_id=response_id)
