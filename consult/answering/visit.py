"""What a device remembers: one signed cookie with the identities of its unfinished responses.

Nothing of it is stored on our side, and nothing of an answer stands in it. It lasts until the browser
is closed, the answers are sent, or the person clears the device. It is signed, not encrypted: its
holder may read it, and cannot make one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Self

from flask import request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.sansio.http import parse_cookie
from werkzeug.wrappers import Response

from consult import http
from consult.responses.drafts import KEPT_FOR
from consult.settings import Settings

ENTRIES_AT_MOST = 6
"""A cookie holds 4 kB; who answers more surveys than this at once continues the oldest by its code."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One unfinished survey on this device.

    ``notice`` is the digest of the privacy notice that was agreed to, ``language`` the one it was read in;
    ``is_stored``: something of it is in the database.
    """

    survey: str
    version: uuid.UUID
    response: uuid.UUID
    notice: str
    language: str
    consented_on: dt.date
    is_stored: bool = False

    @property
    def kept_until(self) -> dt.date:
        """The last day on which what is stored of it waits for its person, and its code works."""
        return self.consented_on + KEPT_FOR

    def _packed(self) -> list[Any]:
        return [
            self.survey,
            self.version.hex,
            self.response.hex,
            self.notice,
            self.language,
            self.consented_on.toordinal(),
            int(self.is_stored),
        ]

    @classmethod
    def _unpacked(cls, packed: list[Any]) -> Self:
        survey, version, response, notice, language, day, is_stored = packed
        return cls(
            survey,
            uuid.UUID(version),
            uuid.UUID(response),
            notice,
            language,
            dt.date.fromordinal(day),
            bool(is_stored),
        )


@dataclass(frozen=True, slots=True)
class Visit:
    """All that one device remembers: unfinished responses, and receipts (survey → reference)."""

    entries: tuple[Entry, ...] = ()
    receipts: tuple[tuple[str, str], ...] = ()

    def entry(self, survey: str) -> Entry | None:
        return next((entry for entry in self.entries if entry.survey == survey), None)

    def receipt(self, survey: str) -> str | None:
        return next((reference for name, reference in self.receipts if name == survey), None)

    def with_entry(self, entry: Entry) -> Visit:
        """``entry`` instead of what was known of its survey."""
        left = self.without(entry.survey)
        return Visit((*left.entries, entry)[-ENTRIES_AT_MOST:], left.receipts)

    def with_receipt(self, survey: str, reference: str) -> Visit:
        left = self.without(survey)
        return Visit(left.entries, (*left.receipts, (survey, reference))[-ENTRIES_AT_MOST:])

    def without(self, survey: str) -> Visit:
        return Visit(
            tuple(entry for entry in self.entries if entry.survey != survey),
            tuple(receipt for receipt in self.receipts if receipt[0] != survey),
        )


def read_visit() -> Visit:
    """What this request's device remembers; nothing when the cookie is missing, foreign or damaged."""
    sent = request.environ.get("HTTP_COOKIE")
    settings = http.settings()
    return _read(sent, _cookie_name(settings), settings.secret_key) if sent else Visit()


@lru_cache(maxsize=2_000)
def _read(sent: str, name: str, secret_key: str) -> Visit:
    # Kept because the same device comes back with the same cookie, page after page. Not decoded as UTF-8:
    # a cookie of a neighbour on this host may be anything, and ours is plain.
    token = parse_cookie(sent).get(name)
    if not token:
        return Visit()
    try:
        entries, receipts = _serializer(secret_key).loads(token)
        return Visit(
            tuple(Entry._unpacked(packed) for packed in entries),
            tuple((str(survey), str(reference)) for survey, reference in receipts),
        )
    except (BadSignature, TypeError, ValueError):
        return Visit()


def remember(response: Response, visit: Visit) -> None:
    """Let the device keep ``visit``; a visit without anything in it takes the cookie away."""
    settings = http.settings()
    name, secure = _cookie_name(settings), settings.is_https
    if not visit.entries and not visit.receipts:
        response.delete_cookie(name, path="/", secure=secure, httponly=True, samesite="Lax")
        return
    packed = ([entry._packed() for entry in visit.entries], visit.receipts)
    token = _serializer(settings.secret_key).dumps(packed)
    response.set_cookie(name, token, path="/", secure=secure, httponly=True, samesite="Lax")


def _cookie_name(settings: Settings) -> str:
    # The prefix makes browsers refuse the cookie from any other host or path; it needs TLS.
    return "__Host-answers" if settings.is_https else "answers"


@cache
def _serializer(secret_key: str) -> URLSafeSerializer:
    return URLSafeSerializer(
        secret_key,
        salt="consult.answering.visit",
        signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
    )
