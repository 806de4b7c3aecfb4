"""Answers inside other texts: ``Thank you, ${name}``, as people read them (a label, never a code)."""

from __future__ import annotations

from consult.expressions import Template
from consult.questionnaires.routing import Evaluation
from consult.questionnaires.specification import Questionnaire
from consult.questions import kind_of
from consult.questions.rich_text import plain_text


def answer_in_words(questionnaire: Questionnaire, evaluation: Evaluation, key: str, language: str) -> str:
    """One answer in words of ``language``; "" when there is none. Plain text."""
    state = evaluation.states.get(key)
    if state is None or state.value is None:
        return ""
    question = questionnaire.questions[key]
    return kind_of(question).display(question, state.value, language)


def with_answers(text: str, questionnaire: Questionnaire, evaluation: Evaluation, language: str) -> str:
    """``text`` without its markup, with the answers it names in their places. Plain text."""
    pieces = Template.parse(plain_text(text)).pieces
    return "".join(
        answer_in_words(questionnaire, evaluation, piece, language) if place % 2 else piece
        for place, piece in enumerate(pieces)
    )
