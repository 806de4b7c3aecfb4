"""The database: declarative base, column types, engine set-up per backend, units of work.

SQLite is the default that needs nothing; PostgreSQL is the engine for more than one machine.
Every write goes through :meth:`Database.write` or :meth:`Database.commit_together`: on SQLite
both wait in one fair queue across threads and processes (see queue.py and docs/architecture.md).
"""

from consult.db.database import Database
from consult.db.errors import InsecureDatabase, NotAcknowledged, StorageUnavailable
from consult.db.prepared import Prepared
from consult.db.types import JSON, Base, LocalizedText, UTCTime, enum_by_value, write_json

__all__ = [
    "JSON",
    "Base",
    "Database",
    "InsecureDatabase",
    "LocalizedText",
    "NotAcknowledged",
    "Prepared",
    "StorageUnavailable",
    "UTCTime",
    "enum_by_value",
    "write_json",
]
