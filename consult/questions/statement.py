"""What is read, and at most ticked: notes and acknowledgements."""

from __future__ import annotations

from typing import Any

from consult.i18n import lazy_pgettext
from consult.questions import messages
from consult.questions.kind import Cell, Coded, Column, Given, Kind, Message
from consult.questions.question import Question

ACKNOWLEDGED = "OK"
TICKED = lazy_pgettext("answer", "Yes")


class Note(Kind):
    """A text between questions; takes no answer."""

    name = "note"
    types = ("note",)
    takes_answer = False

    def keys(self, question: Question) -> tuple[str, ...]:
        return ()

    def clean(self, question: Question, given: Given) -> dict[str, Coded]:
        return {}

    def problem(self, question: Question, value: Any) -> Message | None:
        return messages.TAKES_NO_ANSWER

    def columns(self, question: Question) -> tuple[Column, ...]:
        return ()


class Acknowledge(Kind):
    """One box to tick; coded as "OK", absent when it is not ticked."""

    name = "acknowledge"
    types = ("acknowledge", "trigger")

    def clean(self, question: Question, given: Given) -> dict[str, Coded]:
        return {question.key: ACKNOWLEDGED} if given.text else {}

    def problem(self, question: Question, value: Any) -> Message | None:
        return None if value == ACKNOWLEDGED else messages.NOT_AN_ACKNOWLEDGEMENT

    def display(self, question: Question, value: Any, language: str) -> str:
        return "" if self.is_empty(value) else str(TICKED)

    def columns(self, question: Question) -> tuple[Column, ...]:
        return (self.column(question, "flag"),)

    def cell(self, question: Question, value: Any, language: str) -> Cell:
        return 1
