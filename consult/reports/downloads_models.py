"""Who took single answers out of the house: written once, never changed (triggers in the migration)."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base


class Download(Base):
    """One file that was sent. ``selection``: codes and days of the filter, never what anybody answered."""

    __tablename__ = "download"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    downloaded_at: Mapped[dt.datetime]
    kind: Mapped[str] = mapped_column(sa.String(16))
    words: Mapped[str] = mapped_column(sa.String(35))
    is_own: Mapped[bool]  # only what this person had collected
    selection: Mapped[dict[str, Any]]
    responses: Mapped[int]  # how many the file holds
