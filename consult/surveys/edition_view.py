"""An edition's document as a page shows it, in one language: for the public, and for staff beforehand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask_babel import format_date, format_percent

from consult.i18n import Counted, Localized, LocalText
from consult.surveys import edition_reading
from consult.surveys.edition_reading import Document, read_questions


@dataclass(frozen=True, slots=True)
class Line:
    """``count``, ``percent`` and ``share`` (0 to 100) are None where nothing is shown."""

    label: LocalText
    count: Counted | None
    percent: str | None
    share: float | None


@dataclass(frozen=True, slots=True)
class Groups:
    """A question by groups. ``rows``: a label, and a percentage a group."""

    title: LocalText
    heads: tuple[LocalText, ...]
    answered: tuple[Counted | None, ...]
    rows: tuple[tuple[LocalText, tuple[str | None, ...]], ...]

    @property
    def has_hidden(self) -> bool:
        return any(cell is None for _, cells in self.rows for cell in cells)


@dataclass(frozen=True, slots=True)
class Question:
    """``section`` is said where a new one begins. ``answered``: of how many, or None."""

    key: str
    number: int
    title: LocalText
    section: tuple[LocalText, ...]
    is_multiple: bool
    threshold: int
    answered: Counted | None
    lines: tuple[Line, ...]
    groups: tuple[Groups, ...]


@dataclass(frozen=True, slots=True)
class EditionView:
    """``merged``: which question or grouping, and what was put together there."""

    title: LocalText
    own_title: LocalText
    comment: tuple[LocalText, ...]
    organisation: LocalText
    responses: Counted
    made_on: str
    opened_on: str
    closed_on: str
    threshold: int
    sensitive_threshold: int | None
    questions: tuple[Question, ...]
    merged: tuple[tuple[LocalText, tuple[LocalText, ...]], ...]
    hidden: Counted
    shown: Counted


def view_of(document: Document, language: str) -> EditionView:
    """Within a request: numbers and days as its language writes them."""
    pick = _Picking(language, document["fallback"])
    comment = pick(document["comment"])
    has_sensitive = any(each["is_sensitive"] for each in document["questions"])
    notes = document["notes"]
    return EditionView(
        title=pick(document["title"], document["survey"]),
        own_title=pick(document["edition_title"]),
        comment=tuple(LocalText(line, comment.language) for line in comment.splitlines() if line.strip()),
        organisation=pick(document["organisation"]),
        responses=Counted(document["responses"]),
        made_on=_day(document["made_on"]),
        opened_on=_day(document["opened_on"]),
        closed_on=_day(document["closed_on"]),
        threshold=document["threshold"],
        sensitive_threshold=document["sensitive_threshold"] if has_sensitive else None,
        questions=tuple(_questions(pick, document)),
        merged=tuple(
            (pick(each["of"]), tuple(pick(label) for label in each["groups"])) for each in notes["merged"]
        ),
        hidden=Counted(notes["hidden"]),
        shown=Counted(notes["shown"]),
    )


@dataclass(frozen=True, slots=True)
class _Picking:
    language: str
    fallback: str

    def __call__(self, texts: Mapping[str, str], otherwise: str = "", /) -> LocalText:
        found = Localized(texts).pick(self.language, self.fallback)
        return found or LocalText(otherwise, self.language)


def _questions(pick: _Picking, document: Document) -> Iterator[Question]:
    before: tuple[LocalText, ...] = ()
    for each in read_questions(document, pick):
        is_new, before = each.section != before, each.section
        yield Question(
            key=each.key,
            number=each.number,
            title=each.title,
            section=each.section if is_new else (),
            is_multiple=each.is_multiple,
            threshold=each.threshold,
            answered=_counted(each.answered),
            lines=tuple(map(_line, each.lines)),
            groups=tuple(map(_crossed, each.groups)),
        )


def _line(read: edition_reading.Line[LocalText]) -> Line:
    drawn = None if read.share is None else round(read.share * 100, 1)
    return Line(read.label, _counted(read.count), _percent(read.share), drawn)


def _crossed(read: edition_reading.Groups[LocalText]) -> Groups:
    rows = tuple((label, tuple(map(_percent, shares))) for label, shares, _counts in read.rows)
    return Groups(read.title, read.heads, tuple(map(_counted, read.answered)), rows)


def _counted(count: int | None) -> Counted | None:
    return None if count is None else Counted(count)


def _percent(share: float | None) -> str | None:
    return None if share is None else str(format_percent(share))


def _day(written: str | None) -> str:
    return str(format_date(dt.date.fromisoformat(written), "long")) if written else ""
