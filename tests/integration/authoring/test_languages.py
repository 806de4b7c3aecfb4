"""Languages are added to the draft in the office, and taken away while nothing is written in them."""

from __future__ import annotations

import pytest

from consult.authoring.service import OFFERED
from consult.i18n import language_name
from consult.questionnaires.document import from_document
from consult.questionnaires.language_names import language_of
from tests.integration.authoring.conftest import SURVEYS, Authoring
from tests.pages import Page

WELCOME = f"{SURVEYS}welcome/"


def languages(authoring: Authoring) -> tuple[str, ...]:
    draft = authoring.survey().draft
    assert draft is not None
    return from_document(draft).languages


def add(authoring: Authoring, name: str) -> Page:
    return authoring.ana.open(WELCOME).fill(language=name).press("Add")


@pytest.mark.parametrize("name", ["Somali", "Af-Soomaali", "somali (so)", "so"])
def test_language_is_added_and_translated_at_once(authoring: Authoring, name: str) -> None:
    authoring.new()
    before = languages(authoring)
    page = add(authoring, name)
    assert page.heading.endswith("→ Soomaali")
    assert languages(authoring) == (*before, "so")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "Write the name of a language"),
        ("Quenyaa", "Write the name"),
        ("french", "has this language already"),
    ],
)
def test_what_is_no_new_language_is_refused_in_words(authoring: Authoring, name: str, said: str) -> None:
    authoring.new()
    before = languages(authoring)
    assert said in add(authoring, name).text
    assert languages(authoring) == before


def test_language_in_which_nothing_is_written_is_taken_away(authoring: Authoring) -> None:
    authoring.new()
    before = languages(authoring)
    add(authoring, "Somali").press("Take this language away")
    assert languages(authoring) == before


def test_language_in_which_something_is_written_stays(authoring: Authoring) -> None:
    authoring.new()
    page = add(authoring, "Somali")
    token = str(page.value("csrf_token"))
    page.fill(**{"group:about:label": "Adiga"}).press("Save and go on")
    assert "Take this language away" not in authoring.ana.open(f"{WELCOME}translate/so").text
    answer = authoring.ana.post(f"{WELCOME}languages/so/remove", {"csrf_token": token})
    assert "Something is written in this language" in answer.text
    assert "so" in languages(authoring)


@pytest.mark.parametrize("within", ["en", "fr"])
def test_every_suggested_name_is_understood(within: str) -> None:
    assert {code: language_of(language_name(code, within)) for code in OFFERED} == {
        code: code for code in OFFERED
    }


def test_what_the_language_of_authoring_lacks_is_translated_from_another(authoring: Authoring) -> None:
    form = "| survey |\n| | type | name | label::English (en) | label::Français (fr) |\n"
    form += "| | text | a | Your town? | Votre ville? |\n| | text | b | | Votre rue? |\n"
    form += "| settings |\n| | default_language |\n| | English (en) |\n"
    authoring.upload(form.encode(), "form.md", slug="welcome")
    page = authoring.ana.open(f"{WELCOME}translate/en?show=missing")
    assert page.heading == "Translate: Français → English"
    assert "Votre rue?" in page.text
    assert authoring.ana.open(f"{WELCOME}translate/en").heading == "Texts in English"
