"""``consult publish`` on both engines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from consult.cli import main
from consult.db import Database
from consult.questionnaires.document import to_document
from tests import factories
from tests.integration.reports.conftest import FORM, add_responses


@pytest.fixture
def environment(database_url: str, tmp_path: Path) -> dict[str, str]:
    """An installation with one survey that sixty people answered, and the account of Ana."""
    database = Database(database_url)
    with database.write() as session:
        survey = factories.make_open_survey(session, specification=to_document(FORM), slug="newcomers")
        add_responses(session, survey, factories.make_person(session, name="Omar"))
        factories.make_person(session, email="ana@example.org")
    database.dispose()
    data = str(tmp_path / "data")
    return {"CONSULT_DATABASE_URL": database_url, "CONSULT_DATA_DIR": data, "LANG": "en_CA.UTF-8"}


def run(environment: dict[str, str], *arguments: str, expect: int = 0) -> Result:
    result = CliRunner().invoke(main, ["publish", *arguments], env=environment)
    assert result.exit_code == expect, result.output
    return result


def said(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_says_what_would_be_published(environment: dict[str, str]) -> None:
    found = said(run(environment, "newcomers", "--json"))

    assert found["edition"] is None
    assert found["shown"] == 2


def test_publishes_with_yes(environment: dict[str, str]) -> None:
    published = run(environment, "newcomers", "--by", "_language", "--yes", "--account", "ana@example.org")

    assert "Edition 1 is published." in published.stdout


def test_what_cannot_be_published_is_an_error_of_the_input(environment: dict[str, str]) -> None:
    database = Database(environment["CONSULT_DATABASE_URL"])
    with database.write() as session:
        factories.make_open_survey(session, specification=to_document(FORM), slug="empty")
    database.dispose()

    assert said(run(environment, "empty", "--json", expect=1))["problem"] == "too_few"


@pytest.mark.parametrize(
    "arguments",
    [
        ("nowhere",),
        ("newcomers", "--yes"),
        ("newcomers", "--questions", "change"),
        ("newcomers", "--by", "arrival"),
    ],
)
def test_wrong_use_is_said(environment: dict[str, str], arguments: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, ["publish", *arguments], env=environment)

    assert result.exit_code in (1, 2)
    assert "Error" in result.stderr
