"""Write migrations/versions/0001_initial.py anew from the models: ``python -m tests.regenerate_migration``.

Only until the first release; afterwards a change of a model is a migration of its own. The same models
always give the same file.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.operations import ops
from alembic.runtime.migration import MigrationContext

from consult.db import JSON, LocalizedText, UTCTime
from consult.schema import METADATA

TARGET = Path(__file__).parent.parent / "migrations" / "versions" / "0001_initial.py"

_HEAD = '''"""The first schema."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")

'''

# What is published, or was written down of downloads, stays as it is, whoever asks: the database itself
# refuses a change.
_TRIGGERS = """
_VERSION = "a published version is never changed"
_DOWNLOAD = "what is written down of downloads is never changed"
_EDITION = "what was published is never changed"
_IMMUTABLE = {
    "version": _VERSION,
    "xform": _VERSION,
    "download": _DOWNLOAD,
    "edition": _EDITION,
    "edition_file": _EDITION,
    "edition_memory": _EDITION,
    "edition_withdrawal": _EDITION,
    "rounding_key": "a rounding key is never changed",
}


def _make_immutable() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table, reason in _IMMUTABLE.items():
            for verb in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_refuses_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{reason}'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table, reason in _IMMUTABLE.items():
        op.execute(
            f"CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION refuse_change('{reason}')"
        )
"""


def migration_text() -> str:
    """The whole module, formatted."""
    with sa.create_engine("sqlite://").connect() as connection:
        context = MigrationContext.configure(connection, opts={"render_item": _render})
        script = produce_migrations(context, METADATA)
    upgrade, downgrade = script.upgrade_ops, script.downgrade_ops
    assert upgrade is not None
    assert downgrade is not None
    later = [name for name in (_circular(op) for op in upgrade.ops) if name]
    text = "".join(
        (
            _HEAD,
            "\ndef upgrade() -> None:\n    ",
            _code(upgrade),
            "".join(f"\n    {line}" for line in _add_circular(later)),
            "\n    _make_immutable()\n",
            '\n\ndef downgrade() -> None:\n    if op.get_bind().dialect.name == "sqlite":',
            # Surveys and versions point at each other: dropped one after the other, checked at the end.
            '\n        op.execute("PRAGMA defer_foreign_keys=ON")\n    ',
            "".join(f"{line}\n    " for line in _drop_circular(later)),
            _code(downgrade),
            '\n    if op.get_bind().dialect.name == "postgresql":',
            '\n        op.execute("DROP FUNCTION refuse_change()")\n',
            "\n",
            _TRIGGERS,
        )
    )
    return _formatted(text)


def _code(operations: ops.UpgradeOps | ops.DowngradeOps) -> str:
    code = render_python_code(operations, render_item=_render, user_module_prefix=None)
    return "\n".join(line for line in code.splitlines() if not line.lstrip().startswith("#")).strip()


def _render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Column types of our own become what they are in the database: a migration imports no model."""
    if kind != "type":
        return False
    if isinstance(item, UTCTime):
        return "sa.DateTime(timezone=True)"
    if item is JSON or isinstance(item, LocalizedText | sa.JSON):
        return "JSON"
    return False


def _circular(operation: Any) -> sa.ForeignKeyConstraint | None:
    """A foreign key that PostgreSQL can only have once both tables exist."""
    if not isinstance(operation, ops.CreateTableOp):
        return None
    table = METADATA.tables[operation.table_name]
    return next((key for key in table.foreign_key_constraints if key.use_alter), None)


def _add_circular(keys: list[sa.ForeignKeyConstraint]) -> list[str]:
    lines = ['if op.get_bind().dialect.name == "postgresql":'] if keys else []
    for key in keys:
        columns, target = list(key.column_keys), key.referred_table
        referred = [element.column.name for element in key.elements]
        lines.append(
            f"    op.create_foreign_key({str(key.name)!r}, {key.table.name!r}, {target.name!r}, "
            f"{columns!r}, {referred!r})"
        )
    return lines


def _drop_circular(keys: list[sa.ForeignKeyConstraint]) -> list[str]:
    lines = ['if op.get_bind().dialect.name == "postgresql":'] if keys else []
    return lines + [
        f"    op.drop_constraint({str(key.name)!r}, {key.table.name!r}, type_='foreignkey')" for key in keys
    ]


def _formatted(text: str) -> str:
    done = subprocess.run(
        [Path(sys.executable).parent / "ruff", "format", "--isolated", "--line-length=110", "-"],
        input=text,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


if __name__ == "__main__":
    TARGET.write_text(migration_text(), encoding="utf-8")
    print(f"written: {TARGET.name}")
