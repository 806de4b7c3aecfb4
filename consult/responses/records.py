"""What goes into the store of responses and comes out of it: plain values, no database.

``answers`` are coded values by question key (an unanswered key is absent), of a repeat a list of documents
(questionnaires/trails.py); ``original_language`` says, by question key, in which language an open answer was
spoken; ``translations`` hold its translations, by question key and language; ``unsaved`` what was typed and
is no answer. Inside a repeat their key is an address: "members[2]/wish".
"""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from consult.db import write_json
from consult.questionnaires.trails import Trail
from consult.responses.models import Channel, ConsentManner, ResponseState

_EXACT = 2**53
_CANONICAL = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Consent:
    """Consent to one notice: its digest, the language it was read in, the day, and who read it."""

    notice: str
    language: str
    given_on: dt.date
    manner: ConsentManner = ConsentManner.READ


@dataclass(frozen=True, slots=True)
class Origin:
    """How answers reach us; online there is nothing to say. ``collector_id``: whose entry it is."""

    channel: Channel = Channel.ONLINE
    collector_id: uuid.UUID | None = None
    session_id: uuid.UUID | None = None
    form_number: str | None = None


ONLINE = Origin()


@dataclass(frozen=True, slots=True)
class Start:
    """What a response is from the beginning and stays. ``response_id``: random, chosen by the client."""

    response_id: uuid.UUID
    survey_id: uuid.UUID
    version_id: uuid.UUID
    started_on: dt.date
    consent: Consent | None = None
    origin: Origin = ONLINE

    @property
    def seed(self) -> int:
        """Of randomised choice orders: the same whenever and wherever this response is shown."""
        return seed_of(self.response_id)


class KeptFile(NamedTuple):
    """A file that belongs to a response: SHA-256, type by its content, size in bytes."""

    digest: str
    type: str
    size: int


@dataclass(frozen=True, slots=True)
class PageAnswers:
    """One page as it was sent. What is in ``asked`` and not in ``answers`` was cleared.

    ``unsaved``: raw input by question key that is not valid (yet), kept to be shown again. ``goes_on_at``:
    key of the page where the person goes on. ``files``: what was kept of those that came with the page; None
    where none could come. ``trail``: the item of a repeat that the page is about; all keys are its own.
    """

    language: str
    goes_on_at: str | None
    asked: frozenset[str]
    answers: Mapping[str, Any]
    unsaved: Mapping[str, Any] = field(default_factory=dict)
    original_language: Mapping[str, str] = field(default_factory=dict)
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    files: tuple[KeptFile, ...] | None = None
    trail: Trail = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A response as it stands. Once it is submitted, its documents are empty here: a phone is shared."""

    start: Start
    state: ResponseState
    language: str
    goes_on_at: str | None
    collected_on: dt.date | None
    answers: Mapping[str, Any]
    unsaved: Mapping[str, Any]
    original_language: Mapping[str, str]
    translations: Mapping[str, Mapping[str, str]]

    @property
    def is_submitted(self) -> bool:
        return self.state is ResponseState.SUBMITTED


@dataclass(frozen=True, slots=True)
class Finished:
    """A whole response: from a file, an offline queue, or a survey of one page."""

    start: Start
    language: str
    collected_on: dt.date
    answers: Mapping[str, Any]
    original_language: Mapping[str, str] = field(default_factory=dict)
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """SHA-256 (hexadecimal) of the content, without identity, consent and form number."""
        return content_digest(
            self.start.version_id,
            self.language,
            self.start.origin.channel,
            self.collected_on,
            self.answers,
            self.original_language,
            self.translations,
        )


class Saving(enum.Enum):
    """``OTHER``: the identity belongs to another survey, version or collector; nothing was changed."""

    SAVED = "saved"
    SUBMITTED = "submitted"
    OTHER = "other"


class Storing(enum.Enum):
    """``DUPLICATE``: it is there already, with this content; ``CONFLICT``: with other content, and stays."""

    NEW = "new"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"


class Submitting(enum.Enum):
    """``ALREADY``: a second click, a reload, a lost reply; ``MISSING``: no such draft (of this collector)."""

    NEW = "new"
    ALREADY = "already"
    MISSING = "missing"


def seed_of(response_id: uuid.UUID) -> int:
    """31 bits of the identity."""
    return response_id.int & 0x7FFFFFFF


def content_digest(
    version_id: uuid.UUID,
    language: str,
    channel: Channel,
    collected_on: dt.date,
    answers: Mapping[str, Any],
    original_language: Mapping[str, Any],
    translations: Mapping[str, Any],
) -> str:
    """Equal exactly when the contents are, whatever the order of keys and whoever wrote the numbers."""
    content = [
        version_id.hex,
        language,
        channel.value,
        collected_on.isoformat(),
        _plain(answers),
        _plain(original_language),
        _plain(translations),
    ]
    return hashlib.sha256(_CANONICAL.encode(content).encode()).hexdigest()


def _plain(value: Any) -> Any:
    """PostgreSQL gives 1e16 back as an integer: whole numbers are one thing, however they are written."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    if abs(value) > _EXACT:
        return float(value)
    return int(value) if value == int(value) else value


def storable(document: Mapping[str, Any]) -> dict[str, Any]:
    """``document`` without the two things that databases refuse in a text: NUL and lone surrogates.

    They become U+FFFD; forms and files are checked before and refuse them with a message, this is the last
    line. Raises ValueError for NaN and infinities.
    """
    if not document:
        return {}
    written = write_json(dict(document))
    try:
        written.encode()
    except UnicodeEncodeError:
        return dict(_replaced(document))
    return dict(document) if "\\u0000" not in written else dict(_replaced(document))


def _replaced(value: Any) -> Any:
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return {_replaced(key): _replaced(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_replaced(inner) for inner in value]
    return value
