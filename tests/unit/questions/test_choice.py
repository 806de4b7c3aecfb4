"""Choices: codes, "other", what stands alone; labels and columns in the reader's language."""

from __future__ import annotations

from typing import Any

import pytest

from consult.questions import kind_of
from consult.questions.choice import SelectOne
from tests.samples.questions import ask, choices
from tests.unit.questions.kinds import cells, clean, problem, refused, typed_and_read_back

AREAS = choices(
    ("home", {"en": "Housing", "fr": "Logement", "ar": "السكن"}),
    ("work", {"en": "Work", "fr": "Emploi"}),
    ("health", {"en": "Health, dental", "fr": "Santé"}),
    none={"en": "None of these", "fr": "Aucun"},
)
ONE = ask("select_one", choices=AREAS)
MANY = ask("select_multiple", choices=AREAS)
ONE_OR_OTHER = ask("select_one", choices=AREAS, has_other=True)
MANY_OR_OTHER = ask("select_multiple", choices=AREAS, has_other=True)
UNKNOWN = "Please choose one of the answers offered."


def test_one_choice_is_stored_as_its_code() -> None:
    assert clean(ONE, "work", language="fr") == {"it": "work"}


@pytest.mark.parametrize("bad", ["Housing", "WORK", "work home", "0", "<b>", "home\x00", "other"])
def test_a_choice_that_is_not_on_the_list_is_refused(bad: str) -> None:
    assert refused(ONE, bad) == UNKNOWN
    assert refused(MANY, "home", bad) == UNKNOWN
    assert problem(ONE, bad) == UNKNOWN


def test_several_choices_are_stored_in_the_order_of_the_questionnaire() -> None:
    assert clean(MANY, "health", "home", "health") == {"it": ["home", "health"]}


def test_what_stands_alone_cannot_be_chosen_together_with_others() -> None:
    assert clean(MANY, "none") == {"it": ["none"]}
    assert refused(MANY, "home", "none", language="fr") == (
        "“Aucun” cannot be chosen together with other answers. Please keep only one."
    )
    assert problem(MANY, ["home", "none"]) is not None
    assert problem(MANY, ["none"]) is None


@pytest.mark.parametrize(
    "value", [[], ["home", "home"], ["home", 1], "home", ["nowhere"], [["home"]], {"home": 1}]
)
def test_several_coded_choices_are_a_list_of_known_codes_each_once(value: Any) -> None:
    assert problem(MANY, value) is not None


def test_other_takes_a_text_of_its_own() -> None:
    assert clean(ONE_OR_OTHER, "other", details={"other": " The  library "}) == {
        "it": "other",
        "it_other": "The  library",
    }
    assert clean(MANY_OR_OTHER, "home", "other", details={"other": "Library"}) == {
        "it": ["home", "other"],
        "it_other": "Library",
    }


def test_who_writes_what_else_it_is_has_chosen_other() -> None:
    assert clean(ONE_OR_OTHER, details={"other": "Library"}) == {"it": "other", "it_other": "Library"}
    assert clean(MANY_OR_OTHER, "home", details={"other": "Library"})["it"] == ["home", "other"]


def test_other_text_beside_another_single_choice_is_dropped() -> None:
    assert clean(ONE_OR_OTHER, "home", details={"other": "Library"}) == {"it": "home"}


def test_other_without_text_is_an_answer() -> None:
    assert clean(ONE_OR_OTHER, "other", details={"other": "  "}) == {"it": "other"}


def test_other_text_is_checked_like_any_text() -> None:
    assert "cannot be stored" in refused(ONE_OR_OTHER, "other", details={"other": "a\x00"})
    assert "too long" in refused(MANY_OR_OTHER, "other", details={"other": "x" * 1_001})


def test_other_stands_alone_with_nothing_that_excludes_it() -> None:
    assert "None of these" in refused(MANY_OR_OTHER, "none", details={"other": "Library"})


