"""After submission: a collector's own entry corrected, staff ending corrections. Part of the one writer.

Nothing is overwritten without a trace: each correction keeps the earlier state, who, when and why.
"""

from __future__ import annotations

import datetime as dt
import enum
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from consult.db import Database
from consult.responses.models import ResponseState, Revision
from consult.responses.records import content_digest, storable
from consult.responses.rows import RESPONSE
from consult.surveys.models import Survey


class Correcting(enum.Enum):
    """``STALE``: somebody corrected it meanwhile; ``MISSING``: no such response (of this collector)."""

    CORRECTED = "corrected"
    UNCHANGED = "unchanged"
    STALE = "stale"
    LOCKED = "locked"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Correction:
    """The response's content as it should be, and why. ``revision``: the number of the state corrected."""

    revision: int
    reason: str
    language: str
    answers: Mapping[str, Any]
    original_language: Mapping[str, str] = field(default_factory=dict)
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def correct_response(
    database: Database,
    response_id: uuid.UUID,
    correction: Correction,
    *,
    by: uuid.UUID,
    now: dt.datetime,
    as_staff: bool = False,
) -> Correcting:
    """Replace a submitted response's content. A collector (``by``) corrects only own entries, until locked.

    ``as_staff``: any entry, locked or not. Raises ValueError without a reason.
    """
    if not correction.reason.strip():
        raise ValueError("a correction needs a reason")
    content = {
        "language": correction.language,
        "answers": storable(correction.answers),
        "original_language": storable(correction.original_language),
        "translations": storable(correction.translations),
    }

    def correct(connection: sa.Connection) -> Correcting:
        row = _submitted(connection, response_id)
        if row is None or not (as_staff or row.collector_id == by):
            return Correcting.MISSING
        if (row.is_locked or row.answers_locked) and not as_staff:
            return Correcting.LOCKED
        if row.revision != correction.revision:
            return Correcting.STALE
        if _digest(row, content) == _digest(row, _content_of(row)):
            return Correcting.UNCHANGED
        _keep_revision(connection, row, by, now, storable({"reason": correction.reason})["reason"])
        connection.execute(
            RESPONSE.update().where(RESPONSE.c.id == response_id).values(revision=row.revision + 1, **content)
        )
        return Correcting.CORRECTED

    return database.commit_together(correct)


def lock_response(database: Database, response_id: uuid.UUID, locked: bool = True) -> bool:
    """End (or allow again) the corrections of one submitted response. False when there is none."""
    change = (
        RESPONSE.update()
        .where(RESPONSE.c.id == response_id, RESPONSE.c.state == ResponseState.SUBMITTED)
        .values(is_locked=locked)
    )
    return database.commit_together(lambda connection: connection.execute(change).rowcount == 1)


def lock_answers(database: Database, survey_id: uuid.UUID, locked: bool = True) -> bool:
    """End (or allow again) corrections by collectors of a whole survey. False when there is none."""
    change = sa.update(Survey).where(Survey.id == survey_id).values(answers_locked=locked)
    return database.commit_together(lambda connection: connection.execute(change).rowcount == 1)


def _submitted(connection: sa.Connection, response_id: uuid.UUID) -> Any:
    return connection.execute(
        sa.select(RESPONSE, Survey.answers_locked)
        .join(Survey, Survey.id == RESPONSE.c.survey_id)
        .where(RESPONSE.c.id == response_id, RESPONSE.c.state == ResponseState.SUBMITTED)
        .with_for_update(of=RESPONSE)
    ).one_or_none()


def _content_of(row: Any) -> dict[str, Any]:
    return {
        "language": row.language,
        "answers": row.answers,
        "original_language": row.original_language,
        "translations": row.translations,
    }


def _digest(row: Any, content: Mapping[str, Any]) -> str:
    return content_digest(row.version_id, channel=row.channel, collected_on=row.collected_on, **content)


def _keep_revision(connection: sa.Connection, row: Any, by: uuid.UUID, now: dt.datetime, reason: str) -> None:
    connection.execute(
        sa.insert(Revision).values(
            id=uuid.uuid4(),
            response_id=row.id,
            number=row.revision + 1,
            content=_content_of(row),
            changed_by_id=by,
            changed_at=now,
            reason=reason,
        )
    )
