"""Newcomers send files with a page: kept, shown, replaced, removed, without script; where staff said so."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from flask import Flask

from consult.files import FileStore, answer_files
from consult.questions.file import FileAnswer
from consult.responses.files_rows import files_of
from consult.settings import Settings
from tests.integration.answering.conftest import Asking
from tests.integration.answering.questionnaires import WELCOME
from tests.pages import Page, Pages
from tests.samples import pictures
from tests.samples.questions import ask, group

FORM = replace(
    WELCOME,
    items=(
        group(
            ask("image", "photo", "Show us your street", required="true()"),
            ask("file", "plan", "Do you have a plan?"),
            ask("integer", "age", "How old are you?"),
            key="first",
            label="What you see",
            appearance="field-list",
        ),
        group(ask("geopoint", "place", "Where is it?"), key="second", label="Where", appearance="field-list"),
    ),
)
PHOTO = (pictures.photograph(), "IMG_2031.jpg")
PLAN = (pictures.DOCUMENT, "plan.pdf")


@pytest.fixture
def store(settings: Settings) -> FileStore:
    return answer_files(settings)


@pytest.fixture
def first(asking: Asking, pages: Pages) -> Page:
    asking.publish(FORM)
    asking.take_files()
    return pages.open("/en/s/welcome/").press("I agree. Start")


def answered(asking: Asking, key: str) -> FileAnswer | None:
    return FileAnswer.read(asking.responses()[0].answers.get(key))


def test_files_are_kept_with_their_page(asking: Asking, first: Page, store: FileStore) -> None:
    second = first.attach(**{"q-photo/upload": PHOTO, "q-plan/upload": PLAN}).press("Continue")

    assert second.heading == "Where"
    photo, plan = answered(asking, "photo"), answered(asking, "plan")
    assert photo is not None
    assert plan is not None
    with asking.database.read() as session:
        assert set(files_of(session, asking.responses()[0].id)) == {photo.digest, plan.digest}
    with store.open(photo.digest) as file:
        assert pictures.SECRET not in file.read()


def test_what_is_kept_is_shown_by_name_and_stays(asking: Asking, first: Page) -> None:
    second = first.attach(**{"q-photo/upload": PHOTO}).press("Continue")
    again = second.press("Back")

    assert "IMG_2031.jpg" in again.text
    before = answered(asking, "photo")
    again.fill(**{"q-age": "30"}).press("Continue")
    assert answered(asking, "photo") == before


def test_fault_elsewhere_on_the_page_keeps_the_file(asking: Asking, first: Page) -> None:
    again = first.attach(**{"q-photo/upload": PHOTO}).fill(**{"q-age": "old"}).press("Continue", expect=422)

    assert "IMG_2031.jpg" in again.text
    assert again.fill(**{"q-age": "30"}).press("Continue").heading == "Where"
    assert answered(asking, "photo") is not None


def test_other_language_keeps_the_file(asking: Asking, first: Page) -> None:
    arabic = first.attach(**{"q-photo/upload": PHOTO}).press("ar")

    assert arabic.address.startswith("/ar/")
    assert "IMG_2031.jpg" in arabic.text


def test_file_is_replaced_and_removed_without_script(asking: Asking, first: Page) -> None:
    again = first.attach(**{"q-photo/upload": PHOTO, "q-plan/upload": PLAN}).press("Continue").press("Back")
    before = answered(asking, "photo")
    other = (pictures.drawing(), "drawing.png")
    again.attach(**{"q-photo/upload": other}).fill(**{"q-plan/remove": "1"}).press("Continue")

    now = answered(asking, "photo")
    assert now is not None
    assert now != before
    assert answered(asking, "plan") is None
    with asking.database.read() as session:
        assert set(files_of(session, asking.responses()[0].id)) == {now.digest}


def test_wrong_file_is_refused_with_words(asking: Asking, first: Page, store: FileStore) -> None:
    again = first.attach(**{"q-photo/upload": (pictures.SVG, "photo.jpg")}).press("Continue", expect=422)

    assert "This is not a picture that can be taken." in again.text
    assert list(store.every()) == []
    assert again.attach(**{"q-photo/upload": PHOTO}).press("Continue").heading == "Where"


def test_refused_file_leaves_the_one_before(asking: Asking, first: Page) -> None:
    again = first.attach(**{"q-photo/upload": PHOTO}).press("Continue").press("Back")
    again = again.attach(**{"q-photo/upload": (pictures.PAGE, "x.jpg")}).press("Continue", expect=422)

    assert "IMG_2031.jpg" in again.text
    assert again.press("Continue").heading == "Where"
    assert answered(asking, "photo") is not None


def test_required_file_that_is_missing_is_asked_for(first: Page) -> None:
    assert "Please answer this question." in first.press("Continue", expect=422).text


def test_file_and_place_are_read_back_and_sent(asking: Asking, first: Page) -> None:
    second = first.attach(**{"q-photo/upload": PHOTO}).press("Continue")
    review = second.fill(**{"q-place/latitude": "43°39′N, 79°23′W"}).press("Continue")

    assert "IMG_2031.jpg" in review.text
    assert "43.65, -79.3833333" in review.text
    review.press("Send my answers")
    assert asking.responses()[0].answers["place"] == "43.65 -79.3833333 0 0"
    assert answered(asking, "photo") is not None


def test_another_person_cannot_claim_a_file(asking: Asking, first: Page, another: Pages) -> None:
    first.attach(**{"q-photo/upload": PHOTO}).press("Continue")
    stolen = answered(asking, "photo")
    assert stolen is not None
    other = another.open("/en/s/welcome/").press("I agree. Start")
    refused = other.fill(**{"q-photo": stolen.coded}).press("Continue", expect=422)

    assert "IMG_2031" not in refused.text


def test_page_with_files_takes_large_ones_and_no_other_page_does(
    asking: Asking, first: Page, pages: Pages
) -> None:
    large = (pictures.DOCUMENT + b"\0" * 300_000, "large.pdf")
    second = first.attach(**{"q-photo/upload": PHOTO, "q-plan/upload": large}).press("Continue")

    found = answered(asking, "plan")
    assert found is not None
    assert found.size > 300_000
    answer = pages.client.post(second.address, data={"q-place": "a" * 300_000})
    assert answer.status_code == 413


def test_page_takes_no_more_than_its_questions_may_have(first: Page, pages: Pages) -> None:
    answer = pages.client.post(
        first.address, data=b"x", headers={"Content-Type": "multipart/form-data; boundary=b"},
        environ_overrides={"CONTENT_LENGTH": "99000000"},
    )  # fmt: skip

    assert answer.status_code == 413


def test_device_without_its_cookie_cannot_leave_files(
    asking: Asking, first: Page, another: Pages, store: FileStore
) -> None:
    answer = another.client.post(
        first.address,
        data={"q-plan/upload": (io.BytesIO(pictures.DOCUMENT), "a.pdf"), "q-age": "30"},
    )

    assert answer.status_code == 422
    assert list(store.every()) == []


def test_files_are_not_taken_unless_staff_say_so(asking: Asking, pages: Pages, store: FileStore) -> None:
    asking.publish(FORM)
    first = pages.open("/en/s/welcome/").press("I agree. Start")

    assert "Files cannot be sent on this page." in first.text
    assert not [each for each in first.document.iter("input") if each.get("type") == "file"]
    answer = pages.client.post(
        first.address, data={"q-photo/upload": (io.BytesIO(pictures.photograph()), "a.jpg")}
    )
    assert answer.status_code in (400, 422, 303)
    assert list(store.every()) == []
    second = first.fill(**{"q-age": "30"}).press("Continue")
    second.press("Continue").press("Send my answers")
    assert asking.responses()[0].answers == {"age": 30}


def test_page_that_asks_for_a_place_may_ask_the_device(asking: Asking, first: Page) -> None:
    second = first.attach(**{"q-photo/upload": PHOTO}).press("Continue")

    assert "geolocation=()" in first.response.headers["Permissions-Policy"]
    assert "geolocation=(self)" in second.response.headers["Permissions-Policy"]
    assert "camera=()" in second.response.headers["Permissions-Policy"]


def test_pages_of_words_load_nothing_for_files(asking: Asking, app: Flask, pages: Pages) -> None:
    asking.publish(WELCOME)
    page = pages.open("/en/s/welcome/").press("I agree. Start")

    assert "devices." not in page.html
    assert "places." not in page.html


def test_field_of_degrees_comes_with_places_only(asking: Asking, first: Page) -> None:
    second = first.attach(**{"q-photo/upload": PHOTO}).press("Continue")

    assert "/static/places." not in first.html
    assert second.html.count("/static/places.") == 2
