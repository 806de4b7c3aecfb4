"""Answers cleared for quoting: what was decided of each, and which of them a report may use.

    decide(session, survey_id, question, spoken, Decision(...), by=…, now=…)     raises Stale
    decisions_of(session, survey_id)                  what holds now, by answer
    cleared_quotes(session, survey, filters, asked)   what a report may quote

The answer itself is never touched. An answer that has changed since is in no report until somebody has looked
at it again: what was cleared may be what its respondent took back.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from consult.i18n import Localized
from consult.questionnaires.trails import trail_of
from consult.reports.cleared_models import QuoteDecision, QuoteState
from consult.reports.merging import Asked
from consult.reports.source import Cleared
from consult.reports.spoken import Spoken, digest_of, text_at
from consult.responses.models import ResponseState
from consult.responses.reading import Filters
from consult.responses.rows import RESPONSE
from consult.surveys.models import Survey

Place = tuple[uuid.UUID, str]
"""A response and the address of an answer in it."""


class Stale(Exception):
    """Somebody decided about the same answer meanwhile."""


@dataclass(frozen=True, slots=True)
class Decision:
    """``number``: of the decision that whoever decides has seen, 0 for none."""

    state: QuoteState
    texts: Localized
    number: int


def decide(
    session: Session,
    survey_id: uuid.UUID,
    question: str,
    spoken: Spoken,
    decision: Decision,
    *,
    by: uuid.UUID,
    now: dt.datetime,
) -> None:
    """Add a decision about one answer. Raises Stale."""
    known = decision_of(session, (spoken.response_id, spoken.place))
    if (known.number if known else 0) != decision.number:
        raise Stale
    row = QuoteDecision(
        survey_id=survey_id,
        response_id=spoken.response_id,
        question=question,
        place=spoken.place,
        number=decision.number + 1,
        state=decision.state,
        language=spoken.language,
        texts=decision.texts,
        digest=spoken.digest,
        decided_by_id=by,
        decided_at=now,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        raise Stale from None


def decision_of(session: Session, place: Place) -> QuoteDecision | None:
    """The one that holds."""
    return next(iter(history_of(session, place)), None)


def history_of(session: Session, place: Place) -> Sequence[QuoteDecision]:
    """All decisions about one answer, the newest first."""
    own = QuoteDecision.response_id == place[0], QuoteDecision.place == place[1]
    return session.scalars(sa.select(QuoteDecision).where(*own).order_by(QuoteDecision.number.desc())).all()


def decisions_of(
    session: Session, survey_id: uuid.UUID, question: str | None = None
) -> Mapping[Place, QuoteDecision]:
    """Those that hold, of a whole survey or of one question."""
    wanted = sa.select(QuoteDecision).where(QuoteDecision.survey_id == survey_id)
    if question is not None:
        wanted = wanted.where(QuoteDecision.question == question)
    ordered = wanted.order_by(QuoteDecision.response_id, QuoteDecision.place, QuoteDecision.number)
    return {(each.response_id, each.place): each for each in session.scalars(ordered)}


def cleared_quotes(
    session: Session, survey: Survey, filters: Filters, asked: Sequence[Asked]
) -> tuple[Cleared, ...]:
    """Of the selected responses, in an order that says nothing of when they came."""
    held = decisions_of(session, survey.id)
    cleared = {place: each for place, each in held.items() if each.state is QuoteState.CLEARED}
    if not cleared:
        return ()
    rows = session.execute(
        sa.select(RESPONSE.c.id, RESPONSE.c.version_id, RESPONSE.c.answers).where(
            RESPONSE.c.id.in_({response_id for response_id, _ in cleared}),
            RESPONSE.c.state == ResponseState.SUBMITTED,
            *filters.conditions(),
        )
    )
    numbers = {version.id: version.number for version in survey.versions}
    responses = {row.id: row for row in rows}
    found = []
    for (response_id, place), each in cleared.items():
        row = responses.get(response_id)
        if row is None or is_changed(each, text_at(row.answers, place)):
            continue
        key = _report_key(asked, place, numbers[row.version_id])
        if key is not None:
            found.append(Cleared(key, each.language, each.texts))
    return tuple(found)


def is_changed(decision: QuoteDecision, text: str | None) -> bool:
    """Whether the answer is no longer what it was when this was decided."""
    return text is None or decision.digest != digest_of(text)


def _report_key(asked: Sequence[Asked], place: str, version: int) -> str | None:
    trail, key = trail_of(place)
    path = tuple(repeat for repeat, _ in trail)
    for each in asked:
        own = each.question.key, f"{each.question.key}_other" if each.question.has_other else None
        if each.path == path and version in each.versions and key in own:
            return each.key
    return None
