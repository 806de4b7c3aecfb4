"""What came late to the standard, or only exists elsewhere: kept, or refused with its place and reason."""

from __future__ import annotations

import pytest

from tests.unit.questionnaires.small_forms import errors, finding, place, questionnaire, read, survey


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("select_multiple ${member}", "entries_several"),
        ("include", "foreign_type"),
    ],
)
def test_type_of_a_later_version_is_refused_by_name(written: str, code: str) -> None:
    found = finding(read(survey("text | b | B", f"{written} | a | A")), code)
    assert (found.severity, place(found)) == ("error", "survey A3")


@pytest.mark.parametrize("function", ["hash(${a})", "geo-scatter(${a}, 20)", "cht:extension-lib('x')"])
def test_function_of_one_other_product_is_refused(function: str) -> None:
    found = finding(read(survey(f"text | a | A | {function} = 1")), "expression_unsupported")
    assert place(found) == "survey D2"


def test_answer_of_an_earlier_response_is_empty_with_a_note() -> None:
    reading = read(survey("text | a | A | | | | ${last-saved#a}"))
    assert place(finding(reading, "expression_repaired")) == "survey G2"
    assert reading.questionnaire is not None
    default = reading.questionnaire.questions["a"].default
    assert default is not None
    assert default.source == "''"


def test_answer_of_an_earlier_response_is_empty_in_a_text() -> None:
    reading = read(survey("text | a | Still ${last-saved#a}?"))
    assert place(finding(reading, "text_repaired")) == "survey C2"
    assert reading.questionnaire is not None
    assert reading.questionnaire.questions["a"].label == {"en": "Still ?"}


TRIGGERED = "type | name | label::en | trigger"


def test_trigger_is_kept() -> None:
    reading = read(
        survey("text | a | A |", "text | b | B | ${a} , ${ c}", "text | c | C |", header=TRIGGERED)
    )
    assert reading.questionnaire is not None
    assert reading.questionnaire.questions["b"].trigger == ("a", "c")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("a", "references_unreadable"),
        ("${a} + 1", "references_unreadable"),
        ("${z}", "expression_unknown_name"),
    ],
)
def test_trigger_that_names_no_question_is_found(written: str, code: str) -> None:
    reading = read(survey("text | a | A |", f"text | b | B | {written}", header=TRIGGERED))
    assert place(finding(reading, code)) == "survey D3"


@pytest.mark.parametrize(
    ("header", "what", "language"),
    [
        ("image", "image", "en"),
        ("media::image", "image", "en"),
        ("media:image:French", "image", "fr"),
        ("Media::Audio::French (fr)", "audio", "fr"),
        ("video::fr", "video", "fr"),
    ],
)
def test_picture_beside_a_question_is_kept_in_its_language(header: str, what: str, language: str) -> None:
    form = survey("text | a | A | B | a.png", header=f"type | name | label::en | label::fr | {header}")
    assert questionnaire(form).questions["a"].media == {what: {language: "a.png"}}


def test_two_columns_for_pictures_are_one() -> None:
    header = "type | name | label::en | image | media::image"
    form = survey(
        "text | a | A | a.png |", "text | b | B | | b.png", "text | c | C | c.png | d.png", header=header
    )
    reading = read(form)
    assert reading.questionnaire is not None
    shown = [question.media["image"]["en"] for question in reading.questionnaire.questions.values()]
    assert shown == ["a.png", "b.png", "c.png"]
    assert place(finding(reading, "column_twice")) == "survey E4"


def test_picture_beside_a_group_is_kept() -> None:
    form = survey(
        "begin_group | g | G | g.png", "text | a | A |", "end_group", header="type | name | label::en | image"
    )
    group = questionnaire(form).items[0]
    assert group.media == {"image": {"en": "g.png"}}


def test_column_for_pictures_may_stay_empty() -> None:
    form = survey("text | a | A |", header="type | name | label::en | media::image")
    assert questionnaire(form).questions["a"].media == {}


@pytest.mark.parametrize("header", ["big-image", "media::big-image", "Media::Big-Image", "media:big-image"])
def test_large_picture_is_shown_with_the_question(header: str) -> None:
    form = survey("text | a | A | a.png", header=f"type | name | label::en | {header}")
    assert questionnaire(form).questions["a"].media == {"big-image": {"en": "a.png"}}


def test_large_picture_has_its_languages() -> None:
    form = survey("text | a | A | a.png", header="type | name | label::en | media::big-image::French (fr)")
    assert questionnaire(form).questions["a"].media == {"big-image": {"fr": "a.png"}}


def test_questions_inside_a_repeat_are_checked_all_the_same() -> None:
    reading = read(survey("begin_repeat | r", "txt | a | A", "end_repeat"))
    assert errors(reading) == ["type_unknown"]


def test_reference_to_a_refused_question_is_no_second_mistake() -> None:
    assert errors(read(survey("include | a | A", "text | b | B | ${a} != ''"))) == ["foreign_type"]


def test_repeat_that_ends_as_a_group_is_found() -> None:
    reading = read(survey("begin_repeat | r", "text | a | A", "end_group"))
    assert errors(reading) == ["group_mixed_up"]
