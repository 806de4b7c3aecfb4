"""When the disk is full, or what makes a file is killed: people are told and know what to do, and no half of
anything is kept."""

from __future__ import annotations

import datetime as dt
import errno
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from consult.db import Database, StorageUnavailable
from consult.reports import derived, export, folding, giving, own_process, preparing
from consult.reports.code_columns import keeping
from consult.reports.code_columns.keeping import columns_folder
from consult.reports.jobs import claim_job, jobs_folder
from consult.reports.jobs_files import sweep_jobs
from consult.reports.jobs_models import Job, JobState
from consult.reports.trouble import Trouble, trouble_of
from tests.integration.reports.conftest import RESULTS, Reporting
from tests.pages import Page

DOWNLOAD = f"{RESULTS}download/"
SECRET = "a key that only tests know"
FULL = Path("/dev/full")
"""A device that takes nothing: each write is refused because there is no space."""

KINDS = ["xlsx", "council.xlsx", "docx", "csv", "sav", "codebook.zip", "ndjson"]


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file is made by a process of its own."""
    monkeypatch.setattr(export, "LONG", 1)
    monkeypatch.setattr(giving, "GRACE", 0.0)


@pytest.fixture
def started(long: None, monkeypatch: pytest.MonkeyPatch) -> list[Callable[[Trouble], object]]:
    """No process is started; for each that would be, what hears of its end."""
    found: list[Callable[[Trouble], object]] = []
    monkeypatch.setattr(export, "start_process", lambda *given: found.append(given[-1]))
    return found


@pytest.fixture
def folder(reporting: Reporting) -> Path:
    return jobs_folder(reporting.office.settings)


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def ordered(reporting: Reporting, kind: str = "csv") -> str:
    answer = reporting.browser.client.get(f"{DOWNLOAD}{kind}?words=en")
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def only_job(database: Database) -> Job:
    with database.read() as session:
        return session.scalars(sa.select(Job)).one()


def fill_disk(folder: Path, job: Job) -> None:
    """What would be written of this file goes to where there is no space."""
    (folder / f"{job.id}.part").symlink_to(FULL)


# The package of a Word document closes its file once more, in vain, when it is thrown away.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("kind", KINDS)
def test_full_disk_is_said_and_nothing_is_kept(
    kind: str, reporting: Reporting, database: Database, started: list[Any], folder: Path
) -> None:
    page = ordered(reporting, kind)
    fill_disk(folder, only_job(database))
    export.make_jobs(database, SECRET, folder, "worker of a test")
    assert only_job(database).trouble is Trouble.STORAGE
    shown = reporting.browser.open(page)
    assert "Most likely its disk is full. Ask the person who runs the server to make room" in shown.text
    assert list(folder.iterdir()) == []
    press_again(shown)
    export.make_jobs(database, SECRET, folder, "worker of a test")  # there is room again
    assert only_job(database).state is JobState.DONE
    assert only_job(database).trouble is None


def test_file_is_not_kept_when_it_cannot_be_said_that_it_is_done(
    reporting: Reporting,
    database: Database,
    started: list[Any],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_given: object) -> bool:
        raise StorageUnavailable("the disk is full")

    page = ordered(reporting)
    with monkeypatch.context() as patch:
        patch.setattr(export, "finish_job", refuse)
        export.make_jobs(database, SECRET, folder, "worker of a test")
    assert list(folder.iterdir()) == []
    assert "Most likely its disk is full" in reporting.browser.open(page).text


def test_short_file_on_a_full_disk_is_no_error_page(
    reporting: Reporting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object, **_more: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(export, "write_file", refuse)
    page = reporting.browser.open(f"{DOWNLOAD}xlsx?words=en")
    assert page.address == "/office/en/downloads/"
    assert "Most likely its disk is full" in page.text


def test_process_that_is_killed_ends_with_a_message(
    reporting: Reporting, database: Database, long: None, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real one: it hangs while it opens its file, and is killed there as a machine without memory would."""
    processes = caught(monkeypatch)
    with monkeypatch.context() as patch:
        patch.setattr(export, "start_process", lambda *_given: None)
        page = ordered(reporting)
    part = folder / f"{only_job(database).id}.part"
    os.mkfifo(part)
    with reporting.office.app.test_request_context():
        giving_process(reporting)
    wait_until(lambda: only_job(database).state is JobState.RUNNING)
    processes[0].send_signal(signal.SIGKILL)
    wait_until(lambda: only_job(database).state is JobState.FAILED)
    assert only_job(database).trouble is Trouble.ENDED
    assert "The work on the file was broken off" in reporting.browser.open(page).text
    wait_until(lambda: not part.exists())


