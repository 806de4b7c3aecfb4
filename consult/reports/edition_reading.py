"""An edition's document as its files say it: each question with its lines, in the words of a report. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from consult.i18n import Localized
from consult.reports.wording import Said, Wording
from consult.surveys import edition_reading
from consult.surveys.edition_reading import read_questions

Document = edition_reading.Document
Line = edition_reading.Line[Said]
Groups = edition_reading.Groups[Said]


@dataclass(frozen=True, slots=True)
class Question:
    """``section`` in one line; ``base``: how many answered, in words."""

    key: str
    number: int
    title: Said
    section: Said
    base: Said
    is_multiple: bool
    answered: int | None
    lines: tuple[Line, ...]
    groups: tuple[Groups, ...]
    threshold: int

    @property
    def has_hidden(self) -> bool:
        return any(line.count is None for line in self.lines)


def questions_of(w: Wording, document: Document) -> Iterator[Question]:
    def say(texts: Mapping[str, str], otherwise: str = "", /) -> Said:
        return _text(w, texts, otherwise)

    for each in read_questions(document, say):
        yield Question(
            key=each.key,
            number=each.number,
            title=each.title,
            section=Said(" – ".join(parts) for parts in zip(*each.section, strict=True)),
            base=base_said(w, document["responses"], each),
            is_multiple=each.is_multiple,
            answered=each.answered,
            lines=each.lines,
            groups=each.groups,
            threshold=each.threshold,
        )


def base_said(w: Wording, responses: int, question: edition_reading.Question[Said]) -> Said:
    """How many answered, about, and how several answers are read."""
    if question.answered is None:
        return w.gettext(
            "Nothing is shown: too few people answered, or the numbers would tell too much about a few "
            "people."
        )
    numbers = {"num": question.answered, "total": responses}
    if question.is_multiple:
        return w.gettext("Answered: about %(num)s of %(total)s. Several answers could be chosen.", **numbers)
    return w.gettext("Answered: about %(num)s of %(total)s.", **numbers)


def title_of(w: Wording, document: Document) -> Said:
    return _text(w, document["title"], document["survey"])


def own_title(w: Wording, document: Document) -> Said | None:
    """Of the edition, where it has one."""
    return _text(w, document["edition_title"]) if document["edition_title"] else None


def comment_of(w: Wording, document: Document) -> Said | None:
    return _text(w, document["comment"]) if document["comment"] else None


def organisation_of(w: Wording, document: Document) -> Said:
    return _text(w, document["organisation"])


def made_on(document: Document) -> dt.date:
    return dt.date.fromisoformat(document["made_on"])


def heard_said(w: Wording, document: Document) -> Iterator[Said]:
    """Who was heard, when."""
    yield w.gettext(
        "About %(num)s responses were counted on %(date)s.", num=document["responses"], date=made_on(document)
    )
    opened, closed = document["opened_on"], document["closed_on"]
    if opened and closed:
        yield w.gettext(
            "The survey was open from %(first)s to %(last)s.",
            first=dt.date.fromisoformat(opened),
            last=dt.date.fromisoformat(closed),
        )
    elif opened:
        yield w.gettext("The survey has been open since %(date)s.", date=dt.date.fromisoformat(opened))


def rule_said(w: Wording, document: Document) -> Iterator[Said]:
    """How people were protected, in the sentences that stand with every edition."""
    yield w.gettext("All numbers are rounded to a multiple of five, so they do not always add up.")
    sensitive = document["sensitive_threshold"]
    if sensitive > document["threshold"] and any(each["is_sensitive"] for each in document["questions"]):
        yield w.gettext(
            "Numbers of fewer than %(threshold)s people, or fewer than %(sensitive)s where a question is "
            "sensitive, are not shown, nor others from which they could be worked out.",
            threshold=document["threshold"],
            sensitive=sensitive,
        )
    else:
        yield w.gettext(
            "Numbers of fewer than %(threshold)s people are not shown, nor others from which they could be "
            "worked out.",
            threshold=document["threshold"],
        )
    for merged in document["notes"]["merged"]:
        yield w.gettext(
            "In “%(question)s”, small groups were put together: %(groups)s.",
            question=_text(w, merged["of"]),
            groups=_listed(w, [_text(w, label) for label in merged["groups"]]),
        )


def _listed(w: Wording, parts: list[Said]) -> Said:
    return (
        Said("; ".join(each) for each in zip(*parts, strict=True)) if parts else Said("" for _ in w.languages)
    )


def _text(w: Wording, texts: Mapping[str, str], otherwise: str = "") -> Said:
    return w.text(Localized(texts), otherwise)
