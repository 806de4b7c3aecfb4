"""Files of a page: limited, looked into, written anew, and believed only where they are known."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage, MultiDict

from consult.db import StorageUnavailable
from consult.files import FileStore
from consult.questions.file import FileAnswer
from consult.responses import files
from consult.responses.files import Taken, body_limit, take_files
from consult.responses.page import read_page
from consult.responses.records import KeptFile
from tests.samples import pictures, recordings
from tests.samples.questions import NOW, ask, one_page

MADE = one_page(
    ask("image", "photo"),
    ask("audio", "voice"),
    ask("file", "paper", required="true()"),
    ask("image", "small", parameters={"max-pixels": "30"}),
    ask("text", "words"),
)
PAGE = MADE[1]
KNOWN = KeptFile("b" * 64, "application/pdf", 17)
CODED = FileAnswer(*(KNOWN.digest, KNOWN.size, KNOWN.type), "plan.pdf").coded


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "answers")


def take(store: FileStore, *kept: KeptFile, form: dict[str, str] | None = None, **uploads: Any) -> Taken:
    """``uploads``: key → content, or (content, name)."""
    sent: MultiDict[str, FileStorage] = MultiDict()
    for key, given in uploads.items():
        content, name = given if isinstance(given, tuple) else (given, "IMG_2031.jpg")
        sent[f"q-{key}/upload"] = FileStorage(io.BytesIO(content), name)
    return take_files(PAGE, MultiDict(form or {}), sent, {each.digest: each for each in kept}, store)


def answer(taken: Taken, key: str) -> FileAnswer | None:
    return FileAnswer.read(taken.sent.get(f"q-{key}"))


def content(store: FileStore, found: FileAnswer | None) -> bytes:
    assert found is not None
    with store.open(found.digest) as file:
        return file.read()


def refusal(taken: Taken, key: str) -> str | None:
    return taken.sent.get(f"q-{key}/refused")


def test_photograph_is_kept_without_what_the_camera_added(store: FileStore) -> None:
    taken = take(store, photo=pictures.photograph())
    found = answer(taken, "photo")
    kept = content(store, found)

    assert found is not None
    assert (found.type, found.name, found.size) == ("image/jpeg", "IMG_2031.jpg", len(kept))
    assert taken.added == (KeptFile(found.digest, "image/jpeg", len(kept)),)
    picture: Any = Image.open(io.BytesIO(kept))
    assert pictures.SECRET not in kept
    assert (picture.size, dict(picture.getexif()), "icc_profile" in picture.info) == ((80, 60), {}, False)


def test_colours_are_those_that_the_profile_means(store: FileStore) -> None:
    kept = content(store, answer(take(store, photo=pictures.red_called_green()), "photo"))
    picture: Any = Image.open(io.BytesIO(kept))

    assert "icc_profile" not in picture.info
    red, green, _blue = picture.getpixel((5, 5))
    assert green > 200 > 60 > red


def test_film_is_kept_without_the_place(store: FileStore) -> None:
    found = answer(take(store, paper=(recordings.film(), "film.mp4")), "paper")
    kept = content(store, found)

    assert found is not None
    assert found.size == len(kept) == len(recordings.film())
    assert pictures.SECRET not in kept


def test_turned_photograph_is_kept_upright(store: FileStore) -> None:
    kept = content(store, answer(take(store, photo=pictures.photograph(80, 60, turned=True)), "photo"))

    assert Image.open(io.BytesIO(kept)).size == (60, 80)


def test_drawing_stays_transparent_and_loses_its_words(store: FileStore) -> None:
    found = answer(take(store, photo=(pictures.drawing(), "drawing.png")), "photo")
    kept = content(store, found)

    assert found is not None
    assert found.type == "image/png"
    assert Image.open(io.BytesIO(kept)).mode == "RGBA"
    assert pictures.SECRET not in kept


def test_of_a_moving_picture_the_first_is_kept(store: FileStore) -> None:
    found = answer(take(store, photo=(pictures.moving(), "cat.gif")), "photo")

    assert found is not None
    assert (found.type, found.name) == ("image/png", "cat.png")


def test_longest_edge_is_as_the_author_says(store: FileStore) -> None:
    kept = content(store, answer(take(store, small=pictures.photograph(80, 60)), "small"))

    assert max(Image.open(io.BytesIO(kept)).size) == 30


def test_huge_photograph_is_made_smaller(store: FileStore) -> None:
    kept = content(store, answer(take(store, photo=pictures.photograph(6000, 3000)), "photo"))

    assert Image.open(io.BytesIO(kept)).size == (4096, 2048)


def test_other_documents_are_kept_as_they_are(store: FileStore) -> None:
    found = answer(take(store, paper=(pictures.DOCUMENT, "C:\\fakepath\\plan.PDF")), "paper")

    assert content(store, found) == pictures.DOCUMENT
    assert found is not None
    assert found.name == "plan.pdf"


def test_name_follows_the_content(store: FileStore) -> None:
    found = answer(take(store, voice=(pictures.SOUND, "voice.html")), "voice")

    assert found is not None
    assert (found.type, found.name) == ("audio/mpeg", "voice.mp3")


@pytest.mark.parametrize(
    ("key", "given", "reason"),
    [
        ("photo", pictures.bomb(), "too_many_pixels"),
        ("photo", pictures.photograph()[:200], "unreadable"),
        ("photo", b"\xff\xd8\xff\xe0nonsense", "unreadable"),
        ("photo", pictures.DOCUMENT, "wrong_kind"),
        ("photo", pictures.PAGE, "wrong_kind"),
        ("photo", pictures.SVG, "wrong_kind"),
        ("photo", b"", "empty"),
        ("voice", pictures.photograph(), "wrong_kind"),
        ("paper", pictures.PAGE, "wrong_kind"),
        ("paper", pictures.SVG, "wrong_kind"),
        ("paper", b"MZ\x90\0\3", "wrong_kind"),
        ("paper", b"%PDF-" + b"\0" * 20_000_001, "too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_taken_is_refused_with_its_reason(
    store: FileStore, key: str, given: bytes, reason: str
) -> None:
    taken = take(store, **{key: given})

    assert refusal(taken, key) == reason
    assert answer(taken, key) is None
    assert taken.added == ()
    assert list(store.every()) == []


def test_what_was_kept_stays_without_a_new_file(store: FileStore) -> None:
    taken = take(store, KNOWN, form={"q-paper": CODED})

    assert taken.sent["q-paper"] == CODED
    assert taken.added == ()


def test_what_was_kept_stays_when_the_new_file_is_refused(store: FileStore) -> None:
    taken = take(store, KNOWN, form={"q-paper": CODED}, paper=pictures.PAGE)

    assert (taken.sent["q-paper"], refusal(taken, "paper")) == (CODED, "wrong_kind")


def test_new_file_replaces_the_old(store: FileStore) -> None:
    found = answer(take(store, KNOWN, form={"q-paper": CODED}, paper=pictures.DOCUMENT), "paper")

    assert found is not None
    assert found.digest != KNOWN.digest


def test_removed_file_is_no_answer(store: FileStore) -> None:
    assert take(store, KNOWN, form={"q-paper": CODED, "q-paper/remove": "1"}).sent["q-paper"] == ""


def test_file_of_somebody_else_cannot_be_claimed(store: FileStore) -> None:
    assert take(store, form={"q-paper": CODED}).sent["q-paper"] == ""


def test_type_and_size_are_never_the_browsers_word(store: FileStore) -> None:
    lie = FileAnswer(KNOWN.digest, 1, "image/png", "plan.html").coded

    assert take(store, KNOWN, form={"q-paper": lie}).sent["q-paper"] == CODED


def test_browser_cannot_say_that_a_file_was_refused(store: FileStore) -> None:
    assert refusal(take(store, form={"q-paper/refused": "too_large"}), "paper") is None


def test_number_and_size_of_all_files_are_limited(store: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_FILES", 1)
    taken = take(store, photo=pictures.photograph(), paper=pictures.DOCUMENT)
    assert (refusal(taken, "photo"), refusal(taken, "paper")) == (None, "too_many")

    monkeypatch.setattr(files, "MOST_FILES", 40)
    monkeypatch.setattr(files, "MOST_BYTES", 30)
    assert refusal(take(store, KNOWN, paper=pictures.DOCUMENT), "paper") == "too_many"


def test_last_place_on_the_disk_is_for_answers(store: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "SPARE", 1 << 62)

    with pytest.raises(StorageUnavailable):
        take(store, paper=pictures.DOCUMENT)


def test_page_without_files_is_left_alone(store: FileStore) -> None:
    form = MultiDict({"q-it": "words"})
    page = one_page(ask("text"))[1]

    assert take_files(page, form, MultiDict(), {}, store) == Taken(form, None)
    assert body_limit(page, 1000) == 1000
    assert body_limit(PAGE, 1000) == 90_001_000


def test_files_are_answers_of_the_page_and_refusals_its_errors(store: FileStore) -> None:
    taken = take(store, photo=pictures.PAGE, voice=pictures.SOUND)
    read = read_page(MADE[0], PAGE, taken.sent, {}, now=NOW, language="en")

    assert set(read.answers) == {"voice"}
    assert {key: str(message)[:12] for key, message in read.errors.items()} == {
        "photo": "This is not ",
        "paper": "Please answe",
    }


def test_rehearsal_goes_on_with_the_name_of_a_file_alone() -> None:
    form = MultiDict({"q-photo/upload": "IMG_2031.jpg", "q-paper": CODED, "q-small/upload": ""})
    read = read_page(MADE[0], PAGE, files.pretended_files(PAGE, form), {}, now=NOW, language="en")

    assert set(read.answers) == {"photo", "paper"}
    assert read.errors == {}
