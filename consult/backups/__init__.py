"""Backups that are proven before they are believed: made from one snapshot, restored whole or not at all.

    make_backup(database, file, stores) -> Header           restore_backup(database, path, stores) -> Header

A copy of the database's files would miss what stands in the write-ahead log; these go through SQLite's own
backup and PostgreSQL's own COPY. What is compared is not bytes of files but the canonical dump: every row of
every table, in the order of its key. In that order it is written, too: a backup does not tell who came first.
Files (:mod:`consult.files`) are copied after the snapshot, so that whatever it refers to is with it.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from types import MappingProxyType
from typing import IO

from consult.backups import postgresql, sqlite
from consult.backups.container import BackupRefused, Header, open_container, write_container
from consult.backups.files import Stores, packed_files, unpack_files
from consult.db import Database

__all__ = ["BackupRefused", "Header", "make_backup", "restore_backup"]

_NO_STORES: Stores = MappingProxyType({})


def make_backup(database: Database, file: IO[bytes], stores: Stores = _NO_STORES) -> Header:
    """Write the database and what is in ``stores`` into ``file``. People may go on answering meanwhile."""
    engine = sqlite if database.is_sqlite else postgresql
    with tempfile.TemporaryDirectory(dir=_room_of(database)) as folder:
        dump, content = engine.dump(database, Path(folder))
        return write_container(file, engine.NAME, content, packed_files(stores), dump)


def restore_backup(database: Database, path: Path, stores: Stores = _NO_STORES) -> Header:
    """Replace everything in the database by the backup at ``path``, and migrate it to this version.

    Its files are added to ``stores``; what nothing refers to any more, a sweep takes away. Raises
    BackupRefused when it is not a backup, not whole, or of another kind of database: the database was not
    changed then.
    """
    engine = sqlite if database.is_sqlite else postgresql
    with open_container(path) as (header, payload):
        if header.engine != engine.NAME:
            raise BackupRefused("other_engine")
        unpack_files(payload, stores)
        with tempfile.TemporaryDirectory(dir=_room_of(database)) as folder:
            engine.restore(database, header.content, payload, Path(folder))
    return header


def _room_of(database: Database) -> Path | None:
    """Where answers may lie for a moment: beside the database, not in a folder that others look into."""
    return Path(str(database.url.database)).parent if database.is_sqlite else None
