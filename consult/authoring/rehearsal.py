"""A way through a draft as a respondent goes it, with nothing stored: the page carries the answers, signed.

rehearsal = Rehearsal(questionnaire, "ar", answers)
rehearsal.spot("children/2")    the page of an address; laid open where no answers lead to it
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

from consult.i18n import Localized, LocalText
from consult.questionnaires.routing import Evaluation, Page, Spot, evaluate, pages
from consult.questionnaires.specification import Group, Questionnaire
from consult.questionnaires.trails import document_at
from consult.questions.question import Question
from consult.questions.rich_text import plain_text
from consult.responses.items import told
from consult.responses.places import spot_of, with_item

START, REVIEW = "start", "review"
"""Addresses of what comes before and after the pages; no page has them."""

_SEED = 1
"""Of everything that is random: a rehearsal shows the same twice."""


@dataclass(frozen=True)
class Rehearsal:
    """``answers`` so far, coded, by key."""

    questionnaire: Questionnaire
    language: str
    answers: Mapping[str, Any]
    now: dt.datetime

    def evaluation(self) -> Evaluation:
        return self.evaluated(self.questionnaire, self.answers)

    def evaluated(self, questionnaire: Questionnaire, answers: Mapping[str, Any]) -> Evaluation:
        return evaluate(questionnaire, answers, now=self.now, language=self.language, seed=_SEED)

    @property
    def seed(self) -> int:
        return _SEED

    def inside(self, questionnaire: Questionnaire, spot: Spot) -> Evaluation:
        """How everything stands, seen from the item that a page is about."""
        if not spot.trail:
            return self.evaluated(questionnaire, self.answers)
        return self.evaluated(questionnaire, with_item(self.answers, spot.trail)).at(spot.trail)

    def own(self, spot: Spot) -> Mapping[str, Any]:
        """The answers of the item that a page is about."""
        return document_at(self.answers, spot.trail)

    def spot(self, place: str) -> Spot | None:
        return spot_of(self.questionnaire, place)

    def concerns(self, spot: Spot) -> bool:
        """Whether the answers lead to this page."""
        try:
            return self.inside(self.questionnaire, spot).page_relevant(spot.page, spot.trail)
        except LookupError:
            return False

    def local(self, text: Localized) -> LocalText:
        """A text in the language of the rehearsal, or as it fell back; plain."""
        return plain_text(text.pick(self.language, self.questionnaire.default_language))

    def told(self, text: Localized, evaluation: Evaluation) -> LocalText:
        """The same with the answers it names in their places."""
        return told(self.questionnaire, evaluation, text)


def first_place(page: Page) -> str:
    """The address of a page, in a repeat of its first item."""
    return "/".join([page.key, *("1" for _ in page.repeats)])


def laid_open(questionnaire: Questionnaire, page: Page) -> Questionnaire:
    """The same, with nothing that keeps a page from being shown: for looking at it without answering.

    What its questions ask of each other still holds, unless that would leave nothing to be seen.
    """
    keys = {question.key for question in page.questions}
    is_hidden = bool(page.questions) and all(question.relevant is not None for question in page.questions)
    opened = tuple(_opened(item, keys if is_hidden else frozenset()) for item in questionnaire.items)
    return replace(questionnaire, items=opened)


def same_page(questionnaire: Questionnaire, spot: Spot) -> Spot:
    """The page of another edition of the questionnaire."""
    return Spot(pages(questionnaire)[spot.page.index], spot.trail)


def _opened(item: Question | Group, keys: set[str] | frozenset[str]) -> Question | Group:
    if isinstance(item, Group):
        return replace(
            item, relevant=None, repeat_count=None, items=tuple(_opened(each, keys) for each in item.items)
        )
    return replace(item, relevant=None) if item.key in keys else item


def signed(answers: Mapping[str, Any], secret_key: str) -> str:
    """Answers as a text that only this installation can write."""
    return str(_serializer(secret_key).dumps(dict(answers)))


def unsigned(text: str, secret_key: str) -> dict[str, Any]:
    """What :func:`signed` wrote; nothing for anything else."""
    try:
        found = _serializer(secret_key).loads(text)
    except BadData:
        return {}
    return found if isinstance(found, dict) else {}


def _serializer(secret_key: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret_key, salt="rehearsal")
