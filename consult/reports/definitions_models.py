"""Saved reports: what staff put together once, to download it again and again."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base

LONGEST_NAME = 100


class ReportDefinition(Base):
    """One of a survey. ``folded``: its name without capitals, unique in the survey; ``content``: see
    definitions.py; codes and days, never an answer's text."""

    __tablename__ = "report_definition"
    __table_args__ = (sa.UniqueConstraint("survey_id", "folded"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(sa.String(LONGEST_NAME))
    folded: Mapped[str] = mapped_column(sa.String(3 * LONGEST_NAME))
    content: Mapped[dict[str, Any]]
    created_at: Mapped[dt.datetime]
    created_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    changed_at: Mapped[dt.datetime]
    changed_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
