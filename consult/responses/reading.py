"""Reading responses: streams for reports, counts, a collector's own entries. Starts no write.

The order of a stream is drawn with a key: it is the same each time, and says nothing of the order in which
answers came. Memory does not grow with their number: identities are random, so equal ranges of them hold
equally many; the ranges are read one by one in a drawn order, and shuffled inside.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import math
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.orm import Session

from consult.db import Database
from consult.responses.answered import answered
from consult.responses.models import Channel, ResponseState
from consult.responses.rows import RESPONSE

_RANGE = 400
"""Responses in memory at a time, about."""

_IDENTITIES = 1 << 128


@dataclass(frozen=True, slots=True)
class Filters:
    """Which submitted responses; None or empty: whichever. Days inclusive. ``answered``: question key and
    code of a choice; a response must have all of these (among others, where several can be chosen)."""

    languages: frozenset[str] = frozenset()
    channels: frozenset[Channel] = frozenset()
    collector_ids: frozenset[uuid.UUID] = frozenset()
    session_ids: frozenset[uuid.UUID] = frozenset()
    version_ids: frozenset[uuid.UUID] = frozenset()
    collected_from: dt.date | None = None
    collected_until: dt.date | None = None
    answered: tuple[tuple[str, str], ...] = ()

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        among = (
            (RESPONSE.c.language, self.languages),
            (RESPONSE.c.channel, self.channels),
            (RESPONSE.c.collector_id, self.collector_ids),
            (RESPONSE.c.session_id, self.session_ids),
            (RESPONSE.c.version_id, self.version_ids),
        )
        found: list[sa.ColumnElement[bool]] = [
            column.in_(sorted(wanted, key=str)) for column, wanted in among if wanted
        ]
        if self.collected_from is not None:
            found.append(RESPONSE.c.collected_on >= self.collected_from)
        if self.collected_until is not None:
            found.append(RESPONSE.c.collected_on <= self.collected_until)
        return [*found, *(answered(key, code) for key, code in self.answered)]


@dataclass(frozen=True, slots=True)
class AllBut(Filters):
    """The responses that :class:`Filters` with the same fields leaves out."""

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        # Compared as a number: what is unknown (no collector) is not selected, so it is left out.
        return [sa.case((sa.and_(sa.true(), *Filters.conditions(self)), 1), else_=0) == 0]


EVERY = Filters()


@dataclass(frozen=True, slots=True)
class Stored:
    """A submitted response as reports read it."""

    id: uuid.UUID
    version_id: uuid.UUID
    language: str
    channel: Channel
    collected_on: dt.date
    collector_id: uuid.UUID | None
    session_id: uuid.UUID | None
    form_number: str | None
    revision: int
    answers: Mapping[str, Any]
    original_language: Mapping[str, str]
    translations: Mapping[str, Mapping[str, str]]


# As they lie in the database: a type for each column made something of every value by itself, and took longer
# than all the rest of reading.
_COLUMNS: list[sa.ColumnElement[Any]] = [
    *(
        sa.type_coerce(column, sa.String)
        for column in (
            RESPONSE.c.id,
            RESPONSE.c.version_id,
            RESPONSE.c.collector_id,
            RESPONSE.c.session_id,
            RESPONSE.c.channel,
        )
    ),
    RESPONSE.c.language,
    RESPONSE.c.collected_on,
    RESPONSE.c.form_number,
    RESPONSE.c.revision,
    *(
        sa.cast(column, sa.Text)
        for column in (RESPONSE.c.answers, RESPONSE.c.original_language, RESPONSE.c.translations)
    ),
]
_AS_THEY_LIE = sa.select(*_COLUMNS)

_CHANNELS = {channel.value: channel for channel in Channel}


def stream_responses(
    database: Database, survey_id: uuid.UUID, secret_key: str, filters: Filters = EVERY
) -> Iterator[Stored]:
    """Submitted responses on one snapshot of the database, in a drawn order, in constant memory."""
    with database.read() as session:
        yield from read_responses(session, survey_id, secret_key, filters)


def read_responses(
    session: Session, survey_id: uuid.UUID, secret_key: str, filters: Filters = EVERY
) -> Iterator[Stored]:
    """As :func:`stream_responses`, on the snapshot of ``session``: what is read twice is the same twice."""
    key = hmac.digest(secret_key.encode(), b"consult order:" + survey_id.bytes, hashlib.sha256)
    total = count_submitted(session, survey_id)
    for lowest, highest in _ranges(math.ceil(total / _RANGE), key):
        query = _AS_THEY_LIE.where(
            *_submitted(survey_id), RESPONSE.c.id.between(lowest, highest), *filters.conditions()
        )
        for _place, identity, row in _shuffled(session, query, key):
            yield _stored(identity, row)


def _shuffled(session: Session, query: sa.Select[Any], key: bytes) -> list[tuple[bytes, uuid.UUID, Any]]:
    identified = [(_identity(row[0]), row) for row in session.execute(query)]
    drawn = [(_drawn(key, identity.bytes), identity, row) for identity, row in identified]
    drawn.sort(key=itemgetter(0))
    return drawn


def _stored(identity: uuid.UUID, row: Any) -> Stored:
    _id, version, collector, session, channel, language, day, form_number, revision, *documents = row
    answers, original_language, translations = documents
    return Stored(
        id=identity,
        version_id=_known(version),
        language=language,
        channel=_CHANNELS[channel],
        collected_on=day,
        collector_id=_known(collector) if collector else None,
        session_id=_known(session) if session else None,
        form_number=form_number,
        revision=revision,
        answers=read_document(answers),
        original_language=read_document(original_language),
        translations=read_document(translations),
    )


def _identity(written: str | uuid.UUID) -> uuid.UUID:
    """SQLite has them as text, PostgreSQL’s driver gives them ready."""
    return written if isinstance(written, uuid.UUID) else uuid.UUID(written)


_known = lru_cache(maxsize=10_000)(_identity)
"""Of which there are few."""


def read_document(written: str) -> Any:
    """A document of answers: no number in it is longer than 15 digits (see questions/digits.py), so that the
    quicker reader reads the same."""
    if written == "{}":
        return {}
    try:
        return orjson.loads(written)
    except orjson.JSONDecodeError:  # half a character, which JSON can say
        return json.loads(written)


def _ranges(number: int, key: bytes) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """At least ``number`` ranges of identities; a power of two, so that the order seldom changes."""
    number = 1 << max(number - 1, 0).bit_length()
    width = _IDENTITIES // number
    order = sorted(range(number), key=lambda index: _drawn(key, index.to_bytes(8)))
    return [(uuid.UUID(int=index * width), uuid.UUID(int=(index + 1) * width - 1)) for index in order]


def _drawn(key: bytes, content: bytes) -> bytes:
    return hashlib.blake2b(content, key=key, digest_size=16).digest()


def count_submitted(session: Session, survey_id: uuid.UUID, filters: Filters = EVERY) -> int:
    """How many responses a survey has, or how many of them are selected."""
    query = sa.select(sa.func.count()).select_from(RESPONSE)
    query = query.where(*_submitted(survey_id), *filters.conditions())
    return session.execute(query).scalar_one()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many submitted responses, and of what; ``drafts``: unfinished ones, of any kind."""

    total: int = 0
    drafts: int = 0
    by_language: Mapping[str, int] = field(default_factory=dict)
    by_channel: Mapping[Channel, int] = field(default_factory=dict)
    by_day: Mapping[dt.date, int] = field(default_factory=dict)
    by_collector: Mapping[uuid.UUID, int] = field(default_factory=dict)
    by_session: Mapping[uuid.UUID, int] = field(default_factory=dict)


