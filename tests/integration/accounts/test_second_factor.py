"""The second step: set up with an application, asked for after the password, lost, and required."""

from __future__ import annotations

import re
import time

import pytest
import sqlalchemy as sa
from passlib.totp import TOTP
from qrcode.main import QRCode

from consult.accounts.models import Organisation, Person, Role
from consult.accounts.passwords import hash_password
from tests.inspection import visible_text
from tests.office import PASSWORD, SIGN_IN, Office, sign_in
from tests.pages import Page, Pages

SET_UP = "/office/en/account/second-factor"


@pytest.fixture
def ana(office: Office) -> Person:
    return office.person("ana", Role.STAFF)


def key_on(page: Page) -> TOTP:
    """What an authenticator application makes of the key on the page."""
    key = next(visible_text(code) for code in page.document.iter("code"))
    return TOTP(key=key.replace("-", ""))


def code_at(totp: TOTP, steps: int = 0) -> str:
    """Of this step of 30 seconds; one that is about to end would overtake the test."""
    if (left := 30 - time.time() % 30) < 5:
        time.sleep(left)
    return str(totp.generate(time.time() + 30 * steps).token)


def set_up(pages: Pages) -> tuple[TOTP, list[str]]:
    """Turn the second step on; gives the key and the recovery codes."""
    page = pages.open(SET_UP)
    totp = key_on(page)
    shown = page.fill(code=code_at(totp, -1)).press("Turn the second step on")
    return totp, [visible_text(code) for code in shown.document.iter("code")]


def first_step(pages: Pages, person: Person) -> Page:
    return sign_in(pages, person.email)


def test_setting_up_shows_eight_recovery_codes_once(office: Office, ana: Person) -> None:
    pages = office.browser(ana)
    _totp, codes = set_up(pages)

    assert len(set(codes)) == 8
    assert not any(code in pages.open(SET_UP).html for code in codes)


def test_neither_key_nor_recovery_codes_stand_readable_in_the_database(office: Office, ana: Person) -> None:
    pages = office.browser(ana)
    page = pages.open(SET_UP)
    key = key_on(page).base32_key
    page.fill(code=code_at(key_on(page))).press("Turn the second step on")
    kept = office.row(Person)

    assert key not in kept.tf_totp_secret
    assert not any("-" in code and len(code) == 14 for code in kept.mf_recovery_codes)


def test_wrong_code_does_not_turn_it_on(office: Office, ana: Person) -> None:
    refused = office.browser(ana).open(SET_UP).fill(code="000000").press("Turn the second step on", 422)

    assert "This code does not fit." in refused.text
    assert office.row(Person).tf_primary_method is None


def test_picture_holds_the_key_that_can_be_typed(office: Office, ana: Person) -> None:
    page = office.browser(ana).open(SET_UP)
    code = QRCode(border=4)
    code.add_data(key_on(page).to_uri(ana.email, issuer="consult"))

    assert dark_modules(page.html) == {
        (x, y) for y, row in enumerate(code.get_matrix()) for x, is_dark in enumerate(row) if is_dark
    }


def dark_modules(html: str) -> set[tuple[int, int]]:
    strokes = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", html)
    return {(int(x) + step, int(y)) for x, y, length in strokes for step in range(int(length))}


def test_password_alone_no_longer_signs_in(office: Office, ana: Person) -> None:
    set_up(office.browser(ana))
    pages = office.pages()

    asked = first_step(pages, ana)

    assert asked.address == "/office/en/login/code"
    assert pages.client.get("/office/en/").status_code == 303


def test_password_and_code_sign_in_and_lead_where_one_wanted_to_go(office: Office, ana: Person) -> None:
    totp, _codes = set_up(office.browser(ana))
    pages = office.pages()
    pages.open("/office/en/account/password")

    arrived = first_step(pages, ana).fill(code=code_at(totp)).press("Continue")

    assert arrived.address == "/office/en/account/password"


def test_code_may_be_typed_with_a_space(office: Office, ana: Person) -> None:
    totp, _codes = set_up(office.browser(ana))
    code = code_at(totp)

    assert (
        first_step(office.pages(), ana).fill(code=f"{code[:3]} {code[3:]}").press("Continue").heading
        == "My work"
    )


def test_code_works_once(office: Office, ana: Person) -> None:
    totp, _codes = set_up(office.browser(ana))
    code = code_at(totp)
    first_step(office.pages(), ana).fill(code=code).press("Continue")

    again = first_step(office.pages(), ana).fill(code=code).press("Continue", 422)

    assert "was already used" in again.text


def test_code_older_than_the_last_one_does_not_work(office: Office, ana: Person) -> None:
    totp, _codes = set_up(office.browser(ana))
    first_step(office.pages(), ana).fill(code=code_at(totp)).press("Continue")

    first_step(office.pages(), ana).fill(code=code_at(totp, -1)).press("Continue", 422)


def test_code_that_turned_it_on_does_not_sign_in(office: Office, ana: Person) -> None:
    page = office.browser(ana).open(SET_UP)
    code = code_at(key_on(page))
    page.fill(code=code).press("Turn the second step on")

    first_step(office.pages(), ana).fill(code=code).press("Continue", 422)


