"""A response as a line of NDJSON, read and written (see CHANGELOG.md for what the fields promise).

Pure: what a line says is checked for its form here, and for what it answers in loading.py.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import IO, Any

from consult.i18n import lazy_gettext as _l
from consult.questionnaires.trails import document_at, trail_of
from consult.questions.kind import Message
from consult.questions.text import LONGEST_TEXT, text_problem
from consult.responses.models import Channel
from consult.responses.reading import Stored
from consult.responses.strict_json import JSONRefused, read_strictly

LONGEST_LINE = 256 * 1024
"""Bytes; what a browser may send at once, too."""

DEEPEST_LINE = 28
"""Brackets: an item of a repeat opens two, and groups stand at most twelve deep."""

_BOM = b"\xef\xbb\xbf"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LONGEST_LANGUAGE = 35
_IDENTITY = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_EARLIEST, _LATEST = 1900, 2199
"""Years in which a response can have been collected."""
_ABOUT_ANSWERS = ("answers", "original_language", "translations")

NOT_AN_OBJECT = _l("Each line must be a JSON object.")
NO_ANSWER_HERE = _l("There is no answer that this could belong to.")


class LineRefused(ValueError):
    """Why a line was not taken: ``question`` its key where it is about one, ``reason`` a sentence."""

    def __init__(self, reason: Message, question: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.question = question


@dataclass(frozen=True, slots=True)
class Line:
    """What one line says. ``version`` is the number of the published version that was answered."""

    id: uuid.UUID
    version: int
    language: str
    channel: Channel
    collected_on: dt.date
    answers: Mapping[str, Any]
    original_language: Mapping[str, str]
    translations: Mapping[str, Mapping[str, str]]


def read_lines(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Number (from 1) and bytes of each line that is not blank; of a line that is too long, its beginning."""
    number = 0
    while line := file.readline(LONGEST_LINE + 2):
        number += 1
        rest = line
        while not rest.endswith(b"\n") and (rest := file.readline(LONGEST_LINE)):
            pass  # the end of a line that will be refused
        if number == 1:
            line = line.removeprefix(_BOM)
        if line.strip():
            yield number, line.rstrip(b"\r\n")


def read_line(raw: bytes) -> Line:
    """Raises LineRefused."""
    try:
        document = read_strictly(raw, longest=LONGEST_LINE, deepest=DEEPEST_LINE)
    except JSONRefused as refused:
        raise LineRefused(refused.reason, _question_of(refused.path)) from None
    if not isinstance(document, dict):
        raise LineRefused(NOT_AN_OBJECT)
    for name in document:
        if name not in _FIELDS:
            raise LineRefused(_l("“%(field)s” is not a field of a response.", field=name[:64]))
    return _checked(Line(**{name: read(document, name) for name, read in _FIELDS.items()}))


def write_line(stored: Stored, version: int) -> bytes:
    """The line of a stored response, with its end; fields that say nothing are left out."""
    document = {
        "id": str(stored.id),
        "version": version,
        "language": stored.language,
        "channel": stored.channel.value,
        "collected_on": stored.collected_on.isoformat(),
        "answers": stored.answers,
        "original_language": stored.original_language,
        "translations": stored.translations,
    }
    said = {name: value for name, value in document.items() if value or name in _REQUIRED}
    return json.dumps(said, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode() + b"\n"


def _question_of(path: tuple[str | int, ...]) -> str | None:
    return str(path[1]) if len(path) > 1 and path[0] in _ABOUT_ANSWERS else None


def _checked(line: Line) -> Line:
    """What is said about answers must be about answers that are there."""
    for key, code in line.original_language.items():
        if not _is_language(code):
            raise LineRefused(_l("“original_language” must be a language code such as “ar”."), key)
        if not _is_answered(line.answers, key):
            raise LineRefused(NO_ANSWER_HERE, key)
    for key, texts in line.translations.items():
        if not _is_answered(line.answers, key):
            raise LineRefused(NO_ANSWER_HERE, key)
        if not isinstance(texts, dict) or not all(_is_language(code) for code in texts):
            raise LineRefused(_l("“translations” must hold a text for each language code."), key)
        for text in texts.values():
            problem = text_problem(text, LONGEST_TEXT)
            if problem is not None:
                raise LineRefused(problem, key)
    return line


def _is_answered(answers: Mapping[str, Any], written: str) -> bool:
    """Whether there is an answer at an address; of what stands in no repeat it is the key."""
    try:
        trail, key = trail_of(written)
    except ValueError:
        return False
    return key in document_at(answers, trail)


def _is_language(value: Any) -> bool:
    return (
        isinstance(value, str) and len(value) <= _LONGEST_LANGUAGE and _LANGUAGE.fullmatch(value) is not None
    )


def _identity(document: Mapping[str, Any], name: str) -> uuid.UUID:
    value = document.get(name)
    if isinstance(value, str) and _IDENTITY.fullmatch(value):
        found = uuid.UUID(value)
        # Any other version carries a time or an address: it would say when or where it was answered.
        if found.version == 4:
            return found
    raise LineRefused(_l("“id” must be a random UUID (version 4)."))


def _version(document: Mapping[str, Any], name: str) -> int:
    value = document.get(name)
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value < 2**31:
        return value
    raise LineRefused(_l("“version” must be the number of a published version, such as 1."))


def _language(document: Mapping[str, Any], name: str) -> str:
    value = document.get(name)
    if isinstance(value, str) and _is_language(value):
        return value
    raise LineRefused(_l("“language” must be a language code such as “fr”."))


def _channel(document: Mapping[str, Any], name: str) -> Channel:
    value = document.get(name)
    known = ", ".join(channel.value for channel in Channel)
    if value not in tuple(channel.value for channel in Channel):
        raise LineRefused(_l("“channel” must be one of: %(channels)s.", channels=known))
    return Channel(value)


def _day(document: Mapping[str, Any], name: str) -> dt.date:
    value = document.get(name)
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        with suppress(ValueError):
            day = dt.date.fromisoformat(value)
            if _EARLIEST <= day.year <= _LATEST:
                return day
    raise LineRefused(_l("“collected_on” must be a day such as 2026-03-05."))


def _answers(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    if name not in document:
        raise LineRefused(_l("“answers” is missing."))
    return _object(document, name)


def _object(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = document.get(name, {})
    if not isinstance(value, dict):
        raise LineRefused(_l("“%(field)s” must be an object of question key to value.", field=name))
    return value


_FIELDS: Mapping[str, Callable[[Mapping[str, Any], str], Any]] = MappingProxyType(
    {
        "id": _identity,
        "version": _version,
        "language": _language,
        "channel": _channel,
        "collected_on": _day,
        "answers": _answers,
        "original_language": _object,
        "translations": _object,
    }
)
_REQUIRED = frozenset(("id", "version", "language", "channel", "collected_on", "answers"))
