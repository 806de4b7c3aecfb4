"""Sessions: begun anew at sign-in, worth nothing after signing out, after a new password, after a while."""

from __future__ import annotations

import datetime as dt
import time

import pytest
import sqlalchemy as sa
from werkzeug.test import Client

from consult.accounts.models import Person, Role, SignIn
from tests.office import PASSWORD, Office, sign_in

WORK = "/office/en/"


@pytest.fixture
def ana(office: Office) -> Person:
    return office.person("ana", Role.STAFF)


def copied(office: Office, client: Client) -> Client:
    """A thief's browser with the same session cookie."""
    thief = office.client()
    office.put_session(thief, office.session_of(client))
    return thief


def is_signed_in(client: Client) -> bool:
    return client.get(WORK).status_code == 200


def test_session_is_another_one_after_signing_in(office: Office, ana: Person) -> None:
    pages = office.pages()
    pages.open("/office/en/login")
    before = office.session_of(pages.client)
    office.put_session(pages.client, {**before, "planted": "by an attacker"})
    sign_in(pages, ana.email)
    after = office.session_of(pages.client)

    assert "planted" not in after
    assert after["csrf_token"] != before["csrf_token"]


def test_every_sign_in_has_an_identity_of_its_own(office: Office, ana: Person) -> None:
    first, second = office.browser(ana).client, office.browser(ana).client

    assert office.session_of(first)["sign_in"] != office.session_of(second)["sign_in"]


def test_signing_in_again_ends_the_session_before(office: Office, ana: Person) -> None:
    pages = office.browser(ana)
    thief = copied(office, pages.client)
    first = office.session_of(pages.client)
    form = office.pages()
    office.put_session(form.client, {"csrf_token": "0" * 40, "sign_in": first["sign_in"]})
    sign_in(form, ana.email)

    assert not is_signed_in(thief)


def test_database_does_not_hold_what_the_cookie_carries(office: Office, ana: Person) -> None:
    token = office.session_of(office.browser(ana).client)["sign_in"]

    assert office.row(SignIn).token_hash != token


def test_cookie_copied_before_signing_out_is_worth_nothing_after(office: Office, ana: Person) -> None:
    pages = office.browser(ana)
    thief = copied(office, pages.client)
    assert is_signed_in(thief)

    pages.open(WORK).press("Sign out")

    assert not is_signed_in(thief)
    assert not is_signed_in(pages.client)


def test_signing_out_leaves_the_other_browser_alone(office: Office, ana: Person) -> None:
    phone, laptop = office.browser(ana), office.browser(ana)

    phone.open(WORK).press("Sign out")

    assert is_signed_in(laptop.client)


def test_new_password_ends_every_other_session(office: Office, ana: Person) -> None:
    here, elsewhere = office.browser(ana), office.browser(ana)
    thief = copied(office, here.client)

    page = here.open("/office/en/account/password")
    page.fill(current=PASSWORD, password="nine loud harbours").press("Set the new password")

    assert is_signed_in(here.client)
    assert not is_signed_in(elsewhere.client)
    assert not is_signed_in(thief)


def test_closed_account_is_signed_out_at_once(office: Office, ana: Person) -> None:
    client = office.browser(ana).client

    office.change(lambda session: session.execute(sa.update(Person).values(active=False)))

    assert not is_signed_in(client)


def test_half_an_hour_without_activity_signs_out(office: Office, ana: Person) -> None:
    client = office.browser(ana).client
    office.put_session(client, {**office.session_of(client), "seen": int(time.time()) - 31 * 60})

    assert not is_signed_in(client)


def test_activity_keeps_the_session(office: Office, ana: Person) -> None:
    client = office.browser(ana).client
    office.put_session(client, {**office.session_of(client), "seen": int(time.time()) - 29 * 60})

    assert is_signed_in(client)
    assert time.time() - office.session_of(client)["seen"] < 60


def test_ten_hours_end_even_a_busy_session(office: Office, ana: Person) -> None:
    client = office.browser(ana).client
    started = dt.datetime.now(dt.UTC) - dt.timedelta(hours=10, seconds=1)
    office.change(lambda session: session.execute(sa.update(SignIn).values(started_at=started)))

    assert not is_signed_in(client)


def test_sign_ins_that_have_ended_are_forgotten(office: Office, ana: Person) -> None:
    office.browser(ana)
    long_ago = dt.datetime.now(dt.UTC) - dt.timedelta(days=2)
    office.change(lambda session: session.execute(sa.update(SignIn).values(started_at=long_ago)))
    office.browser(ana)

    assert office.row(SignIn).started_at > long_ago


@pytest.mark.parametrize("part", ["sign_in", "_user_id"])
def test_identity_that_was_changed_signs_nobody_in(office: Office, ana: Person, part: str) -> None:
    client = office.browser(ana).client
    office.put_session(client, {**office.session_of(client), part: "another"})

    assert not is_signed_in(client)


def test_session_signed_with_another_key_signs_nobody_in(office: Office, ana: Person) -> None:
    client = office.browser(ana).client
    cookie = client.get_cookie("consult_office", path="/office")
    assert cookie is not None
    client.set_cookie("consult_office", cookie.value[:-3] + "abc", path="/office")

    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "disguise",
    [
        {"headers": {"Authentication-Token": "anything"}},
        {"query_string": {"auth_token": "anything"}},
        {"headers": {"Authorization": "Basic YW5hQGV4YW1wbGUub3JnOnNldmVuIHF1aWV0IGxhbnRlcm5z"}},
        {"headers": {"Cookie": "remember_token=anything"}},
    ],
)
def test_there_is_no_other_way_in_than_the_session(
    office: Office, ana: Person, disguise: dict[str, object]
) -> None:
    assert office.client().get(WORK, **disguise).status_code == 303  # type: ignore[arg-type]


def test_cookies_are_kept_from_scripts_and_other_sites(office: Office, ana: Person) -> None:
    client = office.browser(ana).client

    for name in ("consult_office", "consult_office_browser"):
        cookie = client.get_cookie(name, path="/office")
        assert cookie is not None
        assert cookie.http_only
        assert cookie.same_site == "Lax"


def test_what_was_typed_after_the_session_ended_is_not_saved_and_the_page_says_so(
    office: Office, ana: Person
) -> None:
    pages = office.browser(ana)
    page = pages.open("/office/en/account").fill(name="Somebody else")
    session = office.session_of(pages.client)
    office.put_session(pages.client, {**session, "seen": 0})

    refused = page.press("Save", expect=403)

    assert "Nothing of what you just sent was saved." in refused.text
    assert office.row(Person).name == "Ana"
