"""The XForm of a published version: made when it is published, kept, given to who works on the survey."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from consult.accounts.models import Role
from consult.db import Database
from consult.questionnaires import xform
from consult.questionnaires.xform import XFormRefused
from consult.settings import Settings
from consult.surveys.models import Version, XForm
from tests.integration.authoring.conftest import SURVEYS, Authoring, office_of_ana

DOWNLOAD = "Download the published form for ODK Collect (XForm)"
ADDRESS = f"{SURVEYS}welcome/form.xml"


@pytest.fixture
def authoring(settings: Settings, database: Database) -> Authoring:
    made = office_of_ana(settings, database)
    made.new()
    return made


def refuse(_workbook: bytes) -> xform.XForm:
    raise XFormRefused("[row : 3] It is too beautiful.")


def test_published_version_has_an_xform_that_says_which_it_is(authoring: Authoring) -> None:
    authoring.ana.open(f"{SURVEYS}welcome/").press("Publish the draft")
    kept = authoring.office.row(XForm)
    instance = next(
        node
        for node in ElementTree.fromstring(kept.xml).iter()
        if node.get("id") == "welcome" and node.get("version") == "1"
    )
    assert len(instance)
    assert kept.version_id == authoring.office.row(Version).id
    assert kept.md5 == xform.XForm(kept.xml).md5


def test_staff_download_it_from_the_page_of_the_survey(authoring: Authoring, quick_converter: None) -> None:
    page = authoring.ana.open(f"{SURVEYS}welcome/")
    assert DOWNLOAD not in page.text
    page = page.press("Publish the draft")
    assert DOWNLOAD in page.text
    answer = authoring.ana.client.get(ADDRESS)
    assert answer.content_type == "text/xml; charset=utf-8"
    assert answer.text == authoring.office.row(XForm).xml


def test_survey_without_a_version_has_none_to_download(authoring: Authoring) -> None:
    assert authoring.ana.client.get(ADDRESS).status_code == 404


def test_collector_may_not_have_it(authoring: Authoring, quick_converter: None) -> None:
    authoring.ana.open(f"{SURVEYS}welcome/").press("Publish the draft")
    omar = authoring.office.browser(authoring.office.person("omar", Role.COLLECTOR))
    assert omar.client.get(ADDRESS).status_code == 403


def test_refused_form_is_published_all_the_same_and_staff_are_told_why(
    authoring: Authoring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xform, "convert_workbook", refuse)
    page = authoring.ana.open(f"{SURVEYS}welcome/").press("Publish the draft")
    assert "Version 1 is published." in page.text
    assert "It is too beautiful." in page.text
    assert DOWNLOAD not in page.text
    assert authoring.office.row(XForm) is None


def test_version_that_had_none_gets_one_when_it_is_published_again(
    authoring: Authoring, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as refusing:
        refusing.setattr(xform, "convert_workbook", refuse)
        page = authoring.ana.open(f"{SURVEYS}welcome/")
        token = str(page.value("csrf_token"))
        page.press("Publish the draft")
    monkeypatch.setattr(xform, "convert_workbook", lambda _workbook: xform.XForm("<h:html/>"))
    authoring.ana.post(f"{SURVEYS}welcome/publish", {"csrf_token": token})
    assert authoring.office.row(XForm).version_id == authoring.office.row(Version).id
