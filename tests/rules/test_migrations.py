"""The migrations and the models say the same, on both engines; what is published cannot be changed."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from consult.db import Database
from consult.schema import METADATA, downgrade, is_current, migrate
from consult.surveys.models import XForm
from tests import factories
from tests.regenerate_migration import TARGET, migration_text


def test_first_migration_is_what_the_models_give() -> None:
    assert TARGET.read_text(encoding="utf-8") == migration_text(), (
        "run .venv/bin/python -m tests.regenerate_migration"
    )


def test_migrated_schema_has_no_drift(database: Database, empty_database: Database) -> None:
    with empty_database.write() as session:
        METADATA.create_all(session.connection())

    assert _schema(database) == _schema(empty_database)


def test_migrated_database_is_current(database: Database) -> None:
    assert is_current(database)


def test_migrating_twice_changes_nothing(database: Database) -> None:
    before = _schema(database)
    migrate(database)

    assert _schema(database) == before


def test_downgrade_leaves_nothing_behind(database: Database) -> None:
    with database.write() as session:
        factories.make_response(session)
    downgrade(database, "base")

    with database.read() as session:
        assert sa.inspect(session.connection()).get_table_names() == ["alembic_version"]


def test_upgrade_after_downgrade_gives_the_same_schema(database: Database) -> None:
    before = _schema(database)
    downgrade(database, "base")
    migrate(database)

    assert _schema(database) == before


def test_published_version_cannot_be_changed(database: Database) -> None:
    with database.write() as session:
        factories.make_version(session)

    with pytest.raises(sa.exc.IntegrityError, match="never changed"), database.write() as session:
        session.execute(sa.text("UPDATE version SET digest = 'x'"))

    with database.read() as session:
        assert session.scalars(sa.text("SELECT digest FROM version")).one() != "x"


def test_published_version_cannot_be_deleted(database: Database) -> None:
    with database.write() as session:
        factories.make_version(session)

    with pytest.raises(sa.exc.IntegrityError, match="never changed"), database.write() as session:
        session.execute(sa.text("DELETE FROM version"))


@pytest.mark.parametrize("change", ["UPDATE xform SET xml = ''", "DELETE FROM xform"])
def test_form_that_devices_have_cannot_be_changed(database: Database, change: str) -> None:
    with database.write() as session:
        session.add(XForm(version_id=factories.make_version(session).id, xml="<x/>", md5="0" * 32))

    with pytest.raises(sa.exc.IntegrityError, match="never changed"), database.write() as session:
        session.execute(sa.text(change))


def _schema(database: Database) -> list[str]:
    """Everything that the engine itself knows of tables, columns, constraints and indexes."""
    statement = _SQLITE_SCHEMA if database.is_sqlite else _POSTGRESQL_SCHEMA
    with database.read() as session:
        rows = [tuple(row) for row in session.execute(sa.text(statement))]
    # The order of clauses inside CREATE TABLE says nothing; each clause by itself does.
    return sorted(
        line.strip().rstrip(",")
        for row in rows
        for line in " | ".join(str(value) for value in row).replace("\t", "\n").splitlines()
        if line.strip()
    )


_SQLITE_SCHEMA = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE '%alembic%' AND type != 'trigger'"
_POSTGRESQL_SCHEMA = """
    SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull::text
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0
       AND c.relname <> 'alembic_version'
    UNION ALL
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), ''
      FROM pg_constraint
     WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'alembic_version'
    UNION ALL
    SELECT tablename, indexname, indexdef, ''
      FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'alembic_version'
"""
