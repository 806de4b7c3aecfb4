"""Which language a column is in."""

from __future__ import annotations

import pytest

from consult.questionnaires.language_names import language_of
from tests.unit.questionnaires.small_forms import (
    codes,
    errors,
    finding,
    place,
    questionnaire,
    read,
    settings,
    survey,
)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Français (fr)", "fr"),
        ("Français", "fr"),
        ("French", "fr"),
        ("francés", "fr"),
        ("fr", "fr"),
        ("FR_ca", "fr-CA"),
        ("Français (fra)", "fr"),
        ("English (EN)", "en"),
        ("english\n", "en"),
        ("anglais", "en"),
        ("العربية", "ar"),
        ("Arabic", "ar"),
        ("Español", "es"),
        ("Spanish (ES)", "es"),
        ("Chinese", "zh-Hans"),
        ("中文", "zh-Hans"),
        ("Simplified Chinese", "zh-Hans"),
        ("Chinese (zh-TW)", "zh-Hant"),
        ("zh-hans", "zh-Hans"),
        ("Farsi", "fa"),
        ("Dari (prs)", "prs"),
        ("Plautdietsch (pdt)", "pdt"),
        ("Tigrinya", "ti"),
        ("Somali", "so"),
        ("Tiếng Việt", "vi"),
        ("Français（fr）", "fr"),
    ],
)
def test_language_is_understood_however_it_is_written(written: str, code: str) -> None:
    assert language_of(written) == code


@pytest.mark.parametrize("written", ["language1", "Local language", "x", "Klingonese", "", "(f)", "qqq"])
def test_unclear_language_is_not_guessed(written: str) -> None:
    assert language_of(written) is None


def test_unclear_language_is_found_at_its_header() -> None:
    reading = read(survey("text | a | A", header="type | name | label::language1"))
    found = finding(reading, "language_unknown")
    assert (found.severity, place(found)) == ("warning", "survey C1")


def test_unclear_languages_are_kept_under_codes_for_private_use() -> None:
    rows = "text | a | A | B | C | D"
    made = questionnaire(survey(rows, header="type | name | label::en | label::one | label::two | hint::one"))
    assert made.languages == ("en", "qaa", "qab")
    assert made.questions["a"].hint == {"qaa": "D"}


def test_unclear_language_without_a_text_does_no_harm() -> None:
    form = survey("text | a | A |", header="type | name | label::en | label::language1")
    assert questionnaire(form).languages == ("en",)


@pytest.mark.parametrize(
    "header",
    [
        "label::Français (fr)",
        "label:Français",
        "Label :: French",
        "label::fr",
        "caption::Français (fr)",
        "label::\u200fFrançais\u00a0(fr)",
    ],
)
def test_every_spelling_of_a_label_column_is_understood(header: str) -> None:
    made = questionnaire(survey("text | a | Ville", header=f"type | name | {header}"))
    assert made.questions["a"].label == {"fr": "Ville"}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("hint::fr", "hint"),
        ("guidance hint::fr", "guidance"),
        ("guidance_hint:fr", "guidance"),
        ("constraint message::fr", "constraint_message"),
        ("jr:constraintMsg::fr", "constraint_message"),
        ("constraint_message:French", "constraint_message"),
        ("requiredMsg::fr", "required_message"),
        ("Required Message :: fr", "required_message"),
    ],
)
def test_every_spelling_of_a_translated_column_is_understood(header: str, field: str) -> None:
    made = questionnaire(survey("text | a | A | Bonjour", header=f"type | name | label::en | {header}"))
    assert getattr(made.questions["a"], field) == {"fr": "Bonjour"}


def test_default_language_comes_first() -> None:
    form = survey("text | a | A | B | C", header="type | name | label::en | label::fr | label::ar")
    made = questionnaire(form + settings("form_title | default_language", "Title | Français"))
    assert made.languages == ("fr", "en", "ar")
    assert made.title == {"fr": "Title"}


def test_first_language_is_the_default_where_none_is_said() -> None:
    form = survey("text | a | A | B", header="type | name | label::ar | label::en")
    assert questionnaire(form).languages == ("ar", "en")


def test_unmarked_columns_are_in_the_default_language() -> None:
    form = survey("text | a | A | B | Non", header="type | name | label::en | label::fr | constraint_message")
    made = questionnaire(form + settings("default_language", "fr"))
    assert made.questions["a"].constraint_message == {"fr": "Non"}


