"""``consult survey`` with files beside the form."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.integration.cli.test_survey_store import environment, imported, run, stored

__all__ = ["environment"]

TOWNS = "name,label,people\nlondon,London,422324\ngatineau,Gatineau,291041\n"
FORM = """
| survey |
| | type | name | label::en | calculation | choice_filter |
| | select_one_from_file towns.csv | town | Where? | | people > 300000 |
| | calculate | people | | pulldata('towns', 'people', 'name', ${town}) | |
"""


@pytest.fixture
def form(tmp_path: Path) -> Path:
    (tmp_path / "towns.csv").write_text(TOWNS, encoding="utf-8")
    path = tmp_path / "towns.md"
    path.write_text(FORM, encoding="utf-8")
    return path


def test_import_takes_the_files_that_lie_beside_the_form(environment: dict[str, str], form: Path) -> None:
    assert imported(environment, form, "--publish").exit_code == 0
    survey = stored(environment, "towns")
    assert survey is not None
    assert survey.current_version is not None
    assert list(survey.current_version.specification["files"]) == ["towns.csv"]


def test_check_says_which_file_is_not_there_and_that_the_form_is_right(
    environment: dict[str, str], form: Path
) -> None:
    (form.parent / "towns.csv").unlink()
    result = run(environment, "check", form, "--json")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["ok"]) == (0, True)
    missing = [each for each in found["warnings"] if each["code"] == "file_missing"]
    assert [(each["sheet"], each["row"]) for each in missing] == [("survey", 2), ("survey", 3)][
        : len(missing)
    ]


def test_evaluate_looks_answers_up_in_the_file(environment: dict[str, str], form: Path) -> None:
    answers = form.with_name("answers.json")
    answers.write_text(json.dumps({"answers": {"town": "london"}}), encoding="utf-8")
    result = run(environment, "evaluate", form, answers, "--json")
    states = json.loads(result.stdout)["questions"]
    assert states["town"]["choices"] == ["london"]
    assert states["people"]["value"] == "422324"


def test_export_writes_a_zip_that_can_be_imported_again(environment: dict[str, str], form: Path) -> None:
    imported(environment, form)
    target = form.with_name("out.zip")
    assert run(environment, "export", "towns", target).exit_code == 0
    with zipfile.ZipFile(target) as archive:
        assert archive.namelist() == ["towns.xlsx", "towns.csv"]
    assert imported(environment, target, "--slug", "again").exit_code == 0
    first, second = stored(environment, "towns"), stored(environment, "again")
    assert first is not None
    assert second is not None
    assert first.draft == second.draft


def test_export_as_a_workbook_says_which_files_it_leaves_out(environment: dict[str, str], form: Path) -> None:
    imported(environment, form)
    result = run(environment, "export", "towns", form.with_name("out.xlsx"))
    assert "towns.csv" in result.stdout
    assert "[files_left_out]" in result.stdout
