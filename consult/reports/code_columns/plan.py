"""Which columns the answers of a survey make, and which versions of the form fill each of them. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from consult.questions import Question, kind_of
from consult.reports.merging import Asked

HEAD = "head"
"""The mode of what every response has besides its answers."""

PRESENCE = "texts"
"""The mode of answers of which only counts that there is one: what people wrote is not kept here."""

NUMBERS = "numbers"
LISTS = frozenset(("select_multiple", "rank"))


@dataclass(frozen=True, slots=True, order=True)
class Column:
    """``path``: keys of the repeats around it; ``key``: where the answers stand; ``mode``: how they are read.

    A question that became another kind of question is two columns under one key.
    """

    path: tuple[str, ...]
    key: str
    mode: str


HEADS = {
    name: Column((), name, HEAD) for name in ("version", "language", "channel", "collector", "session", "day")
}


def column_of(asked: Asked) -> Column:
    """Where the answers to a question are found."""
    return Column(asked.path, asked.question.key, _mode(asked.question))


def _mode(question: Question) -> str:
    summary = kind_of(question).summary
    if summary in ("choices", "ranks", "dates"):
        return question.kind
    return NUMBERS if summary == "numbers" else PRESENCE


@dataclass(frozen=True)
class Plan:
    """``active``: version and column; ``others``: columns whose "other, in words" is noted, by version."""

    active: frozenset[tuple[int, Column]]
    others: frozenset[tuple[int, Column]]

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return tuple(sorted({column for _, column in self.active}))

    @cached_property
    def paths(self) -> tuple[tuple[str, ...], ...]:
        """All repeats, also those in which only other repeats stand."""
        found = {column.path[:depth] for column in self.columns for depth in range(1, len(column.path) + 1)}
        return tuple(sorted(found))

    def has_path(self, version: int, path: tuple[str, ...]) -> bool:
        return any(number == version and column.path[: len(path)] == path for number, column in self.active)

    def stamp(self, version: int) -> str:
        """Changes when responses to this version would be read otherwise. It hardly ever does: a version is
        never changed, only a later one can ask for "other, in words" under the same question."""
        written = [
            f"{column.path!r} {column.key} {column.mode} {(version, column) in self.others}"
            for number, column in sorted(self.active)
            if number == version
        ]
        return hashlib.blake2b("\n".join(written).encode(), digest_size=16).hexdigest()


def plan_of(asked: Iterable[Asked]) -> Plan:
    """``asked``: all that a survey asked in all its versions."""
    active: set[tuple[int, Column]] = set()
    others: set[tuple[int, Column]] = set()
    for each in asked:
        found = {(version, column_of(each)) for version in each.versions}
        active |= found
        if each.question.has_other:
            others |= found
    return Plan(frozenset(active), frozenset(others))
