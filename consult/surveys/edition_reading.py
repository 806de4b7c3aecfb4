"""An edition's document, read: its questions with their lines and groups. Pure.

    read_questions(document, say)  →  Question of whatever ``say`` makes of a text

Pages say a text in one language, files in one or two: the numbers and what belongs together are the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

Document = Mapping[str, Any]
T = TypeVar("T")
Said = TypeVar("Said", covariant=True)


class Say(Protocol[Said]):
    """A text by language → what is said; ``otherwise`` where there is none."""

    def __call__(self, texts: Mapping[str, str], otherwise: str = "", /) -> Said: ...


@dataclass(frozen=True, slots=True)
class Line(Generic[T]):
    """``count`` and ``share`` (of 1) are None where nothing is shown."""

    label: T
    count: int | None
    share: float | None


@dataclass(frozen=True, slots=True)
class Groups(Generic[T]):
    """A question by groups: ``heads`` with how many answered in each, then shares and counts by line."""

    title: T
    heads: tuple[T, ...]
    answered: tuple[int | None, ...]
    rows: tuple[tuple[T, tuple[float | None, ...], tuple[int | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class Question(Generic[T]):
    """``answered``: of how many, or None where nothing is shown. ``section``: from the outermost in."""

    key: str
    number: int
    title: T
    section: tuple[T, ...]
    is_multiple: bool
    threshold: int
    answered: int | None
    lines: tuple[Line[T], ...]
    groups: tuple[Groups[T], ...]


def read_questions(document: Document, say: Say[T]) -> Iterator[Question[T]]:
    groups = {group["key"]: group for group in document["groups"]}
    for each in document["questions"]:
        labels = tuple(say(line["label"]) for line in each["lines"])
        counts = tuple(line["count"] for line in each["lines"])
        base = each["answered"]
        yield Question(
            key=each["key"],
            number=each["number"],
            title=say(each["title"], each["key"]),
            section=tuple(say(label) for label in each["section"]),
            is_multiple=each["is_multiple"],
            threshold=each["threshold"],
            answered=base,
            lines=tuple(
                Line(label, count, share_of(count, base)) for label, count in zip(labels, counts, strict=True)
            ),
            groups=tuple(_groups(groups[cross["group"]], cross, labels, say) for cross in each["by"]),
        )


def _groups(group: Document, cross: Document, labels: tuple[T, ...], say: Say[T]) -> Groups[T]:
    answered = tuple(cross["answered"])
    rows = tuple(
        (label, tuple(share_of(count, base) for count, base in zip(row, answered, strict=True)), tuple(row))
        for label, row in zip(labels, cross["rows"], strict=True)
    )
    return Groups(say(group["title"]), tuple(say(label) for label in group["labels"]), answered, rows)


def share_of(count: int | None, base: int | None) -> float | None:
    """Of 1. From rounded numbers, so never more than all."""
    return None if count is None or not base else min(1.0, count / base)
