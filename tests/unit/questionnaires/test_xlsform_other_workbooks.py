"""Old Excel and OpenDocument workbooks: known by their bytes, read in a process of their own."""

from __future__ import annotations

import struct
import subprocess
import sys

import pytest

from consult.questionnaires.xlsform import foreign, read_xlsform
from tests.samples.old_workbooks import container, old_workbook, old_workbook_of, open_document
from tests.samples.workbooks import packed
from tests.unit.questionnaires.small_forms import errors, finding, place

SURVEY = [["type", "name", "label::Français (fr)"], ["select_one où", "a", "Où ?"]]
CHOICES = [["list_name", "name", "label::Français (fr)"], ["où", "ici", "Ici"]]


@pytest.mark.parametrize("filename", ["form.xls", "form.xlsx", "form.ods", "form"])
@pytest.mark.parametrize("make", [old_workbook, open_document], ids=["xls", "ods"])
def test_workbook_is_known_by_its_bytes_whatever_its_name(make, filename: str) -> None:
    made = read_xlsform(make(survey=SURVEY, choices=CHOICES), filename).questionnaire
    assert made is not None
    assert made.questions["a"].label == {"fr": "Où ?"}
    assert [choice.key for choice in made.questions["a"].choices] == ["ici"]


@pytest.mark.parametrize("make", [old_workbook, open_document], ids=["xls", "ods"])
def test_place_in_another_workbook_is_the_one_its_author_sees(make) -> None:
    rows = [[""], ["", *SURVEY[0]], [""], ["", "txt", "a", "A"]]
    assert place(finding(read_xlsform(make(survey=rows), "form.xls"), "type_unknown")) == "survey B4"


def test_numbers_and_truths_of_an_old_workbook_are_read_as_people_see_them() -> None:
    cells = {
        (0, column): text for column, text in enumerate(["type", "name", "label::en", "required", "default"])
    }
    data = old_workbook_of(
        {"survey": cells | {(1, 0): "integer", (1, 1): "a", (1, 2): "A"} | {(1, 3): True, (1, 4): 7.0}}
    )
    made = read_xlsform(data, "form.xls").questionnaire
    assert made is not None
    assert made.questions["a"].required is not None
    assert made.questions["a"].default is not None
    assert made.questions["a"].default.source == "7"


def test_only_sheet_of_a_workbook_needs_no_name() -> None:
    reading = read_xlsform(
        old_workbook(Feuille1=[["type", "name", "label::en"], ["txt", "a", "A"]]), "form.xls"
    )
    assert place(finding(reading, "type_unknown")) == "Feuille1 A2"


def test_sheets_that_are_no_part_of_a_form_are_not_read() -> None:
    data = old_workbook(survey=[["type", "name", "label::en"], ["text", "a", "A"]], Data=[["x"]] * 25_000)
    assert errors(read_xlsform(data, "form.xls")) == []


def test_old_workbook_that_claims_a_million_rows_is_read() -> None:
    """Sheets that LibreOffice and Google save so; the library would make room for all the cells."""
    claim = struct.pack("<HHIIHHH", 0x200, 14, 0, 1_048_576, 0, 254, 0)
    data = old_workbook(survey=[["type", "name", "label::en"], ["text", "a", "A"]])
    start = struct.pack("<HH", 0x809, 16)
    sheet = data.rindex(start) + 20
    claimed = data[:sheet] + claim + data[sheet:].replace(bytes(len(claim)), b"", 1)
    assert errors(read_xlsform(claimed, "form.xls")) == []


def test_locked_open_document_is_called_what_it_is() -> None:
    encrypted = (
        '<manifest:encryption-data xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    data = packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": encrypted,
            "content.xml": "x",
        }
    )
    assert errors(read_xlsform(data, "form.ods")) == ["workbook_locked"]


def test_program_that_does_not_end_is_ended(monkeypatch, tmp_path) -> None:
    program = tmp_path / "endless.py"
    program.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(foreign, "_PROGRAM", program)
    monkeypatch.setattr(foreign, "_PATIENCE", 0.2)
    assert errors(read_xlsform(container("Workbook", b""), "form.xls")) == ["workbook_too_large"]


def test_program_gives_itself_little_memory() -> None:
    program = (
        "import runpy, sys; module = runpy.run_path(sys.argv[1]); module['limit'](); bytearray(200_000_000)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, str(foreign._PROGRAM)], capture_output=True, text=True, check=False
    )
    assert "MemoryError" in ended.stderr
