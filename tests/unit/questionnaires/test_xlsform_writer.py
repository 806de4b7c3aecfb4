"""What is written is read again as the same questionnaire."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook

from consult.expressions import Expression
from consult.i18n import Localized
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.xform_process import converted
from consult.questionnaires.xlsform import read_xlsform, write_xlsform
from consult.questionnaires.xlsform.writer import export_xlsform
from consult.questions.question import Question
from tests.odk_validate import invalid, needs_java
from tests.unit.questionnaires.generated import UNHURRIED, questionnaires
from tests.unit.questionnaires.small_forms import questionnaire, survey


def read_again(made: Questionnaire) -> Questionnaire:
    reading = read_xlsform(write_xlsform(made), "again.xlsx")
    assert reading.questionnaire is not None, [
        (finding.code, finding.row, str(finding.message)) for finding in reading.findings
    ]
    return reading.questionnaire


@settings(UNHURRIED, max_examples=40)
@given(questionnaires())
def test_questionnaire_survives_a_workbook(made: Questionnaire) -> None:
    assert read_again(made) == made


@settings(UNHURRIED, max_examples=25)
@given(questionnaires())
def test_converter_of_the_field_takes_every_questionnaire(made: Questionnaire) -> None:
    assert "refused" not in converted(write_xlsform(made))


@needs_java
@settings(UNHURRIED, max_examples=8)
@given(questionnaires())
def test_collect_can_start_every_questionnaire(
    tmp_path_factory: pytest.TempPathFactory, made: Questionnaire
) -> None:
    exported = export_xlsform(made)
    if any(remark.code == "group_asks_nothing" for remark in exported.remarks):
        return
    xform = str(converted(exported.workbook)["xform"])
    assert invalid({"form": xform}, tmp_path_factory.mktemp("xform")) == {}


def one_question(**details: object) -> Questionnaire:
    question = Question("age", "text", Localized({"en": "Age"}), **details)  # type: ignore[arg-type]
    return Questionnaire("one", Localized({"en": "One"}), ("en",), (question,), {})


def cells(made: Questionnaire, sheet: str) -> list[tuple[object, ...]]:
    workbook = load_workbook(BytesIO(write_xlsform(made)))
    return [tuple(cell.value for cell in row) for row in workbook[sheet].iter_rows()]


def test_header_names_each_language_in_itself() -> None:
    made = questionnaire("| survey |\n| | type | name | label::en | label::ar |\n| | text | a | A | ا |")
    assert cells(made, "survey")[0][:4] == ("type", "name", "label::English (en)", "label::العربية (ar)")


def test_language_without_a_text_keeps_its_column() -> None:
    made = Questionnaire("x", Localized({"en": "X"}), ("en", "so"), one_question().items, {})
    assert read_again(made).languages == ("en", "so")


def test_text_that_looks_like_a_formula_stays_a_text() -> None:
    workbook = load_workbook(BytesIO(write_xlsform(one_question(hint=Localized({"en": "=1+1"})))))
    hints = [cell for row in workbook["survey"].iter_rows() for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in hints] == ["s"]


def test_plain_default_is_written_plainly() -> None:
    row = cells(one_question(default=Expression.parse("'Ontario'")), "survey")[1]
    assert "Ontario" in row


def test_default_that_reads_like_an_expression_is_written_as_one() -> None:
    made = one_question(default=Expression.parse("'${b}'"))
    assert read_again(made) == made


def test_metadata_without_a_kind_of_its_own_keeps_its_type() -> None:
    made = questionnaire(survey("text | a | A", "phonenumber | phone", "start-geopoint | where"))
    assert [row[0] for row in cells(made, "survey")[1:]] == ["text", "phonenumber", "start-geopoint"]


def test_text_longer_than_a_cell_is_refused() -> None:
    with pytest.raises(ValueError, match="longer"):
        write_xlsform(one_question(hint=Localized({"en": "x" * 40_000})))


def test_control_characters_of_a_draft_do_not_break_the_workbook() -> None:
    made = one_question(hint=Localized({"en": "a\x00b\x0bc\ufffe"}))
    assert read_again(made).questions["age"].hint == Localized({"en": "abc"})
