"""How many responses a survey hopes for: in all, until when, and of which groups."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session as DatabaseSession

from consult.surveys.models import Assignment, GroupTarget, Survey

Groups = Mapping[str, Mapping[str, int]]
"""What groups are of (as breakdowns name it) → code of the group → responses hoped for."""


@dataclass(frozen=True, slots=True)
class Targets:
    """``total`` and ``ends_on`` None: not said. ``collectors``: everybody assigned, None without a number."""

    total: int | None = None
    ends_on: dt.date | None = None
    groups: Groups = field(default_factory=dict)
    collectors: Mapping[uuid.UUID, int | None] = field(default_factory=dict)


def targets_of(session: DatabaseSession, survey: Survey) -> Targets:
    rows = session.scalars(
        sa.select(GroupTarget)
        .where(GroupTarget.survey_id == survey.id)
        .order_by(GroupTarget.by, GroupTarget.code)
    )
    groups: dict[str, dict[str, int]] = {}
    for row in rows:
        groups.setdefault(row.by, {})[row.code] = row.target
    assigned = session.execute(
        sa.select(Assignment.person_id, Assignment.target).where(Assignment.survey_id == survey.id)
    )
    return Targets(survey.target, survey.ends_on, groups, {row.person_id: row.target for row in assigned})


def set_targets(
    session: DatabaseSession, survey: Survey, total: int | None, ends_on: dt.date | None, groups: Groups
) -> None:
    """In place of what was said before, for what ``groups`` are of; of other groups nothing changes."""
    survey.target, survey.ends_on = total, ends_on
    session.execute(
        sa.delete(GroupTarget).where(GroupTarget.survey_id == survey.id, GroupTarget.by.in_(groups))
    )
    session.add_all(
        GroupTarget(survey_id=survey.id, by=by, code=code, target=number)
        for by, numbers in groups.items()
        for code, number in numbers.items()
    )
    session.flush()
