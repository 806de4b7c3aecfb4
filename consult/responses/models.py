"""One person's answers, their earlier states, and the codes by which an unfinished one is found again."""

from __future__ import annotations

import datetime as dt
import enum
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base, enum_by_value


class ResponseState(enum.Enum):
    DRAFT = "draft"
    SUBMITTED = "submitted"


class Channel(enum.Enum):
    """How an answer reached us (contract: NDJSON ``channel``)."""

    ONLINE = "online"
    COLLECTOR = "collector"
    PHONE = "phone"
    PAPER = "paper"
    KIOSK = "kiosk"
    IMPORT = "import"
    OPENROSA = "openrosa"


class ConsentManner(enum.Enum):
    """``read``: the respondent read the notice; ``heard``: a collector read it aloud."""

    READ = "read"
    HEARD = "heard"


class Response(Base):
    """One response. Its ``id`` is chosen by the client and is also the idempotency key.

    No clock time, address or user agent stands here. WITHOUT ROWID (SQLite) and a random key: the
    order of the rows says nothing about the order of arrival.
    """

    __tablename__ = "response"
    __table_args__ = (
        sa.CheckConstraint("state != 'submitted' or collected_on is not null", name="submitted_has_date"),
        sa.CheckConstraint("(consent_notice is null) = (consent_language is null)", name="consent_whole"),
        # Submitted ones may come from elsewhere (a file), where collectors are not people of ours.
        sa.CheckConstraint(
            "state != 'draft' or channel not in ('collector', 'phone', 'paper') or collector_id is not null",
            name="collected_draft_has_collector",
        ),
        # With the identity: reports read in ranges of it, see reading.py. With the revision: what has changed
        # in a range is read from the index alone, see ranges.py.
        sa.Index("ix_response_survey_state", "survey_id", "state", "id", "revision"),
        sa.Index("ix_response_collector", "collector_id", "state"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"))
    version_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("version.id"))
    state: Mapped[ResponseState] = mapped_column(enum_by_value(ResponseState))
    channel: Mapped[Channel] = mapped_column(enum_by_value(Channel))
    language: Mapped[str] = mapped_column(sa.String(35))
    started_on: Mapped[dt.date]
    collected_on: Mapped[dt.date | None]
    consent_notice: Mapped[str | None] = mapped_column(sa.String(64))  # digest of the notice shown
    consent_language: Mapped[str | None] = mapped_column(sa.String(35))
    consent_manner: Mapped[ConsentManner | None] = mapped_column(enum_by_value(ConsentManner))
    consented_on: Mapped[dt.date | None]
    page: Mapped[str | None] = mapped_column(sa.String(255))  # where an unfinished one goes on
    seed: Mapped[int] = mapped_column(default=0)  # of randomised choice order
    collector_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    session_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("session.id"))
    form_number: Mapped[str | None] = mapped_column(sa.String(64))
    is_locked: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int] = mapped_column(default=0)  # corrections since submission
    digest: Mapped[str | None] = mapped_column(sa.String(64))  # of the submitted content
    # Documents last: SQLite reads what stands before them without following their overflow pages.
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)  # question key → coded value
    unsaved: Mapped[dict[str, Any]] = mapped_column(default=dict)  # raw input not (yet) valid, drafts only
    original_language: Mapped[dict[str, Any]] = mapped_column(default=dict)  # key → language spoken
    translations: Mapped[dict[str, Any]] = mapped_column(default=dict)  # key → language → text


class Revision(Base):
    """An earlier state of a corrected response: what it was, who changed it, when, and why."""

    __tablename__ = "revision"
    __table_args__ = (sa.UniqueConstraint("response_id", "number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    response_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("response.id", ondelete="CASCADE"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]]  # answers, original_language, translations, language before the change
    changed_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    changed_at: Mapped[dt.datetime]
    reason: Mapped[str] = mapped_column(sa.Text)


class ResponseFile(Base):
    """A file that was sent with a response. Only through this row can it be asked for (see files_rows.py)."""

    __tablename__ = "response_file"
    __table_args__ = (sa.Index("ix_response_file_digest", "digest"), {"sqlite_with_rowid": False})

    response_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("response.id", ondelete="CASCADE"), primary_key=True
    )
    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)  # SHA-256 of the content
    type: Mapped[str] = mapped_column(sa.String(80))  # by its content
    size: Mapped[int] = mapped_column(sa.BigInteger)  # bytes


class ResumeCode(Base):
    """Finds a draft again. Only a keyed hash of the code is kept; it ends with the draft."""

    __tablename__ = "resume_code"

    code_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    response_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("response.id", ondelete="CASCADE"), unique=True
    )
    expires_on: Mapped[dt.date]


class ResumeGuesses(Base):
    """How many wrong codes were tried in a stretch of time, on all surveys; by whom is not kept."""

    __tablename__ = "resume_guesses"

    started_at: Mapped[dt.datetime] = mapped_column(primary_key=True)
    wrong: Mapped[int]
