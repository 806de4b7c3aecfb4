"""An edition's document as a page shows it, in one language: for the public, and for staff beforehand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import format_date, format_percent

from consult.i18n import Counted, Localized, LocalText

Document = Mapping[str, Any]


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


def share_of(count: int | None, base: int | None) -> float | None:
    """Of 1. From rounded numbers, so never more than all."""
    return None if count is None or not base else min(1.0, count / base)


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

    def __call__(self, texts: Mapping[str, str], otherwise: str = "") -> LocalText:
        found = Localized(texts).pick(self.language, self.fallback)
        return found or LocalText(otherwise, self.language)


def _questions(pick: _Picking, document: Document) -> Iterator[Question]:
    groups = {group["key"]: group for group in document["groups"]}
    before: Sequence[Any] = ()
    for each in document["questions"]:
        base = each["answered"]
        labels = [pick(line["label"]) for line in each["lines"]]
        is_new, before = each["section"] != before, each["section"]
        yield Question(
            key=each["key"],
            number=each["number"],
            title=pick(each["title"], each["key"]),
            section=tuple(pick(label) for label in before) if is_new else (),
            is_multiple=each["is_multiple"],
            threshold=each["threshold"],
            answered=_counted(base),
            lines=tuple(
                _line(label, line["count"], base) for label, line in zip(labels, each["lines"], strict=True)
            ),
            groups=tuple(_crossed(pick, groups[cross["group"]], cross, labels) for cross in each["by"]),
        )


def _line(label: LocalText, count: int | None, base: int | None) -> Line:
    share = share_of(count, base)
    return Line(label, _counted(count), _percent(share), None if share is None else round(share * 100, 1))


def _crossed(pick: _Picking, group: Document, cross: Document, labels: Sequence[LocalText]) -> Groups:
    answered = cross["answered"]
    return Groups(
        title=pick(group["title"]),
        heads=tuple(pick(label) for label in group["labels"]),
        answered=tuple(map(_counted, answered)),
        rows=tuple(
            (label, tuple(_percent(share_of(count, base)) for count, base in zip(row, answered, strict=True)))
            for label, row in zip(labels, cross["rows"], strict=True)
        ),
    )


def _counted(count: int | None) -> Counted | None:
    return None if count is None else Counted(count)


def _percent(share: float | None) -> str | None:
    return None if share is None else str(format_percent(share))


def _day(written: str | None) -> str:
    return str(format_date(dt.date.fromisoformat(written), "long")) if written else ""
