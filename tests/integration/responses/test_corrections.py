"""An entry is corrected by its collector until staff lock it, and every earlier state is kept."""

from __future__ import annotations

import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa

from consult.db import Database
from consult.responses.corrections import (
    Correcting,
    Correction,
    correct_response,
    lock_answers,
    lock_response,
)
from consult.responses.entries import read_entry, revisions_of
from consult.responses.models import Response
from consult.responses.records import Start, Storing
from consult.responses.service import save_page, store_response
from tests import factories
from tests.factories import NOW
from tests.integration.responses.conftest import Asked, a_page, finished


@pytest.fixture
def entry(database: Database, asked: Asked) -> Start:
    start = asked.collected()
    store_response(database, finished(start, area="downtown"))
    return start


def _correct(database: Database, entry: Start, revision: int = 0, **changes: Any) -> Correcting:
    by = changes.pop("by", entry.origin.collector_id)
    as_staff = changes.pop("as_staff", False)
    fields = {"reason": "Misheard.", "language": "en", "answers": {"area": "suburb"}, **changes}
    correction = Correction(revision=revision, **fields)
    return correct_response(database, entry.response_id, correction, by=by, now=NOW, as_staff=as_staff)


def _answers(database: Database) -> dict[str, Any]:
    with database.read() as session:
        return session.scalars(sa.select(Response.answers)).one()


def test_correction_keeps_the_earlier_state_who_when_and_why(database: Database, entry: Start) -> None:
    assert _correct(database, entry, reason="She said suburb.") is Correcting.CORRECTED

    with database.read() as session:
        (revision,) = revisions_of(session, entry.response_id)
    assert _answers(database) == {"area": "suburb"}
    assert revision.content == {
        "language": "en", "answers": {"area": "downtown"}, "original_language": {}, "translations": {},
    }  # fmt: skip
    assert (revision.number, revision.reason) == (1, "She said suburb.")
    assert (revision.changed_by_id, revision.changed_at) == (entry.origin.collector_id, NOW)


def test_corrections_are_numbered_and_come_newest_first(database: Database, entry: Start) -> None:
    _correct(database, entry, 0, answers={"area": "suburb"})
    _correct(database, entry, 1, answers={"area": "rural"})

    with database.read() as session:
        revisions = revisions_of(session, entry.response_id)
    assert [(revision.number, revision.content["answers"]["area"]) for revision in revisions] == [
        (2, "suburb"), (1, "downtown"),
    ]  # fmt: skip


def test_correction_of_an_earlier_state_is_refused(database: Database, entry: Start) -> None:
    _correct(database, entry, 0)

    assert _correct(database, entry, 0, answers={"area": "rural"}) is Correcting.STALE
    assert _answers(database) == {"area": "suburb"}


def test_only_one_of_two_corrections_at_once_is_kept(database: Database, entry: Start) -> None:
    def correct(number: int) -> Correcting:
        return _correct(database, entry, 0, answers={"area": f"area_{number}"})

    with ThreadPoolExecutor(8) as threads:
        outcomes = Counter(threads.map(correct, range(16)))
    assert outcomes == {Correcting.CORRECTED: 1, Correcting.STALE: 15}


def test_correction_that_changes_nothing_leaves_no_revision(database: Database, entry: Start) -> None:
    assert _correct(database, entry, answers={"area": "downtown"}) is Correcting.UNCHANGED

    with database.read() as session:
        assert revisions_of(session, entry.response_id) == []


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_correction_without_a_reason_is_refused(database: Database, entry: Start, reason: str) -> None:
    with pytest.raises(ValueError, match="reason"):
        _correct(database, entry, reason=reason)


def test_somebody_elses_entry_looks_like_none(database: Database, entry: Start) -> None:
    with database.write() as session:
        stranger = factories.make_person(session).id

    assert _correct(database, entry, by=stranger) is Correcting.MISSING


def test_respondents_own_answers_are_no_collectors_to_correct(database: Database, asked: Asked) -> None:
    store_response(database, finished(asked.start, area="downtown"))

    assert _correct(database, asked.start, by=asked.collector_id) is Correcting.MISSING


def test_draft_is_not_corrected(database: Database, asked: Asked) -> None:
    start = asked.collected()
    save_page(database, start, a_page(area="downtown"))

    assert _correct(database, start) is Correcting.MISSING


@pytest.mark.parametrize("which", ["response", "survey"])
def test_locked_entry_is_not_corrected(database: Database, asked: Asked, entry: Start, which: str) -> None:
    def lock(locked: bool) -> bool:
        if which == "response":
            return lock_response(database, entry.response_id, locked)
        return lock_answers(database, asked.survey_id, locked)

    assert lock(True)
    assert _correct(database, entry) is Correcting.LOCKED
    assert _answers(database) == {"area": "downtown"}

    assert lock(False)
    assert _correct(database, entry) is Correcting.CORRECTED


def test_staff_correct_what_is_locked(database: Database, asked: Asked, entry: Start) -> None:
    lock_answers(database, asked.survey_id)
    with database.write() as session:
        staff = factories.make_person(session).id

    assert _correct(database, entry, by=staff, as_staff=True) is Correcting.CORRECTED


def test_locking_what_is_not_there_says_so(database: Database) -> None:
    assert not lock_response(database, uuid.uuid4())
    assert not lock_answers(database, uuid.uuid4())


def test_response_sent_again_after_its_correction_is_a_duplicate(database: Database, entry: Start) -> None:
    """A queue that never got its reply sends the first content; an export has the corrected one."""
    _correct(database, entry)

    assert store_response(database, finished(entry, area="downtown")) is Storing.DUPLICATE
    assert store_response(database, finished(entry, area="suburb")) is Storing.DUPLICATE
    assert store_response(database, finished(entry, area="rural")) is Storing.CONFLICT


def test_entry_is_read_by_its_collector_and_by_staff_only(
    database: Database, asked: Asked, entry: Start
) -> None:
    with database.read() as session:
        own = read_entry(session, entry.response_id, asked.collector_id)
        stranger = read_entry(session, entry.response_id, uuid.uuid4())
        staff = read_entry(session, entry.response_id, None)

    assert own is not None
    assert own == staff
    assert own.answers == {"area": "downtown"}
    assert own.entry.can_correct
    assert stranger is None
