"""Editions: results that were published. What is in them never changes; one can be withdrawn.

The public reads an edition's ``document`` and its files; both hold what is shown and nothing else. What later
editions are protected with stands in tables of its own, which no public page reads. The key of the rounding
is a survey's own and random: were it derived from the secret key, a new secret key would round the same cells
anew, and two roundings of one count tell more of it than one.
"""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from consult.accounts.models import Organisation
from consult.db import Base
from consult.i18n import Localized
from consult.surveys.models import Survey

CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
}


class Edition(Base):
    """Published results of a survey, as the public sees them. ``number`` from 1."""

    __tablename__ = "edition"
    __table_args__ = (
        sa.UniqueConstraint("survey_id", "number"),
        sa.CheckConstraint("number > 0", name="number_positive"),
        sa.CheckConstraint("threshold > 0", name="threshold_positive"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"))
    number: Mapped[int]
    made_on: Mapped[dt.date]  # the day on which the responses were counted
    published_at: Mapped[dt.datetime]
    published_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    title: Mapped[Localized]  # its own; may be empty
    threshold: Mapped[int]
    choice: Mapped[dict[str, Any]]  # questions, sensitive ones, groupings
    document: Mapped[dict[str, Any]]  # see reports/edition_document.py

    withdrawal: Mapped[EditionWithdrawal | None] = relationship()


class EditionFile(Base):
    """The same as a file, written when it was published. ``name``: ``fr.xlsx``."""

    __tablename__ = "edition_file"

    edition_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("edition.id"), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    content: Mapped[bytes] = mapped_column(sa.LargeBinary)


class EditionMemory(Base):
    """The counts behind an edition and what was hidden of them: to protect later ones, never to be shown."""

    __tablename__ = "edition_memory"

    edition_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("edition.id"), primary_key=True)
    content: Mapped[dict[str, Any]]  # see reports/edition_memory.py


class EditionWithdrawal(Base):
    """An edition that is no longer offered. Who has read it knows it still."""

    __tablename__ = "edition_withdrawal"

    edition_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("edition.id"), primary_key=True)
    withdrawn_at: Mapped[dt.datetime]
    withdrawn_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))


class RoundingKey(Base):
    """With which the counts of a survey are rounded, in all its editions."""

    __tablename__ = "rounding_key"

    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(64))


def rounding_key(session: Session, survey_id: uuid.UUID) -> bytes:
    """The survey's own; drawn when it is asked for first, in a unit of work that writes."""
    found = session.get(RoundingKey, survey_id)
    if found is None:
        found = RoundingKey(survey_id=survey_id, key=secrets.token_hex(32))
        session.add(found)
        session.flush()
    return bytes.fromhex(found.key)


def editions_of(session: Session, survey_id: uuid.UUID) -> list[Edition]:
    """Every edition there ever was, the newest first."""
    query = sa.select(Edition).where(Edition.survey_id == survey_id).order_by(Edition.number.desc())
    return list(session.scalars(query))


def newest_choice(session: Session, survey_id: uuid.UUID) -> dict[str, Any] | None:
    """What staff chose for the newest edition; None where there is none."""
    query = sa.select(Edition.choice).where(Edition.survey_id == survey_id).order_by(Edition.number.desc())
    return session.scalars(query.limit(1)).first()


def shown_editions(session: Session, survey_id: uuid.UUID) -> list[Edition]:
    """Those that the public may read, the newest first."""
    return [edition for edition in editions_of(session, survey_id) if edition.withdrawal is None]


def file_of(session: Session, edition: Edition, name: str) -> bytes | None:
    """A file of an edition, by its name."""
    found = session.get(EditionFile, (edition.id, name))
    return found.content if found else None


def with_results(
    session: Session, *, organisation: str | None = None, slug: str | None = None
) -> list[Survey]:
    """Surveys of which results can be read, by their names: of one organisation, or this one."""
    withdrawn = sa.exists().where(EditionWithdrawal.edition_id == Edition.id)
    shown = sa.exists().where(Edition.survey_id == Survey.id, ~withdrawn)
    query = sa.select(Survey).join(Organisation).where(shown).order_by(Survey.slug)
    if organisation is not None:
        query = query.where(Organisation.slug == organisation)
    if slug is not None:
        query = query.where(Survey.slug == slug)
    return list(session.scalars(query))


def file_names(kinds: Collection[str] = tuple(CONTENT_TYPES)) -> tuple[str, ...]:
    """Of every edition's files."""
    return tuple(f"{words}.{kind}" for kind in kinds for words in ("en", "fr", "both"))
