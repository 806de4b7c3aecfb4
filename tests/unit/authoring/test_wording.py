"""Texts of a questionnaire in one line: without references and markup."""

from __future__ import annotations

import pytest

from consult.authoring.wording import LONGEST, shortened


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The below questions are for *${name}*", "The below questions are for …"),
        ("# About **you** and _them_", "About you and _them_"),
        ("How much is 5 * 3?", "How much is 5 * 3?"),
        ("<b>Bold</b>\n\nlines", "Bold lines"),
    ],
)
def test_markup_is_left_out(text: str, expected: str) -> None:
    assert shortened(text) == expected


def test_long_text_ends_in_dots() -> None:
    assert shortened("word " * 50).endswith("…")
    assert len(shortened("word " * 50)) <= LONGEST
