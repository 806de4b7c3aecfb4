"""The browser's half stays small, and runs no text as code."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from rjsmin import jsmin

import consult.ui

SOURCE = (Path(consult.ui.__file__).parent / "static" / "js" / "expressions.js").read_text(encoding="utf-8")


def test_it_takes_at_most_five_kilobytes_on_the_way() -> None:
    assert len(gzip.compress(jsmin(SOURCE).encode(), 9)) <= 5_000


def test_it_runs_no_text_as_code() -> None:
    assert not re.search(
        r"\beval\b|\bFunction\s*\(|\bimport\b|\bexport\b|innerHTML|setTimeout\(['\"]", SOURCE
    )
