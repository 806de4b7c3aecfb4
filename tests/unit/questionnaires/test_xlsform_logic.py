"""Expressions and references: read, repaired, and wrong ones found in their cell."""

from __future__ import annotations

import pytest

from consult.questionnaires.xlsform.repairs import mend_expression
from tests.unit.questionnaires.small_forms import (
    codes,
    errors,
    finding,
    place,
    questionnaire,
    read,
    survey,
)

LOGIC = "type | name | label::en | required | relevant | constraint | calculation | default | read_only"


def first(cells: str) -> object:
    return questionnaire(survey(f"text | a | A | {cells}", "integer | n | N", header=LOGIC)).questions["a"]


@pytest.mark.parametrize("written", ["yes", "Yes", "TRUE", "T", "true()", "1", "oui", "x", "Sí", "sim"])
def test_yes_is_always_true(written: str) -> None:
    assert getattr(first(written), "required").source == "true()"  # noqa: B009


@pytest.mark.parametrize("written", ["no", "No", "FALSE", "false()", "0", ""])
def test_no_is_no_condition(written: str) -> None:
    assert getattr(first(written), "required") is None  # noqa: B009


def test_condition_may_be_an_expression() -> None:
    assert getattr(first("${n} > 3"), "required").source == "${n} > 3"  # noqa: B009


@pytest.mark.parametrize(("written", "source"), [("TRUE", "true()"), ("yes", "true()"), ("No", "false()")])
def test_ticked_cell_is_an_expression(written: str, source: str) -> None:
    assert getattr(first(f"| {written}"), "relevant").source == source  # noqa: B009


@pytest.mark.parametrize(
    ("written", "source"),
    [
        ("${n} = ‘yes’", "${n} = 'yes'"),
        ("${n} = “yes”", '${n} = "yes"'),
        ("${n}\u00a0>\u00a01", "${n} > 1"),
        ("${n} > 1\u200b", "${n} > 1"),
        ("${n}\u200f = 1", "${n} = 1"),
        ("${n} &gt;= 1 and ${n} &lt; 9", "${n} >= 1 and ${n} < 9"),
        ("${n} &amp;gt; 1", "${n} > 1"),
        ("${n} = &#39;a&#39;", "${n} = 'a'"),
        ("=${n} = 1", "${n} = 1"),
        ("${n} = null or ${n} = 'null'", "${n} = '' or ${n} = 'null'"),
        ("\u2066${n\u200f}\u2069 = 1", "${n} = 1"),
        ("\ufeff${n} ≥ 1", "${n} >= 1"),
        ("${n} == 1 && ${n} <> 2 or ${n} = '==&&<>'", "${n} = 1  and  ${n} != 2 or ${n} = '==&&<>'"),
        ("${n} = 1 AND ${n} != 'OR' Or false()", "${n} = 1 and ${n} != 'OR' or false()"),
        ("Selected(${n}, 'IF(') and NOT(1 = 2)", "selected(${n}, 'IF(') and not(1 = 2)"),
        ("${n} => 1 and ${n} =< 9 and ${n} != '=>'", "${n} >= 1 and ${n} <= 9 and ${n} != '=>'"),
        ("if(${n} > 1; '1;2'; 0)", "if(${n} > 1, '1;2', 0)"),
        ("${n}/2 > (${n} + 1) / ${n}", "${n} div 2 > (${n} + 1) div ${n}"),
        ("!(${n} = '!(') and ${n} != (1)", "not(${n} = '!(') and ${n} != (1)"),
        ("${n} != NULL", "${n} != ''"),
    ],
)
def test_what_word_processors_do_to_expressions_is_repaired_with_a_warning(written: str, source: str) -> None:
    reading = read(survey(f"integer | n | N | {written}".replace("| n | N", "| a | A"), "integer | n | N"))
    assert reading.questionnaire is not None
    relevant = reading.questionnaire.questions["a"].relevant
    assert relevant is not None
    assert relevant.source == source
    assert place(finding(reading, "expression_repaired")) == "survey D2"


