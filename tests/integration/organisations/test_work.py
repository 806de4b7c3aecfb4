"""My work, and what stands around every office page."""

from __future__ import annotations

import pytest

from consult.accounts.models import Role
from tests import factories
from tests.office import Office


def test_administrator_of_an_empty_organisation_is_asked_to_invite(office: Office) -> None:
    page = office.browser(office.person("boss", Role.ADMIN)).open("/office/en/")

    assert "Nobody else is here yet." in page.text
    assert page.follow(f"See and invite people – {office.ours.name['en']}").heading == "People"


def test_administrator_sees_how_many_have_not_come_yet(office: Office) -> None:
    boss = office.browser(office.person("boss", Role.ADMIN))
    boss.open("/office/en/organisations/ours/people/invite").fill(
        email="new@example.org", roles=["staff"]
    ).press("Make the invitation")

    assert "One invitation is not accepted yet." in boss.open("/office/en/").text


def test_card_stands_for_every_administered_organisation(office: Office) -> None:
    boss = office.person("boss", Role.ADMIN)
    with office.database.write() as session:
        factories.make_membership(session, person=boss, organisation=office.theirs, role=Role.ADMIN)
    page = office.browser(boss).open("/office/fr/")

    assert office.ours.name["fr"] in page.text
    assert office.theirs.name["fr"] in page.text


def test_door_leads_to_the_language_of_the_person(office: Office) -> None:
    marc = office.browser(office.person("marc", Role.STAFF, language="fr"))

    assert marc.open("/office/").address == "/office/fr/"


@pytest.mark.parametrize(("wanted", "address"), [("fr-CA,en;q=0.5", "/office/fr/"), ("de", "/office/en/")])
def test_door_leads_to_the_language_of_the_browser(office: Office, wanted: str, address: str) -> None:
    answer = office.client().get("/office/", headers={"Accept-Language": wanted})

    assert answer.headers["Location"] == address


def test_language_switch_keeps_the_place_and_the_query(office: Office) -> None:
    boss = office.browser(office.person("boss", Role.ADMIN))

    there = boss.open("/office/en/organisations/ours/settings?at=sectors&q=é&q=2").follow("Français")

    assert there.address == "/office/fr/organisations/ours/settings?at=sectors&q=%C3%A9&q=2"


def test_menu_shows_only_what_the_role_may_open(office: Office) -> None:
    collector = office.browser(office.person("ana", Role.COLLECTOR)).open("/office/en/")
    boss = office.browser(office.person("boss", Role.ADMIN)).open("/office/en/")

    def menu(page: object) -> list[str | None]:
        return [link.get("href") for link in page.document.iter("a")]  # type: ignore[attr-defined]

    assert "/office/en/organisations/" not in menu(collector)
    assert "/office/en/organisations/" in menu(boss)


def test_menu_never_leads_to_a_refusal(office: Office) -> None:
    for role in Role:
        pages = office.browser(office.person(f"one-{role.value}", role))
        for link in pages.open("/office/en/").document.iter("a"):
            if str(link.get("href")).startswith("/office/"):
                pages.open(str(link.get("href")))


def test_page_that_is_not_there_speaks_the_language_of_its_address(office: Office) -> None:
    missing = office.pages().open("/office/fr/nowhere", 404)

    assert missing.document.get("lang") == "fr"