def test_recovery_code_signs_in_once(office: Office, ana: Person) -> None:
    _totp, codes = set_up(office.browser(ana))

    assert first_step(office.pages(), ana).fill(code=codes[0].upper()).press("Continue").heading == "My work"
    first_step(office.pages(), ana).fill(code=codes[0]).press("Continue", 422)
    assert len(office.row(Person).mf_recovery_codes) == 7


def test_new_recovery_codes_replace_the_old_ones(office: Office, ana: Person) -> None:
    pages = office.browser(ana)
    _totp, old = set_up(pages)

    new = pages.open(SET_UP).press("Make new recovery codes")

    assert not any(code in new.html for code in old)
    first_step(office.pages(), ana).fill(code=old[0]).press("Continue", 422)


def test_sixth_wrong_code_is_not_looked_at(office: Office, ana: Person) -> None:
    totp, _codes = set_up(office.browser(ana))
    page = first_step(office.pages(), ana)
    for _guess in range(5):
        page = page.fill(code="000000").press("Continue", 422)

    refused = page.fill(code=code_at(totp)).press("Continue", 429)

    assert "Too many attempts." in refused.text


def test_second_step_cannot_be_taken_without_the_first(office: Office, ana: Person) -> None:
    set_up(office.browser(ana))

    assert office.pages().open("/office/en/login/code").address == SIGN_IN


def test_first_step_is_too_old_after_ten_minutes(office: Office, ana: Person) -> None:
    set_up(office.browser(ana))
    pages = office.pages()
    first_step(pages, ana)
    session = office.session_of(pages.client)
    session["second_step"]["at"] -= 601
    office.put_session(pages.client, session)

    assert pages.open("/office/en/login/code").address == SIGN_IN


def test_first_step_dies_with_the_password_it_was_taken_with(office: Office, ana: Person) -> None:
    totp, _codes = set_up(office.browser(ana))
    page = first_step(office.pages(), ana)
    office.change(lambda session: session.execute(sa.update(Person).values(fs_uniquifier="changed")))

    page.fill(code=code_at(totp)).press("Continue", 422)


def test_turning_it_off_asks_for_the_password_when_it_was_given_long_ago(office: Office, ana: Person) -> None:
    pages = office.browser(ana)
    set_up(pages)
    session = office.session_of(pages.client)
    office.put_session(pages.client, {**session, "fs_paa": time.time() - 16 * 60, "fs_gexp": 0})

    asked = pages.open(SET_UP)
    page = asked.fill(password=PASSWORD).press("Continue")

    assert asked.heading == "Give your password again"
    page.press("Turn the second step off")
    assert office.row(Person).tf_primary_method is None


def test_stolen_session_cannot_guess_the_password_for_ever(office: Office, ana: Person) -> None:
    pages = office.browser(ana)
    office.put_session(pages.client, {**office.session_of(pages.client), "fs_paa": 0, "fs_gexp": 0})
    page = pages.open(SET_UP)
    for _guess in range(10):
        page = page.fill(password="a wrong guess").press("Continue", 422)

    page.fill(password=PASSWORD).press("Continue", 429)


@pytest.fixture
def strict(office: Office) -> None:
    office.change(
        lambda session: session.execute(sa.update(Organisation).values(requires_second_factor=True))
    )


@pytest.mark.usefixtures("strict")
@pytest.mark.parametrize("role", [Role.ANALYST, Role.STAFF, Role.ADMIN])
def test_whoever_can_see_answers_is_led_to_setting_up_first(office: Office, role: Role) -> None:
    pages = office.browser(office.person("eve", role))

    assert pages.open("/office/fr/").address == "/office/fr/account/second-factor"
    assert pages.client.post("/office/en/account", data={"name": "x"}).status_code == 400


@pytest.mark.usefixtures("strict")
@pytest.mark.parametrize("role", [Role.COLLECTOR, Role.TRANSLATOR])
def test_whoever_sees_no_answers_of_others_is_not(office: Office, role: Role) -> None:
    assert office.browser(office.person("eve", role)).open("/office/en/").heading == "My work"


@pytest.mark.usefixtures("strict")
def test_work_begins_once_the_second_step_is_on(office: Office, ana: Person) -> None:
    pages = office.browser(ana)
    set_up(pages)

    assert pages.open("/office/en/").heading == "My work"


def test_administrator_turns_it_off_for_who_lost_the_phone(office: Office, ana: Person) -> None:
    browser = office.browser(ana)
    set_up(browser)
    page = office.browser(office.person("boss", Role.ADMIN)).open(
        f"/office/en/organisations/ours/people/{ana.id}"
    )
    page.press("Turn the second step off")

    assert browser.client.get("/office/en/").status_code == 303
    assert sign_in(office.pages(), ana.email).heading == "My work"


def test_new_password_keeps_the_second_step(office: Office, ana: Person) -> None:
    set_up(office.browser(ana))
    office.change(
        lambda session: session.execute(
            sa.update(Person).values(password=hash_password("nine loud harbours"))
        )
    )

    asked = sign_in(office.pages(), ana.email, "nine loud harbours")

    assert asked.heading == "Second step"
