"""Requests that another site, an older page or nobody's form sends: 400, and nothing is saved."""

from __future__ import annotations

from typing import Any

import pytest

from consult.accounts.models import Person, Role
from tests.office import Office
from tests.pages import Pages

ACCOUNT = "/office/en/account"


@pytest.fixture
def ana(office: Office) -> Person:
    return office.person("ana", Role.STAFF)


@pytest.fixture
def pages(office: Office, ana: Person) -> Pages:
    return office.browser(ana)


def send(pages: Pages, token: str | None, **how: Any) -> int:
    data = {"name": "Forged", "language": "en"} | ({} if token is None else {"csrf_token": token})
    return pages.client.post(ACCOUNT, data=data, **how).status_code


def own_token(pages: Pages) -> str:
    return str(pages.open(ACCOUNT).value("csrf_token"))


@pytest.mark.parametrize("token", [None, "", "invented", "IjEi.x.y"])
def test_form_without_a_token_of_this_session_is_refused(
    office: Office, pages: Pages, token: str | None
) -> None:
    assert send(pages, token) == 400
    assert office.row(Person).name == "Ana"


def test_token_of_somebody_else_is_refused(office: Office, pages: Pages) -> None:
    other = office.browser(office.person("eve", Role.STAFF))

    assert send(pages, own_token(other)) == 400
    assert office.row(Person, Person.email == "ana@example.org").name == "Ana"


def test_token_from_before_signing_in_is_refused(office: Office, ana: Person) -> None:
    pages = office.pages()
    form = pages.open("/office/en/login")
    before = str(form.value("csrf_token"))
    form.fill(email=ana.email, password="seven quiet lanterns").press("Sign in")

    assert send(pages, before) == 400


def test_refusal_says_that_nothing_was_saved_and_what_to_do(pages: Pages) -> None:
    refused = pages.post(ACCOUNT, {"name": "Forged"}, 400)

    assert refused.heading == "This form can no longer be sent"
    assert "Nothing was saved." in refused.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost.evil.example"},
    ],
)
def test_other_site_is_refused_even_with_the_right_token(
    office: Office, pages: Pages, headers: dict[str, str]
) -> None:
    assert send(pages, own_token(pages), headers=headers) == 400
    assert office.row(Person).name == "Ana"


def test_own_form_is_accepted(office: Office, pages: Pages) -> None:
    assert send(pages, own_token(pages), headers={"Sec-Fetch-Site": "same-origin"}) == 303
    assert office.row(Person).name == "Forged"


def test_nobody_is_signed_in_by_another_site(office: Office, ana: Person) -> None:
    """Login CSRF: somebody is made to work in the attacker's account."""
    client = office.client()

    answer = client.post("/office/en/login", data={"email": ana.email, "password": "seven quiet lanterns"})

    assert answer.status_code == 400
    assert "consult_office_browser" not in str(answer.headers)


def test_nobody_is_signed_out_by_another_site(pages: Pages) -> None:
    assert pages.client.post("/office/en/logout").status_code == 400
    assert pages.client.get("/office/en/").status_code == 200


def test_form_cannot_set_more_than_it_shows(office: Office, pages: Pages, ana: Person) -> None:
    before = office.row(Person)
    hostile = {
        "name": "Ana",
        "language": "en",
        "csrf_token": own_token(pages),
        "email": "boss@example.org",
        "password": "x",
        "active": "",
        "id": str(office.ours.id),
        "fs_uniquifier": "chosen",
        "tf_primary_method": "authenticator",
        "role": "admin",
        "is_admin": "1",
        "organisation_id": str(office.theirs.id),
        "memberships": "admin",
    }
    pages.post(ACCOUNT, hostile)

    after = office.row(Person)
    columns = Person.__table__.columns.keys()
    assert {name: getattr(after, name) for name in columns} == {
        name: getattr(before, name) for name in columns
    }
