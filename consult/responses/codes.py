"""Codes that people can read aloud: one finds a draft again, one is the receipt of what was sent.

Written in Crockford's base 32 (https://www.crockford.com/base32.html): no I, L, O or U, either case, and a
misread O, I or L is understood. A code follows from the identity of the response and the installation's
secret, so it can be shown again without being kept; the database has only a keyed hash of it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import uuid

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from consult.db import Database
from consult.responses.models import Response, ResponseState, ResumeCode, ResumeGuesses

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011")
_LEFT_OUT = str.maketrans("", "", " -\u00a0\u2010\u2011\u2012\u2013\u2014_.")

RESUME_SYMBOLS = 12
"""60 bits: at a thousand guesses a second and ten thousand drafts, one hit in three thousand years."""

RECEIPT_SYMBOLS = 8
"""A reference to quote, not a key: nothing can be opened with it."""

GUESSES_AT_MOST = 200
GUESSING_TIME = dt.timedelta(minutes=10)


class TooManyGuesses(Exception):
    """More wrong codes than people mistype. ``retry_after`` in seconds. A right code is never refused:
    else anybody could keep everybody from going on."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("too many wrong codes")
        self.retry_after = retry_after


def issue_code(database: Database, response_id: uuid.UUID, secret_key: str, expires_on: dt.date) -> str:
    """The resume code of a draft, ``7K3M-Q2X9-B4TD``; asked for again it is the same. Valid until that day.

    For a response that is not a draft the code finds nothing.
    """
    code = resume_code(response_id, secret_key)
    kept = _hash(normalise(code), secret_key)

    def keep(connection: sa.Connection) -> None:
        is_draft = sa.select(Response.id).where(
            Response.id == response_id, Response.state == ResponseState.DRAFT
        )
        if connection.execute(is_draft.with_for_update()).one_or_none() is None:
            return
        connection.execute(sa.delete(ResumeCode).where(ResumeCode.response_id == response_id))
        row = {"code_hash": kept, "response_id": response_id, "expires_on": expires_on}
        connection.execute(sa.insert(ResumeCode).values(row))

    database.commit_together(keep)
    return code


def resume_code(response_id: uuid.UUID, secret_key: str) -> str:
    """The code that :func:`issue_code` gives, to be shown again; writes nothing."""
    return _grouped(_symbols(secret_key, "resume", response_id.bytes, RESUME_SYMBOLS))


def find_by_code(database: Database, written: str, secret_key: str, now: dt.datetime) -> uuid.UUID | None:
    """The draft of a code as somebody wrote it; None for a wrong, an expired and an ended one alike.

    Raises TooManyGuesses instead of answering None once too many were wrong.
    """
    with database.read() as session:
        found = _find(session, _hash(normalise(written), secret_key), now.date())
    if found is None:
        _count_guess(database, now)
    return found


def receipt(response_id: uuid.UUID, secret_key: str) -> str:
    """The reference of a response, ``K7Q2-9MXB``: the same every time, and no way back to the response."""
    return _grouped(_symbols(secret_key, "receipt", response_id.bytes, RECEIPT_SYMBOLS))


def normalise(written: str) -> str:
    """``7k3m q2x9–b4td``, with O for 0 or l for 1, is the same code."""
    return written.translate(_LEFT_OUT).upper().translate(_MISREAD)


def _find(session: Session, kept: str, today: dt.date) -> uuid.UUID | None:
    return session.scalar(
        sa.select(ResumeCode.response_id)
        .join(Response, Response.id == ResumeCode.response_id)
        .where(
            ResumeCode.code_hash == kept,
            ResumeCode.expires_on >= today,
            Response.state == ResponseState.DRAFT,
        )
    )


def _count_guess(database: Database, now: dt.datetime) -> None:
    """Count per stretch of ten minutes: enough to slow a machine down, nothing about a person."""
    length = int(GUESSING_TIME.total_seconds())
    elapsed = int(now.timestamp()) % length
    began = dt.datetime.fromtimestamp(int(now.timestamp()) - elapsed, dt.UTC)
    with database.read() as session:
        wrong = session.scalar(sa.select(ResumeGuesses.wrong).where(ResumeGuesses.started_at == began)) or 0
    if wrong >= GUESSES_AT_MOST:
        raise TooManyGuesses(length - elapsed)
    database.commit_together(lambda connection: _add_guess(connection, began))


def _add_guess(connection: sa.Connection, began: dt.datetime) -> None:
    connection.execute(sa.delete(ResumeGuesses).where(ResumeGuesses.started_at < began))
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    connection.execute(
        dialect.insert(ResumeGuesses)
        .values(started_at=began, wrong=1)
        .on_conflict_do_update(
            index_elements=[ResumeGuesses.started_at], set_={"wrong": ResumeGuesses.wrong + 1}
        )
    )


def _symbols(secret_key: str, purpose: str, content: bytes, length: int) -> str:
    number = int.from_bytes(_keyed(secret_key, purpose, content))
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(length))


def _hash(code: str, secret_key: str) -> str:
    return _keyed(secret_key, "resume code", code.encode("utf-8", "replace")).hex()


def _keyed(secret_key: str, purpose: str, content: bytes) -> bytes:
    return hmac.digest(secret_key.encode(), f"consult {purpose}:".encode() + content, hashlib.sha256)


def _grouped(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
