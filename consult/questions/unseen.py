"""What nobody is asked: calculations, hidden values, circumstances of the interview."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

from consult.expressions import Value
from consult.questions import messages
from consult.questions.digits import written_number
from consult.questions.kind import Cell, Coded, Column, Given, Kind, Message
from consult.questions.question import Question
from consult.questions.text import LONGEST_TEXT, text_problem


class Unseen(Kind):
    """A value that is worked out or carried along; coded as text or number."""

    is_shown = False
    takes_answer = False

    def clean(self, question: Question, given: Given) -> dict[str, Coded]:
        """Nothing that a browser sends is taken for it."""
        return {}

    def problem(self, question: Question, value: Any) -> Message | None:
        if isinstance(value, bool):
            return messages.NOT_TEXT
        if isinstance(value, int | float):
            return None if math.isfinite(value) else messages.NOT_A_NUMBER
        return text_problem(value, LONGEST_TEXT)

    def display(self, question: Question, value: Any, language: str) -> str:
        return written_number(value, language) if isinstance(value, int | float) else str(value or "")

    def logic_value(self, value: Any) -> Value:
        return float(value) if isinstance(value, int | float) else str(value or "")

    def columns(self, question: Question) -> tuple[Column, ...]:
        return (self.column(question, "any"),)

    def cell(self, question: Question, value: Any, language: str) -> Cell:
        return value if isinstance(value, int | float) else str(value)


class Calculate(Unseen):
    """Worked out from other answers, on the server, when they are stored."""

    name = "calculate"
    types = ("calculate", "calculation")


class Hidden(Unseen):
    """A constant that travels with the answers."""

    name = "hidden"
    types = ("hidden",)


class Metadata(Unseen):
    """A circumstance that field tools record by themselves.

    Most of them (clock times, device, user name) are never recorded here; what a file brings is kept.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.types = (name,)

    def cell(self, question: Question, value: Any, language: str) -> Cell:
        if question.kind == "today":
            try:
                return dt.date.fromisoformat(str(value))
            except ValueError:
                return str(value)
        return super().cell(question, value, language)


METADATA = (
    *("metadata", "start", "end", "today", "deviceid", "subscriberid", "simserial", "username", "audit"),
    "background-audio",
)
"""Names of the kinds that :class:`Metadata` is."""
