"""What a report says of each question, as plain values: counts, shares, statistics, breakdowns.

Pure. A share is always of ``base``, the responses that answered the question; ``missing`` are those that
were asked by their version of the form and did not answer, or to whom the question did not apply. Of what is
asked in a repeat both count entries.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from consult.i18n import Localized
from consult.questions import Choice, Question, kind_of
from consult.questions.number import scale_of
from consult.reports.guard import hidden_groups, hidden_pairs
from consult.reports.merging import Asked
from consult.reports.statistics import MOST_CLASSES, NumberClass, Statistics, classes_of, statistics_of
from consult.reports.tally import Group, Groups, Moment, QuestionTally, Tally

MOST_LISTED = 1_000
"""Choices of a list that are all counted; of a longer one only those that somebody chose."""


@dataclass(frozen=True, slots=True)
class Share:
    """One line of a table. ``share`` of the base, 0 to 1; None when nobody answered."""

    code: str
    label: Localized
    count: int
    share: float | None


@dataclass(frozen=True, slots=True)
class RankLine:
    """One item of a ranking: how often it got a place, its mean place, how often the first one."""

    code: str
    label: Localized
    count: int
    mean: float | None
    first: int
    first_share: float | None


@dataclass(frozen=True)
class QuestionTable:
    """One question, summed up. Which of the parts is filled says ``summary`` of its kind.

    ``is_multiple``: shares are of people and add up to more than 1. ``behind``: responses that the answers
    are of: fewer than answers, where these are of the entries of a repeat. ``other_texts``: how many wrote
    what "other" is. ``numbers``: different ones, ascending, and how often each was given. ``earliest``,
    ``latest``: of dates or times.
    """

    asked: Asked
    base: int
    missing: int
    is_multiple: bool = False
    lines: tuple[Share, ...] = ()
    other_texts: int = 0
    statistics: Statistics | None = None
    numbers: tuple[tuple[float, int], ...] = ()
    ranks: tuple[RankLine, ...] = ()
    earliest: Moment | None = None
    latest: Moment | None = None
    behind: int = 0

    @property
    def summary(self) -> str:
        return kind_of(self.asked.question).summary

    @cached_property
    def classes(self) -> tuple[NumberClass, ...]:
        """Of the numbers, for a chart of them."""
        return classes_of(self.numbers, _scale(self.asked.question))

    @cached_property
    def chosen(self) -> tuple[Share, ...]:
        """Only what somebody chose, the most frequent first."""
        return tuple(sorted((line for line in self.lines if line.count), key=lambda line: -line.count))

    def share_of(self, code: str) -> float | None:
        """Of one choice; 0 for one that nobody chose here."""
        return self._shares.get(code, 0.0 if self.base else None)

    def mean_place_of(self, code: str) -> float | None:
        return next((rank.mean for rank in self.ranks if rank.code == code), None)

    @cached_property
    def _shares(self) -> Mapping[str, float | None]:
        return {line.code: line.share for line in self.lines}


def question_tables(tally: Tally) -> tuple[QuestionTable, ...]:
    """One table per question that can be summed up, in the questionnaire's order."""
    return _tables(tally.questions)


def _tables(questions: Sequence[QuestionTally]) -> tuple[QuestionTable, ...]:
    return tuple(_table(question) for question in questions if _is_summed_up(question))


def _is_summed_up(question: QuestionTally) -> bool:
    return kind_of(question.of.question).summary != "none"


def _table(tally: QuestionTally) -> QuestionTable:
    asked, base, missing, behind = tally.of, tally.answered, tally.asked - tally.answered, tally.behind
    kind = kind_of(asked.question)
    if kind.summary == "choices":
        is_multiple, lines = (
            asked.question.kind == "select_multiple",
            _shares(tally, kind.choices(asked.question)),
        )
        return QuestionTable(asked, base, missing, is_multiple, lines, tally.other_texts, behind=behind)
    if kind.summary == "numbers":
        numbers = tuple(tally.numbers.counted())
        statistics = statistics_of(numbers)
        return QuestionTable(asked, base, missing, statistics=statistics, numbers=numbers, behind=behind)
    if kind.summary == "ranks":
        ranks = _ranks(tally, kind.choices(asked.question))
        return QuestionTable(asked, base, missing, ranks=ranks, behind=behind)
    earliest, latest = tally.earliest, tally.latest
    return QuestionTable(asked, base, missing, earliest=earliest, latest=latest, behind=behind)


def _scale(question: Question) -> tuple[float, ...]:
    """All numbers of a short scale, from the lowest: also those that nobody gave."""
    if question.kind != "range" or scale_of(question).steps > MOST_CLASSES:
        return ()
    return tuple(sorted(float(number) for number in scale_of(question).numbers()))


