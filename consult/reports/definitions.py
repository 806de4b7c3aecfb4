"""Reports that staff defined and named, of one survey: kept, changed, taken away, and made into an order.

definition = definition_named(session, survey.id, "Monthly for the council")
order = order_of_definition(survey.slug, definition, "xlsx", today)
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from consult.accounts.models import Person
from consult.reports.definitions_models import ReportDefinition
from consult.reports.files import Kind, Order
from consult.reports.order_documents import filters_document, filters_of
from consult.reports.periods import DAYS, EVERYTHING, days_of
from consult.responses.reading import EVERY, Filters


class NameTaken(Exception):
    """Another report of this survey is called so."""


@dataclass(frozen=True, slots=True)
class Definition:
    """``words``: as of an order. ``filters``: without days, unless ``period`` is :data:`periods.DAYS`.
    ``questions``: keys, none for all; ``breakdowns``: see breakdowns.py."""

    name: str
    words: str = "both"
    questions: tuple[str, ...] = ()
    breakdowns: tuple[str, ...] = ()
    period: str = EVERYTHING
    filters: Filters = EVERY
    has_marks: bool = False
    is_weighted: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """A definition as it is stored: which one it is, and who changed it last, when."""

    id: uuid.UUID
    definition: Definition
    changed_at: dt.datetime
    changed_by: str | None


def order_of_definition(survey: str, definition: Definition, kind: Kind, today: dt.date) -> Order:
    """The order of its file, were it ordered ``today``: then a period that moves has its days."""
    filters = definition.filters
    since, until = days_of(definition.period, today, filters.collected_from, filters.collected_until)
    return Order(
        survey,
        kind,
        definition.words,
        replace(filters, collected_from=since, collected_until=until),
        questions=definition.questions,
        breakdowns=definition.breakdowns,
        has_marks=definition.has_marks,
        is_weighted=definition.is_weighted,
        definition=definition.name,
    )


def definitions_of(session: Session, survey_id: uuid.UUID) -> list[Kept]:
    """All of a survey, by name."""
    query = _kept().where(ReportDefinition.survey_id == survey_id).order_by(ReportDefinition.folded)
    return [_of_row(row) for row in session.execute(query)]


def definition_kept(session: Session, survey_id: uuid.UUID, definition_id: uuid.UUID) -> Kept | None:
    """None where this survey has no such."""
    row = session.execute(
        _kept().where(ReportDefinition.survey_id == survey_id, ReportDefinition.id == definition_id)
    ).one_or_none()
    return None if row is None else _of_row(row)


def definition_named(session: Session, survey_id: uuid.UUID, name: str) -> Definition | None:
    """Capitals do not matter."""
    row = session.execute(
        _kept().where(ReportDefinition.survey_id == survey_id, ReportDefinition.folded == _folded(name))
    ).one_or_none()
    return None if row is None else _of_row(row).definition


def keep_definition(
    session: Session,
    survey_id: uuid.UUID,
    definition: Definition,
    *,
    by: uuid.UUID,
    now: dt.datetime,
    instead_of: uuid.UUID | None = None,
) -> uuid.UUID:
    """A new one, or in place of ``instead_of``. Raises NameTaken, LookupError where that is gone."""
    name = " ".join(definition.name.split())
    found = session.get(ReportDefinition, instead_of) if instead_of else None
    if instead_of and (found is None or found.survey_id != survey_id):
        raise LookupError(instead_of)
    kept = found or ReportDefinition(survey_id=survey_id, created_at=now, created_by_id=by)
    try:
        with session.begin_nested():
            kept.name, kept.folded, kept.content = name, _folded(name), definition_document(definition)
            kept.changed_at, kept.changed_by_id = now, by
            session.add(kept)
    except IntegrityError:
        raise NameTaken(name) from None
    return kept.id


def remove_definition(session: Session, survey_id: uuid.UUID, definition_id: uuid.UUID) -> None:
    """Nothing to remove is fine."""
    session.execute(
        sa.delete(ReportDefinition).where(
            ReportDefinition.survey_id == survey_id, ReportDefinition.id == definition_id
        )
    )


def definition_document(definition: Definition) -> dict[str, Any]:
    """As JSON; days only where they are fixed."""
    filters = definition.filters
    if definition.period != DAYS:
        filters = replace(filters, collected_from=None, collected_until=None)
    return {
        "words": definition.words,
        "questions": list(definition.questions),
        "breakdowns": list(definition.breakdowns),
        "period": definition.period,
        "filters": filters_document(filters),
        "has_marks": definition.has_marks,
        "is_weighted": definition.is_weighted,
    }


def definition_of(name: str, document: Mapping[str, Any]) -> Definition:
    """What :func:`definition_document` wrote down."""
    return Definition(
        name,
        document["words"],
        tuple(document["questions"]),
        tuple(document["breakdowns"]),
        document["period"],
        filters_of(document["filters"]),
        document["has_marks"],
        document["is_weighted"],
    )


_Row = tuple[ReportDefinition, str, str]


def _kept() -> sa.Select[ReportDefinition, str, str]:
    return sa.select(ReportDefinition, Person.name, Person.email).outerjoin(
        Person, Person.id == ReportDefinition.changed_by_id
    )


def _of_row(found: _Row) -> Kept:
    row, name, email = found
    return Kept(row.id, definition_of(row.name, row.content), row.changed_at, name or email)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
