"""The response table as statements: what service, drafts and corrections share."""

from __future__ import annotations

from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from consult.db import COUNTED, Database
from consult.responses.models import ConsentManner, Response
from consult.responses.records import Start
from consult.surveys.models import Survey, SurveyState

RESPONSE = cast(sa.Table, Response.__table__)

_INSERT_ONCE = {
    True: sqlite.insert(RESPONSE).on_conflict_do_nothing(index_elements=[RESPONSE.c.id]),
    False: postgresql.insert(RESPONSE).on_conflict_do_nothing(index_elements=[RESPONSE.c.id]),
}
"""By whether it is for SQLite."""


def _insert_while_open(insert: Any) -> Any:
    """The same, if the survey takes answers at that moment: asked and answered in one statement."""
    columns = list(RESPONSE.columns)
    is_open = sa.exists().where(Survey.id == sa.bindparam("survey_id"), Survey.state == SurveyState.OPEN)
    given = sa.select(*[sa.bindparam(column.name, type_=column.type) for column in columns]).where(is_open)
    return insert(RESPONSE).from_select(columns, given).on_conflict_do_nothing(index_elements=[RESPONSE.c.id])


_INSERT_WHILE_OPEN = {True: _insert_while_open(sqlite.insert), False: _insert_while_open(postgresql.insert)}


def insert_once(connection: sa.Connection, columns: dict[str, Any]) -> bool:
    """Add a response; False when its identity is there already, which then is locked by nobody."""
    statement = _INSERT_ONCE[connection.dialect.name == "sqlite"]
    return connection.execute(statement, columns, execution_options=COUNTED).rowcount == 1


def commit_insert(database: Database, columns: dict[str, Any]) -> bool:
    """As :func:`insert_once`, in a transaction of its own; durable when it returns True."""
    return database.commit_one(_INSERT_ONCE[database.is_sqlite], columns) == 1


def commit_insert_while_open(database: Database, columns: dict[str, Any]) -> bool:
    """As :func:`commit_insert`, and False too when the survey takes no answers."""
    columns = {**_ABSENT, **columns}
    return database.commit_one(_INSERT_WHILE_OPEN[database.is_sqlite], columns) == 1


_ABSENT: dict[str, Any] = {"collected_on": None, "digest": None, "is_locked": False, "revision": 0}
"""What a draft does not have yet; an INSERT that SELECTs fills in no defaults."""


def start_columns(start: Start) -> dict[str, Any]:
    """The columns that a response has from the beginning."""
    consent, origin = start.consent, start.origin
    return {
        "id": start.response_id,
        "survey_id": start.survey_id,
        "version_id": start.version_id,
        "started_on": start.started_on,
        "seed": start.seed,
        "consent_notice": consent.notice if consent else None,
        "consent_language": consent.language if consent else None,
        "consented_on": consent.given_on if consent else None,
        "consent_manner": ConsentManner(consent.manner) if consent else None,
        "channel": origin.channel,
        "collector_id": origin.collector_id,
        "session_id": origin.session_id,
        "form_number": origin.form_number,
    }
