"""Files of columns: the same content gives the same bytes, and what is not one of ours is no file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from consult.reports.code_columns.coding import Piece
from consult.reports.code_columns.pieces import joined, part_of, spliced
from consult.reports.code_columns.storage import Shelf, content_of, read_shelf, write_shelf
from tests.unit.reports.code_columns.held import drawn, piece

SURVEY = "5" * 32


def shelf(of: Piece) -> Shelf:
    return Shelf(SURVEY, tuple((count, 0) for count in of.counts), {"1": "stamp"}, of)


def written(of: Piece) -> bytes:
    return b"".join(content_of(shelf(of)))


def test_what_is_read_back_is_what_was_written(tmp_path: Path) -> None:
    of = joined([piece(drawn(1, 50)), piece(drawn(2, 0)), piece(drawn(3, 5))])
    write_shelf(tmp_path / "00.columns", shelf(of))
    found = read_shelf(tmp_path / "00.columns", SURVEY)
    assert found is not None
    assert (found.marks, found.stamps) == (((50, 0), (0, 0), (5, 0)), {"1": "stamp"})
    assert written(found.piece) == written(of)


def test_file_is_for_the_account_of_the_server_alone(tmp_path: Path) -> None:
    write_shelf(tmp_path / "00.columns", shelf(piece(drawn(1, 5))))
    assert [(path.name, path.stat().st_mode & 0o777) for path in tmp_path.iterdir()] == [
        ("00.columns", 0o600)
    ]


def test_bytes_do_not_tell_how_a_shelf_came_together() -> None:
    """Neither which responses came last, nor which answers were once there."""
    first, second, changed, third = (drawn(seed, 40) for seed in (1, 2, 3, 4))
    old = joined([piece(first), piece(second), piece(third)])
    grown = spliced(old, {1: piece(changed)})
    assert written(grown) == written(joined([piece(first), piece(changed), piece(third)]))
    assert written(joined([part_of(grown, 0, 2), part_of(grown, 2, 3)])) == written(grown)


def test_words_of_open_answers_are_not_in_it() -> None:
    assert b"bus" not in written(piece(drawn(1, 50)))


@pytest.mark.parametrize("place", [3, 9, 20, 30, 200, -1])
def test_damaged_file_is_no_file(tmp_path: Path, place: int) -> None:
    path = tmp_path / "00.columns"
    write_shelf(path, shelf(piece(drawn(1, 50))))
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    assert read_shelf(path, SURVEY) is None


@pytest.mark.parametrize("content", [b"", b"consult", b"PK\x03\x04" + bytes(100)])
def test_foreign_file_is_no_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "00.columns").write_bytes(content)
    assert read_shelf(tmp_path / "00.columns", SURVEY) is None


def test_shortened_file_is_no_file(tmp_path: Path) -> None:
    path = tmp_path / "00.columns"
    write_shelf(path, shelf(piece(drawn(1, 50))))
    os.truncate(path, path.stat().st_size - 8)
    assert read_shelf(path, SURVEY) is None


def test_file_of_another_survey_is_no_file(tmp_path: Path) -> None:
    write_shelf(tmp_path / "00.columns", shelf(piece(drawn(1, 5))))
    assert read_shelf(tmp_path / "00.columns", "6" * 32) is None
    assert read_shelf(tmp_path / "missing", SURVEY) is None
