"""Which files belong to which response: the one thing by which a file can be asked for.

An answer only names a file, and a line of NDJSON can name any: what is not in this table is not given to
anybody. Rows go with their response; those that no answer names any more, and then their files, are swept.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from consult.db import Database, write_json
from consult.files import FileStore
from consult.questions.file import FileAnswer
from consult.responses.models import Response, ResponseFile, Revision
from consult.responses.records import KeptFile

FILE = cast(sa.Table, ResponseFile.__table__)

_AT_REST = 3600.0
"""Seconds: a file that was put later may belong to a page that is being stored right now."""

_AT_A_TIME = 200


class Swept(NamedTuple):
    """How many rows and how many files were taken away."""

    rows: int
    files: int


def files_of(session: Session, response_id: uuid.UUID) -> dict[str, KeptFile]:
    """Everything that was sent with one response, by hash."""
    wanted = sa.select(FILE.c.digest, FILE.c.type, FILE.c.size).where(FILE.c.response_id == response_id)
    return {row.digest: KeptFile(*row) for row in session.execute(wanted)}


def files_of_survey(session: Session, survey_id: uuid.UUID) -> set[tuple[uuid.UUID, str]]:
    """Response and hash of every file that was sent to a survey."""
    wanted = (
        sa.select(FILE.c.response_id, FILE.c.digest).join(Response).where(Response.survey_id == survey_id)
    )
    return {(row.response_id, row.digest) for row in session.execute(wanted)}


def named_files(answers: Any, key: str = "") -> Iterator[tuple[str, FileAnswer]]:
    """Question key and file of every answer that names one, also inside repeats."""
    if isinstance(answers, Mapping):
        for inner, value in answers.items():
            yield from named_files(value, inner)
    elif isinstance(answers, list):
        for value in answers:
            yield from named_files(value, key)
    elif found := FileAnswer.read(answers):
        yield key, found


def settle_files(
    connection: sa.Connection, response_id: uuid.UUID, added: Iterable[KeptFile], *documents: Any
) -> None:
    """Keep the rows of what ``documents`` name, with those ``added``; what they no longer name goes."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    written = "".join(write_json(document) for document in documents)
    rows = [{"response_id": response_id, **file._asdict()} for file in added if file.digest in written]
    if rows:
        connection.execute(insert(FILE).on_conflict_do_nothing(), rows)
    known = connection.scalars(sa.select(FILE.c.digest).where(FILE.c.response_id == response_id)).all()
    if gone := [digest for digest in known if digest not in written]:
        connection.execute(_delete(response_id, gone))


def add_files(database: Database, response_id: uuid.UUID, added: Iterable[KeptFile]) -> None:
    """Add to a response that is stored already, before an answer of it names them."""
    rows = [{"response_id": response_id, **file._asdict()} for file in added]
    insert = sqlite.insert if database.is_sqlite else postgresql.insert
    if rows:
        database.commit_together(
            lambda connection: connection.execute(insert(FILE).on_conflict_do_nothing(), rows)
        )


def sweep_files(database: Database, store: FileStore) -> Swept:
    """Take away the rows that no answer names (any more, or in an earlier state), and files without a row.

    A database without any response takes nothing away: most likely it is not the one of these files.
    """
    began = time.time() - _AT_REST
    rows = sum(_sweep_rows(database, batch) for batch in _batches(database))
    with database.read() as session:
        known = set(session.scalars(sa.select(FILE.c.digest).distinct()))
        if session.scalar(sa.select(Response.id).limit(1)) is None:
            return Swept(rows, 0)
    gone = [kept.digest for kept in store.every() if kept.digest not in known]
    files = sum(store.delete(digest, unless_put_after=began) for digest in gone)
    store.forget_unfinished()
    store.forget_times(began)
    return Swept(rows, files)


def forget_files(database: Database, store: FileStore, digests: Iterable[str]) -> None:
    """Take away at once what no response has (any more); what was put within the hour waits for the sweep."""
    wanted = set(digests)
    with database.read() as session:
        known = (
            set(session.scalars(sa.select(FILE.c.digest).where(FILE.c.digest.in_(wanted))))
            if wanted
            else set()
        )
    for digest in wanted - known:
        store.delete(digest, unless_put_after=time.time() - _AT_REST)


def _batches(database: Database) -> Iterator[list[uuid.UUID]]:
    with database.read() as session:
        found = list(session.scalars(sa.select(FILE.c.response_id).distinct()))
    for start in range(0, len(found), _AT_A_TIME):
        yield found[start : start + _AT_A_TIME]


def _sweep_rows(database: Database, responses: list[uuid.UUID]) -> int:
    """Looked at and taken away in one unit of work: a page that is stored meanwhile comes before or after."""

    def sweep(connection: sa.Connection) -> int:
        named: dict[uuid.UUID, str] = {}
        current = sa.select(Response.id, Response.answers, Response.unsaved).where(Response.id.in_(responses))
        for row in connection.execute(current.with_for_update()):
            named[row.id] = write_json(row.answers) + write_json(row.unsaved)
        earlier = sa.select(Revision.response_id, Revision.content).where(Revision.response_id.in_(responses))
        for row in connection.execute(earlier):
            named[row.response_id] += write_json(row.content)
        rows = connection.execute(
            sa.select(FILE.c.response_id, FILE.c.digest).where(FILE.c.response_id.in_(responses))
        )
        gone = [row for row in rows if row.digest not in named[row.response_id]]
        for row in gone:
            connection.execute(_delete(row.response_id, [row.digest]))
        return len(gone)

    return database.commit_together(sweep)


def _delete(response_id: uuid.UUID, digests: list[str]) -> sa.Delete:
    return sa.delete(FILE).where(FILE.c.response_id == response_id, FILE.c.digest.in_(digests))
