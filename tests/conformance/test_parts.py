"""Parts of larger forms go in with assumptions, out again through pyxform, and come back as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from consult.questionnaires.xform_process import converted
from consult.questionnaires.xlsform import Reading, read_xlsform
from consult.questionnaires.xlsform.assuming import assumptions, may_be_assumed
from consult.questionnaires.xlsform.writer import export_xlsform
from tests.conformance.javarosa.comparing import Form, compare
from tests.conformance.javarosa.forms import exported
from tests.conformance.test_forms import FORMS

BANK = FORMS / "unhcr-americas+surveyDesigner" / "XlsForm_master.xlsx"

pytestmark = [
    pytest.mark.conformance,
    pytest.mark.skipif(not BANK.is_file(), reason="the shared forms are not beside the checkout"),
]


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_xlsform(BANK.read_bytes(), BANK.name, assume=True)


def test_the_question_bank_is_refused_unless_somebody_wants_assumptions(reading: Reading) -> None:
    refused = read_xlsform(BANK.read_bytes(), BANK.name)
    assert refused.questionnaire is None
    assert may_be_assumed(refused.findings)
    assert reading.questionnaire is not None


def test_everything_that_was_an_error_is_an_assumption_now(reading: Reading) -> None:
    refused = [
        each for each in read_xlsform(BANK.read_bytes(), BANK.name).findings if each.severity == "error"
    ]
    assumed = assumptions(reading.findings)
    assert {(each.row, each.column) for each in assumed} >= {(each.row, each.column) for each in refused}


def test_the_question_bank_goes_out_and_comes_back_as_it_is(reading: Reading) -> None:
    assert reading.questionnaire is not None
    workbook = export_xlsform(reading.questionnaire).workbook
    assert "refused" not in converted(workbook)
    again = read_xlsform(workbook, "again.xlsx", reading.files)
    assert again.questionnaire == reading.questionnaire
    assert not assumptions(again.findings)


@pytest.mark.thorough
def test_the_question_bank_is_answered_as_in_collect(reading: Reading, tmp_path: Path) -> None:
    assert reading.questionnaire is not None
    xform = exported(reading.questionnaire)
    assert xform is not None
    tally = compare([Form("question bank", reading.questionnaire, xform)], range(2), tmp_path)
    assert tally.refused == tally.differences == []
    assert tally.compared["relevance"] > 300
