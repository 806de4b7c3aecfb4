"""A collector's own entries, and nobody else's."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from consult.db import Database
from consult.responses.corrections import lock_answers
from consult.responses.entries import EntryCounts, count_own_entries, own_entries
from consult.responses.models import ResponseState
from consult.responses.service import save_page, store_response
from tests import factories
from tests.factories import TODAY
from tests.integration.responses.conftest import Asked, a_page, finished


def test_collector_sees_own_drafts_and_entries_only(database: Database, asked: Asked) -> None:
    draft, done = asked.collected(), asked.collected()
    save_page(database, draft, a_page(area="downtown"))
    store_response(database, finished(done, area="downtown"))
    store_response(database, finished(asked.start, area="downtown"))
    with database.write() as session:
        other = factories.make_person(session).id
    store_response(
        database, finished(asked.collected(origin=replace(done.origin, collector_id=other)), area="x")
    )

    with database.read() as session:
        listed = {(entry.id, entry.state) for entry in own_entries(session, asked.collector_id)}
    assert listed == {
        (draft.response_id, ResponseState.DRAFT),
        (done.response_id, ResponseState.SUBMITTED),
    }


def test_entries_come_newest_day_first_then_by_form_number(database: Database, asked: Asked) -> None:
    for number, days_ago in (("3", 1), ("1", 0), ("2", 0), ("4", 2)):
        start = asked.collected()
        start = replace(start, origin=replace(start.origin, form_number=number))
        store_response(database, replace(finished(start), collected_on=TODAY - dt.timedelta(days=days_ago)))

    with database.read() as session:
        assert [entry.form_number for entry in own_entries(session, asked.collector_id)] == list("1234")


def test_entries_are_narrowed_to_a_survey_and_a_state(database: Database, asked: Asked) -> None:
    draft = asked.collected()
    save_page(database, draft, a_page())
    store_response(database, finished(asked.collected()))
    with database.write() as session:
        other = factories.make_open_survey(session)
        elsewhere = asked.collected(survey_id=other.id, version_id=other.current_version_id)
    store_response(database, finished(elsewhere))

    with database.read() as session:
        found = own_entries(session, asked.collector_id, survey_id=asked.survey_id, state=ResponseState.DRAFT)
        counts = count_own_entries(session, asked.collector_id)
    assert [entry.id for entry in found] == [draft.response_id]
    assert counts == {asked.survey_id: EntryCounts(1, 1), elsewhere.survey_id: EntryCounts(0, 1)}


def test_draft_has_nothing_to_correct_yet(database: Database, asked: Asked) -> None:
    save_page(database, asked.collected(), a_page("second", area="downtown"))

    with database.read() as session:
        (entry,) = own_entries(session, asked.collector_id)
    assert not entry.can_correct
    assert entry.goes_on_at == "second"


def test_locked_survey_shows_that_nothing_can_be_corrected(database: Database, asked: Asked) -> None:
    store_response(database, finished(asked.collected()))
    lock_answers(database, asked.survey_id)

    with database.read() as session:
        (entry,) = own_entries(session, asked.collector_id)
    assert not entry.can_correct