def test_unmarked_label_beside_a_translation_is_a_language_of_its_own() -> None:
    reading = read(survey("text | a | Town | 城市", header="type | name | label | label::Chinese"))
    assert reading.questionnaire is not None
    assert reading.questionnaire.questions["a"].label == {"en": "Town", "zh-Hans": "城市"}
    assert place(finding(reading, "language_not_said")) == "survey C1"


def test_form_that_names_no_language_is_taken_as_english_with_a_warning() -> None:
    reading = read(survey("text | a | Town", header="type | name | label"))
    assert reading.languages == ("en",)
    assert finding(reading, "language_not_said").severity == "warning"


def test_default_language_alone_says_which_it_is() -> None:
    form = survey("text | a | Ville", header="type | name | label") + settings("default_language", "French")
    reading = read(form)
    assert reading.languages == ("fr",)
    assert "language_not_said" not in codes(reading)


def test_unclear_default_language_is_found() -> None:
    form = survey("text | a | A", header="type | name | label") + settings("default_language", "local")
    assert place(finding(read(form), "language_unknown")) == "settings A2"


def test_two_columns_of_one_language_fill_each_other() -> None:
    form = survey(
        "text | a | A | ", "text | b | | B", header="type | name | label::English | label::English (en)"
    )
    made = questionnaire(form)
    assert [question.label["en"] for question in made.questions.values()] == ["A", "B"]


def test_two_columns_of_one_language_that_differ_are_found() -> None:
    form = survey("text | a | A | B", header="type | name | label::English | label::English (en)")
    assert place(finding(read(form), "column_twice")) == "survey D2"


def test_misspelled_column_comes_with_the_right_spelling() -> None:
    reading = read(survey("text | a | A | minimal", header="type | name | label::en | appareance"))
    found = finding(reading, "column_unknown")
    assert (place(found), str(found.remedy)) == ("survey D1", "Did you mean “appearance”?")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("guidance_hnit", "guidance_hint"),
        ("hnit", "hint"),
        ("releavnt", "relevant"),
        ("constrain", "constraint"),
        ("chioce filter", "choice_filter"),
    ],
)
def test_one_slip_in_a_header_is_enough_for_a_suggestion(written: str, meant: str) -> None:
    reading = read(survey("text | a | A | x", header=f"type | name | label::en | {written}"))
    assert str(finding(reading, "column_unknown").remedy) == f"Did you mean “{meant}”?"


@pytest.mark.parametrize("written", ["level", "region", "code", "note", "state", "rate", "hunt down", "xx"])
def test_column_of_its_own_is_no_slip(written: str) -> None:
    assert "column_unknown" not in codes(
        read(survey("text | a | A | x", header=f"type | name | label::en | {written}"))
    )


def test_missing_column_is_found() -> None:
    assert errors(read(survey("a | A", header="name | label::en"))) == ["column_missing"]


@pytest.mark.parametrize(
    ("header", "cell", "field"),
    [
        ("relevance", "1 = 1", "relevant"),
        ("Relevancy", "1 = 1", "relevant"),
        ("body::appearance", "minimal", "appearance"),
        ("control:appearance", "minimal", "appearance"),
        ("constraining message", "No", "constraint_message"),
        ("bind:jr:constraintMsg", "No", "constraint_message"),
        ("bind::jr:requiredMsg::English", "No", "required_message"),
        ("guidance hint : English", "No", "guidance"),
        ("hint (en)", "No", "hint"),
        ("hint English (en)", "No", "hint"),
        ("HINT::default", "No", "hint"),
        ("bind::relevant", "1 = 1", "relevant"),
        ("bind:relevant", "1 = 1", "relevant"),
        ("calculate", "1 + 1", "calculation"),
        ("bind::calculate", "1 + 1", "calculation"),
        ("Read Only", "1 = 1", "read_only"),
        ("readonly", "1 = 1", "read_only"),
        ("bind::constraint", ". > 1", "constraint"),
    ],
)
def test_old_name_of_a_column_is_understood(header: str, cell: str, field: str) -> None:
    made = questionnaire(survey(f"text | a | A | {cell}", header=f"type | name | label::en | {header}"))
    read_as = getattr(made.questions["a"], field)
    texts = {"en": cell} if field.endswith(("message", "hint", "guidance")) else (cell,)
    assert getattr(read_as, "source", read_as) in (cell, texts)
