"""Surveys: import, publish, open, close, read. The only writer of surveys and versions."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DatabaseSession

from consult.accounts.models import Organisation, Person
from consult.questionnaires.document import digest, notice_digest, to_document
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.xlsform.beside import NO_FILES
from consult.surveys.files import keep_files, loaded
from consult.surveys.models import Assignment, Session, Survey, SurveyState, Version

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")


class SurveyError(Exception):
    """Something a person asked of a survey cannot be done; ``code`` says what, for a translated message."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Published:
    """A published version ready for use: what the hot path needs, without a database session."""

    version_id: uuid.UUID
    survey_id: uuid.UUID
    number: int
    digest: str
    notice_digest: str
    questionnaire: Questionnaire


def make_slug(text: str) -> str:
    """A public address from a title: ``Immigrant survey 2026`` → ``immigrant-survey-2026``."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:64].strip("-") or "survey"


def free_slug(session: DatabaseSession, text: str) -> str:
    """An address made from ``text`` that no survey has yet."""
    wanted, number = make_slug(text), 1
    while survey_by_slug(session, wanted) is not None:
        number += 1
        wanted = f"{make_slug(text)[:60]}-{number}"
    return wanted


def survey_by_slug(session: DatabaseSession, slug: str) -> Survey | None:
    return session.scalar(sa.select(Survey).where(Survey.slug == slug))


def organisation_of_survey(session: DatabaseSession, slug: str) -> uuid.UUID | None:
    """Which organisation a survey belongs to (access control asks)."""
    return session.scalar(sa.select(Survey.organisation_id).where(Survey.slug == slug))


def organisation_of_session(session: DatabaseSession, session_id: str) -> uuid.UUID | None:
    """Which organisation a collection session belongs to; ``None`` also for what is no identity."""
    try:
        wanted = uuid.UUID(session_id)
    except ValueError:
        return None
    return session.scalar(
        sa.select(Survey.organisation_id)
        .join(Session, Session.survey_id == Survey.id)
        .where(Session.id == wanted)
    )


def surveys_of(session: DatabaseSession, organisation_ids: list[uuid.UUID]) -> list[Survey]:
    """The surveys of these organisations, newest title order left to the caller."""
    return list(
        session.scalars(
            sa.select(Survey).where(Survey.organisation_id.in_(organisation_ids)).order_by(Survey.slug)
        )
    )


def open_surveys(session: DatabaseSession, organisation: str | None = None) -> list[Survey]:
    """What takes answers now, of one organisation (by slug) or of all."""
    query = sa.select(Survey).where(Survey.state == SurveyState.OPEN).order_by(Survey.slug)
    if organisation is not None:
        query = query.join(Organisation).where(Organisation.slug == organisation)
    return list(session.scalars(query))


def surveys_to_collect(
    session: DatabaseSession, person: Person, organisation_ids: list[uuid.UUID]
) -> list[Survey]:
    """Open surveys a collector works on: assigned to them, or assigned to nobody in particular."""
    assigned = sa.select(Assignment.survey_id)
    mine = assigned.where(Assignment.person_id == person.id)
    return list(
        session.scalars(
            sa.select(Survey)
            .where(
                Survey.organisation_id.in_(organisation_ids),
                Survey.state == SurveyState.OPEN,
                sa.or_(Survey.id.in_(mine), Survey.id.not_in(assigned)),
            )
            .order_by(Survey.slug)
        )
    )


def import_questionnaire(
    session: DatabaseSession,
    organisation: Organisation,
    questionnaire: Questionnaire,
    slug: str | None = None,
    files: Mapping[str, bytes] = NO_FILES,
    notes: dict[str, Any] | None = None,
) -> Survey:
    """Make or replace the draft of a survey; published versions stay as they are.

    ``files``: the content of every file that the questionnaire names. ``notes``: what was noted while the
    form was read, for those who look at the draft.

    Raises SurveyError: ``slug_invalid``; ``slug_taken`` (by another organisation; not said by whom).
    """
    wanted = slug or make_slug(questionnaire.key)
    if not SLUG.fullmatch(wanted):
        raise SurveyError("slug_invalid")
    survey = survey_by_slug(session, wanted)
    if survey is None:
        survey = Survey(slug=wanted, organisation_id=organisation.id, title=questionnaire.title)
        session.add(survey)
    elif survey.organisation_id != organisation.id:
        raise SurveyError("slug_taken")
    keep_files(session, files)
    survey.draft, survey.notes = to_document(questionnaire), notes
    survey.title = questionnaire.title
    session.flush()
    return survey


def publish_draft(session: DatabaseSession, survey: Survey, by: Person | None, now: dt.datetime) -> Version:
    """Turn the draft into the next immutable version; publishing the same draft twice gives the same version.

    Raises SurveyError ``nothing_to_publish``.
    """
    if survey.draft is None:
        raise SurveyError("nothing_to_publish")
    document = survey.draft
    found = digest(document)
    if survey.current_version is not None and survey.current_version.digest == found:
        return survey.current_version
    last = session.scalar(sa.select(sa.func.max(Version.number)).where(Version.survey_id == survey.id)) or 0
    version = Version(
        survey_id=survey.id,
        number=last + 1,
        specification=document,
        digest=found,
        notice_digest=notice_digest(document),
        published_at=now,
        published_by_id=by.id if by else None,
    )
    session.add(version)
    session.flush()
    survey.current_version = version
    session.flush()
    return version


def open_survey(session: DatabaseSession, survey: Survey, today: dt.date) -> None:
    """Start (or go on) taking answers. Raises SurveyError ``not_published``."""
    if survey.current_version_id is None:
        raise SurveyError("not_published")
    survey.state = SurveyState.OPEN
    survey.opened_on = survey.opened_on or today
    survey.closed_on = None
    session.flush()


def close_survey(session: DatabaseSession, survey: Survey, today: dt.date) -> None:
    """Stop taking answers; what is stored stays."""
    survey.state = SurveyState.CLOSED
    survey.closed_on = today
    session.flush()


def published(session: DatabaseSession, version_id: uuid.UUID) -> Published:
    """A version ready for use. It never changes, so a process reads and parses it once."""
    known = _KNOWN.get(version_id)
    if known is None:
        version = session.get_one(Version, version_id)
        known = Published(
            version.id,
            version.survey_id,
            version.number,
            version.digest,
            version.notice_digest,
            loaded(session, version.specification),
        )
        while len(_KNOWN) >= _KNOWN_AT_MOST:
            _KNOWN.pop(next(iter(_KNOWN)), None)
        _KNOWN[version_id] = known
    return known


_KNOWN_AT_MOST = 200
_KNOWN: dict[uuid.UUID, Published] = {}
