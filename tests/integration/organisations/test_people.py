"""People of an organisation: invited, given roles, removed; never somebody of another organisation."""

from __future__ import annotations

import uuid

import pytest

from consult.accounts.models import Invitation, Membership, Person, Role
from tests import factories
from tests.office import Office, sign_in
from tests.pages import Page, Pages

PEOPLE = "/office/en/organisations/ours/people/"


@pytest.fixture
def boss(office: Office) -> Person:
    return office.person("boss", Role.ADMIN)


@pytest.fixture
def pages(office: Office, boss: Person) -> Pages:
    return office.browser(boss)


@pytest.fixture
def ana(office: Office) -> Person:
    return office.person("ana", Role.COLLECTOR)


def roles_of(office: Office, person: Person) -> set[Role]:
    with office.database.read() as session:
        return {row.role for row in session.get_one(Person, person.id).memberships}


def invite(
    pages: Pages, email: str = "new@example.org", roles: list[str] | None = None, expect: int = 200
) -> Page:
    page = pages.open(PEOPLE).follow("Invite somebody")
    return page.fill(email=email, roles=roles or ["collector"]).press("Make the invitation", expect)


def test_list_shows_everybody_with_their_roles(pages: Pages, ana: Person) -> None:
    page = pages.open(PEOPLE)

    assert "Ana" in page.text
    assert "Data collector" in page.text
    assert "Administrator" in page.text


def test_list_does_not_show_people_of_others(office: Office, pages: Pages) -> None:
    office.person("eve", Role.STAFF, organisation=office.theirs)

    assert "Eve" not in pages.open(PEOPLE).text


def test_invitation_gives_a_link_to_pass_on_once(office: Office, pages: Pages) -> None:
    shown = invite(pages)
    link = str(shown.element("new-link").get("value"))

    assert link.startswith("http://127.0.0.1:8000/office/en/invitation/")
    assert "new-link" not in pages.open(PEOPLE).html
    assert office.pages().open(link.removeprefix("http://127.0.0.1:8000")).heading == "Welcome"


def test_invited_person_arrives_with_all_the_roles(office: Office, pages: Pages) -> None:
    link = str(invite(pages, roles=["collector", "translator"]).element("new-link").get("value"))
    page = office.pages().open(link.removeprefix("http://127.0.0.1:8000"))
    page.fill(name="Noor", password="seven quiet lanterns").press("Make my account")

    with office.database.read() as session:
        found = session.query(Membership).join(Person).filter(Person.name == "Noor").all()
    assert {row.role for row in found} == {Role.COLLECTOR, Role.TRANSLATOR}


@pytest.mark.parametrize(
    "email", ["", "ana", "ana@", "ana@example", "a b@example.org", "ana@example.org\r\nBcc: x@y.ca"]
)
def test_invitation_needs_an_address(office: Office, pages: Pages, email: str) -> None:
    refused = invite(pages, email=email, expect=422)

    assert "Enter an email address" in refused.text
    assert office.row(Invitation) is None


@pytest.mark.parametrize("roles", [[], ["owner"], ["collector", "owner"]])
def test_invitation_needs_roles_that_exist(office: Office, pages: Pages, roles: list[str]) -> None:
    page = pages.open(PEOPLE + "invite")
    fields = [("csrf_token", str(page.value("csrf_token"))), ("email", "new@example.org"), ("language", "en")]
    pages.post(page.address, fields + [("roles", role) for role in roles], 422)

    assert office.row(Invitation) is None


def test_same_address_is_invited_once(office: Office, pages: Pages) -> None:
    invite(pages)
    invite(pages, email="NEW@example.org", roles=["staff"])

    assert office.row(Invitation).roles == ["staff"]


def test_invitation_can_be_withdrawn(office: Office, pages: Pages) -> None:
    link = str(invite(pages).element("new-link").get("value")).removeprefix("http://127.0.0.1:8000")
    pages.open(PEOPLE).press("Withdraw new@example.org")

    office.pages().open(link, 404)


def test_new_link_replaces_the_old_one(office: Office, pages: Pages) -> None:
    old = str(invite(pages).element("new-link").get("value")).removeprefix("http://127.0.0.1:8000")
    new = pages.open(PEOPLE).press("Make a new link new@example.org").element("new-link").get("value")

    office.pages().open(old, 404)
    assert office.pages().open(str(new).removeprefix("http://127.0.0.1:8000")).heading == "Welcome"


def test_roles_can_be_changed(office: Office, pages: Pages, ana: Person) -> None:
    pages.open(PEOPLE + str(ana.id)).fill(roles=["analyst", "staff"]).press("Save the roles")

    assert roles_of(office, ana) == {Role.ANALYST, Role.STAFF}


