"""Files that take a while: how far they are, who gets them, and what is left when something ends."""

from __future__ import annotations

import datetime as dt
import os
import time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from consult.accounts.models import Membership, Role
from consult.db import Database
from consult.reports import export, giving, jobs
from consult.reports.jobs import beat, claim_job, finish_job, jobs_folder
from consult.reports.jobs_files import sweep_jobs
from consult.reports.jobs_models import Job, JobState
from tests import factories
from tests.integration.reports.conftest import RESULTS, Reporting

DOWNLOAD = f"{RESULTS}download/"
MINE = "/office/en/downloads/"
SECRET = "a key that only tests know"


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Everything takes long here, and no process is started: how often one would have been."""
    calls: list[int] = []
    monkeypatch.setattr(export, "LONG", 1)
    monkeypatch.setattr(giving, "GRACE", 0.0)
    monkeypatch.setattr(export, "start_process", lambda *_given: calls.append(1))
    return calls


@pytest.fixture
def folder(reporting: Reporting) -> Path:
    return jobs_folder(reporting.office.settings)


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def ordered(reporting: Reporting, address: str = "csv?words=en") -> str:
    """The address of the page that an order leads to."""
    answer = reporting.browser.client.get(DOWNLOAD + address)
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def make(database: Database, folder: Path) -> None:
    """What the process does, here."""
    export.make_jobs(database, SECRET, folder, "worker of a test")


def only_job(database: Database) -> Job:
    with database.read() as session:
        return session.scalars(sa.select(Job)).one()


def change_job(database: Database, **changes: Any) -> None:
    with database.write() as session:
        session.execute(sa.update(Job).values(**changes))


def test_page_says_how_far_the_file_is(reporting: Reporting, database: Database, started: list[int]) -> None:
    page = ordered(reporting)
    assert "It begins in a moment" in reporting.browser.open(page).text
    job = claim_job(database, "w", now())
    assert job is not None
    assert beat(database, job.id, "w", 21, 60, now())
    shown = reporting.browser.open(page)
    assert "35% done" in shown.text
    assert [bar.get("value") for bar in shown.document.iter("progress")] == ["35"]


def test_finished_file_is_on_the_list_and_can_be_fetched(
    reporting: Reporting, database: Database, started: list[int], folder: Path
) -> None:
    page = ordered(reporting)
    make(database, folder)
    assert page in [str(link.get("href")) for link in reporting.browser.open(MINE).document.iter("a")]
    answer = reporting.download(f"{page}file")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=newcomers-en-")
    assert len(answer.data.splitlines()) == 61


def test_finished_file_is_private_and_the_only_one(
    reporting: Reporting, database: Database, started: list[int], folder: Path
) -> None:
    ordered(reporting)
    make(database, folder)
    (path,) = folder.iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_same_order_gives_the_same_file_while_nothing_has_changed(
    reporting: Reporting, database: Database, started: list[int], folder: Path
) -> None:
    page = ordered(reporting)
    make(database, folder)
    assert reporting.download(f"{DOWNLOAD}csv?words=en").data == reporting.download(f"{page}file").data
    assert started == [1]


@pytest.mark.parametrize("address", ["csv?words=fr", "csv?words=en&language=fr", "zip?words=en"])
def test_another_order_is_another_file(
    address: str, reporting: Reporting, database: Database, started: list[int]
) -> None:
    assert ordered(reporting) != ordered(reporting, address)


def test_new_response_makes_the_file_an_old_one(
    reporting: Reporting, database: Database, started: list[int]
) -> None:
    before = ordered(reporting)
    with database.write() as session:
        factories.make_response(session, survey=reporting.survey, answers={"stay": "no"})
    assert ordered(reporting) != before


def test_colleague_who_orders_the_same_waits_for_the_same_file(
    reporting: Reporting, database: Database, started: list[int], folder: Path
) -> None:
    page = ordered(reporting)
    zoe = reporting.office.browser(reporting.office.person("zoe", Role.STAFF))
    zoe.open(page, expect=404)
    zoe.open(f"{DOWNLOAD}csv?words=en")
    make(database, folder)
    assert len(zoe.client.get(f"{page}file", buffered=True).data.splitlines()) == 61


def test_file_is_gone_for_whoever_lost_the_role(
    reporting: Reporting, database: Database, started: list[int], folder: Path
) -> None:
    page = ordered(reporting)
    make(database, folder)
    with database.write() as session:
        session.execute(
            sa.update(Membership).where(Membership.person_id == reporting.rosa.id).values(role=Role.COLLECTOR)
        )
    reporting.browser.open(f"{page}file", expect=404)
    assert page not in [link.get("href") for link in reporting.browser.open(MINE).document.iter("a")]


def test_collector_follows_the_file_of_own_entries(
    reporting: Reporting, database: Database, started: list[int], folder: Path
) -> None:
    omar = reporting.office.browser(reporting.omar)
    page = omar.open(f"{RESULTS}own/csv").address
    make(database, folder)
    assert len(omar.client.get(f"{page}file", buffered=True).data.splitlines()) == 13


def test_silent_job_has_stopped_and_can_be_started_again(
    reporting: Reporting, database: Database, started: list[int], folder: Path
) -> None:
    page = ordered(reporting)
    claim_job(database, "w", now())
    change_job(database, heard_at=now() - dt.timedelta(minutes=1))
    shown = reporting.browser.open(page)
    assert "was broken off" in shown.text
    shown.press("Start again Responses (CSV)")
    assert len(started) == 2
    make(database, folder)
    assert len(reporting.download(f"{page}file").data.splitlines()) == 61


def test_process_that_fails_says_so_and_leaves_no_file(
    reporting: Reporting,
    database: Database,
    started: list[int],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_given: object) -> int:
        raise ValueError(answer)

    page, answer = ordered(reporting), " ".join(["what", "somebody", "wrote"])
    monkeypatch.setattr(export, "write_file", fail)
    make(database, folder)
    assert "because of a fault in this software" in reporting.browser.open(page).text
    assert list(folder.iterdir()) == []
    assert answer not in capsys.readouterr().err


def test_waiting_job_goes_on_after_the_server_was_started_anew(
    reporting: Reporting, database: Database, started: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = ordered(reporting)
    change_job(database, heard_at=now() - dt.timedelta(minutes=1))
    reporting.browser.open(page)
    assert len(started) == 1  # one was started a moment ago
    monkeypatch.delitem(reporting.office.app.extensions, giving.STARTED)
    reporting.browser.open(page)
    assert len(started) == 2


def test_no_more_run_at_once_than_there_are_slots(
    reporting: Reporting, database: Database, started: list[int]
) -> None:
    for words in ("en", "fr", "codes"):
        ordered(reporting, f"csv?words={words}")
    claimed = [claim_job(database, f"w{number}", now()) for number in range(3)]
    assert [job is None for job in claimed] == [False, False, True]


def test_person_with_three_unfinished_files_is_asked_to_wait(
    reporting: Reporting, database: Database, started: list[int]
) -> None:
    for words in ("en", "fr", "codes"):
        ordered(reporting, f"csv?words={words}")
    page = reporting.browser.open(f"{DOWNLOAD}ndjson")
    assert page.address == MINE
    assert "Wait until one of them is done" in page.text


def test_everybody_together_is_asked_to_wait(
    reporting: Reporting, database: Database, started: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "MOST_WAITING", 1)
    ordered(reporting)
    assert "try again in a few minutes" in reporting.browser.open(f"{DOWNLOAD}csv?words=fr").text


def test_removed_job_takes_its_file_along(
    reporting: Reporting, database: Database, started: list[int], folder: Path
) -> None:
    page = ordered(reporting)
    make(database, folder)
    reporting.browser.open(page).press("Remove from my list Responses (CSV)")
    assert list(folder.iterdir()) == []
    reporting.browser.open(page, expect=404)


def test_job_that_nobody_wants_any_more_is_not_finished(
    reporting: Reporting, database: Database, started: list[int]
) -> None:
    page = ordered(reporting)
    job = claim_job(database, "w", now())
    assert job is not None
    reporting.browser.open(page).press("Stop and remove Responses (CSV)")
    assert not beat(database, job.id, "w", 1, 60, now())
    assert not finish_job(database, job.id, "w", 60, 1000, now())


def test_file_is_taken_away_after_a_day(
    reporting: Reporting, database: Database, started: list[int], folder: Path
) -> None:
    page = ordered(reporting)
    make(database, folder)
    (path,) = folder.iterdir()
    os.utime(path, (time.time() - 90_000,) * 2)
    assert sweep_jobs(database, folder, now()) == 0
    assert sweep_jobs(database, folder, dt.datetime.now(dt.UTC) + dt.timedelta(hours=25)) == 1
    assert list(folder.iterdir()) == []
    reporting.browser.open(page, expect=404)


def test_file_that_is_missing_is_made_again(
    reporting: Reporting, database: Database, started: list[int], folder: Path
) -> None:
    page = ordered(reporting)
    make(database, folder)
    (path,) = folder.iterdir()
    path.unlink()
    assert ordered(reporting) == page
    assert only_job(database).state is JobState.WAITING
