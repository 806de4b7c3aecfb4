"""Other people's forms, as they lie in public repositories, and the record of the 2010 round table.

Every form either goes through or is refused for the reasons written down here, no more and no fewer.
The forms are beside the checkout (../shared/xlsforms) and not part of the repository: some have no licence.
`pytest tests/conformance/test_forms.py -s` prints the table.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from consult.questionnaires.document import from_document, to_document
from consult.questionnaires.xlsform import read_xlsform, write_xlsform

SHARED = Path(__file__).parents[3] / "shared"
FORMS = SHARED / "xlsforms"
ROUND_TABLE = SHARED / "reference" / "round-table.xlsx"

REFUSED = {
    "XLSForm+pyxform/bad_calc.xlsx": ("expression_syntax",),
    "XLSForm+pyxform/include.xls": ("foreign_type",),
    "XLSForm+pyxform/unknown_question_type.xls": ("type_unknown",),
    "unhcr-americas+surveyDesigner/XlsForm_master.xlsx": (
        *("expression_unknown_name", "group_not_closed", "reference_ambiguous"),
    ),
}
"""Form → why it is refused; all others go through."""

REASONS = {
    "expression_syntax": "an expression that is none",
    "expression_unknown_name": "a reference to a question that is not there",
    "foreign_type": "a part of another form, which is not there",
    "group_not_closed": "a group that is never closed",
    "reference_ambiguous": "a reference that can mean two questions",
    "type_unknown": "a type that is none",
}
"""Reasons that an author would accept."""

FORMS_HERE = sorted(str(path.relative_to(FORMS)) for path in FORMS.glob("*/*.xls*"))

pytestmark = [
    pytest.mark.conformance,
    pytest.mark.skipif(not FORMS.is_dir(), reason="the shared forms are not beside the checkout"),
]


def named(names: list[str]) -> list[object]:
    return [pytest.param(name, id=name.replace("/", " ")) for name in names]


@pytest.mark.parametrize("name", named(FORMS_HERE))
def test_form_goes_through_or_is_refused_for_what_is_written_down(name: str) -> None:
    reading = read_xlsform((FORMS / name).read_bytes(), name)
    reasons = {found.code for found in reading.findings if found.severity == "error"}
    print(f"\n{'through' if reading.questionnaire else 'refused':8}{name}: {', '.join(sorted(reasons))}")
    assert reasons == set(REFUSED.get(name, ()))
    assert (reading.questionnaire is not None) == (not reasons)


@pytest.mark.parametrize("name", named(list(REFUSED)))
def test_every_refusal_names_sheet_and_row(name: str) -> None:
    for found in read_xlsform((FORMS / name).read_bytes(), name).findings:
        if found.severity == "error":
            assert found.sheet
            assert found.row


@pytest.mark.parametrize("name", named([name for name in FORMS_HERE if name not in REFUSED]))
def test_form_that_goes_through_survives_a_workbook_and_a_document(name: str) -> None:
    reading = read_xlsform((FORMS / name).read_bytes(), name)
    made = reading.questionnaire
    assert made is not None
    assert read_xlsform(write_xlsform(made), "again.xlsx", reading.files).questionnaire == made
    assert from_document(to_document(made)) == made


def test_round_table_goes_through_and_survives() -> None:
    made = read_xlsform(ROUND_TABLE.read_bytes(), ROUND_TABLE.name).questionnaire
    assert made is not None
    assert made.languages == ("en", "fr")
    assert read_xlsform(write_xlsform(made), "again.xlsx").questionnaire == made


def test_every_refused_form_is_here_and_refused_for_a_named_reason() -> None:
    assert set(REFUSED) <= set(FORMS_HERE)
    assert {code for reasons in REFUSED.values() for code in reasons} <= REASONS.keys()


def test_old_and_new_workbooks_come_to_a_form_alike() -> None:
    """The .xls forms are there in the same number as before: none was dropped by the reader of workbooks."""
    old = [name for name in FORMS_HERE if (FORMS / name).read_bytes()[:4] == b"\xd0\xcf\x11\xe0"]
    assert len(old) == 14
    assert len([name for name in old if name not in REFUSED]) == 12
