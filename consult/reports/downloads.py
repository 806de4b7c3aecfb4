"""Who took single answers out of the house: every file that holds some is written down when it is sent.

Append only: the database refuses to change a row. Codes and days of the filter, never an answer.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from consult.accounts.models import Person
from consult.db import Database
from consult.reports.downloads_models import Download
from consult.reports.files import SUMMARIES, WORDLESS, Order
from consult.reports.merging import Asked
from consult.reports.order_documents import filters_document, filters_of
from consult.reports.queries import asked_of, selection_of, session_names
from consult.reports.selections import selected_said
from consult.reports.wording import Wording
from consult.responses.reading import EVERY, Filters
from consult.surveys.models import Survey

MOST_LISTED = 200
"""Downloads on one page, the newest."""


def record_download(
    database: Database,
    survey_id: uuid.UUID,
    person_id: uuid.UUID,
    order: Order,
    responses: int,
    now: dt.datetime,
) -> None:
    """Durable when it returns: before the first byte of the file is sent."""
    record_files(
        database,
        survey_id,
        person_id,
        kind=order.kind,
        words="" if order.kind in WORDLESS else order.words,
        is_own=order.is_own,
        filters=EVERY if order.is_own else order.filters,
        responses=responses,
        now=now,
    )


def record_files(
    database: Database,
    survey_id: uuid.UUID,
    person_id: uuid.UUID,
    *,
    kind: str,
    responses: int,
    now: dt.datetime,
    words: str = "",
    is_own: bool = False,
    filters: Filters = EVERY,
) -> None:
    """As :func:`record_download`, of what is no report: files that were sent as answers."""
    row = Download(
        survey_id=survey_id,
        person_id=person_id,
        downloaded_at=now,
        kind=kind,
        words=words,
        is_own=is_own,
        selection=filters_document(filters),
        responses=responses,
    )
    with database.write() as session:
        session.add(row)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A file for readers outside: when it was fetched, and of how many responses it was."""

    at: dt.datetime
    responses: int


def earlier_summary(
    session: Session, survey_id: uuid.UUID, filters: Filters, responses: int, threshold: int
) -> Earlier | None:
    """The last one of the same selection that another one of ``responses`` should not stand beside: fewer
    than ``threshold`` have come since, and what differs between the two is what these said."""
    rows = session.execute(
        sa.select(Download.downloaded_at, Download.responses, Download.selection)
        .where(Download.survey_id == survey_id, Download.kind.in_(SUMMARIES))
        .order_by(Download.downloaded_at.desc())
        .limit(MOST_LISTED)
    )
    selection = filters_document(filters)
    others = (Earlier(at, number) for at, number, of in rows if of == selection and number != responses)
    last = next(others, None)
    return last if last is not None and abs(responses - last.responses) < threshold else None


@dataclass(frozen=True, slots=True)
class Recorded:
    """One line of the page."""

    at: dt.datetime
    person: str
    kind: str
    words: str
    is_own: bool
    selection: str
    responses: int


def downloads_of(
    session: Session, survey: Survey, language: str, names: Mapping[uuid.UUID, str]
) -> tuple[int, list[Recorded]]:
    """How many there were, and the newest of them. ``names`` of collectors."""
    total = sa.select(sa.func.count()).where(Download.survey_id == survey.id)
    rows = session.execute(
        sa.select(Download, Person.name, Person.email)
        .join(Person, Person.id == Download.person_id)
        .where(Download.survey_id == survey.id)
        .order_by(Download.downloaded_at.desc())
        .limit(MOST_LISTED)
    )
    wording, places, asked = Wording((language,)), session_names(session, survey), asked_of(session, survey)
    found = [
        Recorded(
            at=row.downloaded_at,
            person=name or email,
            kind=row.kind,
            words=row.words,
            is_own=row.is_own,
            selection=", ".join(_selected(wording, row.selection, names, places, asked)),
            responses=row.responses,
        )
        for row, name, email in rows
    ]
    return session.execute(total).scalar_one(), found


def _selected(
    w: Wording,
    document: Mapping[str, Any],
    names: Mapping[uuid.UUID, str],
    places: Mapping[uuid.UUID, str],
    asked: Sequence[Asked],
) -> Iterator[str]:
    """What can be said in words; the rest as the codes that were written down."""
    filters = filters_of(document)
    said = selection_of(filters, names, places, asked)
    for each in selected_said(w, said):
        yield each.line
    known = {"languages", "channels", "collector_ids", "collected_from", "collected_until", "answered"}
    known |= {"session_ids"} if said.session else set()
    for name in sorted(document.keys() - known):
        yield f"{name}: {_codes(document[name])}"
    for name in sorted(document.keys() & {"languages", "channels", "collector_ids"}):
        if len(document[name]) > 1 or (name == "collector_ids" and not said.collector):
            yield f"{name}: {_codes(document[name])}"


def _codes(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
