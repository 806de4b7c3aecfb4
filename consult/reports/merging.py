"""The questions of a survey over all its versions, in one order: what a report has columns and tables for.

Pure. Wording and order are those of the newest version in which something was asked; what only older
versions asked stands where it stood then. A question that became another kind of question is two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Protocol, TypeVar

from consult.expressions import Expression
from consult.i18n import Localized
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions import Choice, Question, kind_of
from consult.questions.choice import MOST_FLAGS


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


K = TypeVar("K", bound=_Keyed)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a report sees it.

    ``key`` is unique in the report; answers stand under ``question.key``. ``versions``: numbers of the
    versions that asked it. ``section``: the labels of the groups around it, outermost first, and
    ``conditions``: under which these are asked. ``grid``: the question above the rows of a grid, of which
    this is one. ``number``: its place among what people answer, from 1; 0 for what nobody is asked.
    ``repeats``: key and label of those groups around it that are asked several times over.
    """

    key: str
    question: Question
    versions: frozenset[int]
    section: tuple[Localized, ...] = ()
    conditions: tuple[Expression, ...] = ()
    grid: Localized = Localized()
    number: int = 0
    repeats: tuple[tuple[str, Localized], ...] = ()

    @property
    def path(self) -> tuple[str, ...]:
        """Keys of the repeats around it, the outermost first."""
        return tuple(key for key, _ in self.repeats)


def merge(versions: Sequence[tuple[int, Questionnaire]]) -> tuple[Asked, ...]:
    """``versions``: number and questionnaire, in any order."""
    merged: list[Asked] = []
    for number, questionnaire in sorted(versions, key=lambda version: -version[0]):
        merged = _with_older(merged, list(_asked(number, questionnaire)))
    places = count(1)
    return tuple(
        replace(asked, number=next(places)) if kind_of(asked.question).takes_answer else asked
        for asked in merged
    )


def _asked(number: int, questionnaire: Questionnaire) -> Iterator[Asked]:
    versions = frozenset((number,))

    def walk(items: Sequence[Question | Group], around: tuple[Group, ...]) -> Iterator[Asked]:
        for item in items:
            if isinstance(item, Group):
                yield from walk(item.items, (*around, item))
            elif kind_of(item).columns(item):
                section = tuple(group.label for group in around if group.label)
                conditions = tuple(group.relevant for group in around if group.relevant)
                repeats = tuple((group.key, group.label) for group in around if group.is_repeat)
                yield Asked(item.key, item, versions, section, conditions, _grid(around), repeats=repeats)

    return walk(questionnaire.items, ())


def _grid(around: Sequence[Group]) -> Localized:
    return around[-1].label if around and "table-list" in around[-1].appearance else Localized()


def _with_older(newer: list[Asked], older: list[Asked]) -> list[Asked]:
    found: list[Asked] = []
    for asked in older:
        place = next((i for i, known in enumerate(newer) if _is_same(known, asked)), None)
        if place is not None:
            newer[place] = _joined(newer[place], asked)
            found.append(newer[place])
            continue
        if any(known.key == asked.key for known in newer):
            asked = replace(asked, key=f"{asked.key}@{min(asked.versions)}")
        found.append(asked)
    return in_one_order(newer, found)


def _is_same(newer: Asked, older: Asked) -> bool:
    new, old = newer.question, older.question
    if new.key != old.key or newer.path != older.path:
        return False
    return new.kind == old.kind or (
        kind_of(new).summary == kind_of(old).summary and kind_of(new).summary in ("numbers", "texts")
    )


def _joined(newer: Asked, older: Asked) -> Asked:
    new, old = newer.question, older.question
    question = new
    if old.choices != new.choices:
        known = {choice.key: choice for choice in new.choices}
        older_choices: list[Choice] = [known.get(choice.key, choice) for choice in old.choices]
        if len(new.choices) > MOST_FLAGS:  # too many to find a place for each
            gone = (choice for choice in old.choices if choice.key not in known)
            every: tuple[Choice, ...] = (*new.choices, *gone)
        else:
            every = tuple(in_one_order(list(new.choices), older_choices))
        question = replace(question, choices=every)
    if old.has_other and not new.has_other:
        question = replace(question, has_other=True)
    return replace(newer, question=question, versions=newer.versions | older.versions)


def in_one_order(first: Sequence[K], second: Sequence[K]) -> list[K]:
    """``first``, and what only ``second`` has after what stands before it there."""
    ordered = list(first)
    for place, item in enumerate(second):
        if any(known.key == item.key for known in ordered):
            continue
        before = {earlier.key for earlier in second[:place]}
        after = [i for i, known in enumerate(ordered) if known.key in before]
        # After the nearest one that is left, not after the last: the order may have changed since.
        nearest = next(
            (i for earlier in reversed(second[:place]) for i in after if ordered[i].key == earlier.key), -1
        )
        ordered.insert(nearest + 1, item)
    return ordered
