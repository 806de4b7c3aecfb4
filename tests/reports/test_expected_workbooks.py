"""Whole workbooks beside what they should be: English, French, both, Arabic; and one with repeats.

``CONSULT_EXPECT=write pytest tests/reports`` writes the tables anew; then read the difference.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from consult.reports.columns import Row
from tests.reports import households
from tests.reports.building import HERE, as_tables, newcomers, row, source, written


def answered() -> list[Row]:
    """Five people: one answered everything, one in Arabic with a collector, one nearly nothing."""
    whole = {
        "arrival": 2019,
        "status": "worker",
        "spoken": ["ar", "en", "other"],
        "spoken_other": "Tigrinya",
        "rent": 45.5,
        "welcome": 3,
        "needs": ["home", "work"],
        "moved_on": "2021-07-01",
        "one_change": "More buses, please.",
        "agreed": "OK",
        "years": 7,
    }
    told = {"arrival": 2021, "status": "worker", "spoken": ["ar"], "rent": 60, "welcome": 1, "years": 5}
    return [
        row(whole, place=1, language="en"),
        row(
            {**told, "one_change": "حافلات أكثر"},
            place=2,
            language="ar",
            channel="collector",
            collector="Amal",
            form_number="17",
            original_language={"one_change": "ar"},
            translations={"one_change": {"en": "More buses", "fr": "Plus d’autobus"}},
        ),
        row(
            {"arrival": 2010, "status": "citizen", "spoken": ["fr", "en"], "needs": ["work"], "welcome": 3},
            place=3,
            language="fr",
            channel="paper",
            collector="Amal",
            session_on=dt.date(2026, 3, 4),
            session_place="Library",
        ),
        row({"arrival": 2024}, place=4),
        row({}, place=5, collected_on=dt.date(2026, 3, 9)),
    ]


@pytest.mark.usefixtures("words")
@pytest.mark.parametrize("language", ["en", "fr", "both", "ar"])
def test_workbook_is_as_expected(language: str, tmp_path: Path) -> None:
    assert_is_expected(as_tables(written(source(newcomers(), answered()), language, tmp_path)), language)


@pytest.mark.usefixtures("words")
def test_form_with_repeats_has_a_sheet_for_each_of_them(tmp_path: Path) -> None:
    of = source(households.FORM, households.households(), threshold=2)
    assert_is_expected(as_tables(written(of, "both", tmp_path)), "household")


def assert_is_expected(made: str, name: str) -> None:
    path = HERE / "expected" / f"{name}.md"
    if os.environ.get("CONSULT_EXPECT") == "write":
        path.write_text(made, encoding="utf-8")
    assert made == path.read_text(encoding="utf-8")


@pytest.mark.usefixtures("words")
def test_english_of_a_francophone_organisation_is_english(tmp_path: Path) -> None:
    francophone = source(newcomers(), answered(), fallback="fr")
    made = as_tables(written(francophone, "both", tmp_path))
    assert made == (HERE / "expected" / "both.md").read_text(encoding="utf-8")
