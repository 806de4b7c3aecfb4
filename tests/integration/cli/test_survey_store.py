"""``consult survey import|export|open|close`` on both engines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from consult.cli import main
from consult.db import Database
from consult.questionnaires.document import from_document
from consult.questionnaires.xlsform import read_xlsform
from consult.surveys.models import Survey, SurveyState
from consult.surveys.service import survey_by_slug
from tests.factories import make_organisation

FORM = """
| survey   |      |           |           |           |
|          | type | name      | label::en | label::fr |
|          | text | statement | Tell us   | Dites     |
| settings |      |           |           |           |
|          | form_id     | form_title::en | form_title::fr |
|          | round_table | Round table    | Tour de table  |
"""


def installation(database_url: str, folder: Path) -> dict[str, str]:
    return {"CONSULT_DATABASE_URL": database_url, "CONSULT_DATA_DIR": str(folder / "data"), "LANG": "C.UTF-8"}


@pytest.fixture
def environment(database_url: str, tmp_path: Path) -> dict[str, str]:
    """An installation with one organisation."""
    database = Database(database_url)
    with database.write() as session:
        make_organisation(session, slug="lip-london")
        make_organisation(session, slug="rif-east")
    database.dispose()
    return {
        "CONSULT_DATABASE_URL": database_url,
        "CONSULT_DATA_DIR": str(tmp_path / "data"),
        "LANG": "C.UTF-8",
    }


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "form.md"
    path.write_text(FORM, encoding="utf-8")
    return path


def run(environment: dict[str, str], *arguments: object) -> Result:
    return CliRunner().invoke(main, ["survey", *map(str, arguments)], env=environment)


def imported(environment: dict[str, str], form: Path, *arguments: str) -> Result:
    return run(environment, "import", form, "--organisation", "lip-london", *arguments)


def stored(environment: dict[str, str], slug: str = "round-table") -> Survey | None:
    database = Database(environment["CONSULT_DATABASE_URL"])
    with database.read() as session:
        survey = survey_by_slug(session, slug)
        if survey is not None:
            _ = survey.current_version, survey.versions
    database.dispose()
    return survey


def test_import_makes_a_draft(environment: dict[str, str], form: Path) -> None:
    result = imported(environment, form)
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "round-table has a new draft.")
    survey = stored(environment)
    assert survey is not None
    assert survey.draft is not None
    assert survey.current_version is None
    assert from_document(survey.draft) == read_xlsform(form.read_bytes(), form.name).questionnaire


def test_import_with_publish_makes_a_version(environment: dict[str, str], form: Path) -> None:
    result = imported(environment, form, "--slug", "table", "--publish")
    assert result.stdout.splitlines()[-1] == "table is published as version 1."
    survey = stored(environment, "table")
    assert survey is not None
    assert [version.number for version in survey.versions] == [1]


def test_import_of_the_same_form_makes_no_second_version(environment: dict[str, str], form: Path) -> None:
    imported(environment, form, "--publish")
    result = imported(environment, form, "--publish")
    assert result.stdout.splitlines()[-1] == "round-table is published as version 1."


def test_import_of_a_changed_form_makes_the_next_version(environment: dict[str, str], form: Path) -> None:
    imported(environment, form, "--publish")
    form.write_text(FORM.replace("Tell us", "Tell us more"), encoding="utf-8")
    result = imported(environment, form, "--publish", "--json")
    document = json.loads(result.stdout)
    assert (document["ok"], document["survey"], document["version"]) == (True, "round-table", 2)


def test_form_with_errors_is_not_imported(environment: dict[str, str], form: Path) -> None:
    form.write_text(FORM.replace("| text |", "| txt |"), encoding="utf-8")
    result = imported(environment, form, "--publish")
    assert result.exit_code == 1
    assert "[type_unknown]" in result.stdout
    assert stored(environment) is None


def test_a_part_of_a_larger_form_is_imported_only_with_assumptions(
    environment: dict[str, str], form: Path, tmp_path: Path
) -> None:
    form.write_text(FORM.replace("Tell us", "Tell us of ${crop}"), encoding="utf-8")
    refused = imported(environment, form)
    assert refused.exit_code == 1
    assert "--assume" in refused.stdout.splitlines()[-1]
    assert stored(environment) is None

    taken = imported(environment, form, "--assume")
    assert taken.exit_code == 0
    assert "[assumed_question]" in taken.stdout
    survey = stored(environment)
    assert survey is not None
    assert survey.draft is not None
    made = from_document(survey.draft)
    assert [question.kind for question in made.questions.values()] == ["hidden", "text"]

    target = tmp_path / "out.xlsx"
    assert run(environment, "export", "round-table", target).exit_code == 0
    again = imported(environment, target, "--slug", "again")
    assert again.exit_code == 0
    assert "[assumed" not in again.stdout
    survey = stored(environment, "again")
    assert survey is not None
    assert survey.draft is not None
    assert from_document(survey.draft) == made


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--organisation", "nobody"), "There is no organisation “nobody”."),
        (("--organisation", "lip-london", "--slug", "Not a slug"), "The name may have"),
        (("--organisation", "rif-east"), "This name is taken."),
    ],
)
def test_import_that_cannot_be_is_said(
    arguments: tuple[str, ...], message: str, environment: dict[str, str], form: Path
) -> None:
    imported(environment, form)
    result = run(environment, "import", form, *arguments)
    assert result.exit_code == 1
    assert message in result.stderr


def test_import_without_an_organisation_is_wrong_use(environment: dict[str, str], form: Path) -> None:
    assert run(environment, "import", form).exit_code == 2


def test_export_gives_back_what_was_imported(environment: dict[str, str], form: Path, tmp_path: Path) -> None:
    imported(environment, form, "--publish")
    target = tmp_path / "out.xlsx"
    assert run(environment, "export", "round-table", target).exit_code == 0
    again = read_xlsform(target.read_bytes(), "out.xlsx").questionnaire
    assert again == read_xlsform(form.read_bytes(), form.name).questionnaire
    assert load_workbook(target).sheetnames == ["survey", "choices", "settings", "consult"]


def test_export_to_where_nothing_can_be_written_is_said(environment: dict[str, str], form: Path) -> None:
    imported(environment, form)
    result = run(environment, "export", "round-table", "/nowhere/at/all.xlsx")
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def test_survey_opens_and_closes(environment: dict[str, str], form: Path) -> None:
    imported(environment, form, "--publish")
    assert run(environment, "open", "round-table").exit_code == 0
    opened = stored(environment)
    assert opened is not None
    assert opened.state is SurveyState.OPEN
    assert run(environment, "close", "round-table").exit_code == 0
    closed = stored(environment)
    assert closed is not None
    assert closed.state is SurveyState.CLOSED


def test_draft_does_not_open(environment: dict[str, str], form: Path) -> None:
    imported(environment, form)
    result = run(environment, "open", "round-table")
    assert result.exit_code == 1
    assert "no published version" in result.stderr


@pytest.mark.parametrize("command", [("open", "x"), ("close", "x"), ("export", "x", "x.xlsx")])
def test_survey_that_is_not_there_is_said(command: tuple[str, ...], environment: dict[str, str]) -> None:
    result = run(environment, *command)
    assert result.exit_code == 1
    assert "There is no survey “x”." in result.stderr


def test_database_that_is_not_set_up_is_said(tmp_path: Path, form: Path) -> None:
    environment = {
        "CONSULT_DATABASE_URL": f"sqlite:///{tmp_path / 'new.db'}",
        "CONSULT_DATA_DIR": str(tmp_path),
    }
    result = imported(environment, form)
    assert result.exit_code == 1
    assert "consult init" in result.stderr
