"""Every form of the field that goes in goes out again: pyxform converts it, ODK Validate starts it, and
reading it gives the same questionnaire. `pytest tests/conformance/test_export.py -s` prints the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from consult.questionnaires.data import is_table, read_table
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.xform_process import converted
from consult.questionnaires.xlsform import Reading, read_xlsform
from consult.questionnaires.xlsform.writer import Export, export_xlsform
from tests.conformance.test_forms import EXPECTED, FORMS, ROUND_TABLE, named
from tests.odk_validate import invalid, needs_java

THROUGH = [name for name, reasons in EXPECTED.items() if not reasons]
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


def export(path: Path) -> Case:
    reading = read_xlsform(path.read_bytes(), path.name)
    assert reading.questionnaire is not None
    tables = {name: read_table(name, data) for name, data in reading.files.items() if is_table(name)}
    exported = export_xlsform(reading.questionnaire, tables)
    answer = converted(exported.workbook)
    xform, refusal = str(answer.get("xform", "")), str(answer.get("refused", ""))
    return Case(reading, reading.questionnaire, exported, xform, refusal)


@pytest.fixture(scope="module")
def cases() -> dict[str, Case]:
    return {name: export(FORMS / name) for name in THROUGH} | {ROUND_TABLE.name: export(ROUND_TABLE)}


@pytest.fixture(scope="module")
def not_valid(cases: dict[str, Case], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    xforms = {name: case.xform for name, case in cases.items() if case.xform}
    return invalid(xforms, tmp_path_factory.mktemp("xforms"))


@pytest.mark.parametrize("name", named([*THROUGH, ROUND_TABLE.name]))
def test_converter_takes_the_export(name: str, cases: dict[str, Case]) -> None:
    said = [str(remark.message) for remark in cases[name].exported.remarks]
    print(f"\n{'refused' if cases[name].refusal else 'taken':8}{name} {'; '.join(said)}")
    assert cases[name].refusal == ""


@needs_java
@pytest.mark.parametrize("name", named([*THROUGH, ROUND_TABLE.name]))
def test_collect_can_start_the_export(name: str, not_valid: dict[str, str]) -> None:
    assert not_valid.get(name, "") == ""


@pytest.mark.parametrize("name", named([*THROUGH, ROUND_TABLE.name]))
def test_export_comes_back_as_it_was(name: str, cases: dict[str, Case]) -> None:
    case = cases[name]
    again = read_xlsform(case.exported.workbook, "again.xlsx", case.reading.files)
    assert again.questionnaire == case.made, [str(found.message) for found in again.findings]


def test_only_what_is_nobody_elses_is_left_out(cases: dict[str, Case]) -> None:
    """Four forms of five go out as they came in; the others have functions of one product, or own columns."""
    with_remarks = {name: case for name, case in cases.items() if case.exported.remarks}
    assert {found.code for case in with_remarks.values() for found in case.exported.remarks} <= REMARKS
    assert len(with_remarks) <= len(cases) * 0.2
