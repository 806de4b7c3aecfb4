"""A collector's own entries: listed, counted, opened again. Starts no write."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from consult.responses.models import Channel, ResponseState, Revision
from consult.responses.rows import RESPONSE
from consult.surveys.models import Survey


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry in a list. ``can_correct``: submitted, and neither it nor its survey is locked."""

    id: uuid.UUID
    survey_id: uuid.UUID
    version_id: uuid.UUID
    state: ResponseState
    language: str
    channel: Channel
    session_id: uuid.UUID | None
    form_number: str | None
    started_on: dt.date
    collected_on: dt.date | None
    goes_on_at: str | None
    revision: int
    can_correct: bool


@dataclass(frozen=True, slots=True)
class EntryContent:
    """A submitted entry to be read or corrected: ``revision`` goes into the Correction."""

    entry: Entry
    answers: Mapping[str, Any]
    original_language: Mapping[str, str]
    translations: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class EntryCounts:
    drafts: int = 0
    submitted: int = 0


_ENTRY = (
    RESPONSE.c.id,
    RESPONSE.c.survey_id,
    RESPONSE.c.version_id,
    RESPONSE.c.state,
    RESPONSE.c.language,
    RESPONSE.c.channel,
    RESPONSE.c.session_id,
    RESPONSE.c.form_number,
    RESPONSE.c.started_on,
    RESPONSE.c.collected_on,
    RESPONSE.c.page,
    RESPONSE.c.revision,
    sa.and_(
        RESPONSE.c.state == ResponseState.SUBMITTED,
        sa.not_(RESPONSE.c.is_locked),
        sa.not_(Survey.answers_locked),
    ),
)


def own_entries(
    session: Session,
    collector_id: uuid.UUID,
    *,
    survey_id: uuid.UUID | None = None,
    state: ResponseState | None = None,
    limit: int = 500,
    skipped: int = 0,
) -> list[Entry]:
    """Newest day first; inside a day by form number. ``survey_id`` and ``state``: None for all.

    At most ``limit``, after the first ``skipped``.
    """
    day = sa.func.coalesce(RESPONSE.c.collected_on, RESPONSE.c.started_on)
    query = (
        sa.select(*_ENTRY)
        .join(Survey, Survey.id == RESPONSE.c.survey_id)
        .where(RESPONSE.c.collector_id == collector_id)
        .order_by(day.desc(), RESPONSE.c.form_number, RESPONSE.c.id)
        .limit(limit)
        .offset(skipped)
    )
    if survey_id is not None:
        query = query.where(RESPONSE.c.survey_id == survey_id)
    if state is not None:
        query = query.where(RESPONSE.c.state == state)
    return [_entry(row) for row in session.execute(query)]


def read_entry(
    session: Session, response_id: uuid.UUID, collector_id: uuid.UUID | None
) -> EntryContent | None:
    """One submitted entry of this collector; for staff ``collector_id`` None reads anybody's."""
    query = (
        sa.select(*_ENTRY, RESPONSE.c.answers, RESPONSE.c.original_language, RESPONSE.c.translations)
        .join(Survey, Survey.id == RESPONSE.c.survey_id)
        .where(RESPONSE.c.id == response_id, RESPONSE.c.state == ResponseState.SUBMITTED)
    )
    if collector_id is not None:
        query = query.where(RESPONSE.c.collector_id == collector_id)
    row = session.execute(query).one_or_none()
    if row is None:
        return None
    *entry, answers, original_language, translations = row
    return EntryContent(_entry(entry), answers, original_language, translations)


def count_own_entries(session: Session, collector_id: uuid.UUID) -> dict[uuid.UUID, EntryCounts]:
    """By survey; a survey without an entry is absent."""
    query = (
        sa.select(RESPONSE.c.survey_id, RESPONSE.c.state, sa.func.count())
        .where(RESPONSE.c.collector_id == collector_id)
        .group_by(RESPONSE.c.survey_id, RESPONSE.c.state)
    )
    numbers = {(survey, state): number for survey, state, number in session.execute(query)}
    return {
        survey: EntryCounts(
            numbers.get((survey, ResponseState.DRAFT), 0), numbers.get((survey, ResponseState.SUBMITTED), 0)
        )
        for survey, _state in numbers
    }


def revisions_of(session: Session, response_id: uuid.UUID) -> list[Revision]:
    """Earlier states, the newest first."""
    query = sa.select(Revision).where(Revision.response_id == response_id).order_by(Revision.number.desc())
    return list(session.scalars(query))


def _entry(row: Any) -> Entry:
    return Entry(*row)
