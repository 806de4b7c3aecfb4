"""A backup restores what was there, all of it; a damaged one changes nothing."""

from __future__ import annotations

import io
import json
import random
import threading
import uuid
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from consult.accounts.models import Organisation
from consult.backups import BackupRefused, make_backup, postgresql, restore_backup, sqlite
from consult.backups.container import Content, Header, _line
from consult.db import Database
from consult.i18n import Localized
from consult.responses.models import Response
from consult.schema import METADATA, downgrade, is_current
from tests import factories


@pytest.fixture
def full(database: Database) -> Database:
    """A row of everything, and letters, signs and line ends that formats trip over."""
    nasty = "a\tb\nc\\d\\.\n\\.\r\n\\N “é” 😀 دروس {}, \x01"
    with database.write() as session:
        factories.make_invitation(session)
        factories.make_assignment(session)
        factories.make_session(session, place=nasty)
        factories.make_revision(session, reason=nasty)
        factories.make_resume_code(session)
        for number in range(50):
            factories.make_response(session, answers={"wish": nasty * number, "a": [1, 2.5, None, True]})
    return database


def _backup(database: Database, path: Path) -> Path:
    with path.open("wb") as file:
        make_backup(database, file)
    return path


def _everything(database: Database) -> dict[str, list[Any]]:
    with database.read() as session:
        return {
            table.name: sorted(map(repr, session.execute(sa.select(table)).all()))
            for table in METADATA.sorted_tables
        }


def _change(database: Database) -> None:
    with database.write() as session:
        session.execute(sa.delete(Response).where(Response.id.in_(sa.select(Response.id).limit(5))))
        session.execute(sa.update(Organisation).values(name=Localized({"en": "Changed"})))
        factories.make_membership(session)


@pytest.mark.filterwarnings("ignore:Cannot correctly sort tables")
def test_restored_database_is_what_was_backed_up(full: Database, tmp_path: Path) -> None:
    before = _everything(full)
    path = _backup(full, tmp_path / "backup")
    _change(full)
    header = restore_backup(full, path)

    assert _everything(full) == before
    assert header.content.rows["response"] == 52


@pytest.mark.filterwarnings("ignore:Cannot correctly sort tables")
def test_backup_fills_an_empty_database(full: Database, empty_database: Database, tmp_path: Path) -> None:
    restore_backup(empty_database, _backup(full, tmp_path / "backup"))

    assert _everything(empty_database) == _everything(full)
    assert is_current(empty_database)


def test_restored_database_takes_answers_and_keeps_its_rules(full: Database, tmp_path: Path) -> None:
    path = _backup(full, tmp_path / "backup")
    restore_backup(full, path)

    with full.write() as session:
        factories.make_response(session)
    with pytest.raises(sa.exc.IntegrityError), full.write() as session:
        session.execute(sa.text("UPDATE version SET digest = 'x'"))
    with pytest.raises(sa.exc.IntegrityError), full.write() as session:
        factories.make_membership(session, person_id=uuid.uuid4())


def test_two_backups_of_the_same_content_say_the_same(full: Database) -> None:
    first, second = make_backup(full, io.BytesIO()), make_backup(full, io.BytesIO())

    assert first.content == second.content


def test_backup_of_other_content_says_something_else(full: Database) -> None:
    first = make_backup(full, io.BytesIO())
    with full.write() as session:
        session.execute(sa.update(Organisation).values(default_language="fr"))

    assert make_backup(full, io.BytesIO()).content.dump != first.content.dump


def test_people_answer_while_a_backup_is_made(full: Database, tmp_path: Path) -> None:
    """Everything that was stored before it began is in it; what comes meanwhile is in it whole, or not."""
    stop = threading.Event()

    def answer() -> None:
        while not stop.is_set():
            with full.write() as session:
                factories.make_response(session)

    writer = threading.Thread(target=answer)
    writer.start()
    try:
        for number in range(3):
            restored = _backup(full, tmp_path / f"backup-{number}")
    finally:
        stop.set()
        writer.join()

    assert restore_backup(full, restored).content.rows["response"] >= 52


def _damaged(whole: bytes, draw: random.Random) -> bytes:
    place = draw.randrange(len(whole))
    kind = draw.randrange(4)
    if kind == 0:
        return whole[:place]
    if kind == 1:
        return whole + b"\n"
    if kind == 2:
        return whole[:place] + whole[place + 1 :]
    return whole[:place] + bytes([whole[place] ^ 1 << draw.randrange(8)]) + whole[place + 1 :]


