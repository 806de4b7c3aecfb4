"""Answers read back before they are sent, and what stands against sending them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from consult.i18n import Localized, LocalText, lazy_gettext
from consult.questionnaires.routing import Evaluation, Page, evaluate, pages
from consult.questionnaires.specification import Questionnaire
from consult.questions import Question, kind_of
from consult.questions.kind import OTHER, Message
from consult.questions.other import other_key
from consult.responses.page_checks import check_answers
from consult.responses.page_form import is_header
from consult.responses.page_text import with_answers

UNFINISHED = lazy_gettext("What you typed here is not an answer yet. Please correct it or empty it.")


@dataclass(frozen=True, slots=True)
class Line:
    """One question read back; ``answer`` is empty when there is none. ``page``: key of where to change it."""

    key: str
    page: str
    label: LocalText
    answer: str


@dataclass(frozen=True, slots=True)
class Section:
    """One page's lines, under its title."""

    title: LocalText
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something to do before sending: at which question, on which page, and what."""

    key: str
    page: str
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
        """Every relevant question, page by page, answered or not."""
        title = self._told(self.questionnaire.title)
        found = ((page, tuple(self._lines(page))) for page in pages(self.questionnaire))
        return tuple(Section(self._told(page.title) or title, lines) for page, lines in found if lines)

    def obstacles(self, unsaved: Mapping[str, Any], *, now: datetime, seed: int) -> tuple[Obstacle, ...]:
        """What is missing or wrong, in the order of asking; ``unsaved``: typed, and not an answer yet."""
        found: dict[str, Message] = dict(
            check_answers(self.questionnaire, self.answers, now=now, language=self.language, seed=seed)
        )
        states = self.evaluation.states
        found |= {key: UNFINISHED for key in unsaved if key in states and states[key].relevant}
        return tuple(
            Obstacle(question.key, page.key, self._label(question), found[question.key])
            for page in pages(self.questionnaire)
            for question in page.questions
            if question.key in found
        )

    def _lines(self, page: Page) -> Iterator[Line]:
        for question in page.questions:
            is_answered = kind_of(question).takes_answer and not is_header(question)
            if is_answered and self.evaluation.states[question.key].relevant:
                yield Line(question.key, page.key, self._label(question), self._answer(question))

    def _label(self, question: Question) -> LocalText:
        label = self._told(question.label)
        return LocalText(label.replace("**", "") or question.key, label.language)

    def _answer(self, question: Question) -> str:
        value = self.evaluation.states[question.key].value
        shown = kind_of(question).display(question, value, self.language)
        detail = self.answers.get(other_key(question)) if question.has_other else None
        chose_other = OTHER in (value if isinstance(value, list) else [value])
        return f"{shown} ({detail})" if detail and chose_other else shown

    def _told(self, text: Localized) -> LocalText:
        """A text with earlier answers in their places, in the language read or as it fell back."""
        found = text.pick(self.language, self.questionnaire.default_language)
        words = with_answers(found, self.questionnaire, self.evaluation, found.language)
        return LocalText(words, found.language)


def read_back(
    questionnaire: Questionnaire, answers: Mapping[str, Any], language: str, *, now: datetime, seed: int
) -> ReadBack:
    """Evaluate ``answers`` and prepare them to be read in ``language``."""
    evaluation = evaluate(questionnaire, answers, now=now, language=language, seed=seed)
    return ReadBack(questionnaire, answers, evaluation, language)
