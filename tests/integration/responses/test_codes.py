"""A code finds one draft, as people write it; whoever guesses learns nothing of what exists."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
import sqlalchemy as sa

from consult.db import Database
from consult.responses.codes import GUESSES_AT_MOST, TooManyGuesses, find_by_code, issue_code
from consult.responses.models import ResumeCode, ResumeGuesses
from consult.responses.service import discard_draft, save_page, submit_response
from tests.factories import NOW, TODAY
from tests.integration.responses.conftest import SECRET_KEY, Asked, a_page

TOMORROW = TODAY + dt.timedelta(days=1)


@pytest.fixture
def code(database: Database, asked: Asked) -> str:
    save_page(database, asked.start, a_page(area="downtown"))
    return issue_code(database, asked.start.response_id, SECRET_KEY, TODAY)


def _find(database: Database, code: str, now: dt.datetime = NOW) -> uuid.UUID | None:
    return find_by_code(database, code, SECRET_KEY, now)


def test_code_finds_its_draft(database: Database, asked: Asked, code: str) -> None:
    assert _find(database, code) == asked.start.response_id


def test_code_asked_for_again_is_the_same_and_lasts_longer(
    database: Database, asked: Asked, code: str
) -> None:
    again = issue_code(database, asked.start.response_id, SECRET_KEY, TOMORROW)

    assert again == code
    assert _find(database, code, NOW + dt.timedelta(days=1)) == asked.start.response_id


def test_each_draft_has_its_own_code(database: Database, asked: Asked, code: str) -> None:
    other = asked.another()
    save_page(database, other, a_page(area="suburb"))
    other_code = issue_code(database, other.response_id, SECRET_KEY, TODAY)

    assert _find(database, other_code) == other.response_id
    assert _find(database, code) == asked.start.response_id


def test_code_ends_after_its_last_day(database: Database, code: str) -> None:
    assert _find(database, code, NOW + dt.timedelta(days=1)) is None


def test_code_of_a_discarded_draft_finds_nothing(database: Database, asked: Asked, code: str) -> None:
    discard_draft(database, asked.start.response_id)

    assert _find(database, code) is None


def test_code_of_what_was_sent_finds_nothing(database: Database, asked: Asked, code: str) -> None:
    submit_response(database, asked.start.response_id, lambda draft: draft.answers, TODAY)

    assert _find(database, code) is None


def test_no_code_is_kept_for_what_is_not_a_draft(database: Database, asked: Asked) -> None:
    issue_code(database, uuid.uuid4(), SECRET_KEY, TODAY)

    with database.read() as session:
        assert session.scalars(sa.select(ResumeCode)).all() == []


def test_code_is_not_in_the_database(database: Database, code: str) -> None:
    with database.read() as session:
        row = session.execute(sa.select(ResumeCode.__table__)).one()

    assert code.replace("-", "") not in repr(row).upper()


def test_code_of_another_installation_finds_nothing(database: Database, code: str) -> None:
    assert find_by_code(database, code, "another key", NOW) is None


def test_wrong_codes_are_counted_without_saying_whose(database: Database, code: str) -> None:
    for _guess in range(3):
        _find(database, "0000-0000-0000")

    with database.read() as session:
        counted = session.execute(sa.select(ResumeGuesses.__table__)).one()
    assert counted.wrong == 3
    assert set(counted._fields) == {"started_at", "wrong"}


def test_guessing_is_told_to_wait(database: Database, code: str) -> None:
    _guessed(database, GUESSES_AT_MOST)
    with pytest.raises(TooManyGuesses) as caught:
        _find(database, "0000-0000-0000")

    assert 0 < caught.value.retry_after <= 600


def test_right_code_works_while_others_guess(database: Database, asked: Asked, code: str) -> None:
    _guessed(database, GUESSES_AT_MOST + 1)

    assert _find(database, code) == asked.start.response_id


def test_guesses_are_forgotten_after_a_while(database: Database, code: str) -> None:
    _guessed(database, GUESSES_AT_MOST)

    assert _find(database, "0000-0000-0000", NOW + dt.timedelta(minutes=10)) is None
    with database.read() as session:
        assert session.scalars(sa.select(ResumeGuesses.wrong)).all() == [1]


def _guessed(database: Database, times: int) -> None:
    _find(database, "0000-0000-0000")
    with database.write() as session:
        session.execute(sa.update(ResumeGuesses).values(wrong=times))
