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
from consult.responses import models as responses
from consult.surveys import models as surveys

ROOMS_WITH_TABLES = (accounts, surveys, responses)
"""Every room that has tables: to be imported is what makes a model known."""

METADATA = Base.metadata

# Any constant: two processes that start together migrate one after the other (PostgreSQL).
_MIGRATION_LOCK = 7_201_052


def migrations_folder() -> Path:
    """Absolute folder of the Alembic environment."""
    package = Path(__file__).parent
    bundled = package / "bundled" / "migrations"
    return bundled if bundled.is_dir() else package.parent / "migrations"


def migrate(database: Database, revision: str = "head") -> None:
    """Create the tables or bring them to ``revision``, in one transaction; nothing to do is fine."""
    with database.write() as session:
        connection = session.connection()
        if not database.is_sqlite:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
        command.upgrade(_configuration(connection), revision)


def downgrade(database: Database, revision: str) -> None:
    """Go back to ``revision`` (``base``: nothing left)."""
    with database.write() as session:
        command.downgrade(_configuration(session.connection()), revision)


def is_current(database: Database) -> bool:
    """Whether the database stands at the newest migration."""
    newest = ScriptDirectory(str(migrations_folder())).get_current_head()
    with database.read() as session:
        return MigrationContext.configure(session.connection()).get_current_revision() == newest


def _configuration(connection: sa.Connection) -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    configuration.attributes["connection"] = connection
    return configuration