def test_other_text_is_judged_only_where_the_question_has_it() -> None:
    kind = kind_of(ONE)
    assert isinstance(kind, SelectOne)
    assert kind.detail_problem(ONE_OR_OTHER, "Library") is None
    assert kind.detail_problem(ONE, "Library") is not None
    assert kind.detail_problem(ONE_OR_OTHER, 5) is not None


def test_an_author_who_wrote_other_keeps_the_own_label() -> None:
    own = ask("select_one", choices=(*AREAS, *choices(("other", "Something else"))), has_other=True)
    assert [choice.key for choice in kind_of(own).choices(own)] == ["home", "work", "health", "none", "other"]
    assert kind_of(own).display(own, "other", "en") == "Something else"


def test_a_label_falls_back_and_says_its_language() -> None:
    shown = kind_of(ONE).display(ONE, "work", "ar")
    assert shown == "Work"
    assert shown.language == "en"  # type: ignore[attr-defined]


def test_a_code_without_label_is_shown_as_it_is() -> None:
    assert kind_of(ONE).display(ONE, "gone", "en") == "gone"


@pytest.mark.parametrize(
    ("language", "line"),
    [("en", "Housing; Health, dental"), ("fr", "Logement; Santé"), ("ar", "السكن؛ Health, dental")],
)
def test_several_labels_stand_in_one_line_with_the_language_s_own_semicolon(language: str, line: str) -> None:
    assert kind_of(MANY).display(MANY, ["home", "health"], language) == line


def test_expressions_see_codes() -> None:
    assert kind_of(ONE).logic_value("home") == "home"
    assert kind_of(MANY).logic_value(["home", "health"]) == "home health"


def test_a_report_has_one_column_for_a_single_choice() -> None:
    assert cells(ONE, {"it": "home"}, "fr") == {"it": "Logement"}


def test_a_report_has_labels_then_a_flag_for_each_of_several_choices() -> None:
    assert cells(MANY, {"it": ["home", "health"]}) == {
        "it": "Housing; Health, dental",
        "it/home": 1,
        "it/work": 0,
        "it/health": 1,
        "it/none": 0,
    }


def test_flags_of_an_unanswered_question_are_blank_and_not_zero() -> None:
    assert set(cells(MANY, {}).values()) == {None}


def test_other_text_has_a_column_of_its_own() -> None:
    answers = {"it": ["other"], "it_other": "Library"}
    assert cells(MANY_OR_OTHER, answers)["it_other"] == "Library"
    assert cells(MANY_OR_OTHER, answers)["it/other"] == 1
    assert cells(ONE_OR_OTHER, {"it": "other", "it_other": "Library"}) == {
        "it": "Other",
        "it_other": "Library",
    }


def test_flag_columns_name_question_and_choice_in_the_language_of_the_report() -> None:
    column = kind_of(MANY).columns(ask("select_multiple", label={"fr": "Quoi ?"}, choices=AREAS))[1]
    assert column.label("fr") == "Quoi ? – Logement"
    assert (column.type, column.code) == ("flag", "home")


def test_stored_choices_and_other_text_are_shown_again() -> None:
    for asked, answers in (
        (ONE_OR_OTHER, {"it": "other", "it_other": "Library"}),
        (MANY_OR_OTHER, {"it": ["home", "other"], "it_other": "Library"}),
    ):
        assert typed_and_read_back(asked, answers, "en") == answers


@pytest.mark.parametrize(
    ("appearance", "partial"),
    [
        ("", "questions/select_one.html"),
        ("quick", "questions/select_one.html"),
        ("likert", "questions/select_one.html"),
        ("minimal", "questions/select_menu.html"),
        ("autocomplete", "questions/select_menu.html"),
    ],
)
def test_an_appearance_chooses_the_partial(appearance: str, partial: str) -> None:
    asked = ask("select_one", choices=AREAS, appearance=appearance)
    assert kind_of(asked).partial(asked) == partial


def test_a_menu_with_other_is_shown_as_buttons_so_that_the_text_has_a_place() -> None:
    asked = ask("select_one", choices=AREAS, appearance="minimal", has_other=True)
    assert kind_of(asked).partial(asked) == "questions/select_one.html"
