"""``consult report`` and ``consult summary`` on both engines."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from consult.cli import main
from consult.db import Database
from consult.questionnaires.document import to_document
from consult.reports.definitions import Definition, keep_definition
from consult.responses.reading import Filters
from consult.surveys.models import Survey
from tests import factories
from tests.integration.reports.conftest import FORM, add_responses


@pytest.fixture
def environment(database_url: str, tmp_path: Path) -> dict[str, str]:
    """An installation with one survey that sixty people answered."""
    database = Database(database_url)
    with database.write() as session:
        survey = factories.make_open_survey(session, specification=to_document(FORM), slug="newcomers")
        add_responses(session, survey, factories.make_person(session, name="Omar"))
    database.dispose()
    return {
        "CONSULT_DATABASE_URL": database_url,
        "CONSULT_DATA_DIR": str(tmp_path / "data"),
        "LANG": "en_CA.UTF-8",
    }


def run(environment: dict[str, str], *arguments: object) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)), env=environment)


@pytest.mark.parametrize(("language", "sheet"), [("en", "Responses"), ("both", None), ("fr", None)])
def test_report_is_written(
    environment: dict[str, str], tmp_path: Path, language: str, sheet: str | None
) -> None:
    path = tmp_path / "report.xlsx"
    result = run(environment, "report", "newcomers", path, "--language", language)
    assert (result.exit_code, result.stdout) == (0, "60 responses written.\n")
    workbook = load_workbook(path)
    assert workbook.worksheets[2].max_row == 62
    assert sheet in (None, workbook.sheetnames[2])


def test_report_says_what_it_wrote_as_json(environment: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    result = run(environment, "report", "newcomers", path, "--json")
    assert json.loads(result.stdout) == {"file": str(path), "responses": 60}


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("nobody", "r.xlsx"), 1, "no survey “nobody”"),
        (("newcomers", "r.csv"), 2, "must end with .xlsx"),
        (("newcomers", "r.xlsx", "--language", "tlh"), 2, "not a language of this survey"),
        (("newcomers", "/nowhere/r.xlsx"), 1, "cannot be written"),
    ],
)
def test_report_that_cannot_be_written_says_why(
    environment: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: int,
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(environment, "report", *arguments)
    assert result.exit_code == code
    assert words in result.stderr
    assert not list(tmp_path.glob("r.*"))


def test_summary_counts_as_the_report_does(environment: dict[str, str]) -> None:
    found = json.loads(run(environment, "summary", "newcomers", "--json").stdout)
    stay, arrival, change = found["questions"]
    assert found["responses"] == 60
    assert found["languages"] == {"en": 40, "fr": 16, "ar": 4}
    assert [(choice["code"], choice["count"], choice["share"]) for choice in stay["choices"]] == [
        ("yes", 45, 0.75),
        ("no", 15, 0.25),
    ]
    assert (arrival["statistics"]["n"], arrival["statistics"]["minimum"]) == (60, 2000)
    assert (change["answered"], change["missing"]) == (60, 0)


def test_summary_by_group_hides_small_ones(environment: dict[str, str]) -> None:
    found = json.loads(run(environment, "summary", "newcomers", "--by", "_language", "--json").stdout)
    assert {group["code"]: group["responses"] for group in found["groups"]} == {
        "en": 40,
        "fr": None,
        "ar": None,
    }
    codes = [group["code"] for group in found["groups"]]
    by_code = dict(zip(codes, found["questions"][0]["groups"], strict=True))
    assert by_code["ar"] is None
    assert by_code["en"]["choices"][0]["count"] == 30


def test_summary_can_be_read_by_people(environment: dict[str, str]) -> None:
    lines = run(environment, "summary", "newcomers").stdout.splitlines()
    assert lines[0] == "60 responses"
    assert "stay: Will you stay?" in lines
    assert "         45    75%  Yes" in lines


def test_summary_by_group_can_be_read_by_people(environment: dict[str, str]) -> None:
    stdout = run(environment, "summary", "newcomers", "--by", "stay").stdout
    assert "  No\n" in stdout
    assert "Answered" in stdout


def test_summary_by_something_else_is_wrong_use(environment: dict[str, str]) -> None:
    for is_json in ([], ["--json"]):
        result = run(environment, "summary", "newcomers", "--by", "arrival", *is_json)
        assert result.exit_code == 2
        assert "not a question of choices" in result.stderr


def keep(environment: dict[str, str], definition: Definition) -> None:
    database = Database(environment["CONSULT_DATABASE_URL"])
    with database.write() as session:
        survey, person = session.scalars(sa.select(Survey)).one(), factories.make_person(session)
        now = dt.datetime(2026, 3, 5, tzinfo=dt.UTC)
        keep_definition(session, survey.id, definition, by=person.id, now=now)
    database.dispose()


def test_saved_report_is_written(environment: dict[str, str], tmp_path: Path) -> None:
    filters = Filters(languages=frozenset(["en"]))
    keep(environment, Definition("For the council", "fr", ("stay",), ("stay",), filters=filters))
    path = tmp_path / "report.xlsx"
    result = run(environment, "report", "newcomers", path, "--definition", "for the council")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "40 responses written.\n", "")
    workbook = load_workbook(path)
    assert len(workbook.sheetnames) == 8
    assert workbook.worksheets[2]["J2"].value == "Resterez-vous?"


def test_saved_report_says_what_the_survey_lost(environment: dict[str, str], tmp_path: Path) -> None:
    keep(environment, Definition("Old", questions=("stay", "street")))
    result = run(environment, "report", "newcomers", tmp_path / "r.xlsx", "--definition", "Old")
    assert result.exit_code == 0
    assert "has no longer what this report was to contain: street." in result.stderr
    result = run(environment, "report", "newcomers", tmp_path / "r.docx", "--definition", "Old", "--json")
    assert len(json.loads(result.stdout)["remarks"]) == 1


def test_saved_reports_are_listed(environment: dict[str, str]) -> None:
    assert "No report is saved yet." in run(environment, "reports", "newcomers").stderr
    keep(environment, Definition("For the council", "fr", breakdowns=("stay",), period="last_month"))
    assert run(environment, "reports", "newcomers").stdout == "For the council\n"
    (found,) = json.loads(run(environment, "reports", "newcomers", "--json").stdout)
    assert (found["name"], found["period"], found["breakdowns"]) == (
        "For the council",
        "last_month",
        ["stay"],
    )


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--definition", "Nothing"), 1, "has no report “Nothing”"),
        (("--definition", "Nothing", "--marks"), 2, "Leave out the other options"),
        (("--by", "arrival"), 2, "“arrival” is not a question of choices"),
        (("--question", "street"), 2, "“street” is not a question of this survey"),
    ],
)
def test_what_is_not_there_is_named(
    environment: dict[str, str], tmp_path: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    result = run(environment, "report", "newcomers", tmp_path / "r.xlsx", *arguments)
    assert result.exit_code == code
    assert words in result.stderr
    assert not list(tmp_path.glob("r.*"))


def test_report_has_a_sheet_for_each_breakdown(environment: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    options = ("--by", "stay", "--by", "_language,stay", "--marks", "--language", "en")
    run(environment, "report", "newcomers", path, *options)
    assert load_workbook(path).sheetnames[5:7] == ["Breakdown 1", "Breakdown 2"]
