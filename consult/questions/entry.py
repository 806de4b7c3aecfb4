"""A choice out of a repeat: people name one of those they have told about (``select_one ${name}``).

What can be chosen is worked out with the answers (questionnaires/entry_offers.py). The answer is the entry's
own answer, in the words it was given: not a code. Where that is itself a choice, ``question.choices`` has its
labels.
"""

from __future__ import annotations

from typing import Any

from consult.questions import messages
from consult.questions.choice import label_of
from consult.questions.kind import Coded, Given, Kind, Message
from consult.questions.question import Question
from consult.questions.text import LONGEST_TEXT, stored_text, text_problem


class Entry(Kind):
    """One entry of a repeat; stored as the text of its answer."""

    name = "entry"
    types = ("select_one ${…}",)
    summary = "texts"
    has_choices = True

    def partial(self, question: Question) -> str:
        return "questions/select_one.html"

    def control(self, question: Question, language: str) -> dict[str, Any]:
        return {"is_group": True, "layout": "", "is_quick": False}

    def clean(self, question: Question, given: Given) -> dict[str, Coded]:
        chosen = stored_text(given.text, LONGEST_TEXT)  # as the entry itself was stored
        return {question.key: chosen} if chosen else {}

    def problem(self, question: Question, value: Any) -> Message | None:
        return messages.NOT_A_CODE if not isinstance(value, str) else text_problem(value, LONGEST_TEXT)

    def display(self, question: Question, value: Any, language: str) -> str:
        if self.is_empty(value):
            return ""
        return label_of(question, str(value), language) if question.choices else str(value)
