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

NOT_YET = {
    "external_list_later": "lists from other files",
    "expression_unsupported": "functions that need repeats or other files",
    "choice_duplicate": "one code several times in a list (allow_choice_duplicates)",
    "foreign_type": "types of one other product only",
    "expression_unknown_function": "functions of one other product only",
    "old_workbook": "the Excel format of before 2007",
}
"""Reasons that are ours: a later version may take them away."""

MISTAKES = {
    "expression_syntax": "an expression that is none",
    "expression_bare_name": "a name without ${} in an expression",
    "expression_unknown_name": "a reference to a question that is not there",
    "choice_without_label": "a choice without a label",
    "label_missing": "a question without a label",
    "list_missing": "a list that is not there",
    "type_unknown": "a type that is none",
    "name_duplicate": "one name for two questions",
    "group_not_closed": "a group that is never closed",
}
"""Reasons that are the form's own: its author has to mend it."""

SURVEYCTO = "PovertyAction+SurveyCTO-Templates"

EXPECTED = {
    f"{SURVEYCTO}/Advanced Case Management Template.xlsx": (
        *("expression_unsupported", "foreign_type"),
        *("expression_unknown_function", "expression_unknown_name", "expression_bare_name"),
    ),
    f"{SURVEYCTO}/Phone Survey Mobilizer Form.xlsx": (
        *("expression_unknown_function", "expression_unsupported", "foreign_type"),
    ),
    f"{SURVEYCTO}/date_allows_dk.xlsx": ("expression_unknown_function", "expression_bare_name"),
    f"{SURVEYCTO}/module_durations.xlsx": ("expression_unknown_function", "foreign_type"),
    f"{SURVEYCTO}/ordinal_calculation.xlsx": (),
    f"{SURVEYCTO}/random_module_order.xlsx": ("expression_unknown_function",),
    "XLSForm+pyxform/ODKValidateWarnings.xlsx": (),
    "XLSForm+pyxform/attribute_columns_test.xlsx": ("choice_without_label", "label_missing"),
    "XLSForm+pyxform/bad_calc.xlsx": ("expression_syntax",),
    "XLSForm+pyxform/blank_second_row.xls": ("old_workbook",),
    "XLSForm+pyxform/cascading_select_test_equivalent.xls": ("old_workbook",),
    "XLSForm+pyxform/choice_filter_test.xlsx": ("choice_duplicate",),
    "XLSForm+pyxform/choice_name_same_as_select_name.xls": ("old_workbook",),
    "XLSForm+pyxform/excel_with_macros.xlsm": (),
    "XLSForm+pyxform/extra_columns.xlsx": (),
    "XLSForm+pyxform/field-list.xlsx": (),
    "XLSForm+pyxform/group.xls": ("old_workbook",),
    "XLSForm+pyxform/group_name_test.xls": ("old_workbook",),
    "XLSForm+pyxform/include.xls": ("old_workbook",),
    "XLSForm+pyxform/loop.xls": (),
    "XLSForm+pyxform/pull_data.xlsx": ("expression_unsupported",),
    "XLSForm+pyxform/simple_loop.xls": (),
    "XLSForm+pyxform/spaces_in_choices_header.xls": ("old_workbook",),
    "XLSForm+pyxform/specify_other.xls": ("old_workbook",),
    "XLSForm+pyxform/table-list.xls": ("old_workbook",),
    "XLSForm+pyxform/unknown_question_type.xls": ("old_workbook",),
    "XLSForm+pyxform/xl_date_ambiguous_v1.xlsx": (),
    "XLSForm+pyxform/xml_escaping.xls": ("old_workbook",),
    "cesarpoggi+PULSO_Proyecto_ACNUR_2022/form.xlsx": (),
    "getodk+central-backend/simple.xlsx": (),
    "getodk+pyodk/fav_color.xlsx": (),
    "getodk+web-forms/all-question-types-v2024091201-3.xlsx": ("external_list_later",),
    # An .xls under the name .xlsx.
    "getodk+web-forms/ifrc-distribution-site-assessment-v1.xlsx": ("old_workbook",),
    "getodk+web-forms/socio-economic-survey-v20240515.xlsx": (),
    "impact-initiatives+cleaningtools/form.xlsx": (),
    "impact-initiatives-hppu+humind/REACH_2024_MSNA-kobo-tool_draft_v11.xlsx": (),
    "onaio+onadata/GeoLocationFormNoPolylineOrPolygon.xlsx": (),
    "onaio+onadata/age_decimal.xlsx": (),
    "onaio+onadata/cascading.xlsx": (),
    "onaio+onadata/dhisform.xlsx": (),
    "onaio+onadata/double_image_form.xlsx": (),
    "onaio+onadata/encrypted-form.xlsx": (),
    "onaio+onadata/gps_data.xlsx": (),
    "onaio+onadata/group_names_must_be_unique.xlsx": (),
    "onaio+onadata/mali_health.xlsx": (),
    "onaio+onadata/multi_lingual_form.xlsx": (),
    "onaio+onadata/osm.xlsx": (),
    "onaio+onadata/space_in_header.xlsx": (),
    "onaio+onadata/subdistrict_profiling_tool.xlsx": ("external_list_later",),
    "onaio+onadata/transportation.bad_id.xlsx": (),
    "onaio+onadata/transportation_1.xlsx": (),
    "onaio+onadata/tutorial-1.xlsx": (),
    "onaio+onadata/tutorial.xlsx": (),
    "onaio+onadata/tutorial_encrypted.xlsx": (),
    "opengisch+xlsform2qgis/repeat_over_selected.xlsx": (),
    "opengisch+xlsform2qgis/survey_flooding_rapid_assessment.xlsx": (),
    "opengisch+xlsform2qgis/survey_individual_assistance_pda.xlsx": (
        *("expression_unsupported", "external_list_later"),
    ),
    "unhcr-americas+IndicatorCalc/RMS_CAPI_v2.xlsx": (),
    "unhcr-americas+IndicatorCalc/RMS_CATI_v0.xlsx": (),
    "unhcr-americas+LAPOP-SMA/form.xlsx": ("label_missing",),
    "unhcr-americas+LAPOP-SMA/form1.xlsx": ("list_missing", "type_unknown"),
    "unhcr-americas+surveyDesigner/XlsForm_master.xlsx": (
        *("expression_unknown_name", "group_not_closed", "name_duplicate"),
    ),
}

