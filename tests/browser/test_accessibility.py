"""axe finds nothing on any page that somebody can open, in its languages (WCAG 2.2 AA and best practice)."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from passlib.totp import TOTP

from consult.accounts.models import Role
from consult.accounts.service import organisation_by_slug
from consult.db import Database
from consult.surfaces import create_office_app, create_public_app
from tests.browser.conftest import DESK, PHONE, Visit
from tests.browser.places import ADMIN, ANALYST, COLLECTOR, NO_PAGE, NOBODY, STAFF, TRANSLATOR
from tests.browser.screen import SURVEY, Screen
from tests.factories import make_membership, make_person
from tests.live import Live
from tests.office import PASSWORD, hashed
from tests.samples.parts import PART

_EVERY_RULE = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
"""What axe checks unless told otherwise, and the size of targets, which WCAG 2.2 added."""

AXE = Axe()
WITH_A_SECOND_STEP = {"accounts.code"}
PUBLIC_PLACES = {
    "answering.index": "/",
    "answering.open_now": "/{}/",
    "answering.organisation": "/{}/ashbrook/",
    "answering.resume": "/{}/resume",
    "answering.leave": "/{}/leave",
    "publishing.results": "/{}/results/immigrant-survey/",
    "publishing.edition": "/{}/results/immigrant-survey/1/",
}
ON_THE_WAY = {"answering.start", "answering.page", "answering.review", "answering.thanks"}


def faults(screen: Screen) -> list[str]:
    """What axe finds wrong on the page that is open: place, rule, element."""
    found = AXE.run(screen.page, options=_EVERY_RULE).response["violations"]
    elements = [(rule["id"], node["html"][:200]) for rule in found for node in rule["nodes"]]
    return [f"{screen.place}: {rule}: {html}" for rule, html in elements]


def test_fault_would_be_found(visit: Visit) -> None:
    screen = visit()
    page = screen.begin("en")
    page.evaluate("""() => {
        document.querySelector("label[for=a-arrival_year]").remove();
        document.documentElement.removeAttribute("lang");
        document.querySelector("h1").style.color = "#ddd";
    }""")
    rules = {fault.split(": ")[1] for fault in faults(screen)}
    assert rules >= {"label", "html-has-lang", "color-contrast"}


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_page_without_answers_has_no_fault(visit: Visit, known: Any, language: str) -> None:
    screen = visit(viewport=PHONE)  # known: there are results to read
    found = []
    for path in (*PUBLIC_PLACES.values(), f"/{{}}{SURVEY}", "/{}/nowhere"):
        screen.open(path.format(language))
        found += faults(screen)
    assert found == []


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_way_through_a_survey_has_no_fault(visit: Visit, language: str) -> None:
    screen = visit(viewport=PHONE)
    page = screen.begin(language)
    screen.go_on()
    found = faults(screen)  # with something to correct
    screen.field("arrival_year").fill("2019")
    while not screen.place.endswith("/review"):
        screen.go_on()
        if screen.place.endswith("/fairness"):
            screen.choose("discrimination", "often")
        found += faults(screen)
    screen.press("Save and continue later")
    found += faults(screen)
    page.go_back()
    screen.press("Send my answers")
    found += faults(screen)
    screen.open(f"/{language}/resume")
    page.locator("[name=code]").fill("nothing")
    screen.press("Continue")
    found += faults(screen)
    assert found == []


def test_wide_screen_shows_tables_without_fault(visit: Visit) -> None:
    screen = visit(viewport={"width": 1280, "height": 900})
    page = screen.begin("ar")
    screen.field("arrival_year").fill("2019")
    screen.go_on()
    page.locator("summary").first.click()
    assert faults(screen) == []


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("person", [NOBODY, ADMIN, STAFF, ANALYST, TRANSLATOR, COLLECTOR])
def test_page_of_the_office_has_no_fault(
    visit: Visit, office: Visit, known: Any, person: str, language: str
) -> None:
    screen = office(person) if person else visit()
    found = []
    for path in known[person].values():
        response = screen.open(f"/office/{language}{path}")
        assert response.status == 200, path
        found += faults(screen)
    assert found == []


@pytest.mark.parametrize("path", ["/surveys/nowhere/", "/organisations/"])
def test_refusal_of_the_office_has_no_fault(office: Visit, path: str) -> None:
    screen = office(STAFF)
    assert screen.open(f"/office/en{path}").status in (403, 404)
    assert faults(screen) == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_second_step_has_no_fault(visit: Visit, live: Live, language: str) -> None:
    email = add_person(live, language)
    screen = visit()
    sign_in(screen, language, email)
    screen.open(f"/office/{language}/account/second-factor")
    totp = TOTP(key=screen.page.locator("code").first.inner_text().replace("-", ""))
    if (left := 30 - time.time() % 30) < 10:  # of a step that is about to end, its code would come too late
        time.sleep(left)
    screen.page.locator("[name=code]").fill(totp.generate(time.time() - 30).token)
    screen.press("Turn the second step on")
    found = faults(screen)  # the recovery codes
    screen = visit()
    sign_in(screen, language, email)
    assert screen.place == f"/office/{language}/login/code"
    assert found + faults(screen) == []


def test_form_with_errors_has_no_fault(visit: Visit, office: Visit) -> None:
    nobody, staff = visit(), office(STAFF)
    nobody.open("/office/fr/login")
    nobody.press("Sign in")
    staff.open("/office/fr/surveys/new")
    staff.press("Read the questionnaire")
    assert faults(nobody) + faults(staff) == []


def test_no_page_is_forgotten_here(known: Any, live: Live) -> None:
    seen = {endpoint for whose in known.values() for endpoint in whose} | WITH_A_SECOND_STEP
    seen |= set(PUBLIC_PLACES) | ON_THE_WAY
    there = endpoints(live, create_public_app) | endpoints(live, create_office_app)
    assert there - NO_PAGE.keys() == seen


def endpoints(live: Live, create: Callable[..., Any]) -> set[str]:
    """All of a surface that can be opened."""
    rules = create(live.settings, Database(live.settings.database_url)).url_map.iter_rules()
    return {rule.endpoint for rule in rules if "GET" in rule.methods}


def add_person(live: Live, language: str) -> str:
    """Somebody new, with the password of all accounts of tests."""
    email = f"tess-{language}@ashbrook.example"
    database = Database(live.settings.database_url)
    with database.write() as session:
        organisation = organisation_by_slug(session, "ashbrook")
        person = make_person(session, email=email, name="Tess", password=hashed(), language=language)
        make_membership(session, person=person, organisation=organisation, role=Role.STAFF)
    database.dispose()
    return email


def sign_in(screen: Screen, language: str, email: str) -> None:
    screen.open(f"/office/{language}/login")
    screen.page.locator("[name=email]").fill(email)
    screen.page.locator("[name=password]").fill(PASSWORD)
    screen.press("Sign in")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("size", [DESK, PHONE])
def test_upload_that_could_be_a_part_of_a_larger_form_has_no_fault(
    office: Visit, tmp_path: Path, language: str, size: Any
) -> None:
    form = tmp_path / "crops.md"
    form.write_text(PART, encoding="utf-8")
    screen = office(STAFF, viewport=size)
    screen.open(f"/office/{language}/surveys/new")
    screen.page.locator("[name=file]").set_input_files(form)
    screen.page.locator("button[value=check]").click()
    screen.page.locator(".again summary").click()
    assert screen.page.locator(".again tbody").count() == 6
    assert faults(screen) == []
    assert screen.page.evaluate("document.documentElement.scrollWidth") <= size["width"]