@pytest.mark.parametrize(
    ("cells", "code", "where"),
    [
        ("${m} = 1", "expression_unknown_name", "survey D2"),
        ("${n} = ", "expression_syntax", "survey D2"),
        ("| selected(.)", "expression_arity", "survey E2"),
        ("| . > 1 | nosuch(1)", "expression_unknown_function", "survey F2"),
        ("n > 1", "expression_bare_name", "survey D2"),
        ("/data/m > 1", "expression_path", "survey D2"),
        ("../m > 1", "expression_path", "survey D2"),
        ("count(${n}[m > 1]) > 1", "expression_path", "survey D2"),
        ("| | | ${m}", "expression_unknown_name", "survey G2"),
    ],
)
def test_wrong_expression_is_found_in_its_cell(cells: str, code: str, where: str) -> None:
    found = finding(read(survey(f"text | a | A | {cells}", "integer | n | N")), code)
    assert (found.severity, place(found)) == ("error", where)
    assert str(found.remedy)


@pytest.mark.parametrize("word", ["field-list", "list-nolabel", "w4", "minimal"])
def test_appearance_in_the_column_of_conditions_is_sent_to_its_own(word: str) -> None:
    found = finding(read(survey(f"text | a | A | {word}")), "expression_bare_name")
    assert str(found.remedy) == "This is an appearance: move it to the column appearance."


def test_unknown_name_comes_with_the_likeliest_spelling() -> None:
    found = finding(
        read(survey("integer | age | Age", "text | b | B | ${agee} > 1")), "expression_unknown_name"
    )
    assert str(found.remedy) == "Did you mean “${age}”?"


def test_reference_in_a_label_is_checked() -> None:
    form = survey("text | a | A | Où est ${b}?", header="type | name | label::en | label::fr")
    assert place(finding(read(form), "expression_unknown_name")) == "survey D2"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Hello ${b", "Hello ${b}"),
        ("Who is ${b?", "Who is ${b}?"),
        ("${b and ${b}", "${b} and ${b}"),
        ("ماذا فعلت ${b خلال السنة", "ماذا فعلت ${b} خلال السنة"),
    ],
)
def test_reference_without_its_closing_brace_is_closed_with_a_warning(written: str, meant: str) -> None:
    reading = read(survey("text | b | B", f"text | a | {written}"))
    assert place(finding(reading, "text_repaired")) == "survey C3"
    assert reading.questionnaire is not None
    assert reading.questionnaire.questions["a"].label["en"] == meant


def test_reference_that_can_name_no_question_is_shown_as_words() -> None:
    reading = read(survey("text | a | Hello ${the name}"))
    assert place(finding(reading, "reference_broken")) == "survey C2"
    assert reading.questionnaire is not None
    assert reading.questionnaire.questions["a"].label["en"] == "Hello {the name}"


@pytest.mark.parametrize("written", ["name != ${n}", "basic", "selected(${n}, name)"])
def test_name_of_nothing_that_stands_alone_is_read_as_empty_with_a_warning(written: str) -> None:
    reading = read(survey("text | n | N", f"text | a | A | {written}"))
    assert place(finding(reading, "expression_bare_name")) == "survey D3"
    assert errors(reading) == []


@pytest.mark.parametrize(
    ("written", "source"),
    [
        (".>0 and.<=${n}", ".>0 and .<=${n}"),
        ("(.>=1900) or .=5555 or.=9999", "(.>=1900) or .=5555 or .=9999"),
        (". = 'or.=1' or.=2", ". = 'or.=1' or .=2"),
    ],
)
def test_a_point_that_touches_the_word_before_it_is_parted_with_a_warning(written: str, source: str) -> None:
    reading = read(survey("integer | n | N", f"integer | a | A | | {written}"))
    assert reading.questionnaire is not None
    constraint = reading.questionnaire.questions["a"].constraint
    assert constraint is not None
    assert constraint.source == source
    assert place(finding(reading, "expression_repaired")) == "survey E3"


def test_reference_that_right_to_left_editing_broke_is_mended() -> None:
    form = survey(
        "text | b | B", "text | a | مرحبا $\u200f{\u202bb\u202c }", header="type | name | label::ar"
    )
    assert questionnaire(form).questions["a"].label["ar"] == "مرحبا ${b}"


