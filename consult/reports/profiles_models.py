"""Whom a community is made of: known numbers that staff uploaded, to compare and weight responses with."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base


class ProfileUpload(Base):
    """The profile of one survey; a new sheet replaces it. ``content``: see profiles.py."""

    __tablename__ = "profile_upload"

    survey_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("survey.id", ondelete="CASCADE"), primary_key=True
    )
    content: Mapped[dict[str, Any]]  # questions with their codes and numbers, and where these are from
    uploaded_on: Mapped[dt.date]
    uploaded_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
