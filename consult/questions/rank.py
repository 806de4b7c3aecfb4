"""Ranking: the choices of a list, from the first place to the last."""

from __future__ import annotations

from typing import Any

from consult.questions import messages
from consult.questions.choice import codes, label_of
from consult.questions.digits import plain_number
from consult.questions.kind import (
    Answers,
    Cell,
    Coded,
    Column,
    Given,
    Kind,
    Message,
    Refused,
    header_of,
)
from consult.questions.question import Choice, Question
from consult.questions.separators import joined


class Rank(Kind):
    """An order; coded as list of codes, the first place first.

    Each choice has an input of its own (``key/code``) in which its place is written.
    """

    name = "rank"
    types = ("rank", "odk:rank")
    summary = "ranks"
    has_choices = True

    def clean(self, question: Question, given: Given) -> dict[str, Coded]:
        """Every choice that was shown has a place, or none of them has."""
        written = {code: place.strip() for code, place in given.details.items()}
        if not any(written.values()):
            return {}
        if not written.keys() <= codes(question).keys():
            raise Refused(messages.UNKNOWN_CHOICE)
        if not all(written.values()):
            raise Refused(messages.RANK_ALL)
        places = {code: _place(place, given.language, len(written)) for code, place in written.items()}
        if len(set(places.values())) != len(places):
            raise Refused(messages.RANK_NUMBERS)
        return {question.key: sorted(places, key=lambda code: places[code])}

    def control(self, question: Question, language: str) -> dict[str, Any]:
        return {"is_group": True}

    def details(self, question: Question) -> tuple[str, ...]:
        return tuple(codes(question))

    def typed(self, question: Question, answers: Answers, language: str) -> Given:
        ranked = answers.get(question.key) or ()
        return Given((), {code: str(place) for place, code in enumerate(ranked, 1)})

    def problem(self, question: Question, value: Any) -> Message | None:
        if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
            return messages.NOT_CODES
        if not value or len(set(value)) != len(value):
            return messages.NOT_CODES
        return None if codes(question).keys() >= set(value) else messages.UNKNOWN_CHOICE

    def display(self, question: Question, value: Any, language: str) -> str:
        if self.is_empty(value):
            return ""
        labels = (label_of(question, code, language) for code in value)
        return joined((f"{place}. {label}" for place, label in enumerate(labels, 1)), language)

    def logic_value(self, value: Any) -> str:
        return " ".join(value or ())

    def columns(self, question: Question) -> tuple[Column, ...]:
        """The order in words, then the place of each choice (blank: not ranked)."""
        places = (_place_column(question, choice) for choice in question.choices)
        return (self.column(question, "choice"), *places)


def _place(written: str, language: str, most: int) -> int:
    number = plain_number(written, language)
    if number is None or not number.isdecimal() or len(number) > 4 or not 1 <= int(number) <= most:
        raise Refused(messages.RANK_NUMBERS)
    return int(number)


def _place_column(question: Question, choice: Choice) -> Column:
    key, code = question.key, choice.key
    header = header_of(question)

    def label(language: str) -> str:
        return f"{header(language)} – {label_of(question, code, language)}"

    def cell(answers: Answers, _language: str) -> Cell:
        value = answers.get(key) or []
        return value.index(code) + 1 if code in value else None

    return Column(f"{key}/{code}", label, cell, "integer", code, of=key)
