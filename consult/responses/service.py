"""The only writer of responses: this module for what is submitted, drafts.py before, corrections.py after.

Everything is durable when it returns, idempotent by the response's identity, and raises only
StorageUnavailable (nothing promised; send again with the same identity). Call none of it inside
``database.write()``: it waits for its own turn. The vocabulary is in records.py.

Before (drafts.py)::

    save_page(database, Start(response_id, survey_id, version_id, started_on, consent, origin),
              PageAnswers(language, goes_on_at, asked, answers, unsaved, original_language, translations))
        -> Saving.SAVED | SUBMITTED | OTHER
    begin_while_open(database, start, page) -> Saving.SAVED        # raises NotBegun; looks nothing up
    start_response(database, start, language) -> Saving            # a collector's interview
    read_draft(session, response_id, collector_id=None) -> Draft | None
    discard_draft(database, response_id, collector_id=None) -> bool
    purge_drafts(database, started_before) -> int

Submitting (here)::

    submit_response(database, response_id, finish, today, collector_id=None) -> Submission
    store_response(database, Finished(start, language, collected_on, answers, …)) -> Storing

After (corrections.py, codes.py, reading.py)::

    correct_response(database, response_id, Correction(…), by=…, …) -> Correcting
    lock_answers(database, survey_id, locked=True) · lock_response(database, response_id, locked=True)
    issue_code · find_by_code · receipt
    stream_responses · count_responses · own_entries · count_own_entries
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from consult.db import Database
from consult.questionnaires.trails import document_at, trail_of
from consult.responses.drafts import (
    NotBegun,
    begin_while_open,
    discard_draft,
    draft_of,
    drop_item,
    purge_drafts,
    read_draft,
    save_page,
    start_response,
)
from consult.responses.models import Response, ResponseState, ResumeCode
from consult.responses.records import Draft, Finished, Storing, Submitting, content_digest, storable
from consult.responses.rows import RESPONSE, commit_insert, insert_once, start_columns
from consult.surveys.models import Survey

__all__ = [
    "NotBegun",
    "Submission",
    "begin_while_open",
    "discard_draft",
    "drop_item",
    "known_contents",
    "organisation_of_response",
    "purge_drafts",
    "read_draft",
    "save_page",
    "start_response",
    "store_response",
    "store_responses",
    "submit_response",
]

_TRIES = 8


@dataclass(frozen=True, slots=True)
class Submission:
    """What became of it. ``collected_on``: the day that is kept with the response; None when missing."""

    outcome: Submitting
    collected_on: dt.date | None


def submit_response(
    database: Database,
    response_id: uuid.UUID,
    finish: Callable[[Draft], Mapping[str, Any]],
    today: dt.date,
    collector_id: uuid.UUID | None = None,
) -> Submission:
    """Turn a draft into a response, exactly once, however often and however concurrently it is asked.

    ``finish`` gives the final answers of a draft (what was not asked dropped, calculations added) and may
    raise, when something is missing: nothing is changed then. It runs outside the write; if the draft
    changes meanwhile, it runs again on what it is then.
    """
    for _try in range(_TRIES):
        with database.look() as session:
            draft = read_draft(session, response_id, collector_id)
        if draft is None:
            return Submission(Submitting.MISSING, None)
        if draft.is_submitted:
            return Submission(Submitting.ALREADY, draft.collected_on)
        finished = _finished(draft, storable(finish(draft)), today)
        submission = database.commit_together(_Submit(draft, finished))
        if submission is not None:
            return submission
    raise RuntimeError("a draft keeps changing while it is being submitted")


def store_response(database: Database, finished: Finished) -> Storing:
    """Keep a whole response; one that was begun as a draft of the same survey and collector is completed."""
    clean = _clean(finished)
    if commit_insert(database, _new_row(clean)):
        return Storing.NEW
    return database.commit_together(lambda connection: _store(connection, clean))


def store_responses(database: Database, batch: Iterable[Finished]) -> list[Storing]:
    """As :func:`store_response` for a few hundred at once: one commit, all or (if it raises) none."""
    clean = [_clean(finished) for finished in batch]
    return database.commit_together(lambda connection: [_store(connection, each) for each in clean])


def known_contents(session: Session, identities: Sequence[uuid.UUID]) -> dict[uuid.UUID, frozenset[str]]:
    """Digests of what is stored under these identities: as it was sent first, and as it is now."""
    query = sa.select(RESPONSE).where(
        RESPONSE.c.id.in_(identities), RESPONSE.c.state == ResponseState.SUBMITTED
    )
    return {row.id: frozenset((row.digest, _digest_now(row))) for row in session.execute(query)}


def organisation_of_response(session: Session, response_id: str) -> uuid.UUID | None:
    """Which organisation a response belongs to; None also for what is no identity."""
    try:
        wanted = uuid.UUID(response_id)
    except ValueError:
        return None
    return session.scalar(
        sa.select(Survey.organisation_id)
        .join(Response, Response.survey_id == Survey.id)
        .where(Response.id == wanted)
    )


@dataclass(frozen=True, slots=True)
class _Submit:
    """The write of a submission: None when the draft is no longer the one that was finished."""

    draft: Draft
    finished: Finished

    def __call__(self, connection: sa.Connection) -> Submission | None:
        start = self.finished.start
        now = draft_of(connection, start.response_id, start.origin.collector_id, lock=True)
        if now is None:
            return Submission(Submitting.MISSING, None)
        if now.is_submitted:
            return Submission(Submitting.ALREADY, now.collected_on)
        if now != self.draft:
            return None
        _complete(connection, self.finished)
        return Submission(Submitting.NEW, self.finished.collected_on)


def _finished(draft: Draft, answers: Mapping[str, Any], today: dt.date) -> Finished:
    def about_answers(documents: Mapping[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in documents.items() if _is_answered(answers, key)}

    return Finished(
        draft.start,
        draft.language,
        today,
        answers,
        about_answers(draft.original_language),
        about_answers(draft.translations),
    )


def _is_answered(answers: Mapping[str, Any], written: str) -> bool:
    trail, key = trail_of(written)
    return key in document_at(answers, trail)


def _clean(finished: Finished) -> Finished:
    return replace(
        finished,
        answers=storable(finished.answers),
        original_language=storable(finished.original_language),
        translations=storable(finished.translations),
    )


def _store(connection: sa.Connection, finished: Finished) -> Storing:
    if insert_once(connection, _new_row(finished)):
        return Storing.NEW
    row = connection.execute(
        sa.select(RESPONSE).where(RESPONSE.c.id == finished.start.response_id).with_for_update()
    ).one()
    if (row.survey_id, row.version_id) != (finished.start.survey_id, finished.start.version_id):
        return Storing.CONFLICT
    if row.state is ResponseState.DRAFT:
        if row.collector_id != finished.start.origin.collector_id:
            return Storing.CONFLICT
        _complete(connection, finished)
        return Storing.NEW
    return Storing.DUPLICATE if finished.digest in (row.digest, _digest_now(row)) else Storing.CONFLICT


def _digest_now(row: Any) -> str:
    """Of the content after corrections: what an export says of it."""
    return content_digest(
        row.version_id,
        row.language,
        row.channel,
        row.collected_on,
        row.answers,
        row.original_language,
        row.translations,
    )


def _complete(connection: sa.Connection, finished: Finished) -> None:
    response_id = finished.start.response_id
    connection.execute(
        RESPONSE.update().where(RESPONSE.c.id == response_id).values(**_submitted_columns(finished))
    )
    connection.execute(sa.delete(ResumeCode).where(ResumeCode.response_id == response_id))


def _new_row(finished: Finished) -> dict[str, Any]:
    return {**start_columns(finished.start), **_submitted_columns(finished)}


def _submitted_columns(finished: Finished) -> dict[str, Any]:
    return {
        "state": ResponseState.SUBMITTED,
        "channel": finished.start.origin.channel,
        "language": finished.language,
        "collected_on": finished.collected_on,
        "page": None,
        "digest": finished.digest,
        "answers": dict(finished.answers),
        "unsaved": {},
        "original_language": dict(finished.original_language),
        "translations": dict(finished.translations),
    }
