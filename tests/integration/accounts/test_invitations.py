"""Invitations: a link that works once, makes an account, and never takes one over."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from consult.accounts.invitations import invite_person
from consult.accounts.models import Invitation, Membership, PasswordReset, Person, Role
from consult.accounts.resets import offer_reset
from tests.office import PASSWORD, Office, sign_in
from tests.pages import Page, Pages

ENDED = "This link does not work"


def invited(
    office: Office, email: str = "new@example.org", role: Role = Role.COLLECTOR, language: str = "en"
) -> str:
    """The address of an invitation."""
    with office.database.write() as session:
        token = invite_person(
            session,
            office.settings.secret_key,
            office.ours,
            email,
            roles=[role],
            language=language,
            by=None,
            now=dt.datetime.now(dt.UTC),
        )
    return f"/office/{language}/invitation/{token}"


def accept(page: Page, password: str = PASSWORD, expect: int = 200, **values: str) -> Page:
    filled = page.fill(name="Noor Haddad", password=password, **values)
    return filled.press("Make my account", expect)


def test_accepting_makes_an_account_with_the_roles_and_signs_in(office: Office) -> None:
    arrived = accept(office.pages().open(invited(office)))

    assert arrived.heading == "My work"
    person = office.row(Person)
    assert (person.email, person.name, person.language) == ("new@example.org", "Noor Haddad", "en")
    assert office.row(Membership).role is Role.COLLECTOR


def test_language_that_is_chosen_is_the_language_of_the_pages(office: Office) -> None:
    assert accept(office.pages().open(invited(office)), language="fr").address == "/office/fr/"


def test_link_works_once(office: Office) -> None:
    link = invited(office)
    accept(office.pages().open(link))

    assert office.pages().open(link, 404).heading == ENDED


def test_two_people_with_one_link_make_one_account(office: Office) -> None:
    link = invited(office)
    first, second = office.pages().open(link), office.pages().open(link)
    accept(first)

    assert accept(second, expect=404).heading == ENDED
    assert office.row(Person).name == "Noor Haddad"


def test_link_ends_after_fourteen_days(office: Office) -> None:
    link = invited(office)
    past = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=1)
    office.change(lambda session: session.execute(sa.update(Invitation).values(expires_at=past)))

    assert office.pages().open(link, 404).heading == ENDED


def test_link_lasts_fourteen_days(office: Office) -> None:
    invited(office)
    lasts = office.row(Invitation).expires_at - dt.datetime.now(dt.UTC)

    assert dt.timedelta(days=13, hours=23) < lasts <= dt.timedelta(days=14)


def test_inviting_again_ends_the_link_before(office: Office) -> None:
    old, new = invited(office), invited(office)

    assert office.pages().open(old, 404).heading == ENDED
    assert office.pages().open(new).heading == "Welcome"


@pytest.mark.parametrize("token", ["x", "a" * 32, "%00", "é", "a" * 3000])
def test_invented_link_is_answered_like_one_that_was_used(office: Office, token: str) -> None:
    assert office.pages().open(f"/office/en/invitation/{token}", 404).heading == ENDED


def test_database_does_not_hold_what_the_link_carries(office: Office) -> None:
    token = invited(office).rpartition("/")[2]

    assert office.row(Invitation).token_hash != token


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("too short", "Use at least 12 characters."),
        ("motdepasse2026", "This password is among the first that somebody would try."),
        ("azertyuiopqsdf", "follows the keyboard"),
        ("noorhaddad2026", "Do not build your password from your name"),
    ],
)
def test_weak_password_is_refused_and_the_link_still_works(office: Office, password: str, why: str) -> None:
    link = invited(office)

    refused = accept(office.pages().open(link), password, 422)

    assert why in refused.text
    assert accept(office.pages().open(link)).heading == "My work"


def test_form_cannot_set_more_than_it_shows(office: Office) -> None:
    pages = office.pages()
    page = pages.open(invited(office))
    token = page.value("csrf_token")
    pages.post(
        page.address,
        {
            "csrf_token": token,
            "name": "Noor",
            "language": "fr",
            "password": PASSWORD,
            "email": "boss@example.org",
            "role": "admin",
            "roles": "admin",
            "is_admin": "1",
            "organisation": "theirs",
            "organisation_id": str(office.theirs.id),
            "id": "00000000-0000-0000-0000-000000000001",
            "active": "0",
            "fs_uniquifier": "chosen",
        },
    )

    person, membership = office.row(Person), office.row(Membership)
    assert (person.email, person.active) == ("new@example.org", True)
    assert (person.fs_uniquifier, str(person.id)[:8]) != ("chosen", "00000000")
    assert (membership.role, membership.organisation_id) == (Role.COLLECTOR, office.ours.id)


@pytest.fixture
def ana(office: Office) -> Person:
    return office.person("ana", Role.STAFF, organisation=office.theirs)


def test_link_alone_does_not_open_an_account_that_exists(office: Office, ana: Person) -> None:
    pages = office.pages()
    page = pages.open(invited(office, ana.email))

    assert "There is already an account for ana@example.org." in page.text
    assert "password" not in [field.get("name") for field in page.document.iter("input")]
    assert pages.client.get("/office/en/").status_code == 303


def test_owner_signs_in_and_accepts(office: Office, ana: Person) -> None:
    pages = office.pages()
    page = pages.open(invited(office, ana.email)).follow("Sign in")
    offered = page.fill(email=ana.email, password=PASSWORD).press("Sign in")

    arrived = offered.press("Accept the invitation")

    assert "Welcome to Partnership" in arrived.text
    assert office.row(Membership, Membership.organisation_id == office.ours.id).role is Role.COLLECTOR


def test_accepting_ends_a_reset_link_that_another_organisation_made(office: Office, ana: Person) -> None:
    """Its administrator may know the link: it must not open what the account opens from now on."""
    key = office.settings.secret_key
    with office.database.write() as session:
        offer_reset(session, key, ana.id, dt.datetime.now(dt.UTC))
    office.browser(ana).open(invited(office, ana.email)).press("Accept the invitation")
    assert office.row(PasswordReset) is None


def test_somebody_else_cannot_accept(office: Office, ana: Person) -> None:
    bob = office.person("bob", Role.STAFF)
    pages = office.browser(bob)
    page = pages.open(invited(office, ana.email))
    token = pages.open("/office/en/account").value("csrf_token")

    assert "This invitation is for ana@example.org." in page.text
    pages.post(page.address, {"csrf_token": token}, 403)
    assert office.row(Membership, Membership.person_id == bob.id).organisation_id == office.ours.id


def test_accepting_what_one_has_already_changes_nothing(office: Office) -> None:
    bob = office.person("bob", Role.COLLECTOR)
    office.browser(bob).open(invited(office, bob.email)).press("Accept the invitation")

    assert office.row(Membership).role is Role.COLLECTOR


def test_pages_of_an_invitation_are_in_the_language_of_its_address(office: Office) -> None:
    page = Pages(office.client(), size=30_000, root="/office", cookies=2).open(invited(office, language="fr"))

    assert page.document.get("lang") == "fr"
    assert page.value("language") == "fr"


def test_new_account_can_sign_in_again(office: Office) -> None:
    accept(office.pages().open(invited(office)))

    assert sign_in(office.pages(), "new@example.org").heading == "My work"
