"""What was published when, and what the draft would change of it, before anybody publishes it."""

from __future__ import annotations

from dataclasses import replace

from consult.i18n import Localized
from consult.questionnaires.xlsform import read_xlsform, write_xlsform
from consult.questions.question import Question
from tests.integration.answering.questionnaires import WELCOME
from tests.integration.authoring.conftest import SURVEYS, Authoring

VERSIONS = f"{SURVEYS}welcome/versions"
PET = Question("pet", "text", Localized({"en": "Do you have a pet?", "fr": "Avez-vous un animal?"}))
WITH_PET = replace(WELCOME, items=(*WELCOME.items, PET))


def second_version(authoring: Authoring) -> None:
    authoring.new().press("Publish the draft")
    authoring.upload(write_xlsform(WITH_PET), to=f"{SURVEYS}welcome/form").press("Publish the draft")


def test_versions_are_listed_with_who_published_them(authoring: Authoring) -> None:
    second_version(authoring)
    text = authoring.ana.open(VERSIONS).text
    assert text.index("Version 2 in use") < text.index("Version 1 ")
    assert "Ana" in text


def test_draft_says_what_it_would_change(authoring: Authoring) -> None:
    authoring.new().press("Publish the draft")
    page = authoring.upload(write_xlsform(WITH_PET), to=f"{SURVEYS}welcome/form")
    page = page.follow("Look at what it would change")
    assert "Asked anew (1) Do you have a pet?" in page.text
    assert "No longer asked" not in page.text


def test_nothing_is_compared_before_anything_is_published(authoring: Authoring) -> None:
    authoring.new()
    text = authoring.ana.open(VERSIONS).text
    assert "Nothing is published yet." in text
    assert "What the draft would change" not in text


def test_published_draft_changes_nothing(authoring: Authoring) -> None:
    second_version(authoring)
    assert "What the draft would change" not in authoring.ana.open(VERSIONS).text


def test_each_version_is_taken_home_as_it_was(authoring: Authoring) -> None:
    second_version(authoring)
    for number, expected in ((1, WELCOME), (2, WITH_PET)):
        sent = authoring.ana.open(f"{SURVEYS}welcome/form.xlsx?version={number}").response
        reading = read_xlsform(sent.get_data(), "form.xlsx")
        assert reading.questionnaire is not None
        assert list(reading.questionnaire.questions) == list(expected.questions)
        xform = authoring.ana.open(f"{SURVEYS}welcome/form.xml?version={number}").response
        assert xform.status_code == 200


def test_version_that_is_not_there_is_not_found(authoring: Authoring) -> None:
    second_version(authoring)
    for version in ("3", "0", "x", ""):
        authoring.ana.open(f"{SURVEYS}welcome/form.xlsx?version={version}", expect=404)
        authoring.ana.open(f"{SURVEYS}welcome/form.xml?version={version}", expect=404)
