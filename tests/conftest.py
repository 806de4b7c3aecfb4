"""What every test can ask for: a database of its own, on SQLite and on PostgreSQL, made by the migrations."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from consult.db import Database
from consult.schema import migrate
from consult.settings import Settings
from tests.postgres import Cluster, PostgresqlMissing, temporary_cluster

Copies = Callable[[], Iterator[str]]

_NUMBERS = itertools.count()
_TEMPLATE = "consult_template"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a migrated, empty database, once on each engine; gone after the test."""
    yield from request.getfixturevalue(f"{request.param}_copies")()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The test runs twice: on SQLite and on PostgreSQL."""
    yield from _opened(database_url)


@pytest.fixture
def sqlite_database(sqlite_copies: Copies) -> Iterator[Database]:
    """Only SQLite: for what the engines do not share, and for tests that need just any database."""
    for url in sqlite_copies():
        yield from _opened(url)


@pytest.fixture
def postgresql_database(postgresql_copies: Copies) -> Iterator[Database]:
    """Only PostgreSQL: for what the engines do not share."""
    for url in postgresql_copies():
        yield from _opened(url)


@pytest.fixture
def empty_database(database: Database, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A second database, without any table, on the engine of ``database``."""
    if database.is_sqlite:
        yield from _opened(f"sqlite:///{tmp_path / 'empty.db'}")
        return
    cluster: Cluster = request.getfixturevalue("postgresql_cluster")
    cluster.run("CREATE DATABASE consult_empty")
    yield from _opened(cluster.url("consult_empty"))
    cluster.run("DROP DATABASE consult_empty WITH (FORCE)")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an installation of its own, in a temporary folder."""
    return Settings(
        data_dir=tmp_path,
        database_url=f"sqlite:///{tmp_path / 'unused.db'}",
        secret_key="a key that only tests know",
    )


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "consult.db"
    template = Database(f"sqlite:///{path}")
    migrate(template)
    template.dispose()  # the last connection folds the write-ahead log into the file
    return path


@pytest.fixture
def sqlite_copies(sqlite_template: Path, tmp_path: Path) -> Copies:
    def copies() -> Iterator[str]:
        path = tmp_path / "consult.db"
        shutil.copyfile(sqlite_template, path)
        path.chmod(0o600)
        yield f"sqlite:///{path}"

    return copies


@pytest.fixture(scope="session")
def postgresql_cluster() -> Iterator[Cluster]:
    """A server of this run's own, started when the first test asks for it."""
    try:
        with temporary_cluster() as cluster:
            cluster.run(f"CREATE DATABASE {_TEMPLATE}")
            template = Database(cluster.url(_TEMPLATE))
            migrate(template)
            template.dispose()
            yield cluster
    except PostgresqlMissing as missing:
        if os.environ.get("CONSULT_TEST_WITHOUT_POSTGRESQL") == "1":
            pytest.skip(str(missing))
        pytest.fail(str(missing), pytrace=False)


@pytest.fixture(scope="session")
def postgresql_copy(postgresql_cluster: Cluster) -> Callable[[], str]:
    """Name of an empty, migrated database: the last test's, unless that changed more than rows."""
    expected, used = postgresql_cluster.signature(_TEMPLATE), "none"

    def copy() -> str:
        nonlocal used
        if used != "none" and postgresql_cluster.signature(used) == expected:
            postgresql_cluster.empty(used)
            return used
        used = f"consult_{next(_NUMBERS)}"
        postgresql_cluster.run(f"CREATE DATABASE {used} TEMPLATE {_TEMPLATE}")
        return used

    return copy


@pytest.fixture
def postgresql_copies(postgresql_cluster: Cluster, postgresql_copy: Callable[[], str]) -> Copies:
    def copies() -> Iterator[str]:
        yield postgresql_cluster.url(postgresql_copy())

    return copies


def _opened(url: str) -> Iterator[Database]:
    opened = Database(url)
    yield opened
    opened.dispose()
