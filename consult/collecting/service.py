"""What a collector sees: surveys to collect for, own entries. Reads only; responses/ writes."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session as DatabaseSession

from consult.accounts.models import Person
from consult.i18n import LocalText
from consult.questionnaires.plan import plan_of
from consult.responses.entries import Entry, EntryCounts, count_own_entries, own_entries
from consult.responses.models import ResponseState
from consult.surveys.models import Assignment, Session, Survey, SurveyState
from consult.surveys.service import Published, published, surveys_to_collect

ENTRIES_ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Task:
    """A survey to collect for. ``target``: the number hoped for from this collector, if one was set."""

    survey: Survey
    title: LocalText
    done: int
    drafts: int
    target: int | None


@dataclass(frozen=True, slots=True)
class Work:
    """One survey with a collector's own entries in it: unfinished ones, and one ``page`` of the submitted."""

    survey: Survey
    title: LocalText
    drafts: list[Entry]
    submitted: list[Entry]
    is_open: bool
    page: int
    total: int
    has_lists: bool

    @property
    def first(self) -> int:
        """Of the entries on this page, the number among all, from 1."""
        return (self.page - 1) * ENTRIES_ON_A_PAGE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.submitted) - 1


def tasks(
    session: DatabaseSession, person: Person, organisation_ids: Sequence[uuid.UUID], language: str
) -> list[Task]:
    """What this collector can work on now, by title."""
    counts = count_own_entries(session, person.id)
    assigned = sa.select(Assignment.survey_id, Assignment.target).where(Assignment.person_id == person.id)
    targets = {row.survey_id: row.target for row in session.execute(assigned)}
    found = [
        Task(
            survey,
            survey.title.pick(language),
            counts.get(survey.id, EntryCounts()).submitted,
            counts.get(survey.id, EntryCounts()).drafts,
            targets.get(survey.id),
        )
        for survey in surveys_to_collect(session, person, list(organisation_ids))
    ]
    return sorted(found, key=lambda task: task.title.casefold())


def work_on(
    session: DatabaseSession, survey: Survey, person: Person, language: str, page: int = 1
) -> Work | None:
    """A collector's own entries in one survey: unfinished ones and submitted ones, newest first.

    None for a page that there is not; the first is always there.
    """
    total = count_own_entries(session, person.id).get(survey.id, EntryCounts()).submitted
    skipped = (page - 1) * ENTRIES_ON_A_PAGE
    if page < 1 or skipped >= max(total, 1):
        return None
    return Work(
        survey=survey,
        title=survey.title.pick(language),
        drafts=own_entries(session, person.id, survey_id=survey.id, state=ResponseState.DRAFT),
        submitted=own_entries(
            session,
            person.id,
            survey_id=survey.id,
            state=ResponseState.SUBMITTED,
            limit=ENTRIES_ON_A_PAGE,
            skipped=skipped,
        ),
        is_open=survey.state is SurveyState.OPEN,
        page=page,
        total=total,
        has_lists=_has_lists(session, survey),
    )


def _has_lists(session: DatabaseSession, survey: Survey) -> bool:
    """Whether something is asked several times over, so that a table of its own can be downloaded."""
    if survey.current_version_id is None:
        return False
    return bool(plan_of(published(session, survey.current_version_id).questionnaire).repeats)


def may_collect(session: DatabaseSession, survey: Survey, person: Person) -> bool:
    """Whether the survey is open and this collector works on it (or everybody does)."""
    return survey.id in {one.id for one in surveys_to_collect(session, person, [survey.organisation_id])}


def current_version(session: DatabaseSession, survey: Survey) -> Published:
    """The version that new interviews use; an open survey has one (constraint open_has_version)."""
    if survey.current_version_id is None:
        raise LookupError(survey.slug)
    return published(session, survey.current_version_id)


def sessions_of(session: DatabaseSession, survey: Survey) -> list[Session]:
    """Community sessions an interview can belong to, latest first."""
    query = sa.select(Session).where(Session.survey_id == survey.id)
    return list(session.scalars(query.order_by(Session.held_on.desc(), Session.place)))