def _shares(tally: QuestionTally, choices: Sequence[Choice]) -> tuple[Share, ...]:
    known = {choice.key for choice in choices}
    if len(choices) > MOST_LISTED:  # of thousands of towns, those that somebody lives in
        choices = [choice for choice in choices if tally.codes[choice.key]]
    unknown = [Choice(code, Localized()) for code in sorted(tally.codes) if code not in known]
    return tuple(
        Share(choice.key, choice.label, count, _part(count, tally.answered))
        for choice in (*choices, *unknown)
        for count in (tally.codes[choice.key],)
    )


def _ranks(tally: QuestionTally, choices: Sequence[Choice]) -> tuple[RankLine, ...]:
    """The best mean place first; what nobody ranked last."""
    lines = [
        RankLine(
            choice.key,
            choice.label,
            count,
            _part(tally.places[choice.key], count),
            tally.first_places[choice.key],
            _part(tally.first_places[choice.key], tally.answered),
        )
        for choice in choices
        for count in (tally.codes[choice.key],)
    ]
    return tuple(sorted(lines, key=lambda line: (line.mean is None, line.mean)))


def _part(part: int, whole: int) -> float | None:
    return part / whole if whole else None


@dataclass(frozen=True, slots=True)
class GroupHead:
    """A group of a breakdown. ``size`` None: hidden, because it or what it gives away is too small."""

    code: Group
    label: Localized
    size: int | None

    @property
    def name(self) -> str:
        """What stands for a label where there is none."""
        codes = self.code if isinstance(self.code, tuple) else (self.code,)
        return " · ".join(filter(None, codes))


@dataclass(frozen=True, slots=True)
class CrossTable:
    """One question by group: a table for each group, None where it must not be shown."""

    whole: QuestionTable
    groups: tuple[QuestionTable | None, ...]

    @property
    def shown(self) -> tuple[QuestionTable, ...]:
        """Only the groups that are shown."""
        return tuple(part for part in self.groups if part is not None)


@dataclass(frozen=True, slots=True)
class CrossTables:
    """All questions by the same groups. ``threshold``: groups of fewer responses are hidden. ``groups``: how
    many there are, of which ``heads`` may be only the largest."""

    heads: tuple[GroupHead, ...]
    tables: tuple[CrossTable, ...]
    threshold: int
    groups: int

    @property
    def has_hidden(self) -> bool:
        return any(None in table.groups for table in self.tables) or any(h.size is None for h in self.heads)


def cross_tables(
    tally: Tally,
    groups: Groups,
    labels: Mapping[Group, Localized],
    threshold: int,
    most: int | None = None,
) -> CrossTables:
    """``labels``: every group there can be, in the order of showing; groups nobody is in are left out.
    ``most``: so many groups of most responses are shown, in their order; those that are hidden go first.

    What is hidden is worked out for each question anew, and over all groups: of a large group, few may have
    answered it.
    """
    sizes = groups.sizes
    order = [group for group in labels if group in sizes]
    order += sorted((group for group in sizes if group not in labels), key=str)
    small = _hidden({group: sizes[group] for group in order}, threshold)
    every = [
        GroupHead(group, labels.get(group, Localized()), None if group in small else sizes[group])
        for group in order
    ]
    heads = _largest(every, most)
    shown = [head.code for head in heads]
    by_group = [_tables(questions) for questions in groups.questions(shown)]
    places = [place for place, question in enumerate(tally.questions) if _is_summed_up(question)]
    tables = []
    for row, (place, whole) in enumerate(zip(places, question_tables(tally), strict=True)):
        # People are counted, not what they entered: ten entries can all be of one response.
        behind = groups.behind(place)
        hidden = _hidden({group: behind[group] for group in order}, threshold, small)
        parts = zip(shown, (found[row] for found in by_group), strict=True)
        tables.append(CrossTable(whole, tuple(None if group in hidden else part for group, part in parts)))
    return CrossTables(tuple(heads), tuple(tables), threshold, len(every))


def _largest(heads: Sequence[GroupHead], most: int | None) -> Sequence[GroupHead]:
    if most is None or len(heads) <= most:
        return heads
    by_size = sorted(range(len(heads)), key=lambda place: -(heads[place].size or 0))
    return [heads[place] for place in sorted(by_size[:most])]


def _hidden(
    sizes: Mapping[Group, int], threshold: int, also_hidden: Collection[Group] = frozenset()
) -> Collection[Group]:
    pairs = {group: size for group, size in sizes.items() if isinstance(group, tuple)}
    if len(pairs) == len(sizes):
        return hidden_pairs(pairs, threshold, [group for group in also_hidden if isinstance(group, tuple)])
    return hidden_groups(sizes, threshold, also_hidden)
