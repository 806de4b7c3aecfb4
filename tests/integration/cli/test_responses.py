"""Answers into and out of a survey, from the command line."""

from __future__ import annotations

import csv
import io
import json
import stat
import uuid
import zipfile
from pathlib import Path
from typing import Any

import pyreadstat
import pytest
from click.testing import CliRunner, Result

from consult.cli import main
from consult.db import Database
from consult.questionnaires.document import to_document
from consult.responses.models import ResponseState
from tests import factories
from tests.factories import TODAY
from tests.samples.questions import ask, choices, one_page

QUESTIONNAIRE, _PAGE = one_page(
    ask("select_one", "area", choices=choices(("home", {"en": "Housing", "fr": "Logement"}), "work")),
    ask("integer", "year"),
    ask("text", "wish"),
)


@pytest.fixture
def consult(database: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a command on a database that has the survey ``newcomers``."""
    monkeypatch.setenv("CONSULT_DATABASE_URL", database_url)
    monkeypatch.setenv("CONSULT_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    with database.write() as session:
        factories.make_open_survey(session, to_document(QUESTIONNAIRE), slug="newcomers")

    def run(*arguments: str | Path, expect: int = 0) -> Result:
        result = CliRunner().invoke(main, [str(argument) for argument in arguments])
        assert result.exit_code == expect, result.output
        return result

    return run


def _file(path: Path, *answers: dict[str, Any]) -> Path:
    lines = (
        {
            "id": str(uuid.UUID(int=number, version=4)),
            "version": 1,
            "language": "en",
            "channel": "paper",
            "collected_on": "2026-03-05",
            "answers": given,
        }
        for number, given in enumerate(answers)
    )
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    return path


def test_loading_says_what_became_of_the_lines(consult: Any, tmp_path: Path) -> None:
    file = _file(tmp_path / "in.ndjson", {"area": "home"}, {"year": 2021})
    consult("responses", "load", "newcomers", file)
    _file(file, {"area": "home"}, {"year": 2020}, {"wish": "Lessons"}, {"area": "moon"}, {"income": 5})
    result = consult("responses", "load", "newcomers", file, expect=1)

    *rejections, count = result.output.splitlines()
    assert count == "1 response accepted · 1 duplicate · 3 rejected"
    assert [line.split(":")[0] for line in rejections] == [
        "Line 2",
        "Line 4, question “area”",
        "Line 5, question “income”",
    ]


def test_loading_reports_as_json(consult: Any, tmp_path: Path) -> None:
    file = _file(tmp_path / "in.ndjson", {"area": "home"}, {"area": "moon"})
    result = consult("responses", "load", "newcomers", file, "--json", expect=1)

    document = json.loads(result.stdout)
    (rejection,) = document.pop("rejected")
    assert document == {"accepted": 1, "duplicate": 0}
    assert (rejection["line"], rejection["question"]) == (2, "area")
    assert rejection["reason"].endswith(".")


def test_loading_speaks_french(consult: Any, tmp_path: Path) -> None:
    file = _file(tmp_path / "in.ndjson", {"area": "home"})
    english = consult("responses", "load", "newcomers", file).output
    again = consult("responses", "load", "newcomers", file, "--language", "fr").output

    assert again != english


def test_file_without_lines_is_nothing_wrong(consult: Any, tmp_path: Path) -> None:
    assert consult("responses", "load", "newcomers", _file(tmp_path / "in.ndjson")).exit_code == 0


def test_exported_responses_are_all_duplicates(consult: Any, tmp_path: Path) -> None:
    file = _file(tmp_path / "in.ndjson", {"area": "home", "year": 2021}, {"wish": "=1+1\n“é” دروس"}, {})
    consult("responses", "load", "newcomers", file)
    exported = tmp_path / "out.ndjson"
    consult("responses", "export", "newcomers", exported)
    result = consult("responses", "load", "newcomers", exported, "--json")

    assert json.loads(result.stdout) == {"accepted": 0, "duplicate": 3, "rejected": []}
    assert sorted(map(json.loads, exported.read_text().splitlines()), key=lambda line: line["id"]) == sorted(
        map(json.loads, file.read_text().splitlines()), key=lambda line: line["id"]
    )


@pytest.mark.parametrize(("words", "area"), [("codes", "home"), ("en", "Housing"), ("fr", "Logement")])
def test_csv_has_codes_or_labels(consult: Any, tmp_path: Path, words: str, area: str) -> None:
    file = _file(tmp_path / "in.ndjson", {"area": "home", "year": 2021, "wish": "=1+1"})
    consult("responses", "load", "newcomers", file)
    exported = tmp_path / "out.csv"
    consult("responses", "export", "newcomers", exported, "--words", words)

    raw = exported.read_bytes()
    (row,) = csv.DictReader(io.StringIO(raw.decode("utf-8-sig")))
    assert raw.startswith(b"\xef\xbb\xbf")
    assert (row["area"], row["year"], row["wish"]) == (area, "2021", "'=1+1")


def test_spss_file_has_labels_in_the_language_asked_for(consult: Any, tmp_path: Path) -> None:
    file = _file(tmp_path / "in.ndjson", {"area": "work"}, {"area": "home"})
    consult("responses", "load", "newcomers", file)
    consult("responses", "export", "newcomers", tmp_path / "out.sav", "--words", "fr")
    columns, meta = pyreadstat.read_sav(str(tmp_path / "out.sav"), output_format="dict")
    assert sorted(columns["area"]) == [1, 2]
    assert meta.variable_value_labels["area"][1] == "Logement"


def test_researchers_get_codes_with_a_code_book(consult: Any, tmp_path: Path) -> None:
    file = _file(tmp_path / "in.ndjson", {"area": "work"}, {"area": "home"})
    consult("responses", "load", "newcomers", file)
    consult("responses", "export", "newcomers", tmp_path / "out.codebook.zip")
    consult("responses", "export", "newcomers", tmp_path / "out.ddi.xml")

    with zipfile.ZipFile(tmp_path / "out.codebook.zip") as archive:
        names = archive.namelist()
        inside = archive.read("codebook.ddi.xml")
    assert names == ["responses.csv", "codebook.csv", "codebook.ddi.xml", "README.txt"]
    assert (tmp_path / "out.ddi.xml").read_bytes() == inside


def test_exported_file_is_for_nobody_else(consult: Any, tmp_path: Path) -> None:
    consult("responses", "export", "newcomers", tmp_path / "out.ndjson")

    assert stat.S_IMODE((tmp_path / "out.ndjson").stat().st_mode) == 0o600


def test_failed_export_leaves_what_was_there(consult: Any, tmp_path: Path) -> None:
    out = tmp_path / "out.ndjson"
    out.write_text("before")
    consult("responses", "export", "no-such-survey", out, expect=1)

    assert out.read_text() == "before"
    assert [path.name for path in tmp_path.glob(".out*")] == []


@pytest.mark.parametrize("name", ["out.xlsx", "out"])
def test_other_kinds_of_file_are_wrong_use(consult: Any, tmp_path: Path, name: str) -> None:
    consult("responses", "export", "newcomers", tmp_path / name, expect=2)

    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("command", ["load", "export"])
def test_unknown_survey_is_said_in_words(consult: Any, tmp_path: Path, command: str) -> None:
    file = _file(tmp_path / "any.ndjson")

    assert "no survey" in consult("responses", command, "nothing", file, expect=1).output


def test_tidying_deletes_what_was_left_unfinished_long_ago(
    consult: Any, database: Database, tmp_path: Path
) -> None:
    with database.write() as session:
        old = TODAY.replace(year=TODAY.year - 2)
        factories.make_response(session, state=ResponseState.DRAFT, started_on=old)
        factories.make_response(session)
    result = consult("responses", "tidy", "--json")

    assert json.loads(result.stdout) == {"deleted": 1, "files_deleted": 0, "order_forgotten": True}


def test_backup_is_restored_by_command(consult: Any, tmp_path: Path) -> None:
    consult("responses", "load", "newcomers", _file(tmp_path / "in.ndjson", {"area": "home"}))
    made = json.loads(consult("backup", tmp_path / "backup", "--json").stdout)
    consult(
        "responses",
        "load",
        "newcomers",
        _file(tmp_path / "in.ndjson", {}, {"year": 1}, {"year": 2}),
        expect=1,
    )
    restored = json.loads(consult("restore", tmp_path / "backup", "--json").stdout)

    assert made == restored
    assert restored["rows"]["response"] == 1
    consult("responses", "export", "newcomers", tmp_path / "out.ndjson")
    assert len((tmp_path / "out.ndjson").read_text().splitlines()) == 1


def test_damaged_backup_is_refused_in_words(consult: Any, tmp_path: Path) -> None:
    consult("backup", tmp_path / "backup")
    with (tmp_path / "backup").open("r+b") as file:
        file.truncate(1_000)
    result = consult("restore", tmp_path / "backup", expect=1)

    assert "damaged" in result.output
    assert "was not changed" in result.output


def test_init_makes_the_database_and_may_be_run_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONSULT_DATA_DIR", str(tmp_path / "instance"))
    monkeypatch.delenv("CONSULT_DATABASE_URL", raising=False)
    for _again in range(2):
        assert CliRunner().invoke(main, ["init"]).exit_code == 0

    assert stat.S_IMODE((tmp_path / "instance" / "consult.db").stat().st_mode) == 0o600


def test_database_that_was_never_made_is_said_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONSULT_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("CONSULT_DATABASE_URL", raising=False)
    result = CliRunner().invoke(main, ["responses", "export", "any", str(tmp_path / "out.ndjson")])

    assert result.exit_code == 1
    assert "consult init" in result.output


def test_database_open_to_others_is_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSULT_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("CONSULT_DATABASE_URL", raising=False)
    (tmp_path / "consult.db").touch(mode=0o644)
    result = CliRunner().invoke(main, ["init"])

    assert result.exit_code == 1
    assert "chmod 600" in result.output
