"""A draft keeps what was answered page by page, for whom it belongs to, until it is sent or thrown away."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

import pytest
import sqlalchemy as sa

from consult.db import Database
from consult.responses.models import Response, ResumeCode
from consult.responses.records import Consent, Draft, PageAnswers, Saving
from consult.responses.service import (
    NotBegun,
    begin_while_open,
    discard_draft,
    purge_drafts,
    read_draft,
    save_page,
    start_response,
    submit_response,
)
from consult.surveys.models import Survey
from consult.surveys.service import close_survey
from tests import factories
from tests.factories import TODAY
from tests.integration.responses.conftest import Asked, a_page


def _read(database: Database, response_id: uuid.UUID, collector_id: uuid.UUID | None = None) -> Draft | None:
    with database.read() as session:
        return read_draft(session, response_id, collector_id)


def _kept(database: Database, asked: Asked) -> Draft:
    draft = _read(database, asked.start.response_id)
    assert draft is not None
    return draft


def test_first_save_makes_the_draft(database: Database, asked: Asked) -> None:
    assert save_page(database, asked.start, a_page(area="downtown")) is Saving.SAVED

    assert _kept(database, asked).answers == {"area": "downtown"}


def test_saving_again_makes_no_second_row(database: Database, asked: Asked) -> None:
    for _again in range(3):
        save_page(database, asked.start, a_page(area="downtown"))

    with database.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Response)) == 1


def test_first_page_of_an_open_survey_is_kept_as_any_other(database: Database, asked: Asked) -> None:
    other = asked.another()
    page = a_page(area="downtown")
    begin_while_open(database, asked.start, page)
    save_page(database, other, page)

    with database.read() as session:
        begun, saved = (read_draft(session, start.response_id) for start in (asked.start, other))
    assert begun is not None
    assert saved is not None
    assert begun == replace(saved, start=asked.start)


def test_first_page_of_a_closed_survey_is_not_kept(database: Database, asked: Asked) -> None:
    with database.write() as session:
        close_survey(session, session.get_one(Survey, asked.survey_id), TODAY)

    with pytest.raises(NotBegun):
        begin_while_open(database, asked.start, a_page(area="downtown"))
    assert _read(database, asked.start.response_id) is None


def test_first_page_does_not_replace_what_is_stored(database: Database, asked: Asked) -> None:
    save_page(database, asked.start, a_page(area="downtown"))

    with pytest.raises(NotBegun):
        begin_while_open(database, asked.start, a_page(area="elsewhere"))
    assert _kept(database, asked).answers == {"area": "downtown"}


def test_pages_come_together(database: Database, asked: Asked) -> None:
    save_page(database, asked.start, a_page("second", area="downtown"))
    save_page(database, asked.start, a_page("third", arrival_year=2021))

    draft = _kept(database, asked)
    assert draft.answers == {"area": "downtown", "arrival_year": 2021}
    assert draft.goes_on_at == "third"


def test_answer_that_was_cleared_is_gone(database: Database, asked: Asked) -> None:
    save_page(database, asked.start, a_page(area="downtown", arrival_year=2021))
    cleared = PageAnswers("en", "first", frozenset({"area"}), {})
    save_page(database, asked.start, cleared)

    assert _kept(database, asked).answers == {"arrival_year": 2021}


def test_input_that_is_not_valid_yet_is_kept_apart(database: Database, asked: Asked) -> None:
    page = PageAnswers("en", "first", frozenset({"arrival_year"}), {}, unsaved={"arrival_year": "20x1"})
    save_page(database, asked.start, page)

    assert _kept(database, asked).unsaved == {"arrival_year": "20x1"}
    assert _kept(database, asked).answers == {}


def test_input_that_became_valid_is_no_longer_kept_apart(database: Database, asked: Asked) -> None:
    page = PageAnswers("en", "first", frozenset({"arrival_year"}), {}, unsaved={"arrival_year": "20x1"})
    save_page(database, asked.start, page)
    save_page(database, asked.start, a_page(arrival_year=2021))

    assert _kept(database, asked).unsaved == {}


def test_language_is_that_of_the_last_page(database: Database, asked: Asked) -> None:
    save_page(database, asked.start, a_page(area="downtown"))
    save_page(database, asked.start, a_page(language="ar", area="downtown"))

    assert _kept(database, asked).language == "ar"


def test_words_and_their_translations_belong_to_their_page(database: Database, asked: Asked) -> None:
    spoken = PageAnswers(
        "en", "first", frozenset({"wish"}), {"wish": "دروس"},
        original_language={"wish": "ar"}, translations={"wish": {"en": "Lessons"}},
    )  # fmt: skip
    save_page(database, asked.start, spoken)
    save_page(database, asked.start, a_page("second", area="downtown"))
    assert _kept(database, asked).original_language == {"wish": "ar"}
    assert _kept(database, asked).translations == {"wish": {"en": "Lessons"}}

    save_page(database, asked.start, a_page(wish="Lessons"))
    assert _kept(database, asked).translations == {}


def test_consent_is_kept_with_the_notice_that_was_read(database: Database, asked: Asked) -> None:
    consent = Consent("f" * 64, "fr", TODAY)
    save_page(database, replace(asked.start, consent=consent), a_page())

    assert _kept(database, asked).start.consent == consent


def test_draft_has_the_seed_of_its_identity(database: Database, asked: Asked) -> None:
    save_page(database, asked.start, a_page())

    with database.read() as session:
        assert session.scalars(sa.select(Response.seed)).one() == asked.start.seed


@pytest.mark.parametrize("text", ["nul \x00 inside", "half a pair \ud800", "key \udfff"])
def test_characters_that_databases_refuse_never_lose_a_page(
    database: Database, asked: Asked, text: str
) -> None:
    page = PageAnswers("en", None, frozenset({"wish"}), {"wish": text}, unsaved={text: [text]})

    assert save_page(database, asked.start, page) is Saving.SAVED
    assert "\ufffd" in _kept(database, asked).answers["wish"]


@pytest.mark.parametrize("differing", ["survey_id", "version_id"])
def test_identity_of_another_survey_or_version_is_refused(
    database: Database, asked: Asked, differing: str
) -> None:
    with database.write() as session:
        other = factories.make_open_survey(session)
        others = {"survey_id": other.id, "version_id": other.current_version_id}
    save_page(database, asked.start, a_page(area="downtown"))
    changed = replace(asked.start, **{differing: others[differing]})

    assert save_page(database, changed, a_page(area="suburb")) is Saving.OTHER
    assert _kept(database, asked).answers == {"area": "downtown"}


def test_what_was_submitted_is_not_saved_over(database: Database, asked: Asked) -> None:
    save_page(database, asked.start, a_page(area="downtown"))
    submit_response(database, asked.start.response_id, lambda draft: draft.answers, TODAY)

    assert save_page(database, asked.start, a_page(area="suburb")) is Saving.SUBMITTED
    with database.read() as session:
        assert session.scalars(sa.select(Response.answers)).one() == {"area": "downtown"}


def test_draft_of_a_submitted_response_shows_no_answers(database: Database, asked: Asked) -> None:
    save_page(database, asked.start, a_page(area="downtown"))
    submit_response(database, asked.start.response_id, lambda draft: draft.answers, TODAY)

    draft = _kept(database, asked)
    assert draft.is_submitted
    assert draft.answers == {}


def test_interview_is_listed_before_its_first_answer(database: Database, asked: Asked) -> None:
    start = asked.collected()
    assert start_response(database, start, "so") is Saving.SAVED

    draft = _read(database, start.response_id, asked.collector_id)
    assert draft is not None
    assert draft.language == "so"
    assert draft.start == start


@pytest.mark.parametrize("stranger", [None, uuid.uuid4()])
def test_collectors_draft_is_nobody_elses(
    database: Database, asked: Asked, stranger: uuid.UUID | None
) -> None:
    start = asked.collected()
    save_page(database, start, a_page(area="downtown"))

    assert _read(database, start.response_id, stranger) is None
    assert not discard_draft(database, start.response_id, stranger)
    origin = replace(start.origin, collector_id=stranger)
    assert save_page(database, replace(start, origin=origin), a_page(area="x")) is Saving.OTHER


def test_respondents_draft_is_no_collectors(database: Database, asked: Asked) -> None:
    save_page(database, asked.start, a_page(area="downtown"))

    assert _read(database, asked.start.response_id, asked.collector_id) is None


def test_discarded_draft_is_gone_with_its_code(database: Database, asked: Asked) -> None:
    with database.write() as session:
        draft = factories.make_response(session, state="draft", **_of(asked))
        factories.make_resume_code(session, response=draft)
        response_id = draft.id

    assert discard_draft(database, response_id)
    assert _read(database, response_id) is None
    with database.read() as session:
        assert session.scalars(sa.select(ResumeCode)).all() == []


def test_submitted_response_cannot_be_discarded(database: Database, asked: Asked) -> None:
    save_page(database, asked.start, a_page(area="downtown"))
    submit_response(database, asked.start.response_id, lambda draft: draft.answers, TODAY)

    assert not discard_draft(database, asked.start.response_id)


def test_purge_takes_drafts_begun_before_the_day_and_nothing_else(database: Database, asked: Asked) -> None:
    before = TODAY - dt.timedelta(days=1)
    with database.write() as session:
        factories.make_response(session, state="draft", started_on=before, **_of(asked))
        kept = {
            factories.make_response(session, state="draft", started_on=TODAY, **_of(asked)).id,
            factories.make_response(session, started_on=before, **_of(asked)).id,
        }

    assert purge_drafts(database, started_before=TODAY) == 1
    with database.read() as session:
        assert set(session.scalars(sa.select(Response.id))) == kept


def _of(asked: Asked) -> dict[str, uuid.UUID]:
    return {"survey_id": asked.survey_id, "version_id": asked.version_id}
