"""Counts by conditions; how far answers have come."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import fields, replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from consult.responses.models import ResponseState
from consult.responses.reading import EVERY, Filters
from consult.responses.rows import RESPONSE


def conditions_of(filters: Filters) -> tuple[Filters, ...]:
    """Each thing that is selected by, by itself."""
    single = [
        replace(EVERY, **{each.name: getattr(filters, each.name)})
        for each in fields(filters)
        if each.name != "answered" and getattr(filters, each.name)
    ]
    return (*single, *(replace(EVERY, answered=(pair,)) for pair in filters.answered))


def count_together(
    session: Session, survey_id: uuid.UUID, filters: Filters
) -> Mapping[tuple[bool, ...], int]:
    """How many submitted responses there are for each way of meeting the conditions of ``filters`` or not,
    in the order of :func:`conditions_of`; ways that nobody has are left out."""
    flags = [
        sa.case((sa.and_(*single.conditions()), 1), else_=0).label(f"condition_{place}")
        for place, single in enumerate(conditions_of(filters))
    ]
    query = sa.select(sa.func.count(), *flags).where(*_submitted(survey_id))
    rows = session.execute(query.group_by(*(sa.text(flag.name) for flag in flags)))
    return {tuple(map(bool, row[1:])): row[0] for row in rows if row[0]}


def progress_mark(session: Session, survey_id: uuid.UUID) -> tuple[int, int]:
    """Responses and corrections until now: when both are the same, so is every number.

    Both come from one index, so that it may be asked often.
    """
    both = sa.func.count(), sa.func.coalesce(sa.func.sum(RESPONSE.c.revision), 0)
    responses, corrections = session.execute(sa.select(*both).where(*_submitted(survey_id))).one()
    return responses, int(corrections)


def _submitted(survey_id: uuid.UUID) -> tuple[sa.ColumnElement[bool], ...]:
    return RESPONSE.c.survey_id == survey_id, RESPONSE.c.state == ResponseState.SUBMITTED
