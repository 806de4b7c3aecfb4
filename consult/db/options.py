"""The one thing that a transaction says of itself beforehand: whether it is there to write."""

from __future__ import annotations

import sqlalchemy as sa

WRITES = "consult_writes"
"""Execution option; what does not carry it may only read, on both engines."""


def may_write(connection: sa.Connection | None) -> bool:
    return connection is not None and bool(connection.get_execution_options().get(WRITES, False))
