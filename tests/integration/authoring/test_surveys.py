"""Staff upload a questionnaire, publish it, open the survey; bad files are explained and change nothing."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from consult.accounts.models import Role
from consult.db import Database
from consult.i18n import Localized
from consult.questionnaires.document import from_document
from consult.questionnaires.xlsform import Reading, read_xlsform, write_xlsform
from consult.surveys.models import Survey, SurveyState, Version
from tests.integration.answering.questionnaires import WELCOME
from tests.integration.authoring.conftest import SURVEYS, Authoring

BROKEN = """| survey |
| | type | name | label::English (en) | relevant |
| | text | town | Your town? | ${city} = 'x' |
| | colour | shade | Your colour? | |
"""


def test_an_uploaded_form_becomes_a_draft_that_nobody_else_sees(authoring: Authoring) -> None:
    page = authoring.new()
    assert page.address == f"{SURVEYS}welcome/"
    survey = authoring.survey()
    assert (survey.state, survey.current_version_id) == (SurveyState.DRAFT, None)


def test_an_upload_without_an_address_gets_one_from_the_form(authoring: Authoring) -> None:
    authoring.new(slug="")
    assert authoring.survey().slug == "welcome"


def test_a_broken_form_is_explained_row_by_row_and_nothing_is_kept(authoring: Authoring) -> None:
    page = authoring.upload(BROKEN.encode(), "form.md", expect=422)
    assert "Sheet survey: row 2, row 3" in page.text
    assert authoring.office.row(Survey) is None


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"PK\x03\x04 not a zip", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_what_is_no_workbook_is_refused_with_words(authoring: Authoring, data: bytes) -> None:
    authoring.upload(data, expect=422)
    assert authoring.office.row(Survey) is None


@pytest.mark.parametrize("to", ["new", "welcome/form"])
def test_while_a_form_is_read_nobody_waits_to_store_answers(
    authoring: Authoring, monkeypatch: pytest.MonkeyPatch, to: str
) -> None:
    """Reading a large file takes seconds, and writers queue."""
    authoring.new()
    turns: list[bool] = []

    def read_meanwhile(*given: Any, **how: Any) -> Reading:
        turns.append(_can_write(authoring.office.database))
        return read_xlsform(*given, **how)

    monkeypatch.setattr("consult.questionnaires.mending.read_xlsform", read_meanwhile)
    authoring.upload(write_xlsform(WELCOME), to=f"{SURVEYS}{to}")
    assert turns == [True]


def _can_write(database: Database) -> bool:
    """Whether somebody else gets a turn within two seconds."""
    written = threading.Event()

    def write() -> None:
        with database.write() as session:
            session.execute(sa.text("select 1"))
        written.set()

    threading.Thread(target=write, daemon=True).start()
    return written.wait(2)


def test_an_address_that_is_taken_is_refused_and_the_other_survey_stays(authoring: Authoring) -> None:
    authoring.new()
    from_elsewhere = authoring.upload(BROKEN.replace("${city}", "${town}").encode(), "form.md", expect=422)
    assert from_elsewhere.heading == "New survey"
    assert authoring.survey().title["en"] == WELCOME.title["en"]


def test_publishing_makes_numbered_versions_and_the_same_draft_only_one(authoring: Authoring) -> None:
    authoring.new().press("Publish the draft")
    changed = replace(WELCOME, title=Localized({**WELCOME.title, "en": "Changed"}))
    page = authoring.upload(write_xlsform(changed), to=f"{SURVEYS}welcome/form")
    page.press("Publish the draft")
    with authoring.office.database.read() as session:
        assert sorted(version.number for version in session.query(Version)) == [1, 2]


def test_a_survey_opens_and_closes(authoring: Authoring) -> None:
    page = authoring.new().press("Publish the draft").press("Open the survey")
    assert authoring.survey().state is SurveyState.OPEN
    page.press("Close the survey")
    assert authoring.survey().state is SurveyState.CLOSED


def test_the_downloaded_form_is_the_uploaded_one(authoring: Authoring) -> None:
    authoring.new()
    reply = authoring.ana.client.get(f"{SURVEYS}welcome/form.xlsx")
    assert reply.headers["Content-Disposition"] == 'attachment; filename="welcome.xlsx"'
    authoring.upload(reply.data, to=f"{SURVEYS}welcome/form")
    draft = authoring.survey().draft
    assert draft is not None
    assert from_document(draft).languages == WELCOME.languages


@pytest.mark.parametrize("code", ["en", "fr", "ar"])
def test_every_page_can_be_seen_as_respondents_will(authoring: Authoring, code: str) -> None:
    authoring.new()
    for key in ("about", "work", "wishes"):
        page = authoring.ana.open(f"{SURVEYS}welcome/preview/{code}/{key}")
        assert page.heading == "As respondents will see it"


def test_the_poster_shows_the_public_address(authoring: Authoring) -> None:
    authoring.new()
    page = authoring.ana.open(f"{SURVEYS}welcome/poster/ar")
    assert "/ar/s/welcome/" in page.text


def test_a_collector_cannot_author(authoring: Authoring) -> None:
    authoring.new()
    collector = authoring.office.browser(authoring.office.person("omar", Role.COLLECTOR))
    collector.open(f"{SURVEYS}welcome/", expect=403)


def test_what_the_law_asks_for_is_said_beside_the_button_to_publish(authoring: Authoring) -> None:
    form = b"| survey |\n| | type | name | label::English (en) |\n| | text | town | Your town? |\n"
    page = authoring.upload(form, "form.md", slug="towns")
    assert "Look at this before you publish:" in page.text
    assert "There is no French version of the questionnaire." in page.text
    page = page.follow("Write the privacy notice")
    page.fill(authority="The act", purpose="To plan", contact="Ana").press("Save")
    text = authoring.ana.open(f"{SURVEYS}towns/").text
    assert "There is no French version" in text
    assert "privacy notice does not" not in text


def test_complete_form_is_published_without_reminders(authoring: Authoring) -> None:
    assert "Look at this before you publish:" not in authoring.new().text
