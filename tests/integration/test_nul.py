"""NUL characters: nobody means them, and to PostgreSQL even looking for one is an error."""

from __future__ import annotations

import pytest

from consult.accounts.models import Role
from consult.db import Database
from consult.settings import Settings
from consult.surfaces import create_public_app
from tests.office import Office


@pytest.mark.parametrize("address", ["/en/a%00b/", "/en/s/a%00b/", "/en/s/a%00b/thanks"])
def test_public_address_with_a_nul_names_nothing(
    settings: Settings, database: Database, address: str
) -> None:
    assert create_public_app(settings, database).test_client().get(address).status_code == 404


@pytest.mark.parametrize("address", ["surveys/a%00b/", "organisations/a%00b/people/", "reports/a%00b/"])
def test_office_address_with_a_nul_names_nothing(
    settings: Settings, database: Database, address: str
) -> None:
    office = Office(settings, database)
    browser = office.browser(office.person("ana", Role.STAFF, Role.ADMIN))
    assert browser.client.get(f"/office/en/{address}").status_code == 404


def test_sign_in_with_a_nul_is_refused(settings: Settings, database: Database) -> None:
    page = Office(settings, database).pages().open("/office/en/login")
    page.fill(email="a\0na@example.org", password="something").press("Sign in", expect=400)


def test_name_with_a_nul_is_refused(settings: Settings, database: Database) -> None:
    office = Office(settings, database)
    browser = office.browser(office.person("ana", Role.STAFF, Role.ADMIN))
    browser.open("/office/en/account").fill(name="A\0na").press("Save", expect=400)
