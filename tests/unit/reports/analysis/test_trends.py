"""What can be followed over time, and why something cannot."""

from __future__ import annotations

from typing import Any

import pytest

from consult.questionnaires.specification import Questionnaire
from consult.questions import Question
from consult.reports.analysis.trends import Concept, Difference, Form, concepts_of, difference
from consult.reports.merging import merge
from tests.samples.questions import ask, choices, group, questionnaire

CHOICES = choices(("yes", {"en": "Yes", "fr": "Oui"}), ("no", {"en": "No", "fr": "Non"}))
LABEL = {"en": "Will you stay?", "fr": "Resterez-vous?"}


def stay(label: Any = LABEL, **given: Any) -> Question:
    return ask("select_one", "stay", label, **{"choices": CHOICES, **given})


def form(version: int, *questions: Question, slug: str = "newcomers") -> Form:
    made: Questionnaire = questionnaire(*questions)
    return Form(slug, version, merge([(version, made)]))


def only(*forms: Form) -> Concept:
    (found,) = concepts_of(forms)
    return found


def test_the_same_question_is_followed_over_versions_and_surveys() -> None:
    found = only(form(2, stay()), form(1, stay()), form(1, stay(), slug="newcomers-2024"))

    assert found.versions == {"newcomers": {1, 2}, "newcomers-2024": {1}}
    assert found.unlike == ()


@pytest.mark.parametrize(
    ("older", "reason"),
    [
        (stay({"en": "Will you stay here?", "fr": "Resterez-vous?"}), Difference("wording", "en")),
        (stay({"en": "Will you stay?", "fr": "Allez-vous rester?"}), Difference("wording", "fr")),
        (stay(choices=CHOICES[:1]), Difference("choices")),
        (stay(has_other=True), Difference("choices")),
        (
            stay(choices=choices(("yes", {"en": "Yes", "fr": "Certainement"}), ("no", {"en": "No"}))),
            Difference("choice_wording", "fr"),
        ),
        (ask("select_multiple", "stay", LABEL, choices=CHOICES), Difference("kind")),
        (ask("text", "stay", LABEL), Difference("kind")),
        (stay({"ar": "هل ستبقى؟"}), Difference("languages")),
    ],
)
def test_what_changed_is_not_compared(older: Question, reason: Difference) -> None:
    found = only(form(2, stay()), form(1, older))

    assert found.versions == {"newcomers": {2}}
    assert found.unlike == (("newcomers", 1, reason),)


@pytest.mark.parametrize(
    "older",
    [
        stay({"en": "Will you stay?"}),
        stay({**LABEL, "ar": "هل ستبقى؟"}),
        stay({"en": " Will  you stay? ", "fr": "Resterez-vous?"}),
        stay(choices=CHOICES[::-1]),
        stay(hint={"en": "Choose one."}),
    ],
)
def test_what_changes_nothing_for_answers_is_compared(older: Question) -> None:
    assert only(form(2, stay()), form(1, older)).unlike == ()


def test_another_scale_is_not_compared() -> None:
    scale = ask("range", "rate", parameters={"start": "1", "end": "5", "step": "1"})
    longer = ask("range", "rate", parameters={"start": "1", "end": "10", "step": "1"})

    assert only(form(2, longer), form(1, scale)).unlike[0][2] == Difference("numbers")


def test_entries_of_a_repeat_are_not_compared_with_responses() -> None:
    inside = merge([(1, questionnaire(group(stay(), key="people", is_repeat=True)))])
    outside = merge([(2, questionnaire(stay()))])

    assert difference(outside[0], inside[0]) == Difference("entries")


def test_words_and_dates_are_not_followed() -> None:
    assert concepts_of([form(1, ask("text", "change"), ask("date", "arrived"))]) == ()


def test_a_question_of_older_versions_is_followed_too() -> None:
    found = concepts_of([form(2, stay()), form(1, stay(), ask("integer", "age"))])

    assert [(each.key, dict(each.versions)) for each in found] == [
        ("stay", {"newcomers": {1, 2}}),
        ("age", {"newcomers": {1}}),
    ]
