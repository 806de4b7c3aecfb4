"""The response table as statements: what service, drafts and corrections share."""

from __future__ import annotations

from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from consult.db import Database, Prepared
from consult.responses.models import ConsentManner, Response
from consult.responses.records import Start
from consult.surveys.models import Survey, SurveyState

RESPONSE = cast(sa.Table, Response.__table__)

_COLUMNS = tuple(RESPONSE.columns)
_GIVEN = {column.name: sa.bindparam(column.name, type_=column.type) for column in _COLUMNS}


def _insert_once(insert: Any) -> Any:
    return insert(RESPONSE).values(_GIVEN).on_conflict_do_nothing(index_elements=[RESPONSE.c.id])


def _insert_while_open(insert: Any) -> Any:
    """The same, if the survey takes answers at that moment: asked and answered in one statement."""
    is_open = sa.exists().where(Survey.id == _GIVEN["survey_id"], Survey.state == SurveyState.OPEN)
    given = sa.select(*_GIVEN.values()).where(is_open)
    return (
        insert(RESPONSE).from_select(_COLUMNS, given).on_conflict_do_nothing(index_elements=[RESPONSE.c.id])
    )


_INSERT_ONCE = {
    True: Prepared(_insert_once(sqlite.insert)),
    False: Prepared(_insert_once(postgresql.insert)),
}
_INSERT_WHILE_OPEN = {
    True: Prepared(_insert_while_open(sqlite.insert)),
    False: Prepared(_insert_while_open(postgresql.insert)),
}
"""By whether it is for SQLite."""


def insert_once(connection: sa.Connection, columns: dict[str, Any]) -> bool:
    """Add a response; False when its identity is there already, which then is locked by nobody."""
    return _INSERT_ONCE[connection.dialect.name == "sqlite"].run(connection, {**_ABSENT, **columns}) == 1


def commit_insert(database: Database, columns: dict[str, Any]) -> bool:
    """As :func:`insert_once`, in a transaction of its own; durable when it returns True."""
    return database.commit_one(_INSERT_ONCE[database.is_sqlite], {**_ABSENT, **columns}) == 1


def commit_insert_while_open(database: Database, columns: dict[str, Any]) -> bool:
    """As :func:`commit_insert`, and False too when the survey takes no answers."""
    return database.commit_one(_INSERT_WHILE_OPEN[database.is_sqlite], {**_ABSENT, **columns}) == 1


_ABSENT: dict[str, Any] = {
    **dict.fromkeys(_GIVEN),
    **{key: {} for key in ("answers", "unsaved", "original_language", "translations")},
    "seed": 0,
    "is_locked": False,
    "revision": 0,
}
"""What a response is that nothing was said of: a prepared statement fills in no defaults."""


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
