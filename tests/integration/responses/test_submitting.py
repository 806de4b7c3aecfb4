"""Exactly once: whatever is clicked twice, sent again or sent by two at a time, there is one response."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from consult.db import Database
from consult.responses.models import Channel, Response, ResponseState, ResumeCode
from consult.responses.records import Draft, Origin, PageAnswers, Saving, Storing, Submitting
from consult.responses.service import (
    organisation_of_response,
    save_page,
    store_response,
    store_responses,
    submit_response,
)
from tests import factories
from tests.factories import TODAY
from tests.integration.responses.conftest import Asked, a_page, finished

TOMORROW = TODAY + dt.timedelta(days=1)


class Incomplete(Exception):
    pass


def _as_it_is(draft: Draft) -> Mapping[str, Any]:
    return draft.answers


def _row(database: Database) -> Response:
    with database.read() as session:
        return session.scalars(sa.select(Response)).one()


def test_submitted_draft_has_its_day_and_nothing_unfinished(database: Database, asked: Asked) -> None:
    save_page(database, asked.start, a_page(area="downtown"))
    submission = submit_response(database, asked.start.response_id, _as_it_is, TODAY)

    row = _row(database)
    assert (submission.outcome, submission.collected_on) == (Submitting.NEW, TODAY)
    assert (row.state, row.collected_on, row.page) == (ResponseState.SUBMITTED, TODAY, None)
    assert row.answers == {"area": "downtown"}


def test_submitting_again_changes_nothing_and_says_the_same_day(database: Database, asked: Asked) -> None:
    save_page(database, asked.start, a_page(area="downtown"))
    submit_response(database, asked.start.response_id, _as_it_is, TODAY)
    again = submit_response(database, asked.start.response_id, lambda _draft: {}, TOMORROW)

    assert (again.outcome, again.collected_on) == (Submitting.ALREADY, TODAY)
    assert _row(database).answers == {"area": "downtown"}


def test_submitting_what_was_never_begun_is_missing(database: Database, asked: Asked) -> None:
    assert submit_response(database, uuid.uuid4(), _as_it_is, TODAY).outcome is Submitting.MISSING


def test_somebody_elses_interview_is_missing(database: Database, asked: Asked) -> None:
    start = asked.collected()
    save_page(database, start, a_page(area="downtown"))

    stranger = submit_response(database, start.response_id, _as_it_is, TODAY, uuid.uuid4())
    owner = submit_response(database, start.response_id, _as_it_is, TODAY, asked.collector_id)
    assert (stranger.outcome, owner.outcome) == (Submitting.MISSING, Submitting.NEW)


def test_final_answers_replace_those_of_the_draft(database: Database, asked: Asked) -> None:
    """What is no longer asked is dropped with its translations, what is calculated is added."""
    page = PageAnswers(
        "en", None, frozenset({"wish", "area"}), {"wish": "دروس", "area": "downtown"},
        unsaved={"arrival_year": "20x1"},
        original_language={"wish": "ar"}, translations={"wish": {"en": "Lessons"}},
    )  # fmt: skip
    save_page(database, asked.start, page)
    submit_response(database, asked.start.response_id, lambda _draft: {"area": "downtown", "score": 3}, TODAY)

    row = _row(database)
    assert row.answers == {"area": "downtown", "score": 3}
    assert (row.unsaved, row.original_language, row.translations) == ({}, {}, {})


def test_what_is_incomplete_stays_a_draft(database: Database, asked: Asked) -> None:
    def refuse(_draft: Draft) -> Mapping[str, Any]:
        raise Incomplete

    save_page(database, asked.start, a_page(area="downtown"))
    with pytest.raises(Incomplete):
        submit_response(database, asked.start.response_id, refuse, TODAY)

    assert _row(database).state is ResponseState.DRAFT


def test_page_saved_while_finishing_is_in_the_response(database: Database, asked: Asked) -> None:
    """Two tabs: one sends, the other saves in between. Nothing that was saved is lost."""
    save_page(database, asked.start, a_page(area="downtown"))
    seen: list[Mapping[str, Any]] = []

    def finish(draft: Draft) -> Mapping[str, Any]:
        if not seen:
            save_page(database, asked.start, a_page(arrival_year=2021))
        seen.append(draft.answers)
        return draft.answers

    assert submit_response(database, asked.start.response_id, finish, TODAY).outcome is Submitting.NEW
    assert _row(database).answers == {"area": "downtown", "arrival_year": 2021}
    assert len(seen) == 2


def test_resume_code_ends_with_the_draft(database: Database, asked: Asked) -> None:
    save_page(database, asked.start, a_page(area="downtown"))
    with database.write() as session:
        session.add(ResumeCode(code_hash="x", response_id=asked.start.response_id, expires_on=TODAY))
    submit_response(database, asked.start.response_id, _as_it_is, TODAY)

    with database.read() as session:
        assert session.scalars(sa.select(ResumeCode)).all() == []


def test_sixteen_at_once_submit_once(database: Database, asked: Asked) -> None:
    save_page(database, asked.start, a_page(area="downtown"))

    def submit(_number: int) -> Submitting:
        return submit_response(database, asked.start.response_id, _as_it_is, TODAY).outcome

    with ThreadPoolExecutor(16) as threads:
        outcomes = Counter(threads.map(submit, range(64)))
    assert outcomes == {Submitting.NEW: 1, Submitting.ALREADY: 63}


def test_sixteen_at_once_begin_one_draft(database: Database, asked: Asked) -> None:
    def save(number: int) -> Saving:
        return save_page(database, asked.start, a_page(**{f"question_{number}": number}))

    with ThreadPoolExecutor(16) as threads:
        assert set(threads.map(save, range(32))) == {Saving.SAVED}
    assert _row(database).answers == {f"question_{number}": number for number in range(32)}


def test_whole_response_is_stored_once(database: Database, asked: Asked) -> None:
    response = finished(asked.start, area="downtown")

    assert store_response(database, response) is Storing.NEW
    assert store_response(database, response) is Storing.DUPLICATE
    assert _row(database).answers == {"area": "downtown"}


@pytest.mark.parametrize(
    "changes",
    [
        {"answers": {"area": "suburb"}},
        {"answers": {}},
        {"language": "fr"},
        {"collected_on": TOMORROW},
        {"original_language": {"area": "ar"}},
        {"translations": {"area": {"fr": "centre-ville"}}},
    ],
    ids=str,
)
def test_other_content_under_the_same_identity_is_a_conflict(
    database: Database, asked: Asked, changes: dict[str, Any]
) -> None:
    response = finished(asked.start, area="downtown")
    store_response(database, response)

    assert store_response(database, replace(response, **changes)) is Storing.CONFLICT
    assert _row(database).answers == {"area": "downtown"}


def test_other_survey_under_the_same_identity_is_a_conflict(database: Database, asked: Asked) -> None:
    store_response(database, finished(asked.start, area="downtown"))
    with database.write() as session:
        other = factories.make_open_survey(session)
        start = replace(asked.start, survey_id=other.id, version_id=other.current_version_id)

    assert store_response(database, finished(start, area="downtown")) is Storing.CONFLICT


@pytest.mark.parametrize(
    ("written", "again"),
    [(2021, 2021.0), (1e16, 10**16), (-0.0, 0), (2.5, 2.5), (1e300, 1e300), ([1, "b"], [1.0, "b"])],
)
def test_number_written_otherwise_is_the_same_content(
    database: Database, asked: Asked, written: object, again: object
) -> None:
    store_response(database, finished(asked.start, value=written))

    assert store_response(database, finished(asked.start, value=again)) is Storing.DUPLICATE


def test_what_comes_back_from_the_database_is_the_same_content(database: Database, asked: Asked) -> None:
    content = {"a": 1e300, "b": -0.0, "c": [1e22, 0.1], "d": {"z": 1, "a": "é"}, "e": 5e-324}
    store_response(database, finished(asked.start, **content))
    with database.write() as session:
        session.execute(sa.update(Response).values(digest="unknown"))

    assert store_response(database, finished(asked.start, **_row(database).answers)) is Storing.DUPLICATE


def test_draft_finished_elsewhere_is_completed(database: Database, asked: Asked) -> None:
    """A collector begins online, loses the line, and sends the whole from the device's queue."""
    start = asked.collected()
    save_page(database, start, a_page(area="downtown"))

    assert store_response(database, finished(start, area="suburb")) is Storing.NEW
    assert (_row(database).state, _row(database).answers) == (ResponseState.SUBMITTED, {"area": "suburb"})


