"""Files that take a while: what was ordered, how far it is, who waits for it."""

from __future__ import annotations

import datetime as dt
import enum
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base, enum_by_value
from consult.reports.trouble import Trouble


class JobState(enum.Enum):
    """``failed``: it can be started again."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Base):
    """One file. ``stamp``: of the order and of all it is made from: who orders the same gets the same file.

    ``slot`` is unique: it is what keeps too many from running at once, on every machine together.
    """

    __tablename__ = "report_job"
    __table_args__ = (
        sa.CheckConstraint("(state = 'running') = (slot is not null)", name="running_has_slot"),
        sa.CheckConstraint("done <= total", name="done_within_total"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    stamp: Mapped[str] = mapped_column(sa.String(64), unique=True)
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id", ondelete="CASCADE"), index=True)
    content: Mapped[dict[str, Any]] = mapped_column("order_document")  # codes, never an answer's text
    state: Mapped[JobState] = mapped_column(enum_by_value(JobState), default=JobState.WAITING)
    trouble: Mapped[Trouble | None] = mapped_column(enum_by_value(Trouble))  # why it failed
    slot: Mapped[int | None] = mapped_column(unique=True)
    worker: Mapped[str | None] = mapped_column(sa.String(32))  # the process that makes it
    done: Mapped[int] = mapped_column(default=0)  # rows read
    total: Mapped[int] = mapped_column(default=0)  # rows to read
    responses: Mapped[int] = mapped_column(default=0)  # in the file, once it is done
    size: Mapped[int] = mapped_column(sa.BigInteger, default=0)  # bytes, once it is done
    made_on: Mapped[dt.date]  # the day in the file and in its name
    ordered_at: Mapped[dt.datetime]
    heard_at: Mapped[dt.datetime]  # when somebody last worked on it, or ordered it
    expires_at: Mapped[dt.datetime]


class JobPerson(Base):
    """Whose list a file is on."""

    __tablename__ = "report_job_person"

    job_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("report_job.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
