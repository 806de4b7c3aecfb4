"""A line of NDJSON says what the contract says, and is refused with the reason where it does not."""

from __future__ import annotations

import datetime as dt
import io
import json
import uuid
from typing import Any

import pytest

from consult.responses.models import Channel
from consult.responses.ndjson import LONGEST_LINE, Line, LineRefused, read_line, read_lines, write_line
from consult.responses.reading import Stored

DOCUMENT: dict[str, Any] = {
    "id": "7a8da3e2-a5bc-4988-9e0e-4383c0dd00f1",
    "version": 1,
    "language": "fr",
    "channel": "online",
    "collected_on": "2026-03-05",
    "answers": {"arrival_year": 2021, "languages": ["ar", "fr"], "one_change": "دروس"},
    "original_language": {"one_change": "ar"},
    "translations": {"one_change": {"en": "Lessons"}},
}


def _read(**changes: Any) -> Line:
    document = {name: value for name, value in {**DOCUMENT, **changes}.items() if value is not ...}
    return read_line(json.dumps(document).encode())


def _refused(**changes: Any) -> LineRefused:
    with pytest.raises(LineRefused) as caught:
        _read(**changes)
    return caught.value


def test_line_of_the_contract_is_read() -> None:
    assert _read() == Line(
        uuid.UUID("7a8da3e2-a5bc-4988-9e0e-4383c0dd00f1"),
        1,
        "fr",
        Channel.ONLINE,
        dt.date(2026, 3, 5),
        DOCUMENT["answers"],
        {"one_change": "ar"},
        {"one_change": {"en": "Lessons"}},
    )


def test_what_is_not_said_about_answers_may_be_left_out() -> None:
    line = _read(original_language=..., translations=...)

    assert (line.original_language, line.translations) == ({}, {})


@pytest.mark.parametrize("channel", ["online", "collector", "paper", "kiosk", "import", "openrosa"])
def test_every_channel_of_the_contract_is_known(channel: str) -> None:
    assert _read(channel=channel).channel.value == channel


@pytest.mark.parametrize("name", ["id", "version", "language", "channel", "collected_on", "answers"])
def test_missing_field_is_named(name: str) -> None:
    assert name in str(_refused(**{name: ...}).reason)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", "7a8da3e2"),
        ("id", 7),
        ("id", "7a8da3e2a5bc49889e0e4383c0dd00f1"),
        ("id", "{7a8da3e2-a5bc-4988-9e0e-4383c0dd00f1}"),
        ("id", "018f3e2c-7c00-7abc-8def-0123456789ab"),
        ("id", "00000000-0000-0000-0000-000000000000"),
        ("version", 0),
        ("version", "1"),
        ("version", True),
        ("version", 1.0),
        ("version", 2**40),
        ("language", ""),
        ("language", "french language"),
        ("language", "fr_CA"),
        ("language", "x" * 40),
        ("channel", "telepathy"),
        ("channel", ["online"]),
        ("collected_on", "5 March 2026"),
        ("collected_on", "2026-02-30"),
        ("collected_on", "20260305"),
        ("collected_on", "2026-03-05T10:00:00Z"),
        ("collected_on", "0001-01-01"),
        ("collected_on", None),
        ("answers", []),
        ("answers", None),
        ("original_language", []),
        ("translations", "none"),
    ],
)
def test_wrong_value_is_refused_with_the_fields_name(name: str, value: Any) -> None:
    assert name in str(_refused(**{name: value}).reason)


def test_unknown_field_is_refused() -> None:
    assert "ip_address" in str(_refused(ip_address="192.0.2.1").reason)


@pytest.mark.parametrize(
    "changes",
    [
        {"original_language": {"one_change": "the speaker's own"}},
        {"original_language": {"one_change": 5}},
        {"translations": {"one_change": "Lessons"}},
        {"translations": {"one_change": {"English": 1}}},
        {"translations": {"one_change": {"en": 5}}},
        {"translations": {"one_change": {"en": "x" * 200_000}}},
    ],
    ids=lambda changes: str(changes)[:60],
)
def test_what_is_wrong_about_an_answer_names_its_question(changes: dict[str, Any]) -> None:
    assert _refused(**changes).question == "one_change"


@pytest.mark.parametrize("name", ["original_language", "translations"])
def test_nothing_is_said_about_an_answer_that_is_not_there(name: str) -> None:
    assert _refused(**{name: {"unanswered": {"en": "x"} if name == "translations" else "ar"}}).question == (
        "unanswered"
    )


def test_number_too_large_names_its_question() -> None:
    assert _refused(answers={"income": 10**20}).question == "income"


@pytest.mark.parametrize("raw", [b"[]", b'"text"', b"5", b"null", b"[1]"])
def test_line_that_is_no_object_is_refused(raw: bytes) -> None:
    with pytest.raises(LineRefused):
        read_line(raw)


def test_lines_are_numbered_and_blank_ones_left_out() -> None:
    file = io.BytesIO(b"\xef\xbb\xbfone\r\n\n  \ntwo\nthree")

    assert list(read_lines(file)) == [(1, b"one"), (4, b"two"), (5, b"three")]


def test_endless_line_is_not_read_into_memory_and_the_next_one_is_found() -> None:
    file = io.BytesIO(b"x" * (3 * LONGEST_LINE) + b"\nnext\n")
    (first, beginning), second = read_lines(file)

    assert (first, second) == (1, (2, b"next"))
    assert LONGEST_LINE < len(beginning) < LONGEST_LINE + 10
    with pytest.raises(LineRefused):
        read_line(beginning)


def test_line_of_the_greatest_length_is_read() -> None:
    document = {**DOCUMENT, "answers": {"one_change": ""}, "translations": {}}
    room = LONGEST_LINE - len(json.dumps(document))
    document["answers"] = {"one_change": "x" * room}
    ((_number, raw),) = read_lines(io.BytesIO(json.dumps(document).encode() + b"\n"))

    assert len(raw) == LONGEST_LINE
    assert read_line(raw).answers == document["answers"]


def test_written_line_is_read_back() -> None:
    line = _read()
    stored = Stored(
        line.id, uuid.uuid4(), line.language, line.channel, line.collected_on, None, None, None, 0,
        line.answers, line.original_language, line.translations,
    )  # fmt: skip
    written = write_line(stored, 1)

    assert read_line(written.rstrip(b"\n")) == line
    assert json.loads(written) == DOCUMENT


def test_fields_that_say_nothing_are_not_written() -> None:
    stored = Stored(
        uuid.uuid4(), uuid.uuid4(), "fr", Channel.PAPER, dt.date(2026, 3, 5), None, None, None, 0, {}, {}, {}
    )

    assert set(json.loads(write_line(stored, 1))) == {
        "id", "version", "language", "channel", "collected_on", "answers",
    }  # fmt: skip
