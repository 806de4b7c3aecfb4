"""The notice, translations, sessions and collectors of a survey; all of it in the draft until published."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from consult.accounts.models import Role
from consult.questionnaires.document import from_document
from consult.questionnaires.specification import Questionnaire
from consult.surveys.models import Assignment, Session, Version
from tests.integration.authoring.conftest import SURVEYS, Authoring


@pytest.fixture
def published(authoring: Authoring) -> Authoring:
    authoring.new().press("Publish the draft")
    return authoring


def draft(authoring: Authoring) -> Questionnaire:
    document = authoring.survey().draft
    assert document is not None
    return from_document(document)


def test_a_notice_is_saved_in_its_language_and_leaves_the_others(published: Authoring) -> None:
    page = published.ana.open(f"{SURVEYS}welcome/notice/ar").fill(purpose="لتحسين الخدمات")
    page.press("Save")
    assert draft(published).notice.purpose["ar"] == "لتحسين الخدمات"
    assert draft(published).notice.purpose["en"]


def test_a_saved_notice_changes_nothing_that_is_published(published: Authoring) -> None:
    before = published.office.row(Version).specification
    published.ana.open(f"{SURVEYS}welcome/notice/en").fill(purpose="Something else").press("Save")
    assert published.office.row(Version).specification == before


def test_a_translator_fills_in_a_language_side_by_side(published: Authoring) -> None:
    tove = published.office.browser(published.office.person("tove", Role.TRANSLATOR))
    page = tove.open(f"{SURVEYS}welcome/translate/ar")
    page.fill(**{"group:about:label": "معلومات عنك"}).press("Save and go on")
    about = draft(published).items[0]
    assert about.label["ar"] == "معلومات عنك"
    assert about.label["fr"]


def test_only_what_is_missing_can_be_shown(published: Authoring) -> None:
    page = published.ana.open(f"{SURVEYS}welcome/translate/ar").follow("Show only what is missing")
    names = [element.get("name") for element in page.document.iter("textarea")]
    assert "notice:authority" in names
    assert "question:area:label" not in names
    page = page.fill(**{"notice:authority": "قانون"}).press("Save and go on")
    assert "notice:authority" not in [element.get("name") for element in page.document.iter("textarea")]


def test_another_language_can_be_the_source(published: Authoring) -> None:
    page = published.ana.open(f"{SURVEYS}welcome/translate/ar?from=fr")
    assert "Où habitez-vous?" in page.text


def test_a_translator_cannot_publish(published: Authoring) -> None:
    tove = published.office.browser(published.office.person("tove", Role.TRANSLATOR))
    token = str(tove.open(f"{SURVEYS}welcome/translate/ar").value("csrf_token"))
    tove.post(f"{SURVEYS}welcome/publish", {"csrf_token": token}, expect=403)


def test_a_session_can_be_added_and_is_listed(published: Authoring) -> None:
    page = published.ana.open(f"{SURVEYS}welcome/sessions")
    page = page.fill(place="Central Library", held_on="2026-03-05", participants="120").press(
        "Add the session"
    )
    assert "Central Library" in page.text
    assert published.office.row(Session).participants == 120


def test_a_session_without_a_place_is_refused_and_nothing_typed_is_lost(published: Authoring) -> None:
    page = published.ana.open(f"{SURVEYS}welcome/sessions").fill(held_on="soon", facilitator="Mina")
    page = page.press("Add the session", expect=422)
    assert page.value("facilitator") == "Mina"
    assert published.office.row(Session) is None


def test_collectors_are_assigned_with_a_target(published: Authoring) -> None:
    omar = published.office.person("omar", Role.COLLECTOR)
    page = published.ana.open(f"{SURVEYS}welcome/collectors")
    page.fill(**{f"{omar.id}-is_assigned": "y", f"{omar.id}-target": "25"}).press("Save")
    assert published.office.row(Assignment, Assignment.person_id == omar.id).target == 25


def test_target_of_a_collector_can_be_taken_back(published: Authoring) -> None:
    omar = published.office.person("omar", Role.COLLECTOR)
    page = published.ana.open(f"{SURVEYS}welcome/collectors")
    page = page.fill(**{f"{omar.id}-is_assigned": "y", f"{omar.id}-target": "25"}).press("Save")
    page.fill(**{f"{omar.id}-target": ""}).press("Save")
    assert published.office.row(Assignment, Assignment.person_id == omar.id).target is None


def test_with_an_assignment_only_assigned_collectors_see_the_survey(published: Authoring) -> None:
    office = published.office
    omar, lena = office.person("omar", Role.COLLECTOR), office.person("lena", Role.COLLECTOR)
    published.ana.open(f"{SURVEYS}welcome/").press("Open the survey")
    page = published.ana.open(f"{SURVEYS}welcome/collectors")
    page.fill(**{f"{omar.id}-is_assigned": "y"}).press("Save")
    assert "New interview" in office.browser(omar).open("/office/en/collect/").text
    assert "New interview" not in office.browser(lena).open("/office/en/collect/").text


def test_versions_are_refused_a_change_by_the_database(published: Authoring) -> None:
    with pytest.raises(sa.exc.DBAPIError, match="version"):
        published.office.change(lambda session: session.execute(sa.update(Version).values(number=7)))