@pytest.mark.filterwarnings("ignore:Cannot correctly sort tables")
def test_damaged_backup_is_refused_and_changes_nothing(full: Database, tmp_path: Path) -> None:
    whole = _backup(full, tmp_path / "backup").read_bytes()
    _change(full)
    before = _everything(full)
    draw = random.Random(2010)
    damaged = tmp_path / "damaged"
    for _number in range(200):
        damaged.write_bytes(_damaged(whole, draw))
        with pytest.raises(BackupRefused) as caught:
            restore_backup(full, damaged)
        assert caught.value.code in ("not_a_backup", "damaged")

    assert _everything(full) == before


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"{}\n", b"[" * 100_000, b"SQLite format 3\x00", b"\xff" * 99]
)
def test_what_is_no_backup_is_refused(sqlite_database: Database, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "something"
    path.write_bytes(content)

    with pytest.raises(BackupRefused, match="not_a_backup"):
        restore_backup(sqlite_database, path)


@pytest.mark.filterwarnings("ignore:Cannot correctly sort tables")
@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("dump", "0" * 64, "inconsistent"),
        ("rows", {"response": 1}, "inconsistent"),
        ("revision", "9999", "newer"),
    ],
)
def test_backup_that_contradicts_itself_is_refused(
    full: Database, tmp_path: Path, field: str, value: object, code: str
) -> None:
    """Not damaged on the way but made wrong: its own checksums are right, its content is not what it says."""
    path = _backup(full, tmp_path / "backup")
    before = _everything(full)
    _forge(path, field, value)

    with pytest.raises(BackupRefused, match=code):
        restore_backup(full, path)
    assert _everything(full) == before


@pytest.mark.filterwarnings("ignore:Cannot correctly sort tables")
def test_content_with_dangling_references_is_refused(
    full: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = sqlite if full.is_sqlite else postgresql
    path = _backup(full, tmp_path / "backup")
    before = _everything(full)
    monkeypatch.setattr(room, "_content" if full.is_sqlite else "_copy_out", lambda *_any: None)

    with pytest.raises(BackupRefused, match="inconsistent"):
        restore_backup(full, path)
    assert _everything(full) == before


def test_backup_of_the_other_engine_is_refused(
    sqlite_database: Database, postgresql_database: Database, tmp_path: Path
) -> None:
    with pytest.raises(BackupRefused, match="other_engine"):
        restore_backup(postgresql_database, _backup(sqlite_database, tmp_path / "backup"))


def test_database_of_another_revision_takes_the_backups(full: Database, tmp_path: Path) -> None:
    path = _backup(full, tmp_path / "backup")
    downgrade(full, "base")

    assert restore_backup(full, path).content.rows["response"] == 52
    assert is_current(full)


def test_backup_is_the_same_whoever_answered_first(sqlite_database: Database, tmp_path: Path) -> None:
    """Byte for byte: whoever finds a backup learns nothing of the order in which answers came."""
    with sqlite_database.write() as session:
        survey = factories.make_open_survey(session)
        place = {"survey_id": survey.id, "version_id": survey.current_version_id}
    other = Database(f"sqlite:///{tmp_path / 'other.db'}")
    restore_backup(other, _backup(sqlite_database, tmp_path / "backup"))
    keys = [uuid.uuid4() for _number in range(60)]
    copies = []
    for database, order in ((sqlite_database, keys), (other, keys[::-1])):
        for key in order:
            with database.write() as session:
                factories.make_response(session, id=key, answers={"wish": f"{key} " * 90}, **place)
        folder = tmp_path / f"room-{len(copies)}"
        folder.mkdir()
        copies.append(sqlite.dump(database, folder)[0].read_bytes())

    other.dispose()
    header = 100  # counts the changes that were made to the file, not what they were
    assert copies[0][header:] == copies[1][header:]


def test_backup_leaves_nothing_beside_the_database(full: Database, tmp_path: Path) -> None:
    before = {path.name for path in tmp_path.iterdir()}
    _backup(full, tmp_path / "backup")
    restore_backup(full, tmp_path / "backup")

    assert {path.name for path in tmp_path.iterdir()} - before <= {
        "backup",
        "consult.db-wal",
        "consult.db-shm",
    }


def _forge(path: Path, field: str, value: object) -> None:
    line, _newline, payload = path.read_bytes().partition(b"\n")
    document = json.loads(line)
    document.pop("own")
    document["content"][field] = value
    header = Header(**{**document, "content": Content(**document["content"])})
    path.write_bytes(_line(header) + payload)
