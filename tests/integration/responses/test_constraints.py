"""Each rule that the database keeps for itself, broken by name, on both engines."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
import sqlalchemy as sa

from consult.db import Database
from consult.responses.models import Channel, Response
from tests import factories
from tests.factories import TODAY

RULES: list[tuple[str, dict[str, Any]]] = [
    ("submitted_has_date", {"collected_on": None}),
    ("consent_whole", {"consent_notice": "f" * 64}),
    ("consent_whole", {"consent_language": "en"}),
    ("collected_draft_has_collector", {"state": "draft", "channel": "collector"}),
    ("collected_draft_has_collector", {"state": "draft", "channel": "paper"}),
    ("responsestate_known", {"state": "lost"}),
    ("channel_known", {"channel": "telepathy"}),
]


@pytest.mark.parametrize(("rule", "broken"), RULES, ids=str)
def test_rule_is_kept_by_the_database(database: Database, rule: str, broken: dict[str, Any]) -> None:
    with database.write() as session:
        response_id = factories.make_response(session, collected_on=TODAY).id
    # As text: what the models refuse must be refused by the database as well.
    changes = ", ".join(f"{column} = :{column}" for column in broken)
    statement = sa.text(f"UPDATE response SET {changes} WHERE id = :id")
    key = response_id.hex if database.is_sqlite else str(response_id)

    with pytest.raises(sa.exc.IntegrityError, match=f"ck_response_{rule}"), database.write() as session:
        session.execute(statement, {**broken, "id": key})


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
