"""Types that ask for files and places, in every spelling; what a device records by itself stays empty."""

from __future__ import annotations

import pytest

from consult.questionnaires.xlsform import read_xlsform, write_xlsform
from tests.unit.questionnaires.small_forms import errors, read, survey

SPELLINGS = {
    "geopoint": "geopoint",
    "location": "geopoint",
    "gps": "geopoint",
    "q location": "geopoint",
    "geotrace": "geotrace",
    "geoshape": "geoshape",
    "image": "image",
    "photo": "image",
    "q picture": "image",
    "audio": "audio",
    "video": "video",
    "file": "file",
    "barcode": "barcode",
    "add barcode prompt": "barcode",
}


@pytest.mark.parametrize(("written", "kind"), SPELLINGS.items())
def test_every_spelling_is_understood(written: str, kind: str) -> None:
    reading = read(survey(f"{written} | a | A"))
    assert reading.questionnaire is not None
    assert reading.questionnaire.questions["a"].kind == kind


@pytest.mark.parametrize("written", ["start-geopoint", "background-audio", "osm", "osm tags"])
def test_what_a_device_records_by_itself_stays_empty(written: str) -> None:
    reading = read(survey("text | b | B", f"{written} | a | A"))
    assert errors(reading) == []
    assert [finding.code for finding in reading.findings if finding.code == "metadata_empty"]


def test_files_and_places_are_written_as_they_were_read() -> None:
    form = survey(*(f"{kind} | {kind}_{place} | A" for place, kind in enumerate(SPELLINGS.values())))
    before = read(form).questionnaire
    assert before is not None
    after = read_xlsform(write_xlsform(before), "form.xlsx").questionnaire
    assert after is not None
    assert after.questions == before.questions