pytestmark = [
    pytest.mark.conformance,
    pytest.mark.skipif(not FORMS.is_dir(), reason="the shared forms are not beside the checkout"),
]


def named(names: list[str]) -> list[object]:
    return [pytest.param(name, id=name.replace("/", " ")) for name in names]


@pytest.mark.parametrize("name", named(list(EXPECTED)))
def test_form_goes_through_or_is_refused_for_what_is_written_down(name: str) -> None:
    reading = read_xlsform((FORMS / name).read_bytes(), name)
    reasons = {found.code for found in reading.findings if found.severity == "error"}
    print(f"\n{'through' if reading.questionnaire else 'refused':8}{name}: {', '.join(sorted(reasons))}")
    assert reasons == set(EXPECTED[name])
    assert (reading.questionnaire is not None) == (not reasons)


@pytest.mark.parametrize("name", named([name for name, reasons in EXPECTED.items() if reasons]))
def test_every_refusal_names_sheet_and_row(name: str) -> None:
    for found in read_xlsform((FORMS / name).read_bytes(), name).findings:
        if found.severity == "error" and found.code != "old_workbook":
            assert found.sheet
            assert found.row


@pytest.mark.parametrize("name", named([name for name, reasons in EXPECTED.items() if not reasons]))
def test_form_that_goes_through_survives_a_workbook_and_a_document(name: str) -> None:
    made = read_xlsform((FORMS / name).read_bytes(), name).questionnaire
    assert made is not None
    assert read_xlsform(write_xlsform(made), "again.xlsx").questionnaire == made
    assert from_document(to_document(made)) == made


def test_round_table_goes_through_and_survives() -> None:
    made = read_xlsform(ROUND_TABLE.read_bytes(), ROUND_TABLE.name).questionnaire
    assert made is not None
    assert made.languages == ("en", "fr")
    assert read_xlsform(write_xlsform(made), "again.xlsx").questionnaire == made


def test_every_shared_form_is_written_down() -> None:
    found = {str(path.relative_to(FORMS)) for path in FORMS.glob("*/*.xls*")}
    assert found == set(EXPECTED)


def test_every_reason_is_a_named_one() -> None:
    assert {code for reasons in EXPECTED.values() for code in reasons} <= NOT_YET.keys() | MISTAKES.keys()
