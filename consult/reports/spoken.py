"""Open answers on pages: which questions have them, and reading those of one question. Starts no write."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from consult.questionnaires.trails import Trail, address, document_at, items_of, trail_of
from consult.reports.entries import data_tables
from consult.reports.merging import Asked
from consult.reports.quotes import is_open
from consult.reports.wording import Said, Wording
from consult.responses.models import ResponseState
from consult.responses.rows import RESPONSE
from consult.surveys.models import Survey

ON_A_PAGE = 20
"""Responses."""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that people answer in their own words. ``key``: of its column in reports; ``answer``: under
    which the words stand in a response (those of "other" have a key of their own)."""

    key: str
    answer: str
    label: Said
    asked: Asked

    @property
    def number(self) -> int:
        return self.asked.number


@dataclass(frozen=True, slots=True)
class Spoken:
    """One answer. ``place``: its address in the response (``members[2]/note``); ``numbers``: of the entry it
    stands in, from 1. ``language``: in which it was given, BCP 47; ``translations``: language → text."""

    response_id: uuid.UUID
    place: str
    numbers: tuple[int, ...]
    text: str
    language: str
    translations: Mapping[str, str]

    @property
    def entry(self) -> str:
        """As it stands in an address: ``2-1``; ``0`` for what stands in no repeat."""
        return "-".join(map(str, self.numbers)) or "0"

    @property
    def digest(self) -> str:
        """By which it is seen whether the answer has changed since."""
        return digest_of(self.text)


@dataclass(frozen=True, slots=True)
class SpokenPage:
    answers: tuple[Spoken, ...]
    has_more: bool


def open_questions(asked: Sequence[Asked], wording: Wording) -> tuple[OpenQuestion, ...]:
    """In the order of asking."""
    found = [
        OpenQuestion(column.key, _answer_key(column.asked, column.key), column.label, column.asked)
        for table in data_tables(asked, wording)
        for column in table.columns
        if column.asked is not None and is_open(column)
    ]
    return tuple(sorted(found, key=lambda question: question.number))


def _answer_key(asked: Asked, column: str) -> str:
    return asked.question.key if column == asked.key else f"{asked.question.key}_other"


def spoken_page(session: Session, survey: Survey, question: OpenQuestion, page: int) -> SpokenPage:
    """Those of the responses on a page (from 1), in an order that says nothing of when they came."""
    first = question.asked.path[0] if question.asked.path else question.answer
    query = (
        _of(survey, question)
        .where(RESPONSE.c.answers[first].as_string().is_not(None))
        .order_by(RESPONSE.c.id)
        .offset((page - 1) * ON_A_PAGE)
        .limit(ON_A_PAGE + 1)
    )
    rows = session.execute(query).all()
    found = tuple(spoken for row in rows[:ON_A_PAGE] for spoken in _spoken(row, question))
    return SpokenPage(found, len(rows) > ON_A_PAGE)


def spoken_of(
    session: Session, survey: Survey, question: OpenQuestion, response_id: uuid.UUID
) -> tuple[Spoken, ...]:
    """All answers of one response to a question: one, or one an entry of a repeat."""
    row = session.execute(_of(survey, question).where(RESPONSE.c.id == response_id)).one_or_none()
    return () if row is None else tuple(_spoken(row, question))


def _of(survey: Survey, question: OpenQuestion) -> sa.Select[Any]:
    versions = [version.id for version in survey.versions if version.number in question.asked.versions]
    return sa.select(
        RESPONSE.c.id,
        RESPONSE.c.language,
        RESPONSE.c.answers,
        RESPONSE.c.original_language,
        RESPONSE.c.translations,
    ).where(
        RESPONSE.c.survey_id == survey.id,
        RESPONSE.c.state == ResponseState.SUBMITTED,
        RESPONSE.c.version_id.in_(versions),
    )


def _spoken(row: Any, question: OpenQuestion) -> Iterator[Spoken]:
    for trail in _trails(row.answers, question.asked.path, ()):
        place = address(trail, question.answer)
        text = text_at(row.answers, place)
        if text is not None:
            yield Spoken(
                row.id,
                place,
                tuple(at + 1 for _, at in trail),
                text,
                row.original_language.get(place, row.language),
                row.translations.get(place) or {},
            )


def _trails(answers: Mapping[str, Any], path: tuple[str, ...], trail: Trail) -> Iterator[Trail]:
    if not path:
        yield trail
        return
    for place, document in enumerate(items_of(answers, path[0])):
        yield from _trails(document, path[1:], (*trail, (path[0], place)))


def text_at(answers: Mapping[str, Any], place: str) -> str | None:
    """The words at an address; None where there are none."""
    trail, key = trail_of(place)
    found = document_at(answers, trail).get(key)
    return found if isinstance(found, str) and found.strip() else None


def digest_of(text: str) -> str:
    """64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
