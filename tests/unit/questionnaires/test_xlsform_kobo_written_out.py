"""A matrix that KoboToolbox has written out, as in every form downloaded from there, is one page again."""

from __future__ import annotations

import pytest

from consult.questionnaires.specification import Group
from consult.questionnaires.xlsform import read_xlsform
from consult.questionnaires.xlsform.writer import export_xlsform
from tests.unit.questionnaires.small_forms import choices, codes, finding, place, questionnaire, read, survey

HEADER = "type | name | label::en | appearance | required | relevant"
HIDDEN = '<span style="display:none">{}</span>'
HEAD = (
    *("begin_group | m_header | | w5", "note | m_header_note | **Things** | w1 | false"),
    *(
        "note | m_header_have | **Do you have one?** | w2",
        "note | m_header_many | **How many?** | w2",
        "end_group",
    ),
)


def part(row: str, label: str) -> tuple[str, ...]:
    have, many = (HIDDEN.format(f"{row}-{column}") for column in ("Do you have one?", "How many?"))
    return (
        *(f"begin_group | m_{row} | | w5", f"note | m_{row}_note | ##### {label} | w1 | false"),
        f"select_one yn | m_{row}_have | {have} | w2 horizontal-compact | true",
        f"integer | m_{row}_many | {many} | w2 no-label | | ${{m_{row}_have}} = 'yes'",
        "end_group",
    )


YN = choices("yn | yes | Yes", "yn | no | No")
ROWS = ("text | a | A", *HEAD, *part("car", "Car"), *part("bike", "Bike"), "text | z | Z")
FORM = survey(*ROWS, header=HEADER) + YN


def test_it_is_one_page_with_a_part_for_each_row() -> None:
    (page,) = (item for item in questionnaire(FORM).items if isinstance(item, Group))
    assert (page.key, page.label, page.appearance) == ("m", {"en": "Things"}, ("field-list",))
    parts = [item for item in page.items if isinstance(item, Group)]
    assert [(each.key, each.label) for each in parts] == [
        ("m_car", {"en": "Car"}),
        ("m_bike", {"en": "Bike"}),
    ]


def test_names_and_conditions_stay_and_labels_say_row_and_question() -> None:
    made = questionnaire(FORM)
    assert list(made.questions) == ["a", "m_car_have", "m_car_many", "m_bike_have", "m_bike_many", "z"]
    question = made.questions["m_bike_many"]
    assert (question.label, question.appearance) == ({"en": "Bike – How many?"}, ("w6",))
    assert question.relevant is not None
    assert question.relevant.source == "${m_bike_have} = 'yes'"


def test_author_is_told_and_nothing_else_is_said() -> None:
    reading = read(FORM)
    assert place(finding(reading, "kobo_matrix")) == "survey A3"
    assert "appearance_unknown" not in codes(reading)


def test_it_goes_out_and_comes_back() -> None:
    made = questionnaire(FORM)
    assert read_xlsform(export_xlsform(made).workbook, "again.xlsx").questionnaire == made


@pytest.mark.parametrize(
    "rows",
    [
        HEAD,
        (*HEAD, "text | z | Z", *part("car", "Car")),
        ("begin_group | m_header | M", "note | m_header_note | N", "text | m_header_x | X", "end_group"),
        (*HEAD, *part("car", "Car")[:-2], "end_group"),
        HEAD[:-1],
        (*HEAD[:2], "begin_group | g | G", *HEAD[2:], *part("car", "Car")),
    ],
    ids=["no rows", "not beside", "questions", "a column short", "not closed", "a group inside"],
)
def test_what_only_looks_like_one_stays_as_it_lies(rows: tuple[str, ...]) -> None:
    assert "kobo_matrix" not in codes(read(survey(*rows, header=HEADER) + YN))
