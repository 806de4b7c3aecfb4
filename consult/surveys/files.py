"""Files beside a form: kept by content, named by the document of a draft or version, read when it is asked.

A document says ``files: {"towns.csv": <SHA-256>}`` and never changes once it is published, and what lies
under a hash cannot change: so a version stays what it was, files included. The database knows the store as
``Database.info[STORE]``; whoever opens it for work with surveys puts it there (:func:`lend_store`).
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DatabaseSession

from consult.db import Database
from consult.expressions.tables import Table
from consult.files import FileMissing, FileStore, form_files
from consult.questionnaires.data import UnreadableData, is_table, read_table
from consult.questionnaires.data.attach import attached
from consult.questionnaires.data.limits import MAX_BYTES
from consult.questionnaires.document import from_document
from consult.questionnaires.specification import Questionnaire
from consult.settings import Settings
from consult.surveys.models import Survey, Version

STORE = "form_files"
MOST_TABLES = 64
"""Tables of one process that are kept ready; a version keeps its own as long as it is in use."""

_AT_REST = 3600.0
"""Seconds for which a file may wait for the draft that names it."""

_LOG = logging.getLogger(__name__)


def lend_store(database: Database, settings: Settings) -> None:
    """Tell whoever works with ``database`` where files beside forms are."""
    database.info[STORE] = form_files(settings)


def lent_folder(database: Database) -> str:
    """The folder of the store that was lent, for a process of its own; "" if none was."""
    store = database.info.get(STORE)
    return str(store.folder) if isinstance(store, FileStore) else ""


def lend_folder(database: Database, folder: str) -> None:
    """Lend in that process what :func:`lent_folder` named."""
    if folder:
        database.info[STORE] = FileStore(Path(folder))


def store_of(session: DatabaseSession) -> FileStore:
    """Where files beside forms are. Raises RuntimeError when nobody has said so."""
    store = session.info.get(STORE)
    if not isinstance(store, FileStore):
        raise RuntimeError("the store of files beside forms was not lent to this database")
    return store


def keep_files(session: DatabaseSession, files: Mapping[str, bytes]) -> None:
    """Store what a questionnaire names in its ``files``; durable when it returns. Twice is once."""
    for content in files.values():
        store_of(session).put(content, limit=MAX_BYTES)


def loaded(session: DatabaseSession, document: Mapping[str, Any]) -> Questionnaire:
    """The questionnaire of a document with what lies beside it, ready to be asked."""
    questionnaire = from_document(document)
    return attached(questionnaire, tables_beside(session, questionnaire.files))


class Kept(Mapping[str, bytes]):
    """The files that a document names, read when somebody looks at them."""

    def __init__(self, session: DatabaseSession, document: Mapping[str, Any] | None) -> None:
        self._files: Mapping[str, str] = (document or {}).get("files", {})
        self._store = store_of(session) if self._files else None

    def __getitem__(self, name: str) -> bytes:
        content = _content(self._store, self._files[name]) if self._store is not None else None
        if content is None:
            raise KeyError(name)
        return content

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def digests_in_use(session: DatabaseSession) -> frozenset[str]:
    """The hashes that any draft or version names: everything else in the store is nobody's."""
    found: set[str] = set()
    for (document,) in session.execute(
        sa.union_all(sa.select(Version.specification), sa.select(Survey.draft))
    ):
        found.update((document or {}).get("files", {}).values())
    return frozenset(found)


def sweep_form_files(database: Database, store: FileStore) -> int:
    """Take away what no draft or version names (any more), and was put over an hour ago; how many.

    A database without any survey takes nothing away: most likely it is not the one of these files.
    """
    began = time.time() - _AT_REST
    with database.read() as session:
        if session.scalar(sa.select(Survey.id).limit(1)) is None:
            return 0
        known = digests_in_use(session)
    gone = [kept.digest for kept in store.every() if kept.digest not in known]
    return sum(store.delete(digest, unless_put_after=began) for digest in gone)


def tables_beside(session: DatabaseSession, files: Mapping[str, str]) -> dict[str, Table]:
    """The tables among ``files`` (name → hash); without those that are lost."""
    found: dict[str, Table] = {}
    for name, digest in files.items():
        if is_table(name) and (table := _table(store_of(session), name, digest)) is not None:
            found[name] = table
    return found


def _table(store: FileStore, name: str, digest: str) -> Table | None:
    """A table, read once in a process. What is lost or damaged is told to the operator, and missing."""
    ending = name.rpartition(".")[2].lower()
    try:
        return _read(str(store.folder), ending, digest)
    except (FileMissing, UnreadableData) as problem:
        _LOG.error("file beside a form is lost: %s (%s)", digest, type(problem).__name__)
        return None


@lru_cache(maxsize=MOST_TABLES)
def _read(folder: str, ending: str, digest: str) -> Table:
    content = _content(FileStore(Path(folder)), digest)
    if content is None:
        raise FileMissing
    return read_table(f"table.{ending}", content)


def _content(store: FileStore, digest: str) -> bytes | None:
    """What lies under a hash; None if it is not there, or not what it was."""
    try:
        with store.open(digest) as file:
            content = file.read()
    except FileMissing:
        return None
    return content if hashlib.sha256(content).hexdigest() == digest else None
