"""Unfinished responses: begun, saved page by page, found again, thrown away. Part of the one writer.

A draft is a row from its first save on. Saving is idempotent by the response's identity, and so is
everything else here: a second click, a reload or a lost reply changes nothing.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from consult.db import Database
from consult.questionnaires.trails import (
    Trail,
    address,
    document_at,
    has_item,
    items_of,
    remove_item,
    with_answered,
    with_document,
    without_item,
)
from consult.responses.files_rows import settle_files
from consult.responses.models import ResponseState
from consult.responses.records import Consent, Draft, Origin, PageAnswers, Saving, Start, storable
from consult.responses.rows import (
    RESPONSE,
    commit_insert,
    commit_insert_while_open,
    insert_once,
    start_columns,
)
from consult.surveys.models import Survey

KEPT_FOR = dt.timedelta(days=60)
"""How long an unfinished response waits for its person; they are told the day."""

_DRAFT = sa.select(
    RESPONSE.c.id,
    RESPONSE.c.survey_id,
    RESPONSE.c.version_id,
    RESPONSE.c.started_on,
    RESPONSE.c.consent_notice,
    RESPONSE.c.consent_language,
    RESPONSE.c.consented_on,
    RESPONSE.c.consent_manner,
    RESPONSE.c.channel,
    RESPONSE.c.collector_id,
    RESPONSE.c.session_id,
    RESPONSE.c.form_number,
    RESPONSE.c.state,
    RESPONSE.c.language,
    RESPONSE.c.page,
    RESPONSE.c.collected_on,
    RESPONSE.c.answers,
    RESPONSE.c.unsaved,
    RESPONSE.c.original_language,
    RESPONSE.c.translations,
).where(RESPONSE.c.id == sa.bindparam("wanted"))
_DRAFT_TO_CHANGE = _DRAFT.with_for_update()
_UPDATE = RESPONSE.update().where(RESPONSE.c.id == sa.bindparam("wanted"))


def start_response(database: Database, start: Start, language: str) -> Saving:
    """Begin without an answer: a collector's interview, listed from now on among the collector's own."""
    nothing = PageAnswers(language=language, goes_on_at=None, asked=frozenset(), answers={})
    return save_page(database, start, nothing, is_first=True)


def save_page(database: Database, start: Start, page: PageAnswers, *, is_first: bool = False) -> Saving:
    """Keep one page, durably, with what was kept before of other pages; makes the draft if there is none.

    Autosaved input that is not valid yet goes into ``page.unsaved``. ``is_first``: there is most likely no
    draft; it is right either way, and then quicker.
    """
    kept = _storable(page)
    if is_first and kept.files is None and commit_insert(database, _new_row(start, kept)):
        return Saving.SAVED
    return database.commit_together(lambda connection: _save(connection, start, kept))


class NotBegun(Exception):
    """Nothing was stored: the survey takes no answers, or something of this response is stored already."""


def begin_while_open(database: Database, start: Start, page: PageAnswers) -> Saving:
    """Keep a first page, durably, without looking anything up before. Raises NotBegun; also if files came."""
    if page.files is not None or not commit_insert_while_open(database, _new_row(start, _storable(page))):
        raise NotBegun
    return Saving.SAVED


def read_draft(
    session: Session, response_id: uuid.UUID, collector_id: uuid.UUID | None = None
) -> Draft | None:
    """The response as it stands, if it is this collector's (or, without one, nobody's); None otherwise."""
    return draft_of(session.connection(), response_id, collector_id)


def draft_of(
    connection: sa.Connection, response_id: uuid.UUID, collector_id: uuid.UUID | None, *, lock: bool = False
) -> Draft | None:
    """As :func:`read_draft`. ``lock``: nobody else changes it before this transaction ends."""
    query = _DRAFT_TO_CHANGE if lock else _DRAFT
    row: Any = connection.execute(query, {"wanted": response_id}).one_or_none()
    if row is None or row.collector_id != collector_id:
        return None
    return _draft(row)


def discard_draft(database: Database, response_id: uuid.UUID, collector_id: uuid.UUID | None = None) -> bool:
    """Delete an unfinished response and its resume code. False when there is none (of this collector)."""
    wanted = RESPONSE.delete().where(
        RESPONSE.c.id == response_id,
        RESPONSE.c.state == ResponseState.DRAFT,
        RESPONSE.c.collector_id.is_not_distinct_from(collector_id),
    )
    return database.commit_together(lambda connection: connection.execute(wanted).rowcount == 1)


def drop_item(database: Database, start: Start, trail: Trail, size: int) -> bool:
    """Delete the item at ``trail`` of a draft, with all that was said of it, if its list has ``size`` items.

    Pressed twice, it deletes one: the second time the list is shorter. False when nothing was deleted.
    """
    return database.commit_together(lambda connection: _drop_item(connection, start, trail, size))


def purge_drafts(database: Database, started_before: dt.date) -> int:
    """Delete every unfinished response begun before that day; gives how many."""
    wanted = RESPONSE.delete().where(
        # Every survey, said so: then the index by survey and state finds the few drafts.
        RESPONSE.c.survey_id.in_(sa.select(Survey.id)),
        RESPONSE.c.state == ResponseState.DRAFT,
        RESPONSE.c.started_on < started_before,
    )
    return database.commit_together(lambda connection: connection.execute(wanted).rowcount)


def _storable(page: PageAnswers) -> PageAnswers:
    return PageAnswers(
        language=page.language,
        goes_on_at=page.goes_on_at,
        asked=page.asked,
        answers=storable(page.answers),
        unsaved=storable(page.unsaved),
        original_language=storable(page.original_language),
        translations=storable(page.translations),
        files=page.files,
        trail=page.trail,
    )


def _save(connection: sa.Connection, start: Start, page: PageAnswers) -> Saving:
    row: Any = connection.execute(_DRAFT_TO_CHANGE, {"wanted": start.response_id}).one_or_none()
    if row is None:
        if insert_once(connection, _new_row(start, page)):
            _settle_files(connection, start, page, page.answers, page.unsaved)
            return Saving.SAVED
        # Somebody else began the same response at the same moment (PostgreSQL).
        row = connection.execute(_DRAFT_TO_CHANGE, {"wanted": start.response_id}).one()
    if not _is_same(row, start):
        return Saving.OTHER
    if row.state is ResponseState.SUBMITTED:
        return Saving.SUBMITTED
    merged = _merged(row, page)
    connection.execute(_UPDATE, {"wanted": start.response_id, **merged})
    _settle_files(connection, start, page, merged["answers"], merged["unsaved"])
    return Saving.SAVED


def _settle_files(connection: sa.Connection, start: Start, page: PageAnswers, *documents: Any) -> None:
    if page.files is not None:
        settle_files(connection, start.response_id, page.files, *documents)


def _is_same(row: Any, start: Start) -> bool:
    return (row.survey_id, row.version_id, row.collector_id) == (
        start.survey_id,
        start.version_id,
        start.origin.collector_id,
    )


def _new_row(start: Start, page: PageAnswers) -> dict[str, Any]:
    return {
        **start_columns(start),
        "state": ResponseState.DRAFT,
        "language": page.language,
        "page": page.goes_on_at,
        "answers": with_document({}, page.trail, page.answers),
        "unsaved": _by_address(page.trail, page.unsaved),
        "original_language": _by_address(page.trail, page.original_language),
        "translations": _by_address(page.trail, page.translations),
    }


def _drop_item(connection: sa.Connection, start: Start, trail: Trail, size: int) -> bool:
    row: Any = connection.execute(_DRAFT_TO_CHANGE, {"wanted": start.response_id}).one_or_none()
    if row is None or row.state is ResponseState.SUBMITTED or not _is_same(row, start):
        return False
    repeat, _place = trail[-1]
    if len(items_of(document_at(row.answers, trail[:-1]), repeat)) != size or not has_item(
        row.answers, trail
    ):
        return False
    left = {
        "answers": remove_item(row.answers, trail),
        "unsaved": without_item(row.unsaved, trail),
        "original_language": without_item(row.original_language, trail),
        "translations": without_item(row.translations, trail),
    }
    connection.execute(_UPDATE, {"wanted": start.response_id, **left})
    return True


def _by_address(trail: Trail, notes: Mapping[str, Any]) -> dict[str, Any]:
    return {address(trail, key): note for key, note in notes.items()} if trail else dict(notes)


def _merged(row: Any, page: PageAnswers) -> dict[str, Any]:
    asked = {address(page.trail, key) for key in page.asked}

    def merged(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
        kept = {key: value for key, value in before.items() if key not in asked}
        return kept | _by_address(page.trail, now)

    return {
        "language": page.language,
        "page": page.goes_on_at,
        "answers": with_answered(row.answers, page.trail, page.asked, page.answers),
        "unsaved": merged(row.unsaved, page.unsaved),
        "original_language": merged(row.original_language, page.original_language),
        "translations": merged(row.translations, page.translations),
    }


def _draft(row: Any) -> Draft:
    is_open = row.state is ResponseState.DRAFT
    return Draft(
        start=Start(
            row.id, row.survey_id, row.version_id, row.started_on, _consent(row),
            Origin(row.channel, row.collector_id, row.session_id, row.form_number),
        ),
        state=row.state,
        language=row.language,
        goes_on_at=row.page,
        collected_on=row.collected_on,
        answers=row.answers if is_open else {},
        unsaved=row.unsaved if is_open else {},
        original_language=row.original_language if is_open else {},
        translations=row.translations if is_open else {},
    )  # fmt: skip


def _consent(row: Any) -> Consent | None:
    if row.consent_notice is None:
        return None
    return Consent(row.consent_notice, row.consent_language, row.consented_on, row.consent_manner)
