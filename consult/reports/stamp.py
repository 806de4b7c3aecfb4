"""What a file is made of, as one stamp: as long as it stays the same, the same order gives the same file.

Whatever an order's file says must go in here: a stamp that misses something hands out an old file for a day.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from importlib.metadata import version
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DatabaseSession

from consult.reports.analysis.profiles import profile_document
from consult.reports.cleared_models import QuoteDecision
from consult.reports.files import Order
from consult.reports.order_documents import canonical, document_of
from consult.reports.profiles import profile_kept
from consult.reports.queries import collector_names, source_of
from consult.responses.models import ResponseState
from consult.responses.rows import RESPONSE
from consult.surveys.editions import editions_of
from consult.surveys.models import Session, Survey


def stamp_of(
    session: DatabaseSession, survey: Survey, order: Order, *, secret_key: str, made_on: dt.date
) -> str:
    """64 hexadecimal digits. Counts responses and corrections: a submitted one is never deleted."""
    source = source_of(session, survey, secret_key=secret_key, made_on=made_on, filters=order.filters)
    of_survey = RESPONSE.c.survey_id == survey.id, RESPONSE.c.state == ResponseState.SUBMITTED
    answers = sa.select(sa.func.count(), sa.func.sum(RESPONSE.c.revision)).where(*of_survey)
    sessions = sa.select(Session.id, Session.held_on, Session.place).where(Session.survey_id == survey.id)
    decided = sa.select(sa.func.count()).where(QuoteDecision.survey_id == survey.id)
    content = (
        version("consult"),
        document_of(order),
        made_on.isoformat(),
        (source.title, source.organisation, source.fallback, source.threshold),
        (source.opened_on, source.closed_on, [each.number for each in source.versions]),
        sorted((str(key), name) for key, name in collector_names(session, survey).items()),
        sorted(map(str, session.execute(sessions))),
        [each.number for each in editions_of(session, survey.id)] if order.kind == "edition" else [],
        list(session.execute(answers).one()),
        session.execute(decided).scalar_one(),  # of answers that may be quoted: none is ever changed
        _weighed_by(session, survey, order),
    )
    return hashlib.sha256(canonical(content)).hexdigest()


def _weighed_by(session: DatabaseSession, survey: Survey, order: Order) -> dict[str, Any] | None:
    kept = profile_kept(session, survey.id) if order.is_weighted else None
    return profile_document(kept.profile) if kept else None
