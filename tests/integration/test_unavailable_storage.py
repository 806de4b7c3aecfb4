"""A database that cannot store: people are told that nothing was kept, and when to try again."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from consult import http
from consult.accounts.models import Organisation
from consult.db import Database, StorageUnavailable
from consult.settings import Settings
from consult.surfaces import create_public_app
from tests import factories


def _store() -> str:
    factories.make_organisation(http.session())
    return "stored"


def _store_together() -> str:
    http.database().commit_together(lambda connection: connection.execute(sa.text("SELECT 1")))
    return "stored"


@pytest.fixture
def app(database: Database, settings: Settings) -> Flask:
    app = create_public_app(settings, database)
    app.add_url_rule("/unit-of-work", "unit_of_work", _store, methods=["POST"])
    app.add_url_rule("/together", "together", _store_together, methods=["POST"])
    return app


def _fail(_connection: sa.Connection) -> None:
    raise StorageUnavailable("the disk is full")


@pytest.mark.parametrize("address", ["/unit-of-work", "/together"])
def test_commit_that_fails_is_a_503_that_says_when_to_try_again(
    database: Database, app: Flask, address: str
) -> None:
    sa.event.listen(database.engine, "commit", _fail)
    answer = app.test_client().post(address)
    sa.event.remove(database.engine, "commit", _fail)

    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "Content-Security-Policy" in answer.headers
    assert "stored" not in answer.text
    with database.read() as session:
        assert session.scalars(sa.select(Organisation)).all() == []


@pytest.mark.parametrize("address", ["/unit-of-work", "/together"])
def test_storing_goes_on_when_there_is_space_again(database: Database, app: Flask, address: str) -> None:
    sa.event.listen(database.engine, "commit", _fail)
    app.test_client().post(address)
    sa.event.remove(database.engine, "commit", _fail)

    assert app.test_client().post(address).text == "stored"


def test_readiness_is_refused_while_nothing_can_be_stored(
    sqlite_database: Database, settings: Settings
) -> None:
    app = create_public_app(settings, sqlite_database)
    client = app.test_client()
    assert client.get("/readyz").status_code == 200
    sa.event.listen(sqlite_database.engine, "begin", _fail)

    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_readiness_is_refused_while_no_file_can_be_stored(
    sqlite_database: Database, settings: Settings
) -> None:
    client = create_public_app(settings, sqlite_database).test_client()
    (settings.data_dir / "files").write_text("where a folder should be")

    assert client.get("/readyz").status_code == 503