def test_somebody_elses_draft_is_not_completed(database: Database, asked: Asked) -> None:
    start = asked.collected()
    save_page(database, start, a_page(area="downtown"))
    stranger = replace(start, origin=Origin(Channel.IMPORT))

    assert store_response(database, finished(stranger, area="suburb")) is Storing.CONFLICT
    assert _row(database).state is ResponseState.DRAFT


def test_batch_says_what_became_of_each(database: Database, asked: Asked) -> None:
    first, second = finished(asked.start, area="a"), finished(asked.another(), area="b")
    store_response(database, first)
    batch = [first, second, second, replace(second, language="fr")]

    outcomes = store_responses(database, batch)
    assert outcomes == [Storing.DUPLICATE, Storing.NEW, Storing.DUPLICATE, Storing.CONFLICT]


def test_organisation_of_a_response_is_that_of_its_survey(database: Database) -> None:
    with database.write() as session:
        organisation = factories.make_organisation(session)
        survey = factories.make_open_survey(session, organisation=organisation)
        response_id = factories.make_response(session, survey=survey).id

    with database.read() as session:
        assert organisation_of_response(session, str(response_id)) == organisation.id


@pytest.mark.parametrize(
    "unknown", ["5f0c7a8e-3a3c-4a7e-9a55-0d2f4f3a9b1c", "", "not-an-identity", "'", "0" * 400]
)
def test_unknown_response_has_no_organisation(database: Database, unknown: str) -> None:
    with database.read() as session:
        assert organisation_of_response(session, unknown) is None
