"""Content is kept in Markdown tables that people can review."""

from __future__ import annotations

import pytest

from consult.demo.tables import read_sheets, write_sheet


def test_sheet_is_read_by_its_column_names() -> None:
    assert read_sheets("| survey |\n| | type | name |\n| | text | one |\n") == {
        "survey": [{"type": "text", "name": "one"}]
    }


def test_empty_cells_and_missing_cells_are_left_out() -> None:
    assert read_sheets("| s |\n| | a | b | c |\n| |  | two |\n") == {"s": [{"b": "two"}]}


def test_text_around_the_tables_is_commentary() -> None:
    assert read_sheets("Read this.\n\n| s |\n| | a |\n\nAnd this.\n| | 1 |\n") == {"s": [{"a": "1"}]}


def test_no_break_space_at_the_edge_of_a_cell_is_kept() -> None:
    assert read_sheets("| s |\n| | a |\n| | 30\u00a0 |\n") == {"s": [{"a": "30\u00a0"}]}


def test_row_with_more_cells_than_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        read_sheets("| s |\n| | a |\n| | 1 | 2 |\n")


def test_written_sheet_reads_back() -> None:
    rows = [{"type": "text", "name": "one"}, {"name": "two", "label::Français (fr)": "Deux"}]
    assert read_sheets(write_sheet("survey", rows)) == {"survey": rows}
