"""From responses to the tables of an edition: what staff chose, counted so that every response is somewhere.

Pure. Questions of choices and of short scales can be published, by groups of which everybody is in one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from consult.i18n import Localized
from consult.questions import kind_of
from consult.questions.number import scale_of
from consult.reports.breakdowns import BY_CHANNEL, BY_LANGUAGE, BY_MONTH, groups_of
from consult.reports.columns import Row
from consult.reports.disclosure.cells import Dimension, Table
from consult.reports.merging import Asked
from consult.reports.statistics import MOST_CLASSES
from consult.reports.tally import groups_by_answer

NO_ANSWER = ""
MOST_CHOICES = 40
"""Of a question or a grouping that can be published."""

YES, NO = "1", "0"

SMALLEST_GROUP = 40
"""Responses of a group by which results are broken down; smaller ones are merged (of 20 people, nearly every
answer would be of fewer than ten)."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What staff want to publish: keys of questions, which of them are sensitive, and by what."""

    questions: tuple[str, ...]
    sensitive: frozenset[str] = frozenset()
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of an edition: what staff chose, and what they say of it."""

    choice: Choice
    title: Localized = Localized()
    comment: Localized = Localized()


def can_be_published(asked: Asked) -> bool:
    question = asked.question
    if asked.repeats:
        return False
    if question.kind == "range":
        return scale_of(question).steps <= MOST_CLASSES
    kind = kind_of(question)
    return kind.summary == "choices" and len(kind.choices(question)) <= MOST_CHOICES


def can_be_grouped_by(asked: Asked) -> bool:
    """Whether everybody is in one group."""
    return can_be_published(asked) and asked.question.kind == "select_one"


BY_EVERY = (BY_LANGUAGE, BY_CHANNEL, BY_MONTH)


def codes_of(asked: Asked) -> tuple[str, ...]:
    """Of its choices, or the numbers of its scale, in the questionnaire's order."""
    question = asked.question
    if question.kind == "range":
        return tuple(f"{number:g}" for number in sorted(scale_of(question).numbers()))
    return tuple(choice.key for choice in kind_of(question).choices(question))


def tables_of(
    asked: Sequence[Asked], rows: Iterable[Row], choice: Choice, threshold: int, sensitive_threshold: int
) -> list[Table]:
    """One table a question, and one a question and grouping; of several choices one for each of them."""
    known = {each.key: each for each in asked}
    questions = [part for key in choice.questions for part in _parts(known[key], choice.by)]
    groups = [_grouping(known, asked, by) for by in choice.by]
    counts: Counter[tuple[int, int | None, str, str]] = Counter()
    for row in rows:
        found = [group.code(row) for group in groups]
        for place, part in enumerate(questions):
            code = part.code(row)
            counts[place, None, code, ""] += 1
            for number, group in enumerate(found):
                counts[place, number, code, group] += 1
    return list(_tables(questions, groups, counts, choice.sensitive, threshold, sensitive_threshold))


@dataclass(frozen=True, slots=True)
class Part:
    """A question that has one answer, one choice of several, or a grouping."""

    asked: Asked | None
    by: str
    codes: tuple[str, ...]
    choice: str | None = None
    every: Sequence[Asked] = ()
    least: int = 0

    @property
    def dimension(self) -> Dimension:
        if self.choice is not None:
            return Dimension(
                f"{self.by}/{self.choice}",
                (YES, NO, NO_ANSWER),
                may_merge=False,
                fixed=frozenset((NO_ANSWER,)),
                of=self.by,
                plain=frozenset((NO,)),
            )
        is_ordered = self.by == BY_MONTH or (self.asked is not None and self.asked.question.kind == "range")
        fixed = frozenset((NO_ANSWER,)) if self.asked is not None else frozenset()
        return Dimension(self.by, (*self.codes, NO_ANSWER), is_ordered, fixed=fixed, least=self.least)

    def code(self, row: Row) -> str:
        if self.asked is None:
            (found,) = groups_of(self.every, self.by)(row)
            return NO_ANSWER if found is None else str(found)
        given = _answer(self.asked, row)
        if self.choice is None:
            return given[0] if given and given[0] in self.codes else NO_ANSWER
        return NO_ANSWER if not given else YES if self.choice in given else NO


def _answer(asked: Asked, row: Row) -> tuple[str, ...]:
    if asked.question.kind == "range":
        value = row.answers.get(asked.question.key) if row.version in asked.versions else None
        return (f"{value:g}",) if isinstance(value, int | float) else ()
    return tuple(str(code) for code in groups_by_answer(asked)(row) if code is not None)


def _parts(asked: Asked, by: Collection[str]) -> Iterator[Part]:
    codes = codes_of(asked)
    least = SMALLEST_GROUP if asked.key in by else 0
    if asked.question.kind == "select_multiple":
        yield from (Part(asked, asked.key, codes, code) for code in codes)
    else:
        yield Part(asked, asked.key, codes, least=least)


def _grouping(known: dict[str, Asked], every: Sequence[Asked], by: str) -> Part:
    if by in BY_EVERY:
        return Part(None, by, (), every=every, least=SMALLEST_GROUP)
    return Part(known[by], by, codes_of(known[by]), least=SMALLEST_GROUP)


def _tables(
    questions: Sequence[Part],
    groups: Sequence[Part],
    counts: Counter[tuple[int, int | None, str, str]],
    sensitive: Collection[str],
    threshold: int,
    sensitive_threshold: int,
) -> Iterator[Table]:
    dimensions = [_seen(group, number, counts) for number, group in enumerate(groups)]
    for place, part in enumerate(questions):
        least = sensitive_threshold if part.by in sensitive else threshold
        alone: dict[tuple[str, ...], int] = {
            (code,): count for (at, by, code, _), count in counts.items() if at == place and by is None
        }
        yield Table((part.dimension,), alone, least)
        for number, (group, dimension) in enumerate(zip(groups, dimensions, strict=True)):
            if group.by == part.by:
                continue
            both: dict[tuple[str, ...], int] = {
                (code, other): count
                for (at, by, code, other), count in counts.items()
                if at == place and by == number
            }
            stricter = sensitive_threshold if group.by in sensitive else threshold
            yield Table((part.dimension, dimension), both, max(least, stricter))


def _seen(group: Part, number: int, counts: Counter[tuple[int, int | None, str, str]]) -> Dimension:
    """Groups by what every response has are those that are there."""
    if group.asked is not None:
        return group.dimension
    found = sorted({other for _, by, _, other in counts if by == number})
    return Dimension(group.by, tuple(found), is_ordered=group.by == BY_MONTH, least=group.least)
