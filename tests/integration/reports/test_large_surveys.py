"""Results of a survey with very many responses: prepared once, by a process of its own, then at once."""

from __future__ import annotations

import datetime as dt
import json
import time
from pathlib import Path
from queue import SimpleQueue

import pytest
from click.testing import CliRunner, Result

from consult.accounts.models import Role
from consult.cli import main
from consult.db import Database
from consult.questionnaires.document import to_document
from consult.reports import derived, folding, preparing
from consult.reports.code_columns import keeping
from consult.reports.code_columns.keeping import columns_folder
from consult.responses.models import Channel, Response
from tests import factories
from tests.integration.reports.conftest import FORM, RESULTS, Reporting, add_responses
from tests.integration.reports.test_results import breakdown, cells


@pytest.fixture
def large(reporting: Reporting, monkeypatch: pytest.MonkeyPatch) -> Reporting:
    """Sixty responses are very many here, and more than a request reads."""
    monkeypatch.setattr(derived.Opening.__init__, "__defaults__", (10, 20, lambda _: None))
    return reporting


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Processes that would have been started."""
    found: list[object] = []
    monkeypatch.setattr(preparing, "start_folding", lambda *given: found.append(given))
    return found


def prepare(large: Reporting) -> None:
    assert folding.fold(large.office.database, large.office.settings.data_dir, large.survey.id)


def test_page_says_that_tables_are_being_prepared(large: Reporting, started: list[object]) -> None:
    page = large.browser.open(RESULTS)
    assert "The tables are being prepared." in page.text
    assert "0% done" in page.text
    large.browser.open(RESULTS)
    assert len(started) == 1


def test_page_that_waits_leads_to_what_was_selected(large: Reporting, started: list[object]) -> None:
    page = large.browser.open(f"{RESULTS}?by=stay&survey=x")
    links = [
        link.get("href") for link in page.document.iter("a") if "See how far" in "".join(link.itertext())
    ]
    assert links == ["?by=stay&survey=x"]


def test_page_says_how_far_it_is(large: Reporting, started: list[object]) -> None:
    folder = columns_folder(large.office.settings.data_dir, large.survey.id)
    (folder / "progress").write_text("[15, 60]", encoding="ascii")
    assert "25% done" in large.browser.open(RESULTS).text


def test_prepared_results_are_those_of_a_pass(
    large: Reporting, started: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(large)
    page = large.browser.open(f"{RESULTS}?by=_language")
    selected = large.browser.open(f"{RESULTS}?language=fr&by=_channel")
    monkeypatch.setattr(derived, "_has_few", lambda *_: True)
    for found, query in ((page, "?by=_language"), (selected, "?language=fr&by=_channel")):
        passed = large.browser.open(f"{RESULTS}{query}")
        assert found.text == passed.text
        assert cells(found, "stay") == cells(passed, "stay")
        assert breakdown(found, "arrival") == breakdown(passed, "arrival")
    assert started == []


@pytest.mark.parametrize(
    "page",
    [
        *("who-is-missing", "weighted", "trends?per=month", "trends?per=version"),
        *("progress?area=stay", "progress?per=day"),
        "compare?by=stay&first=yes&second=no&marks=y",
        "compare?by=_month&first=2026-03",
        "compare?by=_language&first=en&channel=online",
        "compare?by=_selection&language=fr",
        "compare?by=_selection&language=ar",  # four: too few
    ],
)
def test_whatever_is_counted_is_that_of_a_pass(
    page: str, large: Reporting, started: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    staff = large.office.browser(large.office.person("ana", Role.STAFF))
    sheet = (
        "question,category,number\n_language,en,500\n_language,fr,300\n"
        "stay,yes,60\nstay,no,40\narrival,2000-2010,30\narrival,2011-2060,70\n"
    )
    staff.open(f"{RESULTS}profile").attach(file=(sheet.encode(), "numbers.csv")).press("Upload the numbers")
    assert "The tables are being prepared." in staff.open(f"{RESULTS}{page}").text
    prepare(large)
    found = staff.open(f"{RESULTS}{page}").text
    monkeypatch.setattr(derived, "_has_few", lambda *_: True)
    assert found == staff.open(f"{RESULTS}{page}").text
    assert "The tables" not in found


@pytest.mark.parametrize("page", ["my-reports/", "my-reports/new", "profile"])
def test_forms_and_lists_do_not_wait_until_everything_is_counted(
    page: str, large: Reporting, started: list[object]
) -> None:
    staff = large.office.browser(large.office.person("ana", Role.STAFF))
    before = staff.open(f"{RESULTS}{page}").text
    prepare(large)
    assert staff.open(f"{RESULTS}{page}").text == before
    assert "are being prepared" not in before
    assert started == []


def test_new_response_is_counted_at_once(large: Reporting, started: list[object]) -> None:
    prepare(large)
    with large.office.database.write() as session:
        factories.make_response(session, survey=large.survey, answers={"stay": "yes"})
    assert "61 responses" in large.browser.open(RESULTS).text


def test_two_processes_do_not_fold_the_same(large: Reporting) -> None:
    folder = columns_folder(large.office.settings.data_dir, large.survey.id)
    assert not folding.is_at_work(folder)
    with folding._alone(folder):
        assert folding.is_at_work(folder)
        assert not folding.fold(large.office.database, large.office.settings.data_dir, large.survey.id)


def test_process_makes_what_the_page_waits_for(reporting: Reporting) -> None:
    office = reporting.office
    with office.database.write() as session:
        for place in range(derived.FEW):
            factories.make_response(
                session, survey=reporting.survey, answers={"stay": "yes", "arrival": place}
            )
    told: SimpleQueue[object] = SimpleQueue()
    folding.start_folding(office.database, office.settings.data_dir, reporting.survey.id, told.put)
    folder = columns_folder(office.settings.data_dir, reporting.survey.id)
    wait_for(folder)
    page = reporting.browser.open(RESULTS)
    assert "2,060 responses" in page.text
    assert cells(page, "stay")[1][1] == "2,045"
    assert told.get(timeout=20) is None  # it ended well


def wait_for(folder: Path) -> None:
    for _ in range(600):
        if len(list(folder.glob("*.columns"))) == keeping.SHELVES and not folding.is_at_work(folder):
            return
        time.sleep(0.1)
    raise AssertionError("the process made nothing")


@pytest.fixture
def environment(database_url: str, tmp_path: Path) -> dict[str, str]:
    database = Database(database_url)
    with database.write() as session:
        survey = factories.make_open_survey(session, specification=to_document(FORM), slug="newcomers")
        add_responses(session, survey, factories.make_person(session, name="Omar"))
    database.dispose()
    return {"CONSULT_DATABASE_URL": database_url, "CONSULT_DATA_DIR": str(tmp_path / "data"), "LANG": "en_CA"}


def run(environment: dict[str, str], *arguments: object) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)), env=environment)


def test_rebuild_and_check_by_command(environment: dict[str, str]) -> None:
    rebuilt = run(environment, "responses", "rebuild", "newcomers")
    assert (rebuilt.exit_code, rebuilt.stdout) == (0, "60 responses counted anew.\n")
    checked = run(environment, "responses", "rebuild", "newcomers", "--check", "--json")
    found = json.loads(checked.stdout)
    assert (checked.exit_code, found["responses"], found["differences"]) == (0, 60, [])
    assert found["bytes"] > 0


def test_check_names_what_is_counted_differently(environment: dict[str, str]) -> None:
    run(environment, "responses", "rebuild", "newcomers")
    database = Database(environment["CONSULT_DATABASE_URL"])
    with database.write() as session:  # behind the back of the one writer: no correction is counted
        response = session.query(Response).where(Response.language == "ar").first()
        assert response is not None
        response.answers = {"stay": "no", "arrival": 1999}
    database.dispose()
    checked = run(environment, "responses", "rebuild", "newcomers", "--check")
    assert checked.exit_code == 1
    assert "“arrival” is counted differently." in checked.stdout
    assert run(environment, "responses", "rebuild", "newcomers").exit_code == 0
    assert run(environment, "responses", "rebuild", "newcomers", "--check").exit_code == 0


def test_survey_that_is_not_there_cannot_be_rebuilt(environment: dict[str, str]) -> None:
    missing = run(environment, "responses", "rebuild", "nobody")
    assert missing.exit_code == 1
    assert "no survey “nobody”" in missing.stderr


def test_summary_of_a_large_survey_is_that_of_a_pass(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ("summary", "newcomers", "--by", "_month", "--json")
    passed = json.loads(run(environment, *arguments).stdout)
    monkeypatch.setattr(derived.Opening.__init__, "__defaults__", (10, 20, lambda _: None))
    assert json.loads(run(environment, *arguments).stdout) == passed
    assert list((Path(environment["CONSULT_DATA_DIR"]) / "columns").glob("*/*.columns"))


def test_selections_by_collector_and_days_are_offered_and_kept(large: Reporting) -> None:
    prepare(large)
    page = large.browser.open(RESULTS).fill(channel=Channel.COLLECTOR.value, collector=str(large.omar.id))
    found = page.press("Show")
    assert "12 responses selected, of 60" in found.text
    since = dt.date(2026, 3, 10).isoformat()
    assert "30 responses selected, of 60" in large.browser.open(f"{RESULTS}?since={since}").text
