"""Files that were sent: for those who may see answers, as attachments, one by one or all together."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

import pytest
from openpyxl import load_workbook

from consult.accounts.models import Role
from consult.db import Database
from consult.files import FileStore, answer_files
from consult.questionnaires.document import to_document
from consult.questions.file import FileAnswer
from consult.reports.columns import number_of
from consult.responses.models import Response, ResponseState
from consult.settings import Settings
from consult.surveys.models import Survey
from tests import factories
from tests.integration.reports.conftest import Reporting
from tests.samples import pictures
from tests.samples.questions import ask, questionnaire

FILES = "/office/en/reports/street/files"
FORM = questionnaire(
    ask("image", "photo", "Show us your street"), ask("file", "plan"), ask("geopoint", "place")
)


@pytest.fixture
def store(settings: Settings) -> FileStore:
    return answer_files(settings)


@pytest.fixture
def street(reporting: Reporting, database: Database) -> Survey:
    with database.write() as session:
        return factories.make_open_survey(
            session, specification=to_document(FORM), slug="street", organisation=reporting.office.ours
        )


def sent(
    database: Database, store: FileStore, survey: Survey, name: str = "plan.pdf", **how: Any
) -> tuple[Response, FileAnswer]:
    """A response that brought a document of this name."""
    content = pictures.DOCUMENT + name.encode()
    file = FileAnswer(store.put(content, limit=10_000), len(content), "application/pdf", name)
    with database.write() as session:
        answers = {"plan": file.coded, "place": "43.65 -79.38 0 12"}
        response = factories.make_response(session, survey=survey, answers=answers, **how)
        row = {"digest": file.digest, "type": file.type, "size": file.size}
        factories.make_response_file(session, response_id=response.id, **row)
    return response, file


def address(response: Response, file: FileAnswer) -> str:
    return f"{FILES}/{response.id}/{file.digest}"


def test_files_are_listed_with_the_number_of_their_response(
    reporting: Reporting, database: Database, store: FileStore, street: Survey
) -> None:
    response, file = sent(database, store, street)
    page = reporting.browser.open("/office/en/reports/street/").follow("Look and download")

    assert number_of(response.id) in page.text
    assert "plan.pdf" in page.text
    assert address(response, file) in {link.get("href") for link in page.document.iter("a")}


def test_file_leaves_as_an_attachment_in_a_sandbox(
    reporting: Reporting, database: Database, store: FileStore, street: Survey
) -> None:
    response, file = sent(database, store, street, "plan d’été \u202ex.pdf".replace("\u202e", ""))
    answer = reporting.download(address(response, file))
    headers = answer.headers

    assert answer.data == pictures.DOCUMENT + "plan d’été x.pdf".encode()
    assert headers["Content-Disposition"].startswith('attachment; filename="')
    assert "plan%20d%E2%80%99%C3%A9t%C3%A9%20x.pdf" in headers["Content-Disposition"]
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_archive_has_every_file_in_a_folder_of_its_question(
    reporting: Reporting, database: Database, store: FileStore, street: Survey
) -> None:
    made = [sent(database, store, street, name) for name in ("a.pdf", "b.pdf", "c.pdf")]
    archive = zipfile.ZipFile(io.BytesIO(reporting.download(f"{FILES}.zip").data))

    assert archive.testzip() is None
    assert sorted(archive.namelist()) == sorted(
        f"plan/{number_of(response.id)}-{file.place}" for response, file in made
    )
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert archive.read(archive.namelist()[0]).startswith(b"%PDF")


def test_survey_without_files_has_an_empty_archive(reporting: Reporting, street: Survey) -> None:
    assert zipfile.ZipFile(io.BytesIO(reporting.download(f"{FILES}.zip").data)).namelist() == []
    assert "No response has brought a file." in reporting.browser.open(f"{FILES}/").text


def test_unfinished_responses_show_nothing(
    reporting: Reporting, database: Database, store: FileStore, street: Survey
) -> None:
    response, file = sent(database, store, street, state=ResponseState.DRAFT)

    reporting.download(address(response, file), expect=404)
    assert "plan.pdf" not in reporting.browser.open(f"{FILES}/").text


def test_answer_that_only_names_a_file_gives_nothing(
    reporting: Reporting, database: Database, store: FileStore, street: Survey
) -> None:
    """As an imported line of NDJSON can: the hash of somebody else's file, without ever having had it."""
    _response, file = sent(database, store, street)
    with database.write() as session:
        claiming = factories.make_response(session, survey=street, answers={"plan": file.coded})

    reporting.download(address(claiming, file), expect=404)


def test_file_that_is_gone_is_not_found(
    reporting: Reporting, database: Database, store: FileStore, street: Survey
) -> None:
    response, file = sent(database, store, street)
    store.delete(file.digest)

    reporting.download(address(response, file), expect=404)
    assert zipfile.ZipFile(io.BytesIO(reporting.download(f"{FILES}.zip").data)).namelist() == []


@pytest.mark.parametrize("ending", ["/", ".zip", "one"])
def test_other_organisations_see_what_does_not_exist(
    reporting: Reporting, database: Database, store: FileStore, street: Survey, ending: str
) -> None:
    response, file = sent(database, store, street)
    wanted = address(response, file) if ending == "one" else f"{FILES}{ending}"
    stranger = reporting.office.person("nina", Role.STAFF, Role.ANALYST, organisation=reporting.office.theirs)
    answer = reporting.office.browser(stranger).client.get(wanted)

    assert answer.status_code == 404
    assert b"plan" not in answer.data


def test_file_of_another_survey_is_not_found_here(
    reporting: Reporting, database: Database, store: FileStore, street: Survey
) -> None:
    response, file = sent(database, store, street)

    reporting.download(address(response, file).replace("/street/", "/newcomers/"), expect=404)


@pytest.mark.parametrize("role", [Role.COLLECTOR, Role.TRANSLATOR])
def test_those_who_may_not_see_results_see_no_file(
    reporting: Reporting, database: Database, store: FileStore, street: Survey, role: Role
) -> None:
    response, file = sent(database, store, street)
    other = reporting.office.browser(reporting.office.person("other", role))

    assert other.client.get(address(response, file)).status_code == 403


def test_reports_name_the_file_and_give_the_place_in_numbers(
    reporting: Reporting, database: Database, store: FileStore, street: Survey
) -> None:
    _response, file = sent(database, store, street)
    table = reporting.download("/office/en/reports/street/download/csv?words=codes").data.decode("utf-8-sig")
    (found,) = csv.DictReader(io.StringIO(table, newline=""))

    assert found["plan"] == file.place
    assert (found["place/latitude"], found["place/longitude"]) == ("43.65", "-79.38")
    assert (found["place/altitude"], found["place/accuracy"]) == ("", "12.0")


def test_workbook_describes_the_columns_of_a_place(
    reporting: Reporting, database: Database, store: FileStore, street: Survey
) -> None:
    sent(database, store, street)
    book = reporting.download("/office/en/reports/street/download/xlsx?words=en").data
    rows = [[cell.value for cell in line] for line in load_workbook(io.BytesIO(book))["Codebook"].iter_rows()]
    labels = {str(line[0]): line[3] for line in rows}

    assert labels["place/latitude"].endswith("latitude")
    assert labels["place/accuracy"].endswith("accuracy in metres")


def test_files_travel_by_name_in_ndjson(
    reporting: Reporting, database: Database, store: FileStore, street: Survey
) -> None:
    _response, file = sent(database, store, street)
    line = reporting.download("/office/en/reports/street/download/ndjson").data.decode()

    assert file.coded in line
