"""From the database to the source of a report: names, versions, one snapshot, few questions asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.orm import Session as DatabaseSession

from consult.db import Database
from consult.questionnaires.document import to_document
from consult.reports.queries import source_of
from consult.reports.source import Source
from consult.responses.models import Channel
from consult.responses.reading import EVERY, Filters
from consult.surveys.models import Survey
from tests import factories
from tests.samples.questions import ask, questionnaire

OLD = questionnaire(ask("text", "gone"), ask("text", "kept"))
NEW = questionnaire(ask("text", "kept"), ask("text", "added"))


def source(session: DatabaseSession, survey: Survey, filters: Filters = EVERY) -> Source:
    found = session.get_one(Survey, survey.id)
    return source_of(session, found, secret_key="key", made_on=dt.date(2026, 3, 31), filters=filters)


def survey_in(database: Database) -> Survey:
    with database.write() as session:
        survey = factories.make_open_survey(session, specification=to_document(OLD))
        person = factories.make_person(session, name="", email="amal@example.org")
        meeting = factories.make_session(session, survey=survey, place="Library")
        factories.make_response(
            session,
            survey=survey,
            language="ar",
            channel=Channel.PAPER,
            collector_id=person.id,
            session_id=meeting.id,
            form_number="17",
            answers={"gone": "a"},
        )
        newer = factories.make_version(session, survey=survey, specification=to_document(NEW))
        survey.current_version_id = newer.id
        factories.make_response(session, survey=survey, answers={"added": "b"})
    return survey


def test_rows_have_names_instead_of_identities(database: Database) -> None:
    survey = survey_in(database)
    with database.read() as session:
        rows = sorted(source(session, survey).rows(), key=lambda row: row.version)
    old, new = rows
    assert (old.version, old.language, old.channel, old.collector) == (1, "ar", "paper", "amal@example.org")
    assert (old.session_place, old.session_on, old.form_number) == ("Library", factories.TODAY, "17")
    assert (new.version, new.collector, new.session_place) == (2, None, None)


def test_questions_of_all_versions_are_there_in_one_order(database: Database) -> None:
    survey = survey_in(database)
    with database.read() as session:
        found = source(session, survey)
    assert [asked.key for asked in found.asked] == ["gone", "kept", "added"]
    assert [version.number for version in found.versions] == [1, 2]


def test_selection_says_what_was_selected(database: Database) -> None:
    survey = survey_in(database)
    filters = Filters(languages=frozenset({"ar"}), channels=frozenset({Channel.PAPER}))
    with database.read() as session:
        found = source(session, survey, filters)
        assert len(list(found.rows())) == 1
    assert found.total == 2
    assert (found.selection.language, found.selection.channel) == ("ar", "paper")
    assert found.selection


def test_rows_are_the_same_each_time_whatever_happens_meanwhile(database: Database) -> None:
    survey = survey_in(database)
    with database.read() as session:
        found = source(session, survey)
        before = [row.id for row in found.rows()]
        with database.write() as other:
            factories.make_response(other, survey=survey)
        assert [row.id for row in found.rows()] == before


def test_number_of_queries_does_not_grow_with_the_responses(sqlite_database: Database) -> None:
    survey = survey_in(sqlite_database)
    few = _queries(sqlite_database, survey)
    with sqlite_database.write() as session:
        for _ in range(100):
            factories.make_response(session, survey=survey)
    assert _queries(sqlite_database, survey) == few


def _queries(database: Database, survey: Survey) -> int:
    with database.read() as session, counted(database) as statements:
        list(source(session, survey).rows())
    return len(statements)


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    sa.event.listen(database.engine, "before_cursor_execute", note)
    yield statements
    sa.event.remove(database.engine, "before_cursor_execute", note)
