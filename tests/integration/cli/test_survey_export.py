"""``consult survey export``: the workbook with what others will not do, and the XForm of a version."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from consult.db import Database
from consult.questionnaires import xform
from consult.questionnaires.xform import XFormRefused
from consult.questionnaires.xlsform import read_xlsform
from consult.surveys.models import XForm
from tests.integration.cli.test_survey_store import environment, form, imported, run

__all__ = ["environment", "form"]


def refuse(_workbook: bytes) -> xform.XForm:
    raise XFormRefused("[row : 3] It is too beautiful.")


def test_xform_of_the_published_version_is_written(
    environment: dict[str, str], form: Path, tmp_path: Path
) -> None:
    imported(environment, form, "--publish")
    target = tmp_path / "out.xml"
    assert run(environment, "export", "round-table", target).exit_code == 0
    assert 'id="round-table"' in target.read_text(encoding="utf-8")
    assert 'version="1"' in target.read_text(encoding="utf-8")


def test_draft_has_no_xform(environment: dict[str, str], form: Path, tmp_path: Path) -> None:
    imported(environment, form)
    result = run(environment, "export", "round-table", tmp_path / "out.xml")
    assert result.exit_code == 1
    assert "no published version" in result.stderr


def test_what_others_will_not_do_is_listed(
    environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = tmp_path / "form.md"
    form.write_text(
        "| survey |\n| | type | name | label | parameters |\n| | text | a | A | colour=red |\n",
        encoding="utf-8",
    )
    imported(environment, form)
    target = tmp_path / "out.xlsx"
    document = json.loads(run(environment, "export", "form", target, "--json").stdout)
    assert document["file"] == str(target)
    assert [found["code"] for found in document["warnings"]] == ["left_out_for_others"]


def test_refused_form_is_imported_published_and_said_to_be_refused(
    environment: dict[str, str], form: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xform, "convert_workbook", refuse)
    published = imported(environment, form, "--publish")
    assert published.exit_code == 0
    assert "too beautiful" in published.stdout
    refused = run(environment, "export", "round-table", tmp_path / "out.xml")
    assert refused.exit_code == 1
    assert "too beautiful" in refused.stderr


def test_version_without_an_xform_gets_it_when_it_is_asked_for(
    environment: dict[str, str], form: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as refusing:
        refusing.setattr(xform, "convert_workbook", refuse)
        imported(environment, form, "--publish")
    monkeypatch.setattr(xform, "convert_workbook", lambda _workbook: xform.XForm("<first/>"))
    assert run(environment, "export", "round-table", tmp_path / "out.xml").exit_code == 0
    monkeypatch.setattr(xform, "convert_workbook", lambda _workbook: xform.XForm("<second/>"))
    assert run(environment, "export", "round-table", tmp_path / "again.xml").exit_code == 0
    assert (tmp_path / "again.xml").read_text(encoding="utf-8") == "<first/>"


EXTERNAL = """
| survey | | | | |
| | type | name | label::en | choice_filter |
| | select_one_external towns | town | Town | region='north' |
| external_choices | | | | |
| | list_name | name | label | region |
| | towns | a | Aton | north |
| choices | | | | |
| | list_name | name | label::en | |
| | other | x | X | |
"""


def test_external_choices_go_out_and_into_the_xform(environment: dict[str, str], tmp_path: Path) -> None:
    form = tmp_path / "towns.md"
    form.write_text(EXTERNAL, encoding="utf-8")
    assert imported(environment, form, "--publish").exit_code == 0
    target = tmp_path / "out.xlsx"
    assert run(environment, "export", "towns", target).exit_code == 0
    assert load_workbook(target)["external_choices"]["B2"].value == "a"
    again = read_xlsform(target.read_bytes(), "out.xlsx").questionnaire
    assert again == read_xlsform(form.read_bytes(), form.name).questionnaire
    assert run(environment, "export", "towns", tmp_path / "out.xml").exit_code == 0
    database = Database(environment["CONSULT_DATABASE_URL"])
    with database.read() as session:
        assert session.query(XForm).one().itemsets.splitlines()[-1] == '"towns","a","Aton","north"'
    database.dispose()
