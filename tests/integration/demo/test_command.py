"""``consult demo --no-serve``: from an empty folder to a whole example."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from consult.cli import main


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("installation")


def run(folder: Path, *arguments: str) -> Result:
    environment = {"CONSULT_DATA_DIR": str(folder), "LANG": "en_CA.UTF-8"}
    return CliRunner().invoke(main, ["demo", *arguments], env=environment)


@pytest.fixture(scope="module")
def loaded(folder: Path) -> dict[str, object]:
    """What the command reports when it is run for the first time."""
    result = run(folder, "--no-serve", "--json")
    assert result.exit_code == 0, result.output
    report: dict[str, object] = json.loads(result.stdout)
    return report


def test_twelve_hundred_responses_are_there_after_the_first_run(loaded: dict[str, object]) -> None:
    assert loaded["responses_added"] == 1200


def test_addresses_and_accounts_are_reported(loaded: dict[str, object]) -> None:
    assert loaded["surveys"] == [
        "http://127.0.0.1:8000/en/s/immigrant-survey/",
        "http://127.0.0.1:8000/fr/s/services-en-francais/",
    ]
    assert loaded["office"] == "http://127.0.0.1:8000/office/en/login"
    accounts = loaded["accounts"]
    assert isinstance(accounts, list)
    assert all(account["password"] for account in accounts)


def test_second_run_says_the_same_accounts_and_adds_nothing(folder: Path, loaded: dict[str, object]) -> None:
    again = json.loads(run(folder, "--no-serve", "--json").stdout)
    assert again == loaded | {"responses_added": 0}


def test_people_are_told_that_everything_is_made_up(folder: Path, loaded: dict[str, object]) -> None:
    result = run(folder, "--no-serve")
    assert "all made up" in result.stdout
    assert "amal@ashbrook.example" in result.stdout
    assert "Data collector" in result.stdout


def test_addresses_follow_the_port(folder: Path, loaded: dict[str, object]) -> None:
    report = json.loads(run(folder, "--no-serve", "--json", "--port", "8123").stdout)
    assert report["office"] == "http://127.0.0.1:8123/office/en/login"


def test_port_in_use_is_said_before_anything_is_loaded(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = run(tmp_path, "--port", str(port))
    assert result.exit_code == 1
    assert f"Port {port} is in use" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_port_that_cannot_exist_is_wrong_use(tmp_path: Path) -> None:
    assert run(tmp_path, "--port", "70000").exit_code == 2
