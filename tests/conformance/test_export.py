"""Every form of the field that goes in goes out again: pyxform converts it, ODK Validate starts it, and
reading it gives the same questionnaire. `pytest tests/conformance/test_export.py -s` prints the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from consult.questionnaires.data import is_table, read_table
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.xform_process import converted
from consult.questionnaires.xlsform import Reading, read_xlsform
from consult.questionnaires.xlsform.writer import Export, export_xlsform
from tests.conformance.test_forms import FORMS, FORMS_HERE, REFUSED, ROUND_TABLE
from tests.odk_validate import invalid, needs_java

THROUGH = [name for name in FORMS_HERE if name not in REFUSED]
NOT_STARTED = {"PovertyAction+SurveyCTO-Templates/Phone Survey Mobilizer Form.xlsx": "cases_mobilizer"}
"""Form → what the validator gives for pulldata(), whose file it does not have: a text, where the form needs a
date. With the file it is one."""
REMARKS = {"column_put_aside", "left_out_for_others"}

pytestmark = [
    pytest.mark.conformance,
    pytest.mark.skipif(not FORMS.is_dir(), reason="the shared forms are not beside the checkout"),
]


@dataclass(frozen=True)
class Case:
    """One form, and what became of it."""

    reading: Reading
    made: Questionnaire
    exported: Export
    xform: str
    refusal: str


def sampled(names: list[str]) -> list[object]:
    """Every fifth form always, all of them in ``make conformance``."""
    return [
        pytest.param(name, id=name.replace("/", " "), marks=[pytest.mark.thorough] if number % 5 else [])
        for number, name in enumerate([ROUND_TABLE.name, *names])
    ]


@cache
def case(name: str) -> Case:
    path = ROUND_TABLE if name == ROUND_TABLE.name else FORMS / name
    reading = read_xlsform(path.read_bytes(), path.name)
    assert reading.questionnaire is not None
    tables = {name: read_table(name, data) for name, data in reading.files.items() if is_table(name)}
    exported = export_xlsform(reading.questionnaire, tables)
    answer = converted(exported.workbook)
    xform, refusal = str(answer.get("xform", "")), str(answer.get("refused", ""))
    return Case(reading, reading.questionnaire, exported, xform, refusal)


@pytest.mark.parametrize("name", sampled(THROUGH))
def test_converter_takes_the_export(name: str) -> None:
    said = [str(remark.message) for remark in case(name).exported.remarks]
    print(f"\n{'refused' if case(name).refusal else 'taken':8}{name} {'; '.join(said)}")
    assert case(name).refusal == ""


@needs_java
@pytest.mark.parametrize("name", sampled(THROUGH))
def test_collect_can_start_the_export(name: str, tmp_path: Path) -> None:
    said = invalid({name: case(name).xform}, tmp_path).get(name, "")
    assert NOT_STARTED[name] in said if name in NOT_STARTED else said == ""


@pytest.mark.parametrize("name", sampled(THROUGH))
def test_export_comes_back_as_it_was(name: str) -> None:
    again = read_xlsform(case(name).exported.workbook, "again.xlsx", case(name).reading.files)
    assert again.questionnaire == case(name).made, [str(found.message) for found in again.findings]


@pytest.mark.thorough
def test_only_what_is_nobody_elses_is_left_out() -> None:
    """Four forms of five go out as they came in; the others have functions of one product, or own columns."""
    with_remarks = [case(name).exported.remarks for name in THROUGH if case(name).exported.remarks]
    assert {found.code for remarks in with_remarks for found in remarks} <= REMARKS
    assert len(with_remarks) <= len(THROUGH) * 0.2
