"""Alembic's entry: the connection comes from consult/schema.py, inside its transaction."""

from alembic import context

from consult.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
)
context.run_migrations()
