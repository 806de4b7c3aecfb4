"""What a summary counts, as tables of which small numbers can be protected (disclosure/). Pure.

Each is of one thing by which every response is somewhere: a question that is asked once of everybody, the
language, the channel, the month. Of questions of numbers the classes are counted, of orders what was put
first, of a long list the answers that were given most often and all others together; of words and dates only
whether there is an answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from consult.questions import kind_of
from consult.reports.breakdowns import BY_CHANNEL, BY_LANGUAGE, BY_MONTH
from consult.reports.disclosure.cells import Dimension, Table
from consult.reports.edition_tables import NO, NO_ANSWER, YES
from consult.reports.routed import Values
from consult.reports.statistics import NumberClass
from consult.reports.tables import QuestionTable, question_tables
from consult.reports.tally import QuestionTally, Tally

MOST_LINES = 15
"""Answers of one question that are told; of more, those that were given most often, and the rest as one."""

REST, GIVEN = "\x1frest", "\x1fgiven"
"""All answers that are not told by themselves; any answer. No code of a questionnaire has such a sign."""

HEARD = (BY_LANGUAGE, BY_CHANNEL, BY_MONTH)
"""By what a summary tells who was heard: by nothing that points to places and people who asked."""

Counts = Mapping[str, Mapping[str, int]]
"""Of each dimension: how many responses are in which category."""

_Count = Callable[[QuestionTally, int], Counts]


@dataclass(frozen=True)
class Spread:
    """``key`` of the question, or by what every response has. ``codes``: in the order of showing; ``counts``
    of any tally of the same questions. ``values``: the answers behind each code, where a condition can be
    about them."""

    key: str
    dimensions: tuple[Dimension, ...]
    codes: tuple[str, ...]
    counts: Callable[[Tally], Counts]
    values: Values = field(default_factory=dict)

    @property
    def is_several(self) -> bool:
        """Whether people can be in several of its codes: each of these has a dimension."""
        return any(each.of for each in self.dimensions)

    def tables(self, tally: Tally, threshold: int) -> Iterator[Table]:
        """One for each dimension."""
        counts = self.counts(tally)
        for dimension in self.dimensions:
            own = counts[dimension.key]
            found: dict[tuple[str, ...], int] = {(code,): count for code, count in own.items() if count}
            yield Table((dimension,), found, threshold)


def spreads_of(tally: Tally, others: Collection[Tally] = ()) -> tuple[Spread, ...]:
    """Of everything that a summary of these responses counts. ``others``: tallies of some of them, of the
    same questions, which are to be counted in the same way."""
    found = [_of_heads(tally, by) for by in HEARD]
    tables = {table.asked.key: table for table in question_tables(tally)}
    for place, question in enumerate(tally.questions):
        table = tables.get(question.of.key)
        if table is not None and not question.of.repeats:
            found.append(_spread(table, place, [each.questions[place] for each in (tally, *others)]))
    return tuple(found)


def _of_heads(tally: Tally, by: str) -> Spread:
    def counts(of: Tally) -> Counts:
        found: Mapping[str, Counter[Any]] = {
            BY_LANGUAGE: of.languages,
            BY_CHANNEL: of.channels,
            BY_MONTH: of.months,
        }
        return {by: {code or NO_ANSWER: number for code, number in found[by].items()}}

    codes = tuple(sorted(counts(tally)[by]))
    # That all of a selection came the same way says nothing of what they think.
    dimension = Dimension(by, codes, is_ordered=by == BY_MONTH, plain=frozenset(codes))
    return Spread(by, (dimension,), codes, counts)


def _spread(table: QuestionTable, place: int, tallies: Sequence[QuestionTally]) -> Spread:
    """Where answers are not what they should be (a file can bring anything), nothing of them is told."""
    shape = _shape(table, tallies[0]) if table.base else None
    if shape is None or not all(_adds_up(shape.count(each, each.asked), each) for each in tallies):
        shape = _given(table.asked.key)
    count = shape.count

    def counts(of: Tally) -> Counts:
        return count(of.questions[place], of.responses)

    return Spread(table.asked.key, shape.dimensions, shape.codes, counts, shape.values)


@dataclass(frozen=True)
class _Shape:
    """As a Spread, of a question wherever it stands."""

    dimensions: tuple[Dimension, ...]
    codes: tuple[str, ...]
    count: _Count
    values: Values = field(default_factory=dict)


def _adds_up(counts: Counts, tally: QuestionTally) -> bool:
    return all(
        min(found.values(), default=0) >= 0 and sum(found.values()) == tally.asked
        for found in counts.values()
    )


def _shape(table: QuestionTable, tally: QuestionTally) -> _Shape | None:
    key = table.asked.key
    if table.summary == "choices":
        told = _most_frequent(table)
        return _of_several(key, told) if table.is_multiple else _of_one(table, told)
    if table.summary == "numbers":
        return _of_classes(key, table.classes, tally)
    if table.summary == "ranks":
        return _listed(key, [rank.code for rank in table.ranks], lambda each: each.first_places)
    return None


def _most_frequent(table: QuestionTable) -> tuple[str, ...]:
    """In the order of the questionnaire: that of frequency would say something of those without a number."""
    if len(table.lines) <= MOST_LINES:
        return tuple(line.code for line in table.lines)
    most = {line.code for line in table.chosen[:MOST_LINES]}
    return tuple(line.code for line in table.lines if line.code in most)


def _given(key: str) -> _Shape:
    def count(of: QuestionTally, responses: int) -> Counts:
        return {key: {GIVEN: of.answered, NO_ANSWER: responses - of.answered}}

    dimension = replace(_dimension(key, (GIVEN,)), plain=frozenset((GIVEN,)))
    return _Shape((dimension,), (), count)


def _of_one(table: QuestionTable, told: tuple[str, ...]) -> _Shape:
    codes = told if len(table.lines) <= MOST_LINES or len(told) == len(table.chosen) else (*told, REST)
    every = [choice.key for choice in kind_of(table.asked.question).choices(table.asked.question)]
    rest = tuple(code for code in every if code not in codes)
    values: Values = {code: rest if code == REST else (code,) for code in codes}
    return _listed(table.asked.key, codes, lambda each: each.codes, values)


def _of_several(key: str, codes: tuple[str, ...]) -> _Shape:
    fixed, plain = frozenset((NO_ANSWER,)), frozenset((NO,))
    dimensions = tuple(
        Dimension(f"{key}/{code}", (YES, NO, NO_ANSWER), may_merge=False, fixed=fixed, of=key, plain=plain)
        for code in codes
    )

    def count(of: QuestionTally, responses: int) -> Counts:
        silent = responses - of.answered
        return {
            f"{key}/{code}": {YES: of.codes[code], NO: of.answered - of.codes[code], NO_ANSWER: silent}
            for code in codes
        }

    return _Shape(dimensions, codes, count)


def _of_classes(key: str, classes: Sequence[NumberClass], tally: QuestionTally) -> _Shape:
    codes = tuple(str(number) for number in range(len(classes)))
    values: dict[str, list[float]] = {code: [] for code in codes}

    def code_of(value: float) -> str:
        pairs = zip(codes, classes, strict=True)
        return next((code for code, each in pairs if _is_in(value, each)), REST)

    def counted(of: QuestionTally) -> Counter[str]:
        found: Counter[str] = Counter()
        for value, number in of.numbers.counted():
            found[code_of(value)] += number
        return found

    for value, _ in tally.numbers.counted():
        values.setdefault(code_of(value), []).append(value)
    return _listed(key, codes, counted, values, is_ordered=True)


_NO_VALUES: Values = {}


def _listed(
    key: str,
    codes: Sequence[str],
    counted: Callable[[QuestionTally], Counter[str]],
    values: Values = _NO_VALUES,
    *,
    is_ordered: bool = False,
) -> _Shape:
    """Everybody who answered is in one of ``codes``; where REST is among them, whoever is in no other."""

    def count(of: QuestionTally, responses: int) -> Counts:
        counts = counted(of)
        found = {code: counts[code] for code in codes if code != REST}
        if REST in codes:
            found[REST] = counts.total() - sum(found.values())
        return {key: {**found, NO_ANSWER: responses - of.answered}}

    return _Shape((_dimension(key, codes, is_ordered=is_ordered),), tuple(codes), count, values)


def _dimension(key: str, codes: Sequence[str], *, is_ordered: bool = False) -> Dimension:
    return Dimension(key, (*codes, NO_ANSWER), is_ordered, fixed=frozenset((NO_ANSWER,)))


def _is_in(value: float, numbers: NumberClass) -> bool:
    return value == numbers.low if numbers.low == numbers.high else numbers.low <= value < numbers.high
