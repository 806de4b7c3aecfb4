"""Collectors send files with an interview and with a correction; what is thrown away is thrown away."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from consult.files import FileStore, answer_files
from consult.questions.file import FileAnswer
from consult.responses.files_rows import files_of
from consult.surveys import service as surveys
from tests.factories import NOW
from tests.integration.answering.questionnaires import WELCOME
from tests.integration.collecting.conftest import Collecting
from tests.pages import Page
from tests.samples import pictures
from tests.samples.questions import ask, group

FORM = replace(
    WELCOME,
    items=(
        group(
            ask("image", "photo", {"en": "The form on paper", "fr": "Le formulaire"}, required="true()"),
            ask("geopoint", "place", {"en": "Where?", "fr": "Où?"}),
            key="first",
            label={"en": "What you see", "fr": "Ce que vous voyez"},
            appearance="field-list",
        ),
    ),
)
PHOTO = (pictures.photograph(), "IMG_2031.jpg")


@pytest.fixture
def first(collecting: Collecting) -> Page:
    with collecting.office.database.write() as session:
        survey = surveys.survey_by_slug(session, "welcome")
        assert survey is not None
        surveys.import_questionnaire(session, survey.organisation, FORM, "welcome")
        surveys.publish_draft(session, survey, None, NOW)
    return collecting.begin()


@pytest.fixture
def store(collecting: Collecting) -> FileStore:
    return answer_files(collecting.office.settings)


def photo(collecting: Collecting) -> FileAnswer | None:
    return FileAnswer.read(collecting.response().answers.get("photo"))


def test_file_is_kept_also_where_the_survey_takes_none_online(
    collecting: Collecting, first: Page, store: FileStore
) -> None:
    review = first.attach(**{"q-photo/upload": PHOTO}).press("Save and go on")

    assert "IMG_2031.jpg" in review.text
    found = photo(collecting)
    assert found is not None
    assert store.exists(found.digest)


def test_autosave_keeps_what_is_there_and_takes_no_file(collecting: Collecting, first: Page) -> None:
    client = collecting.browser.client
    first.attach(**{"q-photo/upload": PHOTO}).press("Save and go on")
    before = photo(collecting)
    assert before is not None
    again = collecting.browser.open(first.address)
    fields = {"autosave": "1", "q-photo": before.coded, "q-photo/upload": "[object File]"}
    token = str(again.value("csrf_token"))
    answer = client.post(first.address, data={**fields, "csrf_token": token})

    assert answer.status_code == 204
    assert photo(collecting) == before


def test_file_of_a_thrown_away_interview_is_gone(
    collecting: Collecting, first: Page, store: FileStore
) -> None:
    first.attach(**{"q-photo/upload": PHOTO}).press("Save and go on")
    found = photo(collecting)
    assert found is not None
    os.utime(store.folder / found.digest[:2] / found.digest[2:], (1_000_000, 1_000_000))
    address = first.address.rsplit("/page/", 1)[0]
    token = str(collecting.browser.open(first.address).value("csrf_token"))
    collecting.browser.post(f"{address}/discard", {"csrf_token": token})

    assert collecting.responses() == []
    assert list(store.every()) == []


def test_correction_brings_another_file_and_keeps_the_earlier(
    collecting: Collecting, first: Page, store: FileStore
) -> None:
    review = first.attach(**{"q-photo/upload": PHOTO}).press("Save and go on")
    review.press("Submit")
    before = photo(collecting)
    address = first.address.replace("/page/", "/correct/")
    other = (pictures.drawing(), "drawing.png")
    refused = collecting.browser.open(address).attach(**{"q-photo/upload": other})
    again = refused.press("Store the correction", expect=422)
    assert "drawing.png" in again.text
    again.fill(reason="The wrong page").press("Store the correction")

    after = photo(collecting)
    assert before is not None
    assert after is not None
    assert after.name == "drawing.png"
    with collecting.office.database.read() as session:
        assert {before.digest, after.digest} <= set(files_of(session, collecting.response().id))


def test_page_with_a_place_may_ask_the_device(first: Page) -> None:
    assert "geolocation=(self)" in first.response.headers["Permissions-Policy"]
