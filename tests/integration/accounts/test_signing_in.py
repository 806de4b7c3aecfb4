"""Signing in: who gets in, what is said to who does not, and that it cannot be told who has an account."""

from __future__ import annotations

import re
from typing import Any

import pytest

from consult.accounts import credentials, passwords
from consult.accounts.models import Role
from tests.office import PASSWORD, SIGN_IN, Office, sign_in
from tests.pages import Page

LINK = re.compile(r'(?:href|action|src)="([^"]*)"')


def test_person_with_the_right_password_arrives_at_their_work(office: Office) -> None:
    office.person("ana", Role.STAFF)

    arrived = sign_in(office.pages(), "ana@example.org")

    assert arrived.heading == "My work"
    assert "Ana" in arrived.text


def test_address_is_accepted_however_it_is_typed(office: Office) -> None:
    office.person("ana", Role.STAFF)

    assert sign_in(office.pages(), "  Ana@Example.ORG ").heading == "My work"


def test_password_is_the_same_however_a_keyboard_composes_its_accents(office: Office) -> None:
    office.person("ana", Role.STAFF, password=passwords.hash_password("l’été à Sudbury"))

    assert (
        sign_in(office.pages(), "ana@example.org", "l’e\u0301te\u0301 a\u0300 Sudbury").heading == "My work"
    )


def test_unknown_address_and_wrong_password_get_the_same_page(office: Office) -> None:
    office.person("ana", Role.STAFF)

    wrong = sign_in(office.pages(), "ana@example.org", "something else", expect=422)
    unknown = sign_in(office.pages(), "bob@example.org", "something else", expect=422)

    assert "The email address or the password is not right." in wrong.text
    assert wrong.text == unknown.text


@pytest.mark.parametrize("email", ["ana@example.org", "nobody@example.org", "gone@example.org"])
def test_every_attempt_verifies_exactly_one_hash_and_writes_once(
    office: Office, monkeypatch: pytest.MonkeyPatch, email: str
) -> None:
    """Time cannot tell who has an account when the work is the same."""
    office.person("ana", Role.STAFF)
    office.person("gone", Role.STAFF, active=False)
    verified, written = [], []
    verify, write = passwords.CONTEXT.verify_and_update, office.database.write

    def counted(*arguments: Any) -> Any:
        verified.append(arguments)
        return verify(*arguments)

    def opened() -> Any:
        written.append(1)
        return write()

    page = office.pages().open(SIGN_IN).fill(email=email, password="something else")
    monkeypatch.setattr(credentials.passwords.CONTEXT, "verify_and_update", counted)
    monkeypatch.setattr(office.database, "write", opened)
    page.press("Sign in", expect=422)

    assert len(verified) == 1
    assert len(written) == 1


def test_account_that_was_closed_answers_like_an_unknown_one(office: Office) -> None:
    office.person("gone", Role.STAFF, active=False)

    refused = sign_in(office.pages(), "gone@example.org", expect=422)

    assert "The email address or the password is not right." in refused.text


def test_form_without_address_or_password_says_what_is_missing(office: Office) -> None:
    refused = sign_in(office.pages(), "", "", expect=422)

    assert "Enter your email address." in refused.text
    assert "Enter your password." in refused.text


def test_typed_password_is_not_sent_back(office: Office) -> None:
    refused = sign_in(office.pages(), "ana@example.org", "a-canary-password", expect=422)

    assert "a-canary-password" not in refused.html


def test_person_without_any_role_is_told_what_to_do(office: Office) -> None:
    office.person("ana")

    assert (
        "An administrator of your organisation gives you a role."
        in sign_in(office.pages(), "ana@example.org").text
    )


def test_page_that_was_wanted_comes_after_signing_in(office: Office) -> None:
    office.person("ana", Role.ADMIN)
    pages = office.pages()

    asked = pages.open("/office/fr/organisations/ours/settings")
    arrived = sign_in_on(asked, "Se connecter")

    assert asked.address == "/office/fr/login"
    assert arrived.address == "/office/fr/organisations/ours/settings"


@pytest.mark.parametrize(
    "hostile",
    [
        "?next=https://evil.example/",
        "?next=//evil.example/",
        "?next=%2F%09%2Fevil.example",
        "?next=/%5Cevil.example",
        "?_external=1&_scheme=javascript",
        "?_anchor=x&_host=evil.example",
        "?lang=de&endpoint=healthz",
    ],
)
def test_no_request_can_name_where_signing_in_leads(office: Office, hostile: str) -> None:
    """The inspecting browser refuses any redirect to another host."""
    office.person("ana", Role.STAFF)
    form = office.pages().open(SIGN_IN + hostile)

    assert sign_in_on(form).address == "/office/en/"
    assert [link for link in LINK.findall(form.html) if not link.startswith(("/office/", "#", "data:"))] == []


def sign_in_on(page: Page, button: str = "Sign in") -> Page:
    return page.fill(email="ana@example.org", password=PASSWORD).press(button)