def test_process_that_ends_before_it_begins_does_not_let_people_wait(
    reporting: Reporting, database: Database, started: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database cannot be written: the job stays where it was."""
    page = ordered(reporting)
    with database.write() as session:
        session.execute(sa.update(Job).values(heard_at=now() - dt.timedelta(minutes=5)))
    started[0](Trouble.STORAGE)
    shown = reporting.browser.open(page)
    assert "Most likely its disk is full" in shown.text
    assert not is_followed(shown)
    assert len(started) == 1  # not tried again with every look …
    press_again(shown)
    assert len(started) == 2  # … but when somebody asks for it
    assert "It begins in a moment" in reporting.browser.open(page).text


def test_worker_that_falls_silent_on_a_full_disk_is_said_to_have_no_room(
    reporting: Reporting, database: Database, started: list[Any]
) -> None:
    page = ordered(reporting)
    assert claim_job(database, "w", now()) is not None
    with database.write() as session:
        session.execute(sa.update(Job).values(heard_at=now() - dt.timedelta(minutes=1)))
    started[0](Trouble.STORAGE)
    assert "Most likely its disk is full" in reporting.browser.open(page).text


def test_process_that_cannot_be_started_is_said(
    reporting: Reporting, database: Database, long: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object, **_more: object) -> None:
        raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))

    monkeypatch.setattr(subprocess, "Popen", refuse)
    assert "was broken off" in reporting.browser.open(ordered(reporting)).text


def test_half_of_a_file_goes_when_nobody_goes_on_with_it(
    reporting: Reporting, database: Database, started: list[Any], folder: Path
) -> None:
    ordered(reporting)
    job = claim_job(database, "w", now())
    assert job is not None
    part = folder / f"{job.id}.part"
    part.write_bytes(b"half")
    for state, swept in ((JobState.RUNNING, 0), (JobState.WAITING, 0), (JobState.FAILED, 1)):
        with database.write() as session:
            slot = 0 if state is JobState.RUNNING else None
            session.execute(sa.update(Job).values(state=state, slot=slot))
        assert sweep_jobs(database, folder, now()) == swept
    assert not part.exists()


@pytest.mark.parametrize(
    ("command", "trouble"),
    [
        ("exit 0", None),
        ("exit 1", Trouble.FAULT),
        ("exit 3", Trouble.STORAGE),
        ("kill -9 $$", Trouble.ENDED),
        ("kill -ALRM $$", Trouble.TIME),
    ],
)
def test_end_of_a_process_says_what_was_wrong(command: str, trouble: Trouble | None) -> None:
    told: list[Trouble | None] = []
    process = subprocess.Popen(["sh", "-c", command], stdin=subprocess.PIPE)
    own_process.see_it_end(process, b"{}", told.append)
    assert told == [trouble]


def test_what_a_writer_raises_while_it_is_closed_hides_no_full_disk() -> None:
    try:
        try:
            FULL.write_bytes(b"something")
        finally:
            raise ValueError("not closed")
    except ValueError as problem:
        assert trouble_of(problem) is Trouble.STORAGE


@pytest.fixture
def large(reporting: Reporting, monkeypatch: pytest.MonkeyPatch) -> Reporting:
    """Sixty responses are very many here, and more than a request reads."""
    monkeypatch.setattr(derived.Opening.__init__, "__defaults__", (10, 20, lambda _: None))
    return reporting


def fold(large: Reporting) -> bool:
    return folding.fold(large.office.database, large.office.settings.data_dir, large.survey.id)


def trouble_in(act: Callable[[], object]) -> Trouble | None:
    try:
        act()
    except OSError as problem:
        return trouble_of(problem)
    return None


def no_room(*_given: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_tables_that_cannot_be_kept_are_not_called_ready(
    large: Reporting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "write_shelf", no_room)
    assert trouble_in(lambda: fold(large)) is Trouble.STORAGE


def test_tables_without_room_for_a_note_of_how_far_they_are_stop_too(large: Reporting) -> None:
    folder = columns_folder(large.office.settings.data_dir, large.survey.id)
    (folder / "progress.part").symlink_to(FULL)
    assert trouble_in(lambda: fold(large)) is Trouble.STORAGE
    assert not folding.is_at_work(folder)


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (Trouble.STORAGE, "Most likely its disk is full."),
        (Trouble.TIME, "took more than an hour"),
        (Trouble.ENDED, "was broken off"),
        (Trouble.FAULT, "was broken off"),
    ],
)
def test_page_of_tables_ends_with_a_message_and_tries_again_later(
    trouble: Trouble, said: str, large: Reporting, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Callable[[Trouble | None], object]] = []
    monkeypatch.setattr(preparing, "start_folding", lambda *given: started.append(given[-1]))
    assert "The tables are being prepared." in large.browser.open(RESULTS).text
    started[0](trouble)
    shown = large.browser.open(f"{RESULTS}?by=stay")
    assert said in shown.text
    assert not is_followed(shown)
    assert len(started) == 1
    monkeypatch.setattr(preparing, "_REST", 0.0)
    again = next(link for link in shown.document.iter("a") if "Try again" in "".join(link.itertext()))
    assert again.get("href") == "?by=stay"
    assert "The tables are being prepared." in large.browser.open(f"{RESULTS}?by=stay").text
    assert len(started) == 2


def test_page_of_tables_is_there_where_not_even_a_lock_can_be_made(
    large: Reporting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "is_at_work", no_room)
    assert "Most likely its disk is full." in large.browser.open(RESULTS).text


def is_followed(page: Page) -> bool:
    """Whether script goes on looking at this page."""
    return any(element.get("data-follow") is not None for element in page.document.iter())


def press_again(page: Page) -> None:
    labels = (" ".join("".join(button.itertext()).split()) for button in page.document.iter("button"))
    page.press(next(label for label in labels if label.startswith("Start again")))


def giving_process(reporting: Reporting) -> None:
    office = reporting.office
    told: list[Trouble] = []
    export.start_process(office.database, SECRET, jobs_folder(office.settings), told.append)


def caught(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Processes that are started from now on."""
    found: list[subprocess.Popen[bytes]] = []
    start = subprocess.Popen

    def catch(*given: Any, **more: Any) -> subprocess.Popen[bytes]:
        found.append(start(*given, **more))
        return found[-1]

    monkeypatch.setattr(own_process.subprocess, "Popen", catch)
    return found


def wait_until(is_so: Callable[[], bool]) -> None:
    for _ in range(300):
        if is_so():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come about")
