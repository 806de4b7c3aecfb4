"""What only the rules ask for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from consult.db import Database
from tests.postgres import Cluster


@pytest.fixture
def empty_database(database: Database, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A second database without any table, on the engine of ``database``."""
    if database.is_sqlite:
        empty = Database(f"sqlite:///{tmp_path / 'empty.db'}")
        yield empty
        empty.dispose()
        return
    cluster: Cluster = request.getfixturevalue("postgresql_cluster")
    cluster.run("CREATE DATABASE consult_empty")
    empty = Database(cluster.url("consult_empty"))
    yield empty
    empty.dispose()
    cluster.run("DROP DATABASE consult_empty WITH (FORCE)")
