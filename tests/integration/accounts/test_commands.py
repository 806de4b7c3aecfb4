"""``consult organisation`` and ``consult account``: what they add, what they refuse, with which exit code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from consult.accounts.models import Membership, Organisation, OrganisationKind, Person, Role
from consult.cli import main
from consult.settings import Settings
from tests.office import Office, sign_in

NAMES = ["--name-en", "Pine County Partnership", "--name-fr", "Partenariat du comté des Pins"]


@pytest.fixture
def consult(settings: Settings, database_url: str, tmp_path: Path) -> Any:
    environment = {
        "CONSULT_DATABASE_URL": database_url,
        "CONSULT_DATA_DIR": str(tmp_path),
        "CONSULT_SECRET_KEY": settings.secret_key,
        "LC_ALL": "C.UTF-8",
    }

    def run(*arguments: str, given: str = "") -> Result:
        return CliRunner(env=environment).invoke(main, arguments, input=given)

    return run


def test_organisation_is_added_with_both_names_and_its_kind(office: Office, consult: Any) -> None:
    result = consult("organisation", "add", "pines", *NAMES, "--kind", "rif", "--json")

    made = office.row(Organisation, Organisation.slug == "pines")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"slug": "pines", "kind": "rif", "name": dict(made.name)}
    assert (made.kind, made.name["fr"]) == (OrganisationKind.RIF, "Partenariat du comté des Pins")


@pytest.mark.parametrize(
    ("slug", "names", "code"),
    [
        ("ours", NAMES, 1),
        ("Pines", NAMES, 1),
        ("pi nes", NAMES, 1),
        ("pines-", NAMES, 1),
        ("pines", ["--name-en", "Pines", "--name-fr", " "], 1),
        ("pines", ["--name-en", "Pines"], 2),
        ("pines", [*NAMES, "--kind", "club"], 2),
    ],
)
def test_organisation_that_cannot_be_is_refused(
    office: Office, consult: Any, slug: str, names: list[str], code: int
) -> None:
    assert consult("organisation", "add", slug, *names).exit_code == code
    assert office.row(Organisation, Organisation.slug == "pines") is None


def test_account_with_a_password_can_sign_in(office: Office, consult: Any) -> None:
    result = consult(
        *(
            "account",
            "add",
            "Ana@Example.org",
            "--organisation",
            "ours",
            "--role",
            "staff",
            "--role",
            "admin",
        ),
        *("--name", "Ana", "--password-stdin"),
        given="seven quiet lanterns\n",
    )

    assert result.exit_code == 0
    assert "lanterns" not in result.output
    assert sign_in(office.pages(), "ana@example.org").heading == "My work"
    with office.database.read() as session:
        assert {row.role for row in session.query(Membership)} == {Role.STAFF, Role.ADMIN}


def test_account_without_a_password_is_invited_by_link(office: Office, consult: Any) -> None:
    result = consult("account", "add", "new@example.org", "--organisation", "ours", "--role", "collector")

    link = result.stdout.strip()
    assert result.exit_code == 0
    assert office.row(Person) is None
    assert office.pages().open(link.removeprefix("http://127.0.0.1:8000")).heading == "Welcome"


def test_invitation_begins_in_the_language_that_is_asked_for(office: Office, consult: Any) -> None:
    result = consult(
        *("account", "add", "new@example.org", "--organisation", "ours", "--role", "staff", "--speaks", "fr"),
        "--json",
    )

    assert "/office/fr/invitation/" in json.loads(result.stdout)["link"]


@pytest.mark.parametrize(
    ("email", "organisation", "role", "password", "code"),
    [
        ("not an address", "ours", "staff", "seven quiet lanterns", 1),
        ("ana@example.org", "nowhere", "staff", "seven quiet lanterns", 1),
        ("ana@example.org", "ours", "owner", "seven quiet lanterns", 2),
        ("ana@example.org", "ours", "staff", "short", 1),
        ("ana@example.org", "ours", "staff", "", 1),
    ],
)
def test_account_that_cannot_be_is_refused(
    office: Office, consult: Any, email: str, organisation: str, role: str, password: str, code: int
) -> None:
    result = consult(
        *("account", "add", email, "--organisation", organisation, "--role", role, "--password-stdin"),
        given=password,
    )

    assert result.exit_code == code
    assert result.stderr
    assert office.row(Person) is None


def test_password_of_an_account_that_exists_is_not_changed(office: Office, consult: Any) -> None:
    office.person("ana", Role.STAFF)
    result = consult(
        *(
            "account",
            "add",
            "ana@example.org",
            "--organisation",
            "ours",
            "--role",
            "admin",
            "--password-stdin",
        ),
        given="nine loud harbours",
    )

    assert result.exit_code == 1
    assert sign_in(office.pages(), "ana@example.org").heading == "My work"
