"""The schema: bring a database to the newest migration.

The migrations lie beside the package in a checkout and inside it in a wheel; nobody needs an
``alembic.ini`` or to know that there is Alembic.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from consult.accounts import models as accounts
from consult.db import Base, Database
from consult.reports import (
    cleared_models,
    definitions_models,
    downloads_models,
    jobs_models,
    profiles_models,
)
from consult.responses import models as responses
from consult.surveys import editions
from consult.surveys import models as surveys

ROOMS_WITH_TABLES = (
    accounts,
    surveys,
    editions,
    responses,
    jobs_models,
    downloads_models,
    profiles_models,
    cleared_models,
    definitions_models,
)
"""Every room that has tables: to be imported is what makes a model known."""

METADATA = Base.metadata

# Any constant: two processes that start together migrate one after the other (PostgreSQL).
_MIGRATION_LOCK = 7_201_052


def migrations_folder() -> Path:
    """Absolute folder of the Alembic environment."""
    package = Path(__file__).parent
    bundled = package / "bundled" / "migrations"
    return bundled if bundled.is_dir() else package.parent / "migrations"


def migrate(database: Database) -> None:
    """Create the tables or bring them to the newest revision, in one transaction; nothing to do is fine."""
    with database.write() as session:
        migrate_connection(session.connection())


def migrate_connection(connection: sa.Connection) -> None:
    """As :func:`migrate`, inside the caller's transaction."""
    _wait_for_turn(connection)
    command.upgrade(_configuration(connection), "head")


def downgrade(database: Database, revision: str) -> None:
    """Go back to ``revision`` (``base``: nothing left)."""
    with database.write() as session:
        command.downgrade(_configuration(session.connection()), revision)


def install_revision(connection: sa.Connection, revision: str) -> None:
    """Give the database the schema of ``revision``; if it has another one now, its rows are lost."""
    _wait_for_turn(connection)
    if revision_of(connection) != revision:
        command.downgrade(_configuration(connection), "base")
        command.upgrade(_configuration(connection), revision)


def is_current(database: Database) -> bool:
    """Whether the database stands at the newest migration."""
    with database.read() as session:
        return revision_of(session.connection()) == _scripts().get_current_head()


def is_known(revision: str) -> bool:
    """Whether this version of the software has that migration."""
    return revision in {script.revision for script in _scripts().walk_revisions()}


def revision_of(connection: sa.Connection) -> str | None:
    """The migration that a database stands at; None before the first."""
    return MigrationContext.configure(connection).get_current_revision()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(migrations_folder()))


def _wait_for_turn(connection: sa.Connection) -> None:
    # On SQLite writing itself is one at a time.
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATION_LOCK)))


def _configuration(connection: sa.Connection) -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    configuration.attributes["connection"] = connection
    return configuration
