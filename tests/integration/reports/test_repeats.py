"""Surveys that ask several times over: every way out of the database, on both engines."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from consult.accounts.models import Role
from consult.db import Database
from consult.questionnaires.document import to_document
from consult.reports.files import Order, write_file
from consult.responses.loading import Destination, load_responses
from consult.responses.models import Channel
from consult.settings import Settings
from consult.surveys.models import Survey
from tests import factories
from tests.integration.reports.conftest import Reporting
from tests.integration.reports.test_command import run
from tests.reports.building import MADE_ON
from tests.reports.households import ARABIC, FORM, LARGE

SECRET = "secret"
HOMES = "/office/en/reports/homes/"


def add_homes(database: Database, **given: Any) -> Survey:
    with database.write() as session:
        return factories.make_open_survey(session, specification=to_document(FORM), slug="homes", **given)


def add_answers(database: Database, survey: Survey, **given: Any) -> None:
    with database.write() as session:
        for answers in (LARGE, ARABIC, {"area": "South"}):
            factories.make_response(session, survey=survey, answers=answers, **given)


@pytest.fixture
def homes(reporting: Reporting, database: Database) -> Survey:
    survey = add_homes(database, organisation=reporting.office.ours)
    add_answers(database, survey, collector_id=reporting.omar.id, channel=Channel.COLLECTOR)
    return survey


def written(database: Database, kind: Any, path: Path, slug: str = "homes") -> Path:
    write_file(database, SECRET, Order(slug, kind, "en"), path, MADE_ON)
    return path


def test_results_and_their_files_are_offered(reporting: Reporting, homes: Survey) -> None:
    page = reporting.browser.open(HOMES)
    assert "Answered: 3 of 4 entries of “Household member”." in page.text
    links = [str(link.get("href")) for link in page.document.iter("a")]
    assert any("/download/zip" in link for link in links)


def test_archive_is_only_offered_where_something_is_asked_several_times(reporting: Reporting) -> None:
    page = reporting.browser.open("/office/en/reports/newcomers/")
    assert not any("/download/zip" in str(link.get("href")) for link in page.document.iter("a"))


@pytest.mark.parametrize("address", ["download/zip?words=en", "download/zip?words=codes"])
def test_archive_is_downloaded(address: str, reporting: Reporting, homes: Survey) -> None:
    response = reporting.download(HOMES + address)
    assert response.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(response.data)) as archive:
        assert archive.namelist() == ["responses.csv", "members.csv", "schools.csv"]


def test_collector_downloads_the_entries_of_own_responses(reporting: Reporting, homes: Survey) -> None:
    client = reporting.office.browser(reporting.omar).client
    workbook = load_workbook(io.BytesIO(client.get(f"{HOMES}own/xlsx", buffered=True).data))
    assert workbook.sheetnames[3:] == ["Household member", "Schools of …"]
    assert workbook["Household member"].max_row == 2 + 4
    assert client.get(f"{HOMES}own/zip", buffered=True).status_code == 200


def test_what_is_written_line_by_line_is_loaded_as_it_was(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    survey = add_homes(database)
    with database.write() as session:
        factories.make_response(
            session,
            survey=survey,
            answers=LARGE,
            original_language={"members[2]/goes": "ar"},
            translations={"members[2]/goes": {"fr": "La lecture"}},
        )
        copy = factories.make_open_survey(session, specification=to_document(FORM), slug="copy").id
    path = written(database, "ndjson", tmp_path / "homes.ndjson")
    line = json.loads(path.read_text()) | {"id": "00000000-0000-4000-8000-000000000001"}
    text = io.BytesIO(json.dumps(line).encode())
    loaded = load_responses(database, Destination(copy, settings.time_zone), text)
    assert (loaded.accepted, loaded.rejected) == (1, [])
    again = json.loads(written(database, "ndjson", tmp_path / "copy.ndjson", "copy").read_text())
    assert again == line


def test_two_hundred_entries_of_each_response_are_all_there(database: Database, tmp_path: Path) -> None:
    survey = add_homes(database)
    many = {"members": [{"name": f"M{place}", "age": place % 100} for place in range(200)]}
    with database.write() as session:
        for _ in range(3):
            factories.make_response(session, survey=survey, answers=many)
    workbook = load_workbook(written(database, "xlsx", tmp_path / "many.xlsx"), read_only=True)
    rows = list(workbook["Household member"].iter_rows(min_row=3, values_only=True))
    assert [line[1] for line in rows] == [*range(1, 201)] * 3
    assert len({line[0] for line in rows}) == 3


def test_command_writes_an_archive_and_says_what_a_single_file_leaves_out(
    database_url: str, tmp_path: Path
) -> None:
    database = Database(database_url)
    add_answers(database, add_homes(database))
    database.dispose()
    environment = {
        "CONSULT_DATABASE_URL": database_url,
        "CONSULT_DATA_DIR": str(tmp_path / "data"),
        "LANG": "en_CA.UTF-8",
    }
    archive = run(environment, "responses", "export", "homes", tmp_path / "homes.zip")
    assert (archive.exit_code, archive.stderr) == (0, "")
    with zipfile.ZipFile(tmp_path / "homes.zip") as opened:
        assert len(opened.namelist()) == 3
    single = run(environment, "responses", "export", "homes", tmp_path / "homes.csv")
    assert (single.exit_code, "only counted in .csv" in single.stderr) == (0, True)
    summary = json.loads(run(environment, "summary", "homes", "--json").stdout)
    assert summary["repeats"][0]["entries"] == 4


def test_analyst_sees_only_own_organisations(reporting: Reporting, homes: Survey) -> None:
    office = reporting.office
    stranger = office.browser(office.person("stranger", Role.ANALYST, organisation=office.theirs))
    stranger.open(f"{HOMES}download/zip?words=en", expect=404)
