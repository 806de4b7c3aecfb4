"""Files as answers: pictures (also drawn ones), sound, film, any other document.

Coded as text, ``<SHA-256>:<bytes>:<type>:<name>``: which file (:mod:`consult.files` keeps it by its hash),
what it is by its content, and what it is called: the person's own name for it, with the extension of the
content. The file itself does not travel with the answer: NDJSON names it, and a zip file brings it.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple, Self

from consult.i18n import gettext
from consult.questions import file_messages as messages
from consult.questions.digits import written_number
from consult.questions.file_types import TYPES, Family
from consult.questions.kind import Answers, Cell, Coded, Column, Given, Kind, Message, Refused
from consult.questions.question import Question

LONGEST_NAME = 100
"""Characters of a file's name."""

NOT_ONLINE = "not-online"
"""Added to a question's appearance where files are not taken: it is shown, and cannot be answered."""

DRAWN = frozenset(("signature", "draw", "annotate"))
"""Appearances that ask for a drawing; a picture can be chosen instead."""

NEW = frozenset(("new", "new-front", "new-rear"))
"""Appearances that ask for the camera or the recorder, not for what is there already."""

_CODED = re.compile(r"([0-9a-f]{64}):([0-9]{1,12}):([a-z]+/[a-z0-9.+-]+):(.+)", re.DOTALL)
_NO_NAME = re.compile(
    '[\x00-\x1f\x7f-\x9f\\\\/:*?"<>|\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]'
)
_MEGABYTE = 1_000_000


class FileAnswer(NamedTuple):
    """A file as an answer names it. ``size`` in bytes."""

    digest: str
    size: int
    type: str
    name: str

    @property
    def coded(self) -> str:
        return f"{self.digest}:{self.size}:{self.type}:{self.name}"

    @property
    def place(self) -> str:
        """A name that no other file has, for a folder or an archive with many of them."""
        return f"{self.digest[:12]}-{self.name}"

    @classmethod
    def read(cls, value: Any) -> Self | None:
        """None for what is no coded file."""
        match = _CODED.fullmatch(value) if isinstance(value, str) else None
        if match is None or match[3] not in TYPES or match[4] != clean_name(match[4]):
            return None
        return cls(match[1], int(match[2]), match[3], match[4])


def clean_name(written: str) -> str:
    """A file's name without folders, controls and what some systems refuse; "file" when nothing is left."""
    last = re.split(r"[\\/]", written)[-1]
    name = " ".join(_NO_NAME.sub("", last).split()).strip(". ")
    if len(name) > LONGEST_NAME:
        stem, dot, extension = name.rpartition(".")
        keeps = dot and len(extension) < 10
        name = f"{stem[: LONGEST_NAME - len(extension) - 1]}.{extension}" if keeps else name[:LONGEST_NAME]
    return name or "file"


class File(Kind):
    """Any document, picture, sound or film. ``example``: a type that it takes."""

    name = "file"
    types: tuple[str, ...] = ("file", "add file prompt")
    takes_file = True
    families: frozenset[Family] = frozenset(("image", "audio", "video", "document"))
    example = "application/pdf"
    accept = ""
    most_bytes = 20 * _MEGABYTE
    wrong_kind: Message = messages.NOT_TAKEN

    def partial(self, question: Question) -> str:
        return f"questions/{'file_not_online' if NOT_ONLINE in question.appearance else 'file'}.html"

    def control(self, question: Question, language: str) -> dict[str, Any]:
        """``shown``: what is said about a file that is there, and what stands instead without one; ``most``:
        megabytes, as a person reads them."""
        return {
            "is_group": True,
            "accept": self.accept,
            "kind": self.name,
            "is_drawn": self.name == "image" and not DRAWN.isdisjoint(question.appearance),
            "is_annotated": "annotate" in question.appearance,
            "is_new": not NEW.isdisjoint(question.appearance),
            "most": written_number(self.most_bytes // _MEGABYTE, language),
            "shown": {"kept": " hidden", "name": "", "size": ""},
        }

    def details(self, question: Question) -> tuple[str, ...]:
        return ("refused",)

    def clean(self, question: Question, given: Given) -> dict[str, Coded]:
        """``given`` is what responses/files.py made of an upload: a browser's own word is never taken."""
        refusal = given.details.get("refused")
        if refusal:
            raise Refused(messages.REFUSALS.get(refusal, messages.REFUSALS["wrong_kind"])(self))
        found = FileAnswer.read(given.text)
        return {question.key: found.coded} if found else {}

    def typed(self, question: Question, answers: Answers, language: str) -> Given:
        return self.again(question, Given((str(answers.get(question.key) or ""),)), language)

    def again(self, question: Question, given: Given, language: str) -> Given:
        found = FileAnswer.read(given.text)
        if found is None:
            return Given()
        # "kept" takes away the attribute that hides what is said about the file.
        return Given((found.coded,), {"kept": "", "name": found.name, "size": size_in_words(found, language)})

    def problem(self, question: Question, value: Any) -> Message | None:
        found = FileAnswer.read(value)
        if found is None:
            return messages.NOT_A_FILE
        return None if TYPES[found.type].family in self.families else self.wrong_kind

    def display(self, question: Question, value: Any, language: str) -> str:
        found = FileAnswer.read(value)
        return "" if found is None else f"{found.name} ({size_in_words(found, language)})"

    def logic_value(self, value: Any) -> str:
        """Its name, as field tools have it."""
        found = FileAnswer.read(value)
        return found.name if found else ""

    def columns(self, question: Question) -> tuple[Column, ...]:
        return (self.column(question, "text"),)

    def cell(self, question: Question, value: Any, language: str) -> Cell:
        """The name under which it lies in the archive with all files."""
        found = FileAnswer.read(value)
        return found.place if found else str(value)


class Image(File):
    """A photograph, a signature, a drawing. Kept without what cameras write into it; ``max-pixels`` is the
    longest edge."""

    name = "image"
    types = (
        *("image", "photo", "picture", "q image", "q picture"),
        *("add image prompt", "add photo prompt"),
    )
    families: frozenset[Family] = frozenset(("image",))
    # Named one by one: then telephones turn their own formats into one of these.
    example = "image/jpeg"
    accept = "image/jpeg,image/png,image/webp,image/gif"
    wrong_kind: Message = messages.NOT_A_PICTURE


class Audio(File):
    """Something said or heard."""

    name = "audio"
    types = ("audio", "q audio", "add audio prompt")
    # Telephones record sound into the container of films.
    families: frozenset[Family] = frozenset(("audio", "video"))
    example = "audio/mpeg"
    accept = "audio/*"
    most_bytes = 30 * _MEGABYTE
    wrong_kind: Message = messages.NOT_SOUND


class Video(File):
    """Something filmed."""

    name = "video"
    types = ("video", "q video", "add video prompt")
    families: frozenset[Family] = frozenset(("video",))
    example = "video/mp4"
    accept = "video/*"
    most_bytes = 60 * _MEGABYTE
    wrong_kind: Message = messages.NOT_FILM


def size_in_words(file: FileAnswer, language: str) -> str:
    """How large it is."""
    return bytes_in_words(file.size, language)


def bytes_in_words(size: int, language: str) -> str:
    """So many bytes, as people say it."""
    if size < _MEGABYTE:
        return str(gettext("%(number)s kB", number=written_number(-(-size // 1000), language)))
    return str(gettext("%(number)s MB", number=written_number(round(size / _MEGABYTE, 1), language)))