def count_responses(session: Session, survey_id: uuid.UUID, filters: Filters = EVERY) -> Counts:
    """Counted in one pass; days ascending, the rest by size.

    The database sorts all of them for it (SQLite in memory, 50 bytes each): for the number alone,
    :func:`count_submitted`.
    """
    columns = (
        *(RESPONSE.c.language, RESPONSE.c.channel, RESPONSE.c.collected_on),
        *(RESPONSE.c.collector_id, RESPONSE.c.session_id),
    )
    rows = session.execute(
        sa.select(sa.func.count(), *columns)
        .where(*_submitted(survey_id), *filters.conditions())
        .group_by(*columns)
    ).all()
    drafts = sa.select(sa.func.count()).where(
        RESPONSE.c.survey_id == survey_id, RESPONSE.c.state == ResponseState.DRAFT
    )
    return Counts(
        total=sum(row[0] for row in rows),
        drafts=session.execute(drafts).scalar_one(),
        by_language=_sums(rows, 1),
        by_channel=_sums(rows, 2),
        by_day=dict(sorted(_sums(rows, 3).items())),
        by_collector=_sums(rows, 4),
        by_session=_sums(rows, 5),
    )


def _sums(rows: Sequence[Any], place: int) -> dict[Any, int]:
    found: dict[Any, int] = {}
    for row in rows:
        if row[place] is not None:
            found[row[place]] = found.get(row[place], 0) + row[0]
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def _submitted(survey_id: uuid.UUID) -> tuple[sa.ColumnElement[bool], ...]:
    return RESPONSE.c.survey_id == survey_id, RESPONSE.c.state == ResponseState.SUBMITTED
