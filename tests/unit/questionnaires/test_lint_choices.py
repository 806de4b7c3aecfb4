"""Lists of choices that leave people nowhere, or in two places."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consult.expressions import Expression
from consult.i18n import Localized
from consult.questionnaires.lint import choices
from consult.questionnaires.lint.choices import Span, read_span
from consult.questionnaires.lint.scales import directions
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions.question import Choice, Question


def listed(*labels: str, language: str = "en") -> tuple[Choice, ...]:
    return tuple(Choice(f"c{number}", Localized({language: text})) for number, text in enumerate(labels))


def form(*asked: Question | Group, **lists: tuple[Choice, ...]) -> Questionnaire:
    return Questionnaire("f", Localized({"en": "Form"}), ("en", "fr"), asked, lists)


def select(key: str, offered: tuple[Choice, ...], **more: object) -> Question:
    label = Localized({"en": "Which?"})
    return Question(key, "select_one", label, list_name=key, choices=offered, **more)  # type: ignore[arg-type]


def range_codes(*labels: str, language: str = "en") -> list[str]:
    return [one.code for one in choices.ranges(form(ages=listed(*labels, language=language)))]


@pytest.mark.parametrize(
    ("label", "span"),
    [
        ("18 to 24", Span(18, 24)),
        ("18–24 years", Span(18, 24)),
        ("from 18 to 24", Span(18, 24)),
        ("$20,000 to $39,999", Span(20_000, 39_999)),
        ("20 000 $ à 39 999 $", Span(20_000, 39_999)),
        ("65 and over", Span(65, None)),
        ("65+", Span(65, None)),
        ("65 ans et plus", Span(65, None)),
        ("More than 10 years", Span(11, None)),
        ("Under 18", Span(None, 17)),
        ("moins de 18 ans", Span(None, 17)),
        ("1.5 to 1.9", Span(1.5, 1.9)),
        ("Once or twice", None),
        ("8:00 to 12:00", None),
        ("Grade 9", None),
        ("", None),
    ],
)
def test_ranges_are_read_from_labels(label: str, span: Span | None) -> None:
    assert read_span(label) == span


@pytest.mark.parametrize(
    "labels",
    [
        ("Under 18", "18 to 25", "25 to 34", "35 and over"),
        ("0-2 years", "2-5 years", "5-10 years"),
        ("35 and over", "25 to 35", "Under 25"),
    ],
)
def test_ranges_that_overlap_are_found(labels: tuple[str, ...]) -> None:
    assert range_codes(*labels) == ["ranges_overlap"]


@pytest.mark.parametrize(
    ("labels", "language"),
    [
        (("1 - 3", "4 - 8", "9 - 12", "More than 13"), "en"),
        (("1 à 3", "4 à 8", "10 à 12"), "fr"),
        (("Under 18", "20 to 34", "35 and over", "Prefer not to answer"), "en"),
    ],
)
def test_ranges_with_a_gap_are_found(labels: tuple[str, ...], language: str) -> None:
    assert range_codes(*labels, language=language) == ["ranges_gap"]


@pytest.mark.parametrize(
    "labels",
    [
        ("Under 18", "18 to 24", "25 to 34", "35 and over", "Prefer not to answer"),
        ("Less than $20,000", "$20,000 to $39,999", "$40,000 or more"),
        ("None", "1 to 2", "3 to 5", "6+"),
        ("0", "1-5", "6-10", "More than 10"),
        ("1.0 to 1.4", "1.5 to 1.9", "2.0 to 2.4"),
        ("2016", "2018", "2020", "2022"),
        ("1", "5", "10"),
        ("18 to 25", "25 to 34"),
        ("Ages 18 to 25", "About 25 to 34", "The rest"),
        ("10 to 12", "1 to 3", "5 to 7"),
        ("Never", "Sometimes", "Always"),
    ],
)
def test_other_lists_are_fine(labels: tuple[str, ...]) -> None:
    assert range_codes(*labels) == []


def test_long_list_that_cannot_be_searched_is_found() -> None:
    many = listed(*(f"Choice {number}" for number in range(21)))
    assert [one.code for one in choices.long_lists(form(select("q", many)))] == ["choices_many"]


@pytest.mark.parametrize("more", [{}, {"appearance": ("autocomplete",)}, {"appearance": ("minimal", "w2")}])
def test_long_list_that_can_be_searched_is_fine(more: dict[str, object]) -> None:
    many = listed(*(f"Choice {number}" for number in range(200)))
    assert list(choices.long_lists(form(select("q", many, **more)))) == []


def test_list_of_twenty_is_fine() -> None:
    many = listed(*(f"Choice {number}" for number in range(20)))
    assert list(choices.long_lists(form(select("q", many)))) == []


OTHER = (Choice("a", Localized({"en": "A"})), Choice("other", Localized({"en": "Other"})))


def test_other_without_words_is_found() -> None:
    assert [one.code for one in choices.others(form(select("q", OTHER)))] == ["other_without_text"]


@pytest.mark.parametrize("label", ["Other (please specify)", "Other", "Autre, précisez", "Autre"])
def test_other_is_known_by_its_label(label: str) -> None:
    assert [one.code for one in choices.others(form(select("q", listed("A", label))))] == [
        "other_without_text"
    ]


@pytest.mark.parametrize(
    "condition", ["${q} = 'other'", "selected(${q}, 'other')", "${x} = 1 and ${q}='other'"]
)
def test_other_with_a_text_question_below_is_fine(condition: str) -> None:
    more = Question("more", "text", Localized({"en": "What?"}), relevant=Expression.parse(condition))
    assert list(choices.others(form(select("q", OTHER), more))) == []


def test_other_of_a_list_is_remarked_once() -> None:
    first, second = select("q", OTHER), select("r", OTHER)
    found = list(choices.others(form(first, replace(second, list_name="q"))))
    assert [one.path for one in found] == ["question:q"]


def test_nobody_is_asked_to_explain_another_gender() -> None:
    assert list(choices.others(form(select("gender", OTHER)))) == []


def test_other_with_a_group_below_is_fine() -> None:
    inner = Question("more", "text", Localized({"en": "What?"}))
    group = Group("g", relevant=Expression.parse("${q} = 'other'"), items=(inner,))
    assert list(choices.others(form(select("q", OTHER), group))) == []


def test_other_of_the_form_language_is_fine() -> None:
    assert list(choices.others(form(select("q", OTHER, has_other=True)))) == []


def test_other_is_known_by_its_code_where_we_do_not_read_the_label() -> None:
    offered = (Choice("a", Localized({"ar": "أ"})), Choice("other", Localized({"ar": "غير ذلك"})))
    assert len(list(choices.others(form(select("q", offered))))) == 1


@pytest.mark.parametrize("label", ["Other family member", "Mother", "Another language", "Autrefois"])
def test_words_that_only_begin_like_other_are_fine(label: str) -> None:
    assert list(choices.others(form(select("q", listed("A", label))))) == []


GOOD_FIRST = listed("Very satisfied", "Satisfied", "Dissatisfied", "Very dissatisfied", "Don’t know")
BAD_FIRST = listed("Very dissatisfied", "Dissatisfied", "Satisfied", "Very satisfied")
OFTEN = listed("Never", "Sometimes", "Always")


def test_scale_that_turns_round_is_found_once() -> None:
    turned = form(select("a", GOOD_FIRST), select("b", BAD_FIRST))
    assert [(one.code, one.path) for one in directions(turned)] == [("scale_turned", "question:b")]


@pytest.mark.parametrize("second", [GOOD_FIRST, OFTEN, listed("Red", "Green", "Blue")])
def test_scales_that_agree_or_differ_in_kind_are_fine(second: tuple[Choice, ...]) -> None:
    assert list(directions(form(select("a", GOOD_FIRST), select("b", second)))) == []


def test_french_scale_that_turns_round_is_found() -> None:
    words = ("Tout à fait d’accord", "D’accord", "Pas du tout d’accord")
    first, second = listed(*words, language="fr"), listed(*reversed(words), language="fr")
    assert len(list(directions(form(select("a", first), select("b", second))))) == 1
