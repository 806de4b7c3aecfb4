"""Files belong to their response: stored with the page, gone with it, and nobody else's."""

from __future__ import annotations

import os
import uuid
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from consult.db import Database
from consult.files import FileStore
from consult.questions.file import FileAnswer
from consult.responses.files_rows import (
    Swept,
    add_files,
    files_of,
    files_of_survey,
    forget_files,
    named_files,
    sweep_files,
)
from consult.responses.models import Response, ResponseFile, Revision
from consult.responses.records import KeptFile, PageAnswers
from consult.responses.service import NotBegun, begin_while_open, discard_draft, save_page
from tests import factories
from tests.integration.responses.conftest import Asked, a_page


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "answers")


def put(store: FileStore, content: bytes, *, is_old: bool = True) -> FileAnswer:
    digest = store.put(content, limit=1000)
    if is_old:
        os.utime(store.folder / digest[:2] / digest[2:], (1_000_000, 1_000_000))
    return FileAnswer(digest, len(content), "application/pdf", "plan.pdf")


def row(file: FileAnswer) -> KeptFile:
    return KeptFile(file.digest, file.type, file.size)


def page(*added: FileAnswer, **answers: str) -> PageAnswers:
    return replace(a_page(**answers), files=tuple(map(row, added)))


def known(database: Database, response_id: uuid.UUID) -> set[str]:
    with database.read() as session:
        return set(files_of(session, response_id))


def test_file_is_stored_with_its_page(database: Database, asked: Asked, store: FileStore) -> None:
    first, second = put(store, b"first"), put(store, b"second")
    save_page(database, asked.start, page(first, plan=first.coded), is_first=True)
    save_page(database, asked.start, page(second, photo=second.coded))

    assert known(database, asked.start.response_id) == {first.digest, second.digest}
    with database.read() as session:
        assert files_of_survey(session, asked.survey_id) == {
            (asked.start.response_id, first.digest),
            (asked.start.response_id, second.digest),
        }


def test_saving_twice_is_saving_once(database: Database, asked: Asked, store: FileStore) -> None:
    file = put(store, b"a plan")
    for _again in range(3):
        save_page(database, asked.start, page(file, plan=file.coded))

    assert known(database, asked.start.response_id) == {file.digest}


def test_page_with_files_is_not_begun_blindly(database: Database, asked: Asked, store: FileStore) -> None:
    file = put(store, b"a plan")

    with pytest.raises(NotBegun):
        begin_while_open(database, asked.start, page(file, plan=file.coded))


def test_replaced_file_no_longer_belongs_to_the_response(
    database: Database, asked: Asked, store: FileStore
) -> None:
    old, new = put(store, b"old"), put(store, b"new")
    save_page(database, asked.start, page(old, plan=old.coded))
    save_page(database, asked.start, page(new, plan=new.coded))

    assert known(database, asked.start.response_id) == {new.digest}


def test_page_without_file_questions_touches_no_file(
    database: Database, asked: Asked, store: FileStore
) -> None:
    file = put(store, b"a plan")
    save_page(database, asked.start, page(file, plan=file.coded))
    save_page(database, asked.start, a_page(area="downtown"))

    assert known(database, asked.start.response_id) == {file.digest}


def test_file_of_a_refused_page_is_kept_with_what_was_typed(
    database: Database, asked: Asked, store: FileStore
) -> None:
    file = put(store, b"a plan")
    refused = PageAnswers(
        "en", None, frozenset(("plan",)), {}, {"plan": {"texts": [file.coded]}}, files=(row(file),)
    )
    save_page(database, asked.start, refused)

    assert known(database, asked.start.response_id) == {file.digest}


def test_files_in_repeats_are_found(store: FileStore) -> None:
    first, second = put(store, b"first"), put(store, b"second")
    answers = {"plan": first.coded, "members": [{"name": "A"}, {"kids": [{"photo": second.coded}]}]}

    assert list(named_files(answers)) == [("plan", first), ("photo", second)]


def test_discarded_response_takes_its_files_with_it(
    database: Database, asked: Asked, store: FileStore
) -> None:
    mine, shared = put(store, b"mine"), put(store, b"shared")
    other = asked.another()
    save_page(database, asked.start, page(mine, shared, plan=mine.coded, photo=shared.coded))
    save_page(database, other, page(shared, photo=shared.coded))
    discard_draft(database, asked.start.response_id)
    forget_files(database, store, (mine.digest, shared.digest))

    assert (store.exists(mine.digest), store.exists(shared.digest)) == (False, True)


def test_sweep_takes_what_no_response_has(database: Database, asked: Asked, store: FileStore) -> None:
    kept, left, fresh = put(store, b"kept"), put(store, b"left"), put(store, b"fresh", is_old=False)
    save_page(database, asked.start, page(kept, plan=kept.coded))

    assert sweep_files(database, store) == Swept(rows=0, files=1)
    assert [store.exists(each.digest) for each in (kept, left, fresh)] == [True, False, True]


def test_sweep_takes_rows_that_no_answer_names_and_spares_earlier_states(
    database: Database, asked: Asked, store: FileStore
) -> None:
    now, before, never = put(store, b"now"), put(store, b"before"), put(store, b"never")
    with database.write() as session:
        response = factories.make_response(session, answers={"plan": now.coded})
        factories.make_revision(session, response=response, content={"answers": {"plan": before.coded}})
        response_id = response.id
    add_files(database, response_id, map(row, (now, before, never)))

    assert sweep_files(database, store) == Swept(rows=1, files=1)
    assert known(database, response_id) == {now.digest, before.digest}


def test_sweep_beside_an_empty_database_takes_nothing(database: Database, store: FileStore) -> None:
    """Somebody has named another database than the one of these files."""
    kept = put(store, b"kept")

    assert sweep_files(database, store) == Swept(rows=0, files=0)
    assert store.exists(kept.digest)


def test_sweep_of_an_installation_without_files_does_nothing(database: Database, store: FileStore) -> None:
    assert sweep_files(database, store) == Swept(rows=0, files=0)


def test_rows_go_with_their_response(database: Database) -> None:
    with database.write() as session:
        response_id = factories.make_response_file(session).response_id
        session.execute(sa.delete(Revision).where(Revision.response_id == response_id))
        session.execute(sa.delete(Response).where(Response.id == response_id))

    with database.read() as session:
        assert session.scalars(sa.select(ResponseFile)).all() == []
