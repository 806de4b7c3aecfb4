"""A form handed over with its files: several, a zip, a folder on a disk."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from consult.questionnaires.bundle import read_bundle, read_from_disk, write_bundle
from tests.unit.questionnaires.small_forms import codes, errors, finding, survey

TOWNS = b"name,label\nlondon,London\n"
FORM = survey("select_one_from_file towns.csv | town | Where?").encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    "parts",
    [
        [("form.md", FORM), ("towns.csv", TOWNS)],
        [("towns.csv", TOWNS), ("form.md", FORM)],
        [("all.zip", zipped({"form.md": FORM, "towns.csv": TOWNS}))],
        [
            (
                "all.zip",
                zipped({"f/form.md": FORM, "f/media/towns.csv": TOWNS, "f/": b"", "__MACOSX/._f": b"x"}),
            )
        ],
        [("form.md", FORM), ("lists.zip", zipped({"towns.csv": TOWNS, ".DS_Store": b"x"}))],
    ],
)
def test_form_is_read_with_its_files_however_they_come(parts: list[tuple[str, bytes]]) -> None:
    reading = read_bundle(parts)
    assert errors(reading) == []
    assert reading.files == {"towns.csv": TOWNS}
    assert "file_unused" not in codes(reading)


def test_single_file_is_the_form_whatever_its_name() -> None:
    assert read_bundle([("questions", FORM)]).questionnaire is not None


def test_form_may_be_a_table_among_tables() -> None:
    form = b"survey,,,\n,type,name,label::en\n,select_one_from_file towns.csv,t,T\n"
    reading = read_bundle([("towns.csv", TOWNS), ("form.csv", form)])
    assert reading.files == {"towns.csv": TOWNS}


def test_what_the_form_does_not_use_is_said() -> None:
    reading = read_bundle([("form.md", FORM), ("towns.csv", TOWNS), ("photo.png", b"\x89PNG")])
    assert "photo.png" in str(finding(reading, "file_unused").message)


def test_file_of_the_earlier_draft_need_not_come_again() -> None:
    assert read_bundle([("form.md", FORM)], {"towns.csv": TOWNS, "old.csv": b"a"}).files == {
        "towns.csv": TOWNS
    }


def test_newer_file_replaces_that_of_the_earlier_draft() -> None:
    newer = TOWNS + b"windsor,Windsor\n"
    assert read_bundle([("form.md", FORM), ("towns.csv", newer)], {"towns.csv": TOWNS}).files == {
        "towns.csv": newer
    }


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ([("a.md", FORM), ("b.xlsx", b"")], "several_forms"),
        ([("a.csv", TOWNS), ("b.png", b"")], "form_missing"),
        ([("a.zip", zipped({}))], "not_a_workbook"),
        ([("a.zip", zipped({"a.png": b"x", "b.png": b"x"}))], "form_missing"),
        ([("a.zip", zipped({f"{n}.png": b"" for n in range(501)}))], "workbook_too_large"),
        ([("a.zip", zipped({"form.md": FORM, "big.csv": b"0" * 101 * 1024 * 1024}))], "workbook_too_large"),
        ([("a.zip", zipped({"form.md": FORM, "../../towns.csv": TOWNS}))], "workbook_damaged"),
        ([("a.zip", b"PK\x03\x04" + b"x" * 100)], "workbook_damaged"),
        ([], "form_missing"),
    ],
)
def test_bundle_that_is_none_is_refused(parts: list[tuple[str, bytes]], code: str) -> None:
    assert errors(read_bundle(parts)) == [code]


@pytest.mark.parametrize("place", ["towns.csv", "form-media/towns.csv", "Towns.csv"])
def test_files_are_found_beside_a_form_on_the_disk(tmp_path: Path, place: str) -> None:
    form = tmp_path / "form.md"
    form.write_bytes(FORM)
    (tmp_path / place).parent.mkdir(exist_ok=True)
    (tmp_path / place).write_bytes(TOWNS)
    reading = read_from_disk(form)
    assert reading.files == {"towns.csv": TOWNS}
    assert "file_unused" not in codes(reading)


def test_zip_on_the_disk_is_a_bundle(tmp_path: Path) -> None:
    path = tmp_path / "survey.zip"
    path.write_bytes(zipped({"form.md": FORM, "towns.csv": TOWNS}))
    assert read_from_disk(path).files == {"towns.csv": TOWNS}


def test_bundle_that_was_written_is_read_again_and_always_has_the_same_bytes() -> None:
    written = write_bundle("form.md", FORM, {"towns.csv": TOWNS})
    assert written == write_bundle("form.md", FORM, {"towns.csv": TOWNS})
    assert read_bundle([("survey.zip", written)]).files == {"towns.csv": TOWNS}