@pytest.mark.parametrize(
    "rows",
    [
        ("text | a | A | ${b} = 1", "text | b | B | ${a} = 1"),
        ("text | a | A | ${a} = 1",),
        ("calculate | a | | | | ${b} + 1", "calculate | b | | | | ${a} + 1"),
        ("begin_group | g | G | ${a} = 1", "text | a | A", "end_group"),
    ],
)
def test_questions_that_wait_for_each_other_are_found(rows: tuple[str, ...]) -> None:
    found = finding(read(survey(*rows)), "expression_cycle")
    assert found.severity == "error"
    assert found.row == 2


def test_constraint_may_name_its_own_question() -> None:
    assert errors(read(survey("integer | a | A | | ${a} > 1"))) == []


@pytest.mark.parametrize(
    ("kind", "written", "source"),
    [
        ("text", "Ontario", "'Ontario'"),
        ("text", "it's", '"it\'s"'),
        ("text", "5", "'5'"),
        ("text", "today()", "today()"),
        ("text", "${n}", "${n}"),
        ("text", "555-1234", "'555-1234'"),
        ("text", "'quoted'", "'quoted'"),
        ("integer", "5", "5"),
        ("decimal", "-2.5", "-2.5"),
        ("integer", "2 + 3", "2 + 3"),
        ("date", "2026-03-05", "'2026-03-05'"),
        ("date", "today() - 1", "today() - 1"),
        ("time", "09:30:00", "'09:30:00'"),
    ],
)
def test_default_is_a_value_or_an_expression(kind: str, written: str, source: str) -> None:
    form = survey(f"{kind} | a | A | | | | {written}", "integer | n | N")
    default = questionnaire(form).questions["a"].default
    assert default is not None
    assert default.source == source


def test_seed_of_a_random_order_is_checked() -> None:
    form = survey("text | a | A | randomize=true seed=${b}", header="type | name | label::en | parameters")
    assert place(finding(read(form), "expression_unknown_name")) == "survey D2"


def test_repaired_characters_in_a_name_are_said() -> None:
    reading = read(survey("text | a\u200b | A", "text | b | B | ${a} = 1"))
    assert errors(reading) == []
    assert place(finding(reading, "characters_repaired")) == "survey B2"


def test_joiners_in_a_text_are_not_touched() -> None:
    reading = read(survey("text | a | می\u200cخواهم", header="type | name | label::Farsi"))
    assert reading.questionnaire is not None
    assert reading.questionnaire.questions["a"].label["fa"] == "می\u200cخواهم"
    assert "characters_repaired" not in codes(reading)


@pytest.mark.parametrize(
    "written", ["اسمك $ {n}؟", "اسمك {n}$؟", "اسمك }n{$؟", "اسمك $\u200f{\u200fn\u200f}؟", "اسمك ＄｛n｝؟"]
)
def test_reference_that_right_to_left_editing_turned_round_is_mended(written: str) -> None:
    made = questionnaire(survey("integer | n | N", f"text | a | {written}"))
    assert made.questions["a"].label == {"en": "اسمك ${n}؟"}


def test_braces_in_a_text_from_left_to_right_stay() -> None:
    assert questionnaire(survey("text | a | Pay {5}$ or }6{$")).questions["a"].label == {
        "en": "Pay {5}$ or }6{$"
    }


@pytest.mark.parametrize("function", ["duration()", "device-info()", "property('username')"])
def test_what_a_device_would_know_is_read_with_a_warning(function: str) -> None:
    reading = read(survey(f"calculate | a | | | | | {function}", "text | b | B", header=LOGIC))
    assert errors(reading) == []
    assert finding(reading, "expression_of_device").severity == "warning"
    assert place(finding(reading, "expression_of_device")) == "survey G2"


def test_two_bars_are_or() -> None:
    mended, notes = mend_expression("${n} = 1 || ${n} = '||'")
    assert (mended, len(notes)) == ("${n} = 1  or  ${n} = '||'", 1)
