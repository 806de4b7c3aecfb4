"""A text stays the text it was; a number is a number a spreadsheet can hold."""

from __future__ import annotations

import datetime as dt
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.questions.kind import Cell
from consult.reports.cells import (
    LONGEST_TEXT,
    cell_xml,
    clean,
    content_xml,
    fits,
    pieces,
    row_xml,
    unfolded,
)

SMILE = "\U0001f600"


def read(value: Cell) -> str:
    """What an XML parser finds in the cell."""
    return "".join(fromstring(cell_xml(1, 1, value, 0)).itertext())


@given(st.text())
def test_any_text_comes_back_as_it_was_cleaned(text: str) -> None:
    assert read(text) == clean(text)


@pytest.mark.parametrize(
    "text", ["=1+1", "#REF!", "a\rb", "a\r\nb", "\t x ", "<b>&amp;</b>", "_x0041_", "'", ""]
)
def test_text_that_programs_like_to_change_is_kept(text: str) -> None:
    assert read(text) == text
    assert "<f>" not in cell_xml(1, 1, text, 0)


def test_escapes_of_spreadsheets_are_broken_into_two_runs() -> None:
    assert content_xml("_x0041_", 0).count("<t>") == 2


def test_what_xml_cannot_carry_is_replaced() -> None:
    assert clean("a\x00b\x0bc\ud800d\ufffe") == "a\ufffdb\ufffdc\ufffdd\ufffd"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (12, "12"),
        (-0.5, "-0.5"),
        (dt.date(1900, 3, 1), "61"),
        (dt.date(2026, 3, 5), "46086"),
        (dt.datetime.fromisoformat("2026-03-05T12:00"), "46086.5"),
        (dt.time(6, 0), "0.25"),
    ],
)
def test_numbers_and_moments_are_numbers(value: Cell, written: str) -> None:
    assert cell_xml(1, 1, value, 3) == f'<c r="A1" s="3"><v>{written}</v></c>'


def test_moment_with_a_time_zone_is_the_time_of_its_clock() -> None:
    moment = dt.datetime(2026, 3, 5, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=-5)))
    assert read(moment) == "46086.5"


@pytest.mark.parametrize("value", [10**15, -(10**20), float("nan"), float("inf"), dt.date(1899, 1, 1)])
def test_what_a_spreadsheet_would_change_is_written_as_text(value: Cell) -> None:
    assert 't="inlineStr"' in content_xml(value, 0)
    assert read(value) == str(value)


def test_blank_cell_has_no_content() -> None:
    assert read(None) == ""


def test_text_is_measured_as_spreadsheets_do() -> None:
    assert fits("a" * LONGEST_TEXT)
    assert not fits(SMILE * (LONGEST_TEXT // 2 + 1))


@given(st.text(st.sampled_from(["a", "é", SMILE, "ا"]), max_size=60), st.integers(2, 9))
def test_pieces_are_the_text_and_none_is_too_long(text: str, longest: int) -> None:
    parts = pieces(text, longest)
    assert "".join(parts) == text
    assert all(len(part.encode("utf-16-le")) <= 2 * longest for part in parts)


def test_row_goes_on_below_until_its_longest_text_ends() -> None:
    long = "a" * (2 * LONGEST_TEXT + 1)
    lines = list(unfolded([1, long, "short"]))
    assert [line[0] for line in lines] == [1, None, None]
    assert [line[2] for line in lines] == ["short", None, None]
    assert "".join(str(line[1]) for line in lines) == long


def test_text_that_is_too_long_for_a_cell_is_never_cut() -> None:
    with pytest.raises(ValueError, match="longer than a cell holds"):
        content_xml("a" * (LONGEST_TEXT + 1), 0)


def test_height_stands_in_the_row() -> None:
    assert row_xml(2, [], 31.5) == '<row r="2" ht="31.5" customHeight="1"></row>'
