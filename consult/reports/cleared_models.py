"""Answers that may be quoted: what was decided of each, by whom, when. Rows are added, never changed."""

from __future__ import annotations

import datetime as dt
import enum
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base, enum_by_value
from consult.i18n import Localized


class QuoteState(enum.Enum):
    """``PROPOSED``: somebody thinks that it could be quoted; only ``CLEARED`` ones are in reports."""

    PROPOSED = "proposed"
    CLEARED = "cleared"
    WITHDRAWN = "withdrawn"


class QuoteDecision(Base):
    """One decision about one answer; that with the highest ``number`` holds. It goes with the response."""

    __tablename__ = "quote_decision"
    __table_args__ = (
        sa.UniqueConstraint("response_id", "place", "number"),
        sa.Index("ix_quote_decision_survey", "survey_id", "question"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"))
    response_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("response.id", ondelete="CASCADE"))
    question: Mapped[str] = mapped_column(sa.String(255))  # key of the column in reports
    place: Mapped[str] = mapped_column(sa.Text)  # address of the answer in the response: members[2]/note
    number: Mapped[int]  # of the decision about this answer, from 1
    state: Mapped[QuoteState] = mapped_column(enum_by_value(QuoteState))
    language: Mapped[str] = mapped_column(sa.String(35))  # in which the answer was given
    texts: Mapped[Localized]  # the wording to be used, in that language and in translation
    digest: Mapped[str] = mapped_column(sa.String(64))  # of the answer as it was when this was decided
    decided_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[dt.datetime]
