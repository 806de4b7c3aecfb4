"""Files as answers: told by what is in them, named without harm, coded so that they can be found."""

from __future__ import annotations

from typing import Any

import pytest

from consult.questions import kind_of
from consult.questions.file import FileAnswer, clean_name
from consult.questions.file_types import TYPES, extension_of, type_of
from tests.samples.questions import ask
from tests.unit.questions.kinds import cells, clean, problem, refused

PICTURE = f"{'a' * 64}:34567:image/jpeg:at: home.jpg".replace(": ", " ")
HEADS: dict[str, bytes] = {
    "image/jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF",
    "image/png": b"\x89PNG\r\n\x1a\n\0",
    "image/gif": b"GIF89a\1\0",
    "image/webp": b"RIFF\1\0\0\0WEBPVP8 ",
    "audio/mpeg": b"ID3\4\0",
    "audio/wav": b"RIFF\1\0\0\0WAVEfmt ",
    "audio/ogg": b"OggS\0",
    "audio/flac": b"fLaC\0",
    "audio/aac": b"\xff\xf1\x50\x80",
    "audio/amr": b"#!AMR\n",
    "audio/mp4": b"\0\0\0\x20ftypM4A \0",
    "video/mp4": b"\0\0\0\x20ftypisom\0",
    "video/quicktime": b"\0\0\0\x14ftypqt  \0",
    "video/3gpp": b"\0\0\0\x18ftyp3gp4\0",
    "video/webm": b"\x1aE\xdf\xa3\1",
    "video/x-msvideo": b"RIFF\1\0\0\0AVI LIST",
    "application/pdf": b"%PDF-1.7\n",
    "application/rtf": b"{\\rtf1",
    "text/plain": "Prénom, âge\nأمل, 4\n".encode(),
    "application/zip": b"PK\3\4\x14\0",
    "application/x-ole-storage": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
}


def test_every_type_that_is_taken_is_told_by_its_content() -> None:
    assert {name: found.type for name, head in HEADS.items() if (found := type_of(head))} == {
        name: name for name in TYPES
    }


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"<html><script>",
        b"\n  <!DOCTYPE html>",
        b'\xef\xbb\xbf<?xml version="1.0"?><svg onload="alert(1)"/>',
        b"<svg xmlns=",
        b"#!/bin/sh\n",
        b"%!PS-Adobe",
        b"MZ\x90\0\3",
        b"\x7fELF\2",
        b"\0\0\0\x20ftypheic",
        b"\xcf\xfa\xed\xfe",
        b"words\0and more",
        b"caf\xe9 in another encoding, and it goes on",
        b"RIFF\1\0\0\0ACON",
    ],
)
def test_pages_programs_and_what_is_not_known_are_not_taken(head: bytes) -> None:
    assert type_of(head) is None


def test_text_that_is_cut_inside_a_letter_is_a_text() -> None:
    found = type_of("é".encode()[:1].join([b"word ", b""]))
    assert found is not None
    assert found.type == "text/plain"


@pytest.mark.parametrize(
    ("type_", "name", "extension"),
    [
        ("image/jpeg", "a.html", "jpg"),
        ("application/zip", "a.DOCX", "docx"),
        ("application/zip", "a.html", "zip"),
        ("application/x-ole-storage", "a.xls", "xls"),
        ("text/plain", "a.csv", "csv"),
        ("text/plain", "a.svg", "txt"),
        ("text/plain", "noname", "txt"),
    ],
)
def test_extension_follows_the_content(type_: str, name: str, extension: str) -> None:
    assert extension_of(TYPES[type_], name) == extension


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("IMG_2031.jpg", "IMG_2031.jpg"),
        ("C:\\fakepath\\photo.jpg", "photo.jpg"),
        ("../../etc/passwd", "passwd"),
        ("..", "file"),
        ("", "file"),
        (' a"b<c>|?.jpg ', "abc.jpg"),
        ("\u202egpj.exe", "gpj.exe"),
        ("a\r\nSet-Cookie: x.jpg", "aSet-Cookie x.jpg"),
        ("صورة.jpg", "صورة.jpg"),
        ("x" * 200 + ".jpeg", "x" * 95 + ".jpeg"),
    ],
)
def test_names_lose_what_could_do_harm(written: str, name: str) -> None:
    assert clean_name(written) == name
    assert clean_name(name) == name


def test_file_is_read_back_from_its_code() -> None:
    found = FileAnswer.read(PICTURE)
    assert found is not None
    assert found == ("a" * 64, 34567, "image/jpeg", "at home.jpg")
    assert found.coded == PICTURE


@pytest.mark.parametrize(
    "wrong",
    [
        "photo.jpg",
        f"{'A' * 64}:1:image/jpeg:a.jpg",
        f"{'a' * 63}:1:image/jpeg:a.jpg",
        f"{'a' * 64}:-1:image/jpeg:a.jpg",
        f"{'a' * 64}:1:text/html:a.html",
        f"{'a' * 64}:1:image/jpeg:../a.jpg",
        f"{'a' * 64}:1:image/jpeg:",
        f"{'a' * 64}:1:image/jpeg:a\r\nb",
    ],
)
def test_what_does_not_name_a_file_is_a_problem(wrong: str) -> None:
    assert problem(ask("image"), wrong) is not None
    assert clean(ask("image"), wrong) == {}


@pytest.mark.parametrize(
    ("kind", "type_", "is_right"),
    [
        ("image", "image/png", True),
        ("image", "video/mp4", False),
        ("audio", "video/mp4", True),
        ("audio", "image/png", False),
        ("video", "audio/mpeg", False),
        ("file", "application/pdf", True),
        ("file", "image/png", True),
    ],
)
def test_question_takes_files_of_its_kind(kind: str, type_: str, is_right: bool) -> None:
    assert (problem(ask(kind), f"{'a' * 64}:1:{type_}:a") is None) is is_right


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("too_large", "larger than 20 MB"),
        ("unreadable", "cannot be read"),
        ("too_many_pixels", "too large to be opened"),
        ("too_many", "No more files"),
        ("empty", "empty"),
        ("wrong_kind", "JPEG"),
        ("anything else", "JPEG"),
    ],
)
def test_refusal_says_what_to_do(reason: str, words: str) -> None:
    assert words in refused(ask("image"), details={"refused": reason})


@pytest.mark.parametrize(("language", "words"), [("en", "34.6 MB"), ("fr", "34,6 MB")])
def test_file_is_shown_by_name_and_size(language: str, words: str) -> None:
    asked = ask("file")
    value = f"{'a' * 64}:34567890:application/pdf:plan.pdf"
    assert kind_of(asked).display(asked, value, language) == f"plan.pdf ({words})"


def test_expressions_see_the_name() -> None:
    asked: Any = ask("image")
    assert kind_of(asked).logic_value(PICTURE) == "at home.jpg"
    assert kind_of(asked).logic_value("damaged") == ""


def test_report_names_the_file_as_the_archive_does() -> None:
    assert cells(ask("image"), {"it": PICTURE}) == {"it": "aaaaaaaaaaaa-at home.jpg"}
