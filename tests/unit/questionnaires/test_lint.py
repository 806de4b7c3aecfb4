"""What authors are warned of, and that nothing is said without a reason."""

from __future__ import annotations

import pytest

from consult.questionnaires.lint import lint
from tests.unit.questionnaires.small_forms import (
    choices,
    codes,
    finding,
    place,
    questionnaire,
    read,
    settings,
    survey,
)

BOTH = "type | name | label::en | label::fr"
NOTICE = settings(
    "form_title::en | form_title::fr | notice_authority::en | notice_authority::fr "
    "| notice_purpose::en | notice_purpose::fr | notice_contact::en | notice_contact::fr",
    "T | T | A | A | P | P | C | C",
)
GOOD = survey("text | a | A | A", header=BOTH) + NOTICE


def test_good_form_gets_no_warning() -> None:
    assert codes(read(GOOD)) == []


@pytest.mark.parametrize(("spoken", "lacking"), [("en", "French"), ("fr", "English"), ("fr-CA", "English")])
def test_each_official_language_is_missed(spoken: str, lacking: str) -> None:
    reading = read(survey("text | a | A", header=f"type | name | label::X ({spoken})"))
    assert lacking in str(finding(reading, "official_language_missing").message)


def test_both_official_languages_are_missed() -> None:
    reading = read(survey("text | a | A", header="type | name | label::ar"))
    assert codes(reading).count("official_language_missing") == 2


def test_missing_translation_is_found_in_its_cell() -> None:
    form = survey("text | b | B | B", "text | a | A |", header=BOTH) + NOTICE
    found = finding(read(form), "translation_missing")
    assert (found.severity, place(found)) == ("warning", "survey D3")


def test_missing_translation_of_a_choice_is_found_in_its_cell() -> None:
    form = survey("select_one l | a | A | A", header=BOTH) + NOTICE
    table = choices("l | x | X |", "l | y | Y | Y", header="list_name | name | label::en | label::fr")
    assert place(finding(read(form + table), "translation_missing")) == "choices D2"


def test_missing_translation_of_the_title_is_found() -> None:
    form = GOOD.replace("| T | T |", "| T | |")
    assert place(finding(read(form), "translation_missing")) == "settings B2"


def test_missing_translation_without_a_column_is_found_in_its_row() -> None:
    form = survey("text | a | A | A | Hint", header=f"{BOTH} | hint::en") + NOTICE
    assert place(finding(read(form), "translation_missing")) == "survey 2"


def test_language_without_any_text_is_one_warning() -> None:
    form = survey("text | a | A | A |", "text | b | B | B |", header=f"{BOTH} | label::ar") + NOTICE
    assert codes(read(form)) == ["language_empty"]


def test_translation_that_loses_a_reference_is_found() -> None:
    form = survey("text | a | A | A", "text | b | Why ${a}? | Pourquoi?", header=BOTH) + NOTICE
    assert place(finding(read(form), "reference_not_translated")) == "survey D3"


@pytest.mark.parametrize("part", ["authority", "purpose", "contact"])
def test_each_part_of_the_notice_is_missed(part: str) -> None:
    form = GOOD.replace(f"notice_{part}::en", "x").replace(f"notice_{part}::fr", "y")
    assert codes(read(form)) == [f"notice_{part}_missing"]


def test_page_of_eleven_questions_is_long() -> None:
    rows = [f"text | q{number} | Q | Q" for number in range(11)]
    form = survey("begin_group | g | G | G", *rows, "end_group", header=BOTH) + NOTICE
    assert place(finding(read(form), "page_long")) == "survey B2"


def test_page_of_ten_questions_and_a_note_is_not_long() -> None:
    rows = [f"text | q{number} | Q | Q" for number in range(10)]
    form = survey("begin_group | g | G | G", "note | n | N | N", *rows, "end_group", header=BOTH) + NOTICE
    assert codes(read(form)) == []


def test_open_question_that_must_be_answered_is_found() -> None:
    form = survey("text | a | A | A | yes", header=f"{BOTH} | required") + NOTICE
    assert place(finding(read(form), "open_question_required")) == "survey B2"


def test_explanation_of_other_may_be_required() -> None:
    rows = ("select_one l | a | A | A | |", "text | b | B | B | yes | ${a} = 'other'")
    listed = choices(
        "l | other | Other | Autre", "l | x | X | X", header="list_name | name | label::en | label::fr"
    )
    assert codes(read(survey(*rows, header=f"{BOTH} | required | relevant") + listed + NOTICE)) == []


def test_closed_question_may_be_required() -> None:
    form = survey("integer | a | A | A | yes", header=f"{BOTH} | required") + NOTICE
    assert codes(read(form)) == []


GRID = f"{BOTH} | required | appearance"
SCALE = ("list_name | name | label::en | label::fr | exclusive", "l | good | G | G |", "l | bad | B | B |")


def grid(required: str, *scale: str) -> str:
    rows = ("begin_group | g | G | G | | table-list", f"select_one l | a | A | A | {required} |", "end_group")
    header, *listed = (*SCALE, *scale)
    return survey(*rows, header=GRID) + choices(*listed, header=header) + NOTICE


def test_required_grid_without_a_way_out_is_found() -> None:
    assert place(finding(read(grid("yes")), "grid_without_exit")) == "survey B2"


@pytest.mark.parametrize("out", ["l | prefer_not_to_answer | P | P |", "l | out | P | P | yes"])
def test_grid_with_a_way_out_is_fine(out: str) -> None:
    assert codes(read(grid("yes", out))) == []


def test_voluntary_grid_is_fine() -> None:
    assert codes(read(grid(""))) == []


def test_list_that_no_question_uses_is_found() -> None:
    table = choices("l | x | X | X", header="list_name | name | label::en | label::fr")
    assert place(finding(read(GOOD + table), "list_unused")) == "choices B2"


@pytest.mark.parametrize(
    ("pattern", "is_loose"),
    [("[A-Z][0-9]", True), ("^[A-Z]", True), ("[A-Z]$", True), ("^[A-Z]$", False)],
)
def test_pattern_that_other_programs_read_differently_is_found(pattern: str, is_loose: bool) -> None:
    row = f"text | a | A | A | regex(., '{pattern}') or . = 'x'"
    form = survey(row, header=f"{BOTH} | constraint") + NOTICE
    assert ("pattern_loose" in codes(read(form))) is is_loose


def test_draft_without_a_file_is_linted_without_places() -> None:
    found = lint(questionnaire(survey("text | a | A", header="type | name | label::en")))
    assert {(each.row, each.column) for each in found} == {(None, "")}


HIDDEN = "type | name | label::en | label::fr | relevant | default"


@pytest.mark.parametrize("row", ["note | n | ${h} | N", "note | n | N | N | ../h = 1"])
def test_hidden_question_that_nothing_fills_is_told_once_it_is_named(row: str) -> None:
    reading = read(survey("hidden | h", row, header=HIDDEN) + NOTICE)
    assert place(finding(reading, "hidden_empty")) == "survey B2"


@pytest.mark.parametrize(
    "rows",
    [
        ("hidden | h | | | | 3", "note | n | ${h} | ${h}"),
        ("hidden | h", "note | n | N | N"),
        ("text | h | H | H", "note | n | ${h} | ${h}"),
    ],
    ids=["it has a default", "nobody names it", "it is asked"],
)
def test_nothing_is_said_of_a_question_that_can_have_a_value(rows: tuple[str, str]) -> None:
    assert codes(read(survey(*rows, header=HIDDEN) + NOTICE)) == []
