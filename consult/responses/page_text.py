"""Answers inside other texts: ``Thank you, ${name}``, as people read them (a label, never a code)."""

from __future__ import annotations

from typing import Any

from consult.expressions import Template
from consult.i18n import LocalText
from consult.questionnaires.routing import Evaluation
from consult.questionnaires.specification import Questionnaire
from consult.questions import Question, kind_of
from consult.questions.rich_text import plain_text

MOST_INSIDE = 3
"""Answers whose own words name answers, one inside the other; a circle ends there."""


def answer_in_words(
    questionnaire: Questionnaire, evaluation: Evaluation, key: str, language: str, inside: int = 0
) -> str:
    """One answer in words of ``language``; "" when there is none. Plain text."""
    state = evaluation.states.get(key)
    if state is None or state.value is None:
        return ""
    question = questionnaire.questions[key]
    return value_in_words(questionnaire, evaluation, question, state.value, language, inside)


def value_in_words(
    questionnaire: Questionnaire,
    evaluation: Evaluation,
    question: Question,
    value: Any,
    language: str,
    inside: int = 0,
) -> str:
    """A coded value as people read it, with the answers that labels of choices name in their places
    ("Not in ${country}"). What people wrote themselves stays as it is."""
    kind = kind_of(question)
    shown = kind.display(question, value, language)
    if "${" not in shown or not kind.has_choices or question.entries_of or inside == MOST_INSIDE:
        return shown
    filled = with_answers(shown, questionnaire, evaluation, language, inside + 1)
    return LocalText(filled, shown.language) if isinstance(shown, LocalText) else filled


def with_answers(
    text: str, questionnaire: Questionnaire, evaluation: Evaluation, language: str, inside: int = 0
) -> str:
    """``text`` without its markup, with the answers it names in their places. Plain text."""
    pieces = Template.parse(plain_text(text)).pieces
    return "".join(
        answer_in_words(questionnaire, evaluation, piece, language, inside) if place % 2 else piece
        for place, piece in enumerate(pieces)
    )
