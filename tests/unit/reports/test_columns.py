"""Columns: header and cells from the same object; blank is not zero."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from consult.questionnaires.specification import Questionnaire
from consult.questions.kind import Cell
from consult.reports.columns import ReportColumn, Row, report_columns
from consult.reports.merging import merge
from consult.reports.wording import Wording
from tests.reports.building import row
from tests.samples.questions import ask, choices, group, questionnaire

TONGUES = choices(("ar", {"en": "Arabic", "fr": "Arabe"}), ("fr", {"en": "French", "fr": "Français"}))
SPOKEN = ask("select_multiple", "spoken", {"en": "Spoken", "fr": "Parlées"}, choices=TONGUES, has_other=True)


def columns(*versions: Questionnaire, words: str = "en", **given: Any) -> dict[str, ReportColumn]:
    asked = merge(list(enumerate(versions, 1)))
    return {column.key: column for column in report_columns(asked, Wording.of(words), **given)}


def cell_of(question: Any, answers: dict[str, Any], key: str, **given: Any) -> Cell:
    return columns(questionnaire(question), **given)[key].cell(row(answers))


def test_several_choices_are_labels_and_a_flag_for_each() -> None:
    found = columns(questionnaire(SPOKEN))
    answered = row({"spoken": ["ar", "other"], "spoken_other": "Tigrinya"})
    assert {key: found[key].cell(answered) for key in found if key.startswith("spoken")} == {
        "spoken": "Arabic; Other",
        "spoken/ar": 1,
        "spoken/fr": 0,
        "spoken/other": 1,
        "spoken_other": "Tigrinya",
    }


def test_unanswered_choices_are_blank_never_zero() -> None:
    found = columns(questionnaire(SPOKEN))
    assert {found[key].cell(row({})) for key in found if key.startswith("spoken")} == {None}


def test_labels_of_both_languages_stand_side_by_side() -> None:
    assert cell_of(SPOKEN, {"spoken": ["ar"]}, "spoken", words="both") == "Arabic / Arabe"
    assert columns(questionnaire(SPOKEN), words="both")["spoken"].label == ("Spoken", "Parlées")


def test_codes_can_be_had_instead_of_labels() -> None:
    assert cell_of(SPOKEN, {"spoken": ["ar", "fr"]}, "spoken", is_coded=True) == "ar fr"
    assert cell_of(SPOKEN, {}, "_language", is_coded=True) == "en"


def test_one_choice_may_be_coded_too() -> None:
    question = ask("select_one", "one", choices=TONGUES)
    assert cell_of(question, {"one": "ar"}, "one", is_coded=True) == "ar"
    assert cell_of(question, {}, "one", is_coded=True) is None


@pytest.mark.parametrize(
    ("kind", "coded", "typed"),
    [
        ("integer", 12, 12),
        ("decimal", 1.5, 1.5),
        ("date", "2026-03-05", dt.date(2026, 3, 5)),
        ("time", "09:30", dt.time(9, 30)),
        ("text", "=1+1", "=1+1"),
    ],
)
def test_cells_are_typed(kind: str, coded: Any, typed: Cell) -> None:
    assert cell_of(ask(kind), {"it": coded}, "it") == typed
    assert cell_of(ask(kind), {}, "it") is None


def test_answer_of_a_version_without_the_question_is_not_read() -> None:
    old, new = questionnaire(ask("text", "a")), questionnaire(ask("select_one", "a", choices=TONGUES))
    found = columns(old, new)
    first, second = row({"a": "words"}, version=1), row({"a": "ar"}, version=2)
    assert (found["a"].cell(first), found["a@1"].cell(first)) == (None, "words")
    assert (found["a"].cell(second), found["a@1"].cell(second)) == ("Arabic", None)


def test_answer_that_its_kind_cannot_read_is_shown_as_it_is() -> None:
    assert cell_of(ask("rank", choices=TONGUES), {"it": 5}, "it") == "5"


def test_keys_are_unique_whatever_questions_are_called() -> None:
    twins = questionnaire(SPOKEN, ask("text", "spoken_other"), ask("text", "_language"))
    found = report_columns(merge([(1, twins)]), Wording.of("en"))
    keys = [column.key for column in found]
    assert len(keys) == len(set(keys))
    assert {"spoken_other_2", "_language_2"} <= set(keys)


def test_row_of_a_grid_says_of_which_grid() -> None:
    rows = group(ask("select_one", "a", "Quiet?", choices=TONGUES), label="Home", appearance="table-list")
    assert columns(questionnaire(rows))["a"].label.line == "Home – Quiet?"


def test_question_called_language_keeps_its_key() -> None:
    assert "language" in columns(questionnaire(ask("text", "language")))


def test_every_response_says_where_it_comes_from() -> None:
    whole = row(
        {},
        version=2,
        language="ar",
        channel="paper",
        session_on=dt.date(2026, 3, 1),
        session_place="Library",
        collector="Amal",
        form_number="17",
    )
    cells = [column.cell(whole) for column in columns(questionnaire(ask("text"))).values()]
    assert cells[1:9] == [
        *(2, "Arabic", "Paper form", dt.date(2026, 3, 5)),
        *(dt.date(2026, 3, 1), "Library", "Amal", "17"),
    ]


def test_number_of_a_response_is_drawn_from_its_identity() -> None:
    numbers = [row({}, place=place).number for place in range(500)]
    assert len(set(numbers)) == 500
    assert numbers[0] == row({}, place=0).number
    assert all(len(number) == 9 and number[4] == "-" for number in numbers)


def test_row_without_answers_is_a_row() -> None:
    assert Row(row().id, 1, "en", "online", None).answers == {}
