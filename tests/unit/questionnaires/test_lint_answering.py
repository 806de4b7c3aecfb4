"""Sensitive questions need a way not to say; grids a way out; a survey an end in sight."""

from __future__ import annotations

import pytest

from consult.expressions import Expression
from consult.i18n import Localized
from consult.questionnaires.lint import Remark, estimated_minutes, remarks
from consult.questionnaires.lint.answering import open_questions, sensitive_questions, sensitive_subject
from consult.questionnaires.lint.exits import is_exit, is_refusal
from consult.questionnaires.lint.length import minutes
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions.question import Choice, Question

YES = Expression.parse("true()")


def question(
    label: str, language: str = "en", *choices: Choice, kind: str = "", required: bool = False
) -> Question:
    return Question(
        "q",
        kind or ("select_one" if choices else "text"),
        Localized({language: label}),
        choices=choices,
        required=YES if required else None,
    )


def form(*items: Question | Group, promised: int | None = None) -> Questionnaire:
    return Questionnaire("f", Localized({"en": "Form"}), ("en",), items, {}, minutes=promised)


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("en", "What was your total household income last year?"),
        ("en", "How much money do you earn in a month?"),
        ("en", "What is your religion?"),
        ("en", "In general, how is your health?"),
        ("en", "Do you have a disability or chronic illness?"),
        ("en", "What is your current immigration status?"),
        ("en", "Which ethnic group do you belong to?"),
        ("en", "What is your sexual orientation?"),
        ("en", "Do you have a criminal record?"),
        ("fr", "Quel est le revenu annuel de votre ménage?"),
        ("fr", "Quelle est votre religion?"),
        ("fr", "Comment décririez-vous votre état de santé?"),
        ("fr", "Quel est votre statut d’immigration?"),
        ("fr", "Quelle est votre origine ethnique?"),
        ("fr", "Faites-vous partie d’une minorité visible?"),
    ],
)
def test_sensitive_subjects_are_known(language: str, label: str) -> None:
    assert sensitive_subject(question(label, language)) is not None


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("en", "Which health services do you know?"),
        ("en", "Is your health card valid?"),
        ("en", "Did you go to an income tax clinic?"),
        ("en", "Did children work to contribute to household income?"),
        ("en", "Which race did you run?"),
        ("en", "What is the status of your application?"),
        ("en", "Are there places of worship near your home?"),
        ("fr", "Quels services de santé connaissez-vous?"),
        ("fr", "Connaissez-vous les cliniques d’impôt?"),
        ("fr", "Quel est votre statut d’emploi?"),
        ("ar", "ما هو دخلك؟"),
    ],
)
def test_other_subjects_are_not_sensitive(language: str, label: str) -> None:
    assert sensitive_subject(question(label, language)) is None


def codes(asked: Question) -> list[str]:
    return [one.code for one in sensitive_questions(form(asked))]


NO = Choice("no", Localized({"en": "None", "fr": "Aucune"}))


def test_sensitive_choice_without_a_refusal_is_found() -> None:
    assert codes(question("What is your religion?", "en", NO)) == ["sensitive_without_refusal"]


def test_not_knowing_is_no_refusal() -> None:
    unknown = Choice("dk", Localized({"en": "I don’t know"}))
    assert codes(question("What is your religion?", "en", NO, unknown)) == ["sensitive_without_refusal"]


@pytest.mark.parametrize(
    "refusal",
    [
        Choice("prefer_not_to_answer", Localized({"en": "—"})),
        Choice("x", Localized({"en": "I’d rather not say"})),
        Choice("x", Localized({"fr": "Je préfère ne pas répondre"})),
        Choice("x", Localized({"ar": "أفضل عدم الإجابة"})),
        Choice("99", Localized({"es": "Prefiero no contestar"})),
    ],
)
def test_sensitive_choice_with_a_refusal_is_fine(refusal: Choice) -> None:
    assert is_refusal(refusal)
    assert codes(question("What is your religion?", "en", NO, refusal)) == []


def test_sensitive_number_that_must_be_given_is_found() -> None:
    assert codes(question("What is your monthly income?", kind="integer", required=True)) == [
        "sensitive_required"
    ]


def test_voluntary_sensitive_number_is_fine() -> None:
    assert codes(question("What is your monthly income?", kind="integer")) == []


def test_note_about_a_sensitive_subject_is_fine() -> None:
    assert codes(question("The next page asks about your income.", kind="note")) == []


@pytest.mark.parametrize("label", ["Not applicable", "Ne sait pas", "None of these", "Sans objet"])
def test_ways_out_are_known_by_their_words(label: str) -> None:
    assert is_exit(Choice("x", Localized({"en" if label[0] == "N" else "fr": label})))


@pytest.mark.parametrize("label", ["Never", "No", "Not important", "Knowledge", "Refugee"])
def test_answers_are_no_ways_out(label: str) -> None:
    assert not is_exit(Choice("x", Localized({"en": label})))


def many(number: int, kind: str = "text") -> tuple[Question, ...]:
    return tuple(
        Question(f"q{index}", kind, Localized({"en": "What do you think?"})) for index in range(number)
    )


def test_long_survey_is_found() -> None:
    assert [one.code for one in minutes(form(*many(60)))] == ["survey_long"]


def test_short_survey_is_fine() -> None:
    assert list(minutes(form(*many(10)))) == []


def test_promise_of_few_minutes_is_compared_with_the_form() -> None:
    assert [one.code for one in minutes(form(*many(30), promised=3))] == ["minutes_understated"]
    assert list(minutes(form(*many(30), promised=12))) == []


def test_what_stands_behind_a_condition_counts_half() -> None:
    condition = Expression.parse("${q0} = 'x'")
    whole = form(Group("g", items=many(10)))
    half = form(Group("g", relevant=condition, items=many(10)))
    assert estimated_minutes(half) == pytest.approx(estimated_minutes(whole) / 2)


def test_a_remark_is_named_by_its_code_place_and_language() -> None:
    assert (
        Remark("sentence_long", "question:a:label", "", "", "fr").name == "sentence_long|question:a:label|fr"
    )


def test_names_of_remarks_differ_within_a_questionnaire() -> None:
    names = [one.name for _subject, one in remarks(form(*many(40), promised=3))]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("label", "is_conditional", "is_found"),
    [
        ("If elsewhere, please specify", True, False),
        ("If other, please describe", True, False),
        ("Veuillez préciser", True, False),
        ("Please specify your concerns", False, True),  # of everybody
        ("Please describe what happened to you", True, True),
        ("Comments", True, True),
    ],
)
def test_what_was_meant_by_a_choice_may_be_required_and_nothing_else(
    label: str, is_conditional: bool, is_found: bool
) -> None:
    asked = Question(
        "q",
        "text",
        Localized({"en": label, "fr": label}),
        required=YES,
        relevant=YES if is_conditional else None,
    )
    assert [remark.code for remark in open_questions(form(asked))] == ["open_question_required"] * is_found
