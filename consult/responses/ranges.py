"""Submitted responses in ranges of their identities: what has changed since, and reading one range.

Identities are random, so equal ranges of them hold about equally many. How many responses a range holds and
how often these were corrected says whether anything in it has changed: a submitted response is never deleted,
and every correction counts. Both are read from an index alone. Starts no write.
"""

from __future__ import annotations

import uuid
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from consult.responses.models import ResponseState
from consult.responses.reading import read_document
from consult.responses.rows import RESPONSE

RANGES = 1_024
"""By the first ten bits of the identity."""

_BITS = 118

Mark = tuple[int, int]
"""Of a range: how many responses, and how many corrections of them."""


@dataclass(frozen=True, slots=True)
class Content:
    """A response without its identity. Identities of others as 32 hexadecimal digits, ``day`` as ISO 8601."""

    version: str
    language: str
    channel: str
    day: str
    collector: str | None
    session: str | None
    answers: Mapping[str, Any]


def marks(session: Session, survey_id: uuid.UUID) -> list[Mark]:
    """One for each range."""
    if session.get_bind().dialect.name == "sqlite":
        return _marks_sqlite(session, survey_id)
    first = sa.func.uuid_send(RESPONSE.c.id)
    place = sa.func.get_byte(first, 0) * 4 + sa.func.get_byte(first, 1).op(">>")(6)
    query = (
        sa.select(place, sa.func.count(), sa.func.sum(RESPONSE.c.revision))
        .where(RESPONSE.c.survey_id == survey_id, RESPONSE.c.state == ResponseState.SUBMITTED)
        .group_by(place)
    )
    found: list[Mark] = [(0, 0)] * RANGES
    for number, count, changes in session.execute(query):
        found[number] = (count, int(changes))
    return found


_MARK = """SELECT count(*), ifnull(sum(revision), 0) FROM response
WHERE survey_id = ? AND state = 'submitted' AND id BETWEEN ? AND ?"""


def _marks_sqlite(session: Session, survey_id: uuid.UUID) -> list[Mark]:
    # Range by range along the index: to group by a part of the identity, SQLite would sort a million entries.
    driver = session.connection().connection.cursor()
    found: list[Mark] = []
    for low, high in _bounds():
        driver.execute(_MARK, (survey_id.hex, low, high))
        found.append(driver.fetchone() or (0, 0))
    driver.close()
    return found


@cache
def _bounds() -> tuple[tuple[str, str], ...]:
    return tuple((low.hex, high.hex) for low, high in map(_ends, range(RANGES)))


def _ends(number: int) -> tuple[uuid.UUID, uuid.UUID]:
    return uuid.UUID(int=number << _BITS), uuid.UUID(int=((number + 1) << _BITS) - 1)


def moment(session: Session) -> tuple[Hashable, Hashable]:
    """Who looks, and what state of the database: as long as the same one sees the same state, nothing at all
    has been written in between.

    SQLite counts for each connection the commits of the others (``PRAGMA data_version``); on PostgreSQL a
    snapshot says which transactions it sees, whoever asks.
    """
    if session.get_bind().dialect.name != "sqlite":
        return "", session.execute(sa.text("SELECT pg_current_snapshot()::text")).scalar_one()
    connection = session.connection()
    looker = connection.info.setdefault("consult_looker", uuid.uuid4())
    return looker, connection.exec_driver_sql("PRAGMA data_version").scalar_one()


_COLUMNS = [
    *(
        sa.type_coerce(column, sa.String)
        for column in (
            RESPONSE.c.version_id,
            RESPONSE.c.language,
            RESPONSE.c.channel,
            RESPONSE.c.collected_on,
            RESPONSE.c.collector_id,
            RESPONSE.c.session_id,
        )
    ),
    sa.cast(RESPONSE.c.answers, sa.Text),
]


def read_ranges(session: Session, survey_id: uuid.UUID, first: int, last: int) -> list[Content]:
    """The responses of the ranges from ``first`` to ``last``, in the order of their identities: it is not
    that of their arrival."""
    low, high = _ends(first)[0], _ends(last)[1]
    query = sa.select(*_COLUMNS).where(
        RESPONSE.c.survey_id == survey_id,
        RESPONSE.c.state == ResponseState.SUBMITTED,
        RESPONSE.c.id.between(low, high),
    )
    return [
        Content(
            version=_hex(row[0]),
            language=row[1],
            channel=row[2],
            day=str(row[3]),
            collector=_hex(row[4]) if row[4] else None,
            session=_hex(row[5]) if row[5] else None,
            answers=read_document(row[6]),
        )
        for row in session.execute(query.order_by(RESPONSE.c.id))
    ]


@lru_cache(maxsize=10_000)
def _hex(written: str | uuid.UUID) -> str:
    """SQLite has them as text, PostgreSQL’s driver gives them ready."""
    return written.hex if isinstance(written, uuid.UUID) else uuid.UUID(written).hex
