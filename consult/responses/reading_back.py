"""Answers read back before they are sent, and what stands against sending them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from consult.i18n import LocalText, lazy_gettext
from consult.questionnaires.routing import Evaluation, Spot, evaluate, spots
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.trails import address, document_at
from consult.questions import Question, kind_of
from consult.questions.kind import OTHER, Message
from consult.questions.other import other_key
from consult.responses.items import spot_title, told
from consult.responses.page_checks import check_answers
from consult.responses.page_form import is_header
from consult.responses.page_text import value_in_words
from consult.responses.places import place_of

UNFINISHED = lazy_gettext("What you typed here is not an answer yet. Please correct it or empty it.")

MASKED = "••••••"
"""In place of an answer that was typed unseen, however long it is: somebody may look over the shoulder."""


@dataclass(frozen=True, slots=True)
class Line:
    """One question read back; ``answer`` is empty when there is none. ``place``: where to change it."""

    key: str
    place: str
    label: LocalText
    answer: str


@dataclass(frozen=True, slots=True)
class Section:
    """One page's lines, under its title."""

    title: LocalText
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something to do before sending: at which question, at which place, and what."""

    key: str
    place: str
    label: LocalText
    message: Message


@dataclass(frozen=True, slots=True)
class ReadBack:
    """One response as its person (or collector) reads it in ``language``; ``evaluation`` of ``answers``."""

    questionnaire: Questionnaire
    answers: Mapping[str, Any]
    evaluation: Evaluation
    language: str

    def sections(self) -> tuple[Section, ...]:
        """Every relevant question, page by page and item by item, answered or not."""
        title = told(self.questionnaire, self.evaluation, self.questionnaire.title)
        found = ((spot, tuple(self._lines(spot))) for spot in spots(self.questionnaire, self.evaluation))
        return tuple(
            Section(spot_title(self.questionnaire, self.evaluation, spot) or title, lines)
            for spot, lines in found
            if lines
        )

    def obstacles(self, unsaved: Mapping[str, Any], *, now: datetime, seed: int) -> tuple[Obstacle, ...]:
        """What is missing or wrong, in the order of asking; ``unsaved``: typed, and not an answer yet."""
        found: dict[str, Message] = dict(
            check_answers(self.questionnaire, self.answers, now=now, language=self.language, seed=seed)
        )
        found |= dict.fromkeys(unsaved, UNFINISHED)
        return tuple(
            Obstacle(question.key, place_of(spot) or "", self._label(question, inside), found[written])
            for spot in spots(self.questionnaire, self.evaluation)
            for inside in (self.evaluation.at(spot.trail),)
            for question in spot.page.questions
            if (written := address(spot.trail, question.key)) in found
            and inside.states[question.key].relevant
        )

    def _lines(self, spot: Spot) -> Iterator[Line]:
        inside = self.evaluation.at(spot.trail)
        for question in spot.page.questions:
            is_answered = kind_of(question).takes_answer and not is_header(question)
            if is_answered and inside.states[question.key].relevant:
                label, answer = self._label(question, inside), self._answer(question, spot, inside)
                yield Line(question.key, place_of(spot) or "", label, answer)

    def _label(self, question: Question, inside: Evaluation) -> LocalText:
        label = told(self.questionnaire, inside, question.label)
        return LocalText(label or question.key, label.language)

    def _answer(self, question: Question, spot: Spot, inside: Evaluation) -> str:
        value = inside.states[question.key].value
        shown = value_in_words(self.questionnaire, inside, question, value, self.language)
        if shown and "masked" in question.appearance:
            return MASKED
        own = document_at(self.answers, spot.trail)
        detail = own.get(other_key(question)) if question.has_other else None
        chose_other = OTHER in (value if isinstance(value, list) else [value])
        return f"{shown} ({detail})" if detail and chose_other else shown


def read_back(
    questionnaire: Questionnaire, answers: Mapping[str, Any], language: str, *, now: datetime, seed: int
) -> ReadBack:
    """Evaluate ``answers`` and prepare them to be read in ``language``."""
    evaluation = evaluate(questionnaire, answers, now=now, language=language, seed=seed)
    return ReadBack(questionnaire, answers, evaluation, language)
