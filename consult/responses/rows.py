"""The response table as statements: what service, drafts and corrections share."""

from __future__ import annotations

from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from consult.responses.models import ConsentManner, Response
from consult.responses.records import Start

RESPONSE = cast(sa.Table, Response.__table__)

_INSERT_ONCE = {
    "sqlite": sqlite.insert(RESPONSE).on_conflict_do_nothing(index_elements=[RESPONSE.c.id]),
    "postgresql": postgresql.insert(RESPONSE).on_conflict_do_nothing(index_elements=[RESPONSE.c.id]),
}

_COUNTED = {"preserve_rowcount": True}


def insert_once(connection: sa.Connection, columns: dict[str, Any]) -> bool:
    """Add a response; False when its identity is there already, which then is locked by nobody."""
    statement = _INSERT_ONCE[connection.dialect.name]
    return connection.execute(statement, columns, execution_options=_COUNTED).rowcount == 1


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
