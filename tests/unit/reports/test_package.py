"""Names that spreadsheets accept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.reports.package import sheet_name


@pytest.mark.parametrize(
    ("name", "valid"),
    [
        ("Open answers / Réponses ouvertes", "Open answers–Réponses ouvertes"),
        ("About / À propos", "About – À propos"),
        ("a[b]:c*d?e/f\\g", "a b  c d e f g"),
        ("'quoted'", "quoted"),
        ("History", "History (2)"),
        ("", "–"),
        ("x" * 40, "x" * 31),
    ],
)
def test_name_is_made_valid(name: str, valid: str) -> None:
    assert sheet_name(name) == valid


def test_name_that_is_taken_gets_a_number_and_still_fits() -> None:
    assert sheet_name("X" * 31, ["x" * 31]) == "X" * 27 + " (2)"


@given(st.text(max_size=50), st.text(max_size=50))
def test_any_two_names_are_valid_and_different(one: str, other: str) -> None:
    first = sheet_name(one)
    second = sheet_name(other, [first.casefold()])
    assert first.casefold() != second.casefold()
    for name in (first, second):
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")
