"""Pictures and sound beside a form: on the page, and at their own address."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace

import pytest
from flask import Flask
from PIL import Image

from consult.db import Database
from consult.files import FileStore
from consult.i18n import Localized
from consult.questionnaires.specification import Questionnaire
from consult.settings import Settings
from consult.surveys.files import lend_store, store_of
from tests.integration.answering.conftest import Asking
from tests.pages import Pages
from tests.samples.questions import ask, choices, one_page

SOUND = b"ID3 sound that is not one"
DRAWING = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
TABLE = b"name,label\nsecret,Secret\n"


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (320, 200)).save(out, "PNG")
    return out.getvalue()


FILES = {"map.PNG": picture(), "says.mp3": SOUND, "plan.svg": DRAWING, "people.csv": TABLE}


def digest(name: str) -> str:
    return hashlib.sha256(FILES[name]).hexdigest()


def shown(**media: str) -> dict[str, Localized]:
    return {what.replace("_", "-"): Localized({"en": name}) for what, name in media.items()}


@pytest.fixture
def store(database: Database, settings: Settings, app: Flask) -> FileStore:
    lend_store(database, settings)
    with database.read() as session:
        found = store_of(session)
    for name, content in FILES.items():
        assert found.put(content, 100_000) == digest(name)
    return found


def survey() -> Questionnaire:
    listed = tuple(
        replace(choice, media=shown(image="map.PNG", audio="says.mp3")) if choice.key == "a" else choice
        for choice in choices(("a", "North"), ("b", "South"))
    )
    made, _page = one_page(
        replace(ask("note", "place", "Where we are"), media=shown(image="map.PNG")),
        replace(ask("note", "plan", "The plan"), media=shown(image="map.PNG", big_image="plan.svg")),
        replace(ask("select_one", "side", "Which side?", choices=listed), media=shown(audio="lost.mp3")),
    )
    files = {name: digest(name) for name in FILES} | {"lost.mp3": "0" * 64}
    return replace(made, files=files)


@pytest.fixture
def asked(asking: Asking, store: FileStore) -> Questionnaire:
    made = survey()
    asking.publish(made)
    return made


def test_picture_of_a_question_has_words_and_its_size(asked: Questionnaire, pages: Pages) -> None:
    page = pages.open("/en/s/welcome/").press_on()
    image = next(page.document.iter("img"))
    assert image.get("src") == f"/media/{digest('map.PNG')}.png"
    assert (image.get("alt"), image.get("width"), image.get("height")) == ("Where we are", "320", "200")


def test_picture_that_has_a_large_one_leads_to_it(asked: Questionnaire, pages: Pages) -> None:
    page = pages.open("/en/s/welcome/").press_on()
    link = next(link for link in page.document.iter("a") if list(link.iter("img")))
    assert (link.get("href"), link.get("aria-label")) == (f"/media/{digest('plan.svg')}.svg", "The plan")


def test_picture_of_a_choice_stands_in_its_label_and_sound_beside_it(
    asked: Questionnaire, pages: Pages
) -> None:
    page = pages.open("/en/s/welcome/").press_on()
    labels = [label for label in page.document.iter("label") if list(label.iter("img"))]
    assert [image.get("alt") for label in labels for image in label.iter("img")] == [""]
    sounds = list(page.document.iter("audio"))
    assert [sound.get("aria-label") for sound in sounds] == ["North"]
    assert all("controls" in sound.attrib and "autoplay" not in sound.attrib for sound in sounds)
    assert not any(list(label.iter("audio")) for label in page.document.iter("label"))


def test_file_that_is_lost_leaves_the_label_alone(asked: Questionnaire, pages: Pages) -> None:
    assert "Which side?" in pages.open("/en/s/welcome/").press_on().text
    assert "0" * 64 not in pages.open("/en/s/welcome/").press_on().html


@pytest.mark.parametrize(
    ("name", "ending", "type_"),
    [
        ("map.PNG", "png", "image/png"),
        ("says.mp3", "mp3", "audio/mpeg"),
        ("plan.svg", "svg", "image/svg+xml"),
    ],
)
def test_file_is_served_as_what_it_is_and_for_ever(
    asked: Questionnaire, pages: Pages, name: str, ending: str, type_: str
) -> None:
    reply = pages.client.get(f"/media/{digest(name)}.{ending}")
    assert (reply.status_code, reply.get_data()) == (200, FILES[name])
    assert reply.headers["Content-Type"].partition(";")[0] == type_
    assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in reply.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in reply.headers


def test_players_may_ask_for_a_part(asked: Questionnaire, pages: Pages) -> None:
    reply = pages.client.get(f"/media/{digest('says.mp3')}.mp3", headers={"Range": "bytes=4-8"})
    assert (reply.status_code, reply.get_data()) == (206, b"sound")


@pytest.mark.parametrize(
    "address",
    [
        f"{digest('people.csv')}.csv",
        f"{digest('people.csv')}.png",
        f"{digest('map.PNG')}.mp3",
        f"{'0' * 64}.mp3",
        f"{'A' * 64}.png",
        "x.png",
        "%2e%2e%2fx.png",
    ],
)
def test_nothing_else_is_served(asked: Questionnaire, pages: Pages, address: str) -> None:
    assert pages.client.get(f"/media/{address}").status_code == 404


def test_file_that_no_version_names_is_not_served(store: FileStore, pages: Pages) -> None:
    assert pages.client.get(f"/media/{digest('map.PNG')}.png").status_code == 404


def test_page_may_play_what_it_shows(asked: Questionnaire, pages: Pages) -> None:
    reply = pages.client.get("/en/s/welcome/")
    assert "media-src 'self'" in reply.headers["Content-Security-Policy"]
