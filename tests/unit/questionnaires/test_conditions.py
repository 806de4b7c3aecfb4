"""When something is asked, in the words of the form; what has no words stays what its author wrote."""

from __future__ import annotations

import pytest

from consult.expressions import Expression
from consult.i18n import Localized, LocalText
from consult.questionnaires.conditions import Conditions
from consult.questionnaires.phrases import Formula, filled, joined, line
from consult.questions.question import Choice, Question

YES_NO = (
    Choice("1", Localized({"en": "Yes", "fr": "Oui"})),
    Choice("0", Localized({"en": "No", "fr": "Non"})),
)
STATUS = (
    Choice("refugee", Localized({"en": "Refugee", "fr": "Réfugié"})),
    Choice("student", Localized({"en": "Student", "fr": "Étudiant"})),
    Choice("worker", Localized({"ar": "عامل"})),
)
QUESTIONS = {
    question.key: question
    for question in (
        Question("status", "select_one", Localized({"en": "Status", "fr": "Statut"}), choices=STATUS),
        Question("spoken", "select_multiple", Localized({"en": "Spoken"}), choices=STATUS),
        Question("works", "select_one", Localized({"en": "Works"}), choices=YES_NO),
        Question("age", "integer", Localized({"en": "Age"})),
        Question("name", "text", Localized({"ar": "الاسم"})),
        Question("least", "calculate"),
    )
}


def said(source: str, language: str = "en") -> str:
    phrase = Conditions(QUESTIONS, language).said(Expression.parse(source))
    assert phrase is not None
    return line(phrase)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("${status} = 'refugee'", "“Status” is “Refugee”"),
        ("'refugee' = ${status}", "“Status” is “Refugee”"),
        ("18 <= ${age}", "“Age” is at least 18"),
        ("${works} = 1", "“Works” is “Yes”"),
        ("${works} = '1'", "“Works” is “Yes”"),
        ("${status} = 'refugee' or ${status} = 'student'", "“Status” is one of: “Refugee”, “Student”"),
        (
            "selected(${spoken}, 'refugee') or selected(${spoken}, 'student')",
            "one of these was chosen in “Spoken”: “Refugee”, “Student”",
        ),
        (
            "${age} > 17 and (${status} = 'refugee' or ${status} = 'student')",
            "“Age” is more than 17, and “Status” is one of: “Refugee”, “Student”",
        ),
        ("${age} >= ${least}", "“Age” is at least the answer to “least”"),
        ("string-length(${name}) > 0", "“الاسم” was answered"),
        ("count-selected(${spoken}) = 0", "“Spoken” was not answered"),
        ("count-selected(${spoken}) > 2", "the number of answers chosen in “Spoken” is more than 2"),
        ("true()", "Always"),
    ],
)
def test_common_conditions_have_words(source: str, words: str) -> None:
    assert said(source) == words


@pytest.mark.parametrize(
    "source",
    [
        "${age} * 2 > 3",
        "regex(${name}, '^a$')",
        "${nobody} = 'x'",
        "today() > '2026-01-01'",
        "if(${age} > 3, 1, 0)",
    ],
)
def test_what_has_no_words_stays_a_formula(source: str) -> None:
    phrase = Conditions(QUESTIONS, "en").said(Expression.parse(source))
    assert phrase == (Formula(source),)
    assert isinstance(phrase[0], Formula)


@pytest.mark.parametrize("source", ["false()", "no", "0"])
def test_what_never_holds_is_not_said(source: str) -> None:
    assert Conditions(QUESTIONS, "en").said(Expression.parse(source)) is None
    assert Conditions(QUESTIONS, "en").said(None) is None


def test_a_label_of_another_language_says_so() -> None:
    phrase = Conditions(QUESTIONS, "en").said(Expression.parse("${status} = 'worker'"))
    assert phrase is not None
    spoken = [piece.language for piece in phrase if isinstance(piece, LocalText)]
    assert spoken == ["en", "ar"]


def test_labels_are_taken_in_the_language_of_the_page() -> None:
    assert "Réfugié" in said("${status} = 'refugee'", "fr")


def test_long_labels_are_cut() -> None:
    long = {"q": Question("q", "integer", Localized({"en": "word " * 40}))}
    phrase = Conditions(long, "en").said(Expression.parse("${q} = 1"))
    assert phrase is not None
    assert len(line(phrase)) < 100


def test_hostile_labels_are_only_text() -> None:
    assert filled("“%(text)s” 100%%", {"text": ("%(text)s<b>",)}) == ("“", "%(text)s<b>", "” 100%")


def test_phrases_are_joined_with_something_between() -> None:
    assert line(joined([("a",), ("b", "c")])) == "a, bc"
