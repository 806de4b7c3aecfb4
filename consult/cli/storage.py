"""The installation's database, for commands: opened, used in one unit of work, errors in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
import sqlalchemy as sa
from sqlalchemy.orm import Session

from consult.db import Database, InsecureDatabase, StorageUnavailable
from consult.i18n import gettext
from consult.settings import Settings
from consult.surveys.files import lend_store


@contextmanager
def opened_database(settings: Settings | None = None) -> Iterator[Database]:
    """The database of the settings (else those of the environment), closed when the block ends.

    Raises click.ClickException (exit code 1) when the database is not set up, not safe or not there.
    """
    try:
        settings = settings or Settings.from_environment()
        database = Database(settings.database_url)
        lend_store(database, settings)
    except InsecureDatabase as problem:
        raise _unusable(problem) from None
    try:
        yield database
    except StorageUnavailable as problem:
        raise _unusable(problem) from None
    except (sa.exc.OperationalError, sa.exc.ProgrammingError):
        raise click.ClickException(gettext("The database is not set up. Run “consult init” first.")) from None
    finally:
        database.dispose()


@contextmanager
def unit_of_work() -> Iterator[Session]:
    """A session on the database of the environment's settings; kept if the block ends without an error.

    Raises click.ClickException as :func:`opened_database`.
    """
    with opened_database() as database, database.write() as session:
        yield session


def _unusable(problem: Exception) -> click.ClickException:
    return click.ClickException(gettext("The database cannot be used: %(reason)s", reason=problem))
