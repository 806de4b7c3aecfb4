"""Who took single answers out of the house: written down, shown to those who answer for it, never changed."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from consult.accounts.models import Role
from consult.db import Database
from consult.reports import export, giving
from consult.reports.downloads_models import Download
from consult.reports.files import CONTENT_TYPES, WORDLESS
from tests.integration.reports.conftest import RESULTS, Reporting

LOG = f"{RESULTS}downloads/"


def recorded(database: Database) -> list[Download]:
    with database.read() as session:
        return list(session.scalars(sa.select(Download).order_by(Download.downloaded_at)))


@pytest.mark.parametrize("kind", sorted(CONTENT_TYPES))
def test_every_download_is_written_down(kind: str, reporting: Reporting, database: Database) -> None:
    reporting.download(f"{RESULTS}download/{kind}?words=fr&language=ar")
    (row,) = recorded(database)
    assert (row.kind, row.responses, row.person_id) == (kind, 4, reporting.rosa.id)
    assert row.selection == {"languages": ["ar"]}
    assert row.words == ("" if kind in WORDLESS else "fr")


def test_own_entries_of_a_collector_are_written_down(reporting: Reporting, database: Database) -> None:
    reporting.office.browser(reporting.omar).client.get(f"{RESULTS}own/csv", buffered=True)
    (row,) = recorded(database)
    assert (row.is_own, row.responses, row.person_id) == (True, 12, reporting.omar.id)


def test_file_that_took_long_is_written_down_when_it_is_fetched(
    reporting: Reporting, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "LONG", 1)
    monkeypatch.setattr(giving, "GRACE", 60.0)
    reporting.download(f"{RESULTS}download/csv?words=en")
    reporting.download(f"{RESULTS}download/csv?words=en")
    assert [row.responses for row in recorded(database)] == [60, 60]


def test_refused_download_is_not_written_down(reporting: Reporting, database: Database) -> None:
    reporting.download(f"{RESULTS}download/csv?words=tlh", expect=404)
    assert recorded(database) == []


def test_archive_of_sent_files_is_written_down(reporting: Reporting, database: Database) -> None:
    reporting.download(f"{RESULTS}files.zip")
    (row,) = recorded(database)
    assert (row.kind, row.responses) == ("files.zip", 0)


@pytest.mark.parametrize("role", [Role.STAFF, Role.ADMIN])
def test_page_says_who_when_what_and_how_many(role: Role, reporting: Reporting) -> None:
    reporting.download(f"{RESULTS}download/csv?words=fr&language=ar&since=2026-03-05")
    page = reporting.office.browser(reporting.office.person("zoe", role)).open(LOG)
    row = " ".join(page.text.split())
    for part in ("Rosa", "Responses (CSV)", "French", "answers in Arabic", "from March 5, 2026"):
        assert part in row


def test_page_says_when_nothing_was_downloaded(reporting: Reporting) -> None:
    zoe = reporting.office.browser(reporting.office.person("zoe", Role.STAFF))
    assert "Nothing has been downloaded yet" in zoe.open(LOG).text


@pytest.mark.parametrize("role", [Role.ANALYST, Role.COLLECTOR, Role.TRANSLATOR])
def test_page_is_for_those_who_answer_for_the_survey(role: Role, reporting: Reporting) -> None:
    reporting.office.browser(reporting.office.person("zoe", role)).open(LOG, expect=403)


def test_database_refuses_to_change_what_is_written_down(reporting: Reporting, database: Database) -> None:
    reporting.download(f"{RESULTS}download/csv?words=en")
    for change in (sa.update(Download).values(responses=0), sa.delete(Download)):
        with pytest.raises(sa.exc.IntegrityError, match="never changed"), database.write() as session:
            session.execute(change)
    assert len(recorded(database)) == 1
