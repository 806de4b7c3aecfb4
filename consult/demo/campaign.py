"""The example's surveys in the database: published, opened ten weeks ago, with collectors and sessions."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session as DatabaseSession

from consult.accounts.credentials import person_by_email
from consult.accounts.models import Organisation, Person, Role
from consult.demo.forms import example_questionnaire
from consult.demo.organisations import ExampleOrganisation
from consult.demo.responses import WEEKS
from consult.reports.profiles import keep_profile
from consult.surveys.models import Assignment, Session, Survey
from consult.surveys.service import (
    Published,
    import_questionnaire,
    open_survey,
    publish_draft,
    published,
    survey_by_slug,
)
from consult.surveys.targets import set_targets
from consult.surveys.xforms import draft_to_convert, keep_xform, work_out


@dataclass(frozen=True, slots=True)
class Campaign:
    """A survey as its responses need it. ``collectors`` by address, ``sessions`` by place."""

    version: Published
    opened_on: dt.date
    collectors: Mapping[str, uuid.UUID]
    sessions: Mapping[str, uuid.UUID]


def make_survey(
    session: DatabaseSession, example: ExampleOrganisation, organisation: Organisation, today: dt.date
) -> Campaign:
    """The survey of the example, made now or before; what was changed in it since stays."""
    survey = survey_by_slug(session, example.survey_slug)
    if survey is not None:
        return _campaign(session, example, survey)
    questionnaire = example_questionnaire(example.form)
    survey = import_questionnaire(session, organisation, questionnaire, example.survey_slug)
    last_day = today + dt.timedelta(days=example.days_left)
    set_targets(session, survey, example.target, last_day, example.group_targets)
    opened_on = today - dt.timedelta(weeks=WEEKS)
    people = {role: _people(session, example, role) for role in (Role.STAFF, Role.COLLECTOR)}
    published_at = dt.datetime.combine(opened_on, dt.time(14), dt.UTC)
    draft = draft_to_convert(session, survey)
    version = publish_draft(session, survey, people[Role.STAFF][0], published_at)
    if draft is not None:
        keep_xform(session, version, work_out(draft))
    open_survey(session, survey, opened_on)
    for collector in people[Role.COLLECTOR]:
        session.add(Assignment(survey_id=survey.id, person_id=collector.id, target=example.target // 6))
    session.add_all(_sessions(example, survey, opened_on))
    if example.known is not None:
        keep_profile(session, survey.id, example.known, by=people[Role.STAFF][0].id, on=opened_on)
    session.flush()
    return _campaign(session, example, survey)


def _people(session: DatabaseSession, example: ExampleOrganisation, role: Role) -> list[Person]:
    found = [person_by_email(session, each.email) for each in example.people if role in each.roles]
    return [person for person in found if person is not None]


def _sessions(example: ExampleOrganisation, survey: Survey, opened_on: dt.date) -> list[Session]:
    return [
        Session(
            survey_id=survey.id,
            place=held.place,
            held_on=opened_on + dt.timedelta(days=held.days),
            language=held.language,
            facilitator=held.facilitator,
            participants=held.participants,
        )
        for held in example.sessions
    ]


def _campaign(session: DatabaseSession, example: ExampleOrganisation, survey: Survey) -> Campaign:
    first = next(version for version in survey.versions if version.number == 1)
    held = session.scalars(sa.select(Session).where(Session.survey_id == survey.id))
    return Campaign(
        published(session, first.id),
        survey.opened_on or first.published_at.date(),
        {person.email: person.id for person in _people(session, example, Role.COLLECTOR)},
        {each.place: each.id for each in held},
    )
