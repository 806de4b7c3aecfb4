"""Files beside a form, from the import to the loaded version."""

from __future__ import annotations

import datetime as dt
import os
import uuid

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from consult.accounts.models import Organisation
from consult.db import Database
from consult.files import FileStore
from consult.questionnaires.xlsform import Reading, read_xlsform
from consult.settings import Settings
from consult.surveys import service
from consult.surveys.files import Kept, digests_in_use, lend_store, store_of, sweep_form_files
from consult.surveys.models import Survey
from tests.factories import make_organisation, make_survey

TOWNS = b"name,label\nlondon,London\ngatineau,Gatineau\n"
NOW = dt.datetime(2026, 3, 5, 12, tzinfo=dt.UTC)
FORM = b"| survey |\n| | type | name | label::en |\n| | select_one_from_file towns.csv | town | Where? |\n"


@pytest.fixture
def installed(database: Database, settings: Settings) -> Database:
    lend_store(database, settings)
    return database


def read(towns: bytes | None = TOWNS) -> Reading:
    return read_xlsform(FORM, "towns.md", {} if towns is None else {"towns.csv": towns})


def imported(session: Session, reading: Reading) -> Survey:
    assert reading.questionnaire is not None
    organisation = session.scalar(sa.select(Organisation)) or make_organisation(session)
    return service.import_questionnaire(session, organisation, reading.questionnaire, "towns", reading.files)


def published(database: Database, towns: bytes | None = TOWNS) -> uuid.UUID:
    with database.write() as session:
        survey = imported(session, read(towns))
        return service.publish_draft(session, survey, None, NOW).id


def test_loaded_version_offers_what_is_in_the_file(installed: Database) -> None:
    version = published(installed)
    with installed.read() as session:
        question = service.published(session, version).questionnaire.questions["town"]
    assert [choice.key for choice in question.choices] == ["london", "gatineau"]


def test_document_of_a_version_names_the_file_but_does_not_hold_it(installed: Database) -> None:
    with installed.write() as session:
        document = imported(session, read()).draft
    assert document is not None
    assert list(document["files"]) == ["towns.csv"]
    assert "Gatineau" not in str(document)


def test_published_version_keeps_its_file_when_the_draft_gets_another(installed: Database) -> None:
    version = published(installed)
    with installed.write() as session:
        imported(session, read(b"name,label\nwindsor,Windsor\n"))
    with installed.read() as session:
        question = service.published(session, version).questionnaire.questions["town"]
    assert [choice.key for choice in question.choices] == ["london", "gatineau"]


def test_other_content_of_a_file_makes_another_version(installed: Database) -> None:
    with installed.write() as session:
        survey = imported(session, read())
        first = service.publish_draft(session, survey, None, NOW).number
        changed = read(TOWNS + b"windsor,Windsor\n")
        assert changed.questionnaire is not None
        service.import_questionnaire(
            session, survey.organisation, changed.questionnaire, survey.slug, changed.files
        )
        assert service.publish_draft(session, survey, None, NOW).number == first + 1


def test_question_whose_list_was_never_given_is_answered_in_words(installed: Database) -> None:
    version = published(installed, None)
    with installed.read() as session:
        assert service.published(session, version).questionnaire.questions["town"].kind == "text"


@pytest.mark.parametrize("damage", ["gone", "changed"])
def test_list_that_is_lost_on_the_disk_keeps_nobody_from_answering(
    installed: Database, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    towns = TOWNS + damage.encode() + b",x\n"
    version = published(installed, towns)
    with installed.read() as session:
        store: FileStore = store_of(session)
        (digest,) = digests_in_use(session)
        if damage == "gone":
            store.delete(digest)
        else:
            (store.folder / digest[:2] / digest[2:]).write_bytes(b"name,label\nelsewhere,Elsewhere\n")
        question = service.published(session, version).questionnaire.questions["town"]
    assert question.kind == "text"
    assert "is lost" in caplog.text


def test_files_of_drafts_and_versions_are_in_use(installed: Database) -> None:
    with installed.write() as session:
        make_survey(session, organisation=make_organisation(session))
        survey = imported(session, read())
        service.publish_draft(session, survey, None, NOW)
        old = digests_in_use(session)
        imported(session, read(b"name,label\na,A\n"))
        assert len(old) == 1
        assert old < digests_in_use(session)


def test_files_of_a_draft_can_be_read_again(installed: Database) -> None:
    with installed.write() as session:
        survey = imported(session, read())
        assert dict(Kept(session, survey.draft)) == {"towns.csv": TOWNS}
        assert dict(Kept(session, None)) == {}


def test_form_without_files_needs_no_store(database: Database) -> None:
    reading = read_xlsform(FORM.replace(b"select_one_from_file towns.csv", b"text"), "towns.md")
    with database.write() as session:
        assert imported(session, reading).draft is not None


def test_form_with_files_says_when_no_store_was_lent(database: Database) -> None:
    with database.write() as session, pytest.raises(RuntimeError, match="not lent"):
        imported(session, read())


def aged(store: FileStore) -> None:
    """As if everything in it had been put two hours ago."""
    for kept in store.every():
        path = store.folder / kept.digest[:2] / kept.digest[2:]
        os.utime(path, (kept.put_at - 7200, kept.put_at - 7200))


def test_sweep_takes_away_what_no_draft_and_no_version_names(installed: Database) -> None:
    published(installed)
    with installed.write() as session:
        imported(session, read(b"name,label\na,A\n"))
        store, used = store_of(session), digests_in_use(session)
    orphan = store.put(b"nobody's", 100)
    assert sweep_form_files(installed, store) == 0  # it may be for a draft that is being stored
    aged(store)
    assert sweep_form_files(installed, store) == 1
    assert {kept.digest for kept in store.every()} == used
    assert not store.exists(orphan)


def test_sweep_leaves_everything_where_there_is_no_survey(installed: Database) -> None:
    with installed.read() as session:
        store = store_of(session)
    store.put(b"of another database", 100)
    aged(store)
    assert sweep_form_files(installed, store) == 0
