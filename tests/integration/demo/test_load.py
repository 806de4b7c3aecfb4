"""The example in a database: what is there, and that loading again changes nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa

from consult.accounts.credentials import person_by_email
from consult.accounts.models import Membership, Organisation, Person, Role
from consult.accounts.passwords import hash_password
from consult.accounts.service import change_password, set_roles
from consult.db import Base, Database
from consult.demo import storing
from consult.demo.load import Example
from consult.responses.models import Channel, ConsentManner, Response, ResponseState
from consult.surveys.models import Assignment, Session, Survey, SurveyState, Version
from consult.surveys.service import close_survey, survey_by_slug
from tests.integration.demo.conftest import SMALL, TODAY, Load

SUBMITTED = Response.state == ResponseState.SUBMITTED
DRAFT = Response.state == ResponseState.DRAFT


def count(database: Database, of: type[Base], *conditions: Any) -> int:
    with database.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(of).where(*conditions)) or 0


def everything(database: Database) -> list[list[Any]]:
    """All rows of all tables, in an order of their own."""
    with database.read() as session:
        tables = Base.metadata.sorted_tables
        return [sorted(map(repr, session.execute(sa.select(table)).all())) for table in tables]


def passwords(examples: list[Example]) -> dict[str, str | None]:
    return {account.person.email: account.password for example in examples for account in example.accounts}


def test_both_surveys_are_open_to_try(database: Database, load_example: Load) -> None:
    load_example(TODAY)
    with database.read() as session:
        surveys = session.scalars(sa.select(Survey).order_by(Survey.slug)).all()
        assert [survey.slug for survey in surveys] == ["immigrant-survey", "services-en-francais"]
        assert {survey.state for survey in surveys} == {SurveyState.OPEN}
        assert {survey.opened_on for survey in surveys} == {TODAY - dt.timedelta(weeks=10)}


def test_organisations_keep_their_language_of_work(database: Database, load_example: Load) -> None:
    load_example(TODAY)
    with database.read() as session:
        rows = session.execute(sa.select(Organisation.slug, Organisation.default_language)).all()
        assert sorted(map(tuple, rows)) == [("ashbrook", "en"), ("grands-pins", "fr")]


def test_every_response_is_stored_and_says_what_was_consented_to(
    database: Database, load_example: Load
) -> None:
    examples = load_example(TODAY)
    assert [example.added for example in examples] == [40, 40]
    with database.read() as session:
        notices = set(session.scalars(sa.select(Version.notice_digest)))
        found = session.scalars(sa.select(Response).where(SUBMITTED)).all()
        assert len(found) == 80
        assert {response.consent_notice for response in found} == notices
        assert all(response.collected_on < TODAY for response in found if response.collected_on)


def test_what_a_collector_read_aloud_was_heard(database: Database, load_example: Load) -> None:
    load_example(TODAY)
    aloud = Response.channel.in_([Channel.COLLECTOR, Channel.PHONE])
    assert count(database, Response, aloud) > 0
    assert count(database, Response, aloud, Response.consent_manner != ConsentManner.HEARD) == 0


def test_each_collector_has_an_assignment_and_an_interview_to_go_on_with(
    database: Database, load_example: Load
) -> None:
    load_example(TODAY)
    with database.read() as session:
        collectors = set(session.scalars(sa.select(Membership.person_id).filter_by(role=Role.COLLECTOR)))
        assert set(session.scalars(sa.select(Assignment.person_id))) == collectors
        drafts = session.scalars(sa.select(Response).where(DRAFT)).all()
        assert sorted(draft.collector_id for draft in drafts) == sorted(collectors)
        assert all(draft.answers and draft.page and draft.started_on == TODAY for draft in drafts)


def test_sessions_are_held_while_the_survey_is_open(database: Database, load_example: Load) -> None:
    load_example(TODAY)
    with database.read() as session:
        held = session.scalars(sa.select(Session)).all()
        assert len(held) == sum(len(organisation.sessions) for organisation in SMALL)
        assert all(TODAY - dt.timedelta(weeks=10) < each.held_on < TODAY for each in held)


def test_loading_again_changes_nothing(database: Database, load_example: Load) -> None:
    first = load_example(TODAY)
    before = everything(database)
    again = load_example(TODAY + dt.timedelta(days=3))
    assert everything(database) == before
    assert [example.added for example in again] == [0, 0]
    assert passwords(again) == passwords(first)


def test_loading_that_was_cut_off_is_finished_by_the_next(
    database: Database, load_example: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storing, "BATCH", 30)
    stored = storing.store_responses
    calls: list[int] = []

    def cut_off(*given: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return stored(*given)

    monkeypatch.setattr(storing, "store_responses", cut_off)
    with pytest.raises(KeyboardInterrupt):
        load_example(TODAY)
    assert count(database, Response, SUBMITTED) == 30
    monkeypatch.setattr(storing, "store_responses", stored)
    load_example(TODAY + dt.timedelta(days=1))
    assert count(database, Response, SUBMITTED) == 80
    assert count(database, Response, DRAFT) == 3


def test_password_that_was_changed_is_kept_and_not_shown(database: Database, load_example: Load) -> None:
    load_example(TODAY)
    with database.write() as session:
        joan = person_by_email(session, "joan@ashbrook.example")
        assert joan is not None
        change_password(session, joan, hash_password("a long phrase of her own"))
        changed = joan.password
    again = load_example(TODAY)
    assert passwords(again)["joan@ashbrook.example"] is None
    with database.read() as session:
        kept = sa.select(Person.password).filter_by(email="joan@ashbrook.example")
        assert session.scalar(kept) == changed


def test_role_that_was_taken_away_does_not_come_back(database: Database, load_example: Load) -> None:
    load_example(TODAY)
    with database.write() as session:
        amal = person_by_email(session, "amal@ashbrook.example")
        organisation = session.scalar(sa.select(Organisation).filter_by(slug="ashbrook"))
        assert amal is not None
        assert organisation is not None
        set_roles(session, organisation.id, amal.id, [])
    load_example(TODAY)
    assert count(database, Membership, Membership.person_id == amal.id) == 0


def test_survey_that_staff_closed_stays_closed(database: Database, load_example: Load) -> None:
    load_example(TODAY)
    with database.write() as session:
        survey = survey_by_slug(session, "immigrant-survey")
        assert survey is not None
        close_survey(session, survey, TODAY)
    load_example(TODAY)
    assert count(database, Survey, Survey.state == SurveyState.CLOSED) == 1