def test_person_without_any_role_left_is_removed_not_saved(office: Office, pages: Pages, ana: Person) -> None:
    refused = pages.open(PEOPLE + str(ana.id)).fill(roles=[]).press("Save the roles", 422)

    assert "Choose at least one role." in refused.text
    assert roles_of(office, ana) == {Role.COLLECTOR}


def test_removed_person_is_out_at_once(office: Office, pages: Pages, ana: Person) -> None:
    theirs = office.browser(ana)
    pages.open(PEOPLE + str(ana.id)).press("Remove Ana")

    assert "There is nothing for you to do at the moment." in theirs.open("/office/en/").text


def test_last_administrator_cannot_be_removed(office: Office, pages: Pages, boss: Person) -> None:
    kept = pages.open(PEOPLE + str(boss.id)).press("Remove Boss")

    assert "This is the last administrator." in kept.text
    assert roles_of(office, boss) == {Role.ADMIN}


def test_administrator_who_cannot_sign_in_does_not_count(office: Office, pages: Pages, boss: Person) -> None:
    other = office.person("other", Role.ADMIN)
    with office.database.write() as session:
        session.get_one(Person, other.id).active = False
    kept = pages.open(PEOPLE + str(boss.id)).press("Remove Boss")

    assert "This is the last administrator." in kept.text


def test_last_administrator_cannot_stop_being_one(office: Office, pages: Pages, boss: Person) -> None:
    kept = pages.open(PEOPLE + str(boss.id)).fill(roles=["staff"]).press("Save the roles", 422)

    assert "This is the last administrator." in kept.text
    assert roles_of(office, boss) == {Role.ADMIN}


def test_administrator_who_gives_the_role_up_goes_to_their_work(
    office: Office, pages: Pages, boss: Person
) -> None:
    office.person("second", Role.ADMIN)
    left = pages.open(PEOPLE + str(boss.id)).fill(roles=["staff"]).press("Save the roles")

    assert left.heading == "My work"


@pytest.mark.parametrize("action", ["", "/remove", "/lift-pause", "/reset-link", "/reset-second-factor"])
def test_person_of_another_organisation_is_answered_like_nobody(
    office: Office, pages: Pages, action: str
) -> None:
    eve = office.person("eve", Role.STAFF, organisation=office.theirs)
    token = str(pages.open(PEOPLE).value("csrf_token"))
    there = pages.client.post(f"{PEOPLE}{eve.id}{action}", data={"csrf_token": token, "roles": "admin"})
    nowhere = pages.client.post(
        f"{PEOPLE}{uuid.uuid4()}{action}", data={"csrf_token": token, "roles": "admin"}
    )

    assert (there.status_code, there.data) == (404, nowhere.data)
    assert roles_of(office, eve) == {Role.STAFF}


@pytest.mark.parametrize("action", ["renew", "withdraw"])
def test_invitation_of_another_organisation_is_answered_like_none(
    office: Office, pages: Pages, action: str
) -> None:
    with office.database.write() as session:
        foreign = factories.make_invitation(session, organisation=office.theirs)
    token = str(pages.open(PEOPLE).value("csrf_token"))
    address = "/office/en/organisations/ours/invitations/{}/" + action
    there = pages.client.post(address.format(foreign.id), data={"csrf_token": token})
    nowhere = pages.client.post(address.format(uuid.uuid4()), data={"csrf_token": token})

    assert (there.status_code, there.data) == (404, nowhere.data)
    assert office.row(Invitation).token_hash == foreign.token_hash


def test_whole_organisation_of_others_is_answered_like_none(pages: Pages) -> None:
    there = pages.client.get(PEOPLE.replace("ours", "theirs"))
    nowhere = pages.client.get(PEOPLE.replace("ours", "nowhere"))

    assert (there.status_code, there.data) == (404, nowhere.data)


def test_name_is_shown_as_text(office: Office, pages: Pages) -> None:
    office.person("ana", Role.STAFF, name="<img src=x onerror=alert(1)>")

    assert "<img" not in pages.open(PEOPLE).html


def test_invited_colleague_can_be_invited_by_french_staff_in_french(office: Office, pages: Pages) -> None:
    page = pages.open(PEOPLE + "invite").fill(email="new@example.org", roles=["staff"], language="fr")
    shown = page.press("Make the invitation")

    assert "/office/fr/invitation/" in str(shown.element("new-link").get("value"))


def test_signing_in_still_works_for_who_was_removed(office: Office, pages: Pages, ana: Person) -> None:
    pages.open(PEOPLE + str(ana.id)).press("Remove Ana")

    assert sign_in(office.pages(), ana.email).heading == "My work"
