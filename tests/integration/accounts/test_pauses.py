"""Guessing is slow, and nobody can be locked out by a stranger for ever."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from consult.accounts.models import Attempts, Person, Role
from tests.office import SIGN_IN, Office, sign_in
from tests.pages import Pages


@pytest.fixture
def ana(office: Office) -> Person:
    return office.person("ana", Role.STAFF)


def fail(pages: Pages, email: str, times: int, then: int = 422) -> None:
    page = pages.open(SIGN_IN)
    for attempt in range(times):
        page = page.fill(email=email, password="a wrong guess").press(
            "Sign in", 422 if attempt < times - 1 else then
        )


def later(office: Office, minutes: int) -> None:
    """As if so much time had gone by."""
    by = dt.timedelta(minutes=minutes)

    def shift(session: sa.orm.Session) -> None:
        for row in session.scalars(sa.select(Attempts)):
            row.last_failed_at -= by
            row.locked_until_at = row.locked_until_at - by if row.locked_until_at else None

    office.change(shift)


def test_eleventh_attempt_is_refused_even_with_the_right_password(office: Office, ana: Person) -> None:
    fail(office.pages(), ana.email, 10)

    refused = sign_in(office.pages(), ana.email, expect=429)

    assert "Too many attempts. Wait 15 minutes" in refused.text


def test_pause_says_the_same_for_an_address_that_nobody_has(office: Office, ana: Person) -> None:
    fail(office.pages(), ana.email, 11, then=429)
    fail(office.pages(), "nobody@example.org", 11, then=429)

    known = sign_in(office.pages(), ana.email, expect=429)
    unknown = sign_in(office.pages(), "nobody@example.org", expect=429)

    assert known.text == unknown.text


def test_pause_ends_after_a_quarter_of_an_hour(office: Office, ana: Person) -> None:
    fail(office.pages(), ana.email, 10)
    later(office, 15)

    assert sign_in(office.pages(), ana.email).heading == "My work"


def test_guessing_during_a_pause_does_not_make_it_longer(office: Office, ana: Person) -> None:
    fail(office.pages(), ana.email, 10)
    until = office.row(Attempts).locked_until_at
    for _again in range(3):
        sign_in(office.pages(), ana.email, "a wrong guess", expect=429)

    assert office.row(Attempts).locked_until_at == until


def test_stranger_who_keeps_guessing_does_not_lock_the_owner_out_of_their_own_browser(
    office: Office, ana: Person
) -> None:
    own = office.browser(ana)
    own.open("/office/en/").press("Sign out")
    fail(office.pages(), ana.email, 11, then=429)

    assert sign_in(own, ana.email).heading == "My work"


def test_known_browser_is_paused_by_its_own_failures(office: Office, ana: Person) -> None:
    own = office.browser(ana)
    own.open("/office/en/").press("Sign out")
    fail(own, ana.email, 10)

    sign_in(own, ana.email, expect=429)


def test_browser_of_one_person_is_no_known_browser_of_another(office: Office, ana: Person) -> None:
    bob = office.person("bob", Role.STAFF)
    own = office.browser(ana)
    own.open("/office/en/").press("Sign out")
    fail(office.pages(), bob.email, 10)

    sign_in(own, bob.email, expect=429)


def test_failures_before_a_success_do_not_count(office: Office, ana: Person) -> None:
    pages = office.pages()
    fail(pages, ana.email, 9)
    sign_in(pages, ana.email)
    pages.open("/office/en/").press("Sign out")
    fail(pages, ana.email, 9)

    assert sign_in(pages, ana.email).heading == "My work"


def test_failures_of_long_ago_do_not_count(office: Office, ana: Person) -> None:
    fail(office.pages(), ana.email, 9)
    later(office, 16)
    fail(office.pages(), ana.email, 9)

    assert sign_in(office.pages(), ana.email).heading == "My work"


def test_administrator_lifts_a_pause(office: Office, ana: Person) -> None:
    boss = office.person("boss", Role.ADMIN)
    fail(office.pages(), ana.email, 10)

    page = office.browser(boss).open(f"/office/en/organisations/ours/people/{ana.id}")
    assert "Signing in is paused for 15 minutes." in page.text
    page.press("Lift the pause now")

    assert sign_in(office.pages(), ana.email).heading == "My work"


def test_address_is_not_kept_with_its_failures(office: Office) -> None:
    sign_in(office.pages(), "nobody@example.org", expect=422)

    assert "nobody" not in office.row(Attempts).subject


def test_failures_are_forgotten_after_a_day(office: Office) -> None:
    sign_in(office.pages(), "nobody@example.org", expect=422)
    later(office, 24 * 60 + 1)
    sign_in(office.pages(), "somebody@example.org", expect=422)

    assert office.row(Attempts).last_failed_at > dt.datetime.now(dt.UTC) - dt.timedelta(minutes=1)
