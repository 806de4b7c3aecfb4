"""A consultation over time: its draft, its published versions, its sessions and who collects for it."""

from __future__ import annotations

import datetime as dt
import enum
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.accounts.models import Organisation, Person
from consult.db import Base, enum_by_value
from consult.i18n import Localized
from consult.i18n import lazy_pgettext as _lp


class SurveyState(enum.Enum):
    """``draft``: never opened; ``open``: takes answers; ``closed``: no longer."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


STATE_NAMES = {
    SurveyState.DRAFT: _lp("survey state", "Draft"),
    SurveyState.OPEN: _lp("survey state", "Open"),
    SurveyState.CLOSED: _lp("survey state", "Closed"),
}


class Survey(Base):
    """A survey of one organisation. ``slug`` is unique everywhere: it is the public address."""

    __tablename__ = "survey"
    __table_args__ = (
        sa.CheckConstraint("state != 'open' or current_version_id is not null", name="open_has_version"),
        sa.CheckConstraint("target is null or target > 0", name="target_positive"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    slug: Mapped[str] = mapped_column(sa.String(64), unique=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    title: Mapped[Localized]
    state: Mapped[SurveyState] = mapped_column(enum_by_value(SurveyState), default=SurveyState.DRAFT)
    draft: Mapped[dict[str, Any] | None]  # canonical JSON of the questionnaire being worked on
    notes: Mapped[dict[str, Any] | None]  # on the file that the draft was read from (authoring/noted.py)
    current_version_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("version.id", use_alter=True, name="fk_survey_current_version_id")
    )
    target: Mapped[int | None]  # responses hoped for
    ends_on: Mapped[dt.date | None]  # the last day that is planned; closing is an act of its own
    opened_on: Mapped[dt.date | None]
    closed_on: Mapped[dt.date | None]
    answers_locked: Mapped[bool] = mapped_column(default=False)  # collectors can no longer correct
    takes_files: Mapped[bool] = mapped_column(default=False)  # from respondents, online

    organisation: Mapped[Organisation] = relationship()
    current_version: Mapped[Version | None] = relationship(foreign_keys=[current_version_id])
    versions: Mapped[list[Version]] = relationship(
        back_populates="survey", foreign_keys="Version.survey_id", order_by="Version.number"
    )


class Version(Base):
    """A published questionnaire: never changed afterwards (the migration adds triggers that refuse it)."""

    __tablename__ = "version"
    __table_args__ = (sa.UniqueConstraint("survey_id", "number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"))
    number: Mapped[int]
    specification: Mapped[dict[str, Any]]  # canonical JSON of the questionnaire
    digest: Mapped[str] = mapped_column(sa.String(64))  # SHA-256 of the canonical JSON
    notice_digest: Mapped[str] = mapped_column(sa.String(64))  # SHA-256 of the privacy notice's JSON
    published_at: Mapped[dt.datetime]
    published_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))

    survey: Mapped[Survey] = relationship(back_populates="versions", foreign_keys=[survey_id])


class XForm(Base):
    """A version as OpenRosa clients (ODK Collect, Enketo) take it; as unchangeable as the version itself.

    ``itemsets``: the file itemsets.csv beside it, or empty. A version that the converter refused has none.
    """

    __tablename__ = "xform"

    version_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("version.id"), primary_key=True)
    xml: Mapped[str] = mapped_column(sa.Text)
    itemsets: Mapped[str] = mapped_column(sa.Text, default="")
    md5: Mapped[str] = mapped_column(sa.String(32))  # of the UTF-8 bytes: what clients compare


class Session(Base):
    """A community consultation: people in a room, at a place, on a day, in a language."""

    __tablename__ = "session"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), index=True)
    place: Mapped[str] = mapped_column(sa.String(255))
    held_on: Mapped[dt.date]
    language: Mapped[str] = mapped_column(sa.String(35))
    facilitator: Mapped[str] = mapped_column(sa.String(255), default="")
    participants: Mapped[int | None]


class Assignment(Base):
    """A collector who works on a survey, with a target. A survey with none is open to all collectors."""

    __tablename__ = "assignment"

    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    target: Mapped[int | None]

    person: Mapped[Person] = relationship()


class GroupTarget(Base):
    """Responses hoped for from a group: a language, a channel, an answer (of those who live in an area).

    ``by`` is what the group is of, as breakdowns name it; ``code`` which one.
    """

    __tablename__ = "group_target"
    __table_args__ = (sa.CheckConstraint("target > 0", name="target_positive"),)

    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), primary_key=True)
    by: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    code: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    target: Mapped[int]


class Waiver(Base):
    """A remark about a survey's questionnaire that staff let stand, and why; later drafts keep it."""

    __tablename__ = "waiver"

    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), primary_key=True)
    remark: Mapped[str] = mapped_column(sa.String(64), primary_key=True)  # SHA-256 of the remark's name
    reason: Mapped[str] = mapped_column(sa.String(500))
    person_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_on: Mapped[dt.date]

    person: Mapped[Person | None] = relationship()
