"""Sound and film lose what devices write beside them, and nothing of what is heard and seen."""

from __future__ import annotations

import io
import wave

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.questions.file_types import TYPES, type_of
from consult.responses.traces import CLEARED, remove_traces
from tests.samples import recordings
from tests.samples.pictures import DOCUMENT, SECRET

RECORDINGS = {
    "MP4": ("video/mp4", recordings.film()),
    "QuickTime": ("video/quicktime", recordings.film().replace(b"isom", b"qt  ", 1)),
    "WAV": ("audio/wav", recordings.wav()),
    "AVI": ("video/x-msvideo", recordings.avi()),
    "FLAC": ("audio/flac", recordings.flac()),
    "MP3": ("audio/mpeg", recordings.mp3()),
    "Opus": ("audio/ogg", recordings.ogg()),
    "Vorbis": ("audio/ogg", recordings.ogg(b"\x03vorbis", b"\1")),
    "WebM": ("video/webm", recordings.webm()),
}
NAMED = [pytest.param(*each, id=name) for name, each in RECORDINGS.items()]


def cleared(content: bytes, type_: str) -> bytes:
    file = io.BytesIO(content)
    remove_traces(file, type_, len(content))
    assert file.tell() == 0
    return file.getvalue()


@pytest.mark.parametrize(("type_", "content"), NAMED)
def test_what_a_device_wrote_is_gone(type_: str, content: bytes) -> None:
    found = type_of(content)
    assert found is not None
    assert found.type == type_
    assert SECRET in content
    kept = cleared(content, type_)
    assert SECRET not in kept
    assert recordings.MOMENT not in kept


@pytest.mark.parametrize(("type_", "content"), NAMED)
def test_nothing_moves(type_: str, content: bytes) -> None:
    kept = cleared(content, type_)
    assert len(kept) == len(content)
    for word in (b"kept", b"pictures", b"sound", b"\xff\xfb\x90\x64" * 200):
        assert [kept[at : at + len(word)] == word for at in places(content, word)] == [True] * content.count(
            word
        )


def places(content: bytes, word: bytes) -> list[int]:
    return [at for at in range(len(content)) if content.startswith(word, at)][: content.count(word)]


@pytest.mark.parametrize(("type_", "content"), NAMED)
def test_doing_it_twice_changes_nothing_more(type_: str, content: bytes) -> None:
    once = cleared(content, type_)
    assert cleared(once, type_) == once


def test_sound_of_a_wave_file_is_the_same() -> None:
    before, after = recordings.wav(), cleared(recordings.wav(), "audio/wav")
    with wave.open(io.BytesIO(before)) as first, wave.open(io.BytesIO(after)) as second:
        assert first.readframes(1000) == second.readframes(1000) != b""


def test_pages_of_ogg_have_their_checksums() -> None:
    kept = cleared(recordings.ogg(), "audio/ogg")
    pages = [b"OggS" + each for each in kept.split(b"OggS")[1:]]
    assert [recordings.checked(page) for page in pages] == pages


def test_comments_of_vorbis_are_none_and_end_as_they_must() -> None:
    kept = cleared(recordings.ogg(b"\x03vorbis", b"\1"), "audio/ogg")
    _, second, _ = kept.split(b"OggS")[1:]
    comments = second[second.index(b"\x03vorbis") + 7 :]
    maker = int.from_bytes(comments[:4], "little")
    assert comments[4 + maker :] == bytes(4) + b"\1"


def test_documents_are_left_as_they_are() -> None:
    assert cleared(DOCUMENT, "application/pdf") == DOCUMENT


def test_every_recording_that_is_taken_is_cleared() -> None:
    taken = {name for name, each in TYPES.items() if each.family in ("audio", "video")}
    assert taken - CLEARED == {"audio/amr"}


@given(
    st.sampled_from([*RECORDINGS.values()]), st.lists(st.tuples(st.integers(0, 2_000), st.binary(max_size=9)))
)
def test_damaged_files_are_no_failure(recording: tuple[str, bytes], damage: list[tuple[int, bytes]]) -> None:
    type_, content = recording
    broken = bytearray(content)
    for place, bytes_ in damage:
        at = place % len(broken)
        broken[at : at + len(bytes_)] = bytes_
    assert len(cleared(bytes(broken), type_)) == len(broken)
