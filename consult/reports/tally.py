"""One pass over the responses: what is counted of every question, in memory that their number hardly changes.

Pure. :mod:`consult.reports.tables` turns a finished tally into tables.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

from consult.questions import kind_of
from consult.reports.columns import Row
from consult.reports.entries import rows_of
from consult.reports.merging import Asked
from consult.reports.repeats import Repeat, repeats_of
from consult.reports.statistics import Numbers

Code = str | None
Group = Code | tuple[Code, Code]
"""What a breakdown is by: a code, or None for responses without one; a pair where it is by two."""

Moment = dt.date | dt.time

GroupsOf = Callable[[Row], tuple[Group, ...]]


class QuestionTally:
    """Answers to one question. ``asked``: responses to versions with it; ``answered``: those with one. In a
    repeat both count entries, and ``behind`` the responses that these answers are of."""

    def __init__(self, asked: Asked) -> None:
        kind = kind_of(asked.question)
        self.of = asked
        self.asked = 0
        self.answered = 0
        self.behind = 0
        self.codes: Counter[str] = Counter()
        self.first_places: Counter[str] = Counter()
        self.places: Counter[str] = Counter()
        self.other_texts = 0
        self.numbers = Numbers()
        self.earliest: Moment | None = None
        self.latest: Moment | None = None
        self._last: uuid.UUID | None = None
        self._key = asked.question.key
        self._other = f"{self._key}_other" if asked.question.has_other else None
        self._kind = kind
        self._is_empty = kind.is_empty
        self._take = {
            "choices": self._take_choice,
            "numbers": self._take_number,
            "ranks": self._take_rank,
            "dates": self._take_date,
        }.get(kind.summary)

    def add(self, row: Row) -> None:
        if row.version not in self.of.versions:
            return
        self.asked += 1
        value = row.answers.get(self._key)
        if value is None or self._is_empty(value):
            return
        self.answered += 1
        if not row.numbers or row.id != self._last:
            self.behind += 1
            self._last = row.id
        if self._take is not None:
            self._take(value, row.answers)

    def _take_choice(self, value: Any, answers: Mapping[str, Any]) -> None:
        if isinstance(value, list):
            self.codes.update(value)
        else:
            self.codes[str(value)] += 1
        if self._other is not None and answers.get(self._other):
            self.other_texts += 1

    def _take_number(self, value: Any, _answers: Mapping[str, Any]) -> None:
        if isinstance(value, int | float):
            self.numbers.add(value)

    def _take_rank(self, value: Any, _answers: Mapping[str, Any]) -> None:
        for place, code in enumerate(value, 1):
            self.codes[code] += 1
            self.places[code] += place
        self.first_places[value[0]] += 1

    def _take_date(self, value: Any, _answers: Mapping[str, Any]) -> None:
        moment: Any = self._kind.cell(self.of.question, value, "en")
        if isinstance(moment, dt.date | dt.time):
            self.earliest = moment if self.earliest is None else min(self.earliest, moment)
            self.latest = moment if self.latest is None else max(self.latest, moment)


class Tally:
    """All questions, over all rows that were added or over a group of them."""

    def __init__(self, asked: Iterable[Asked]) -> None:
        self.responses = 0
        self.languages: Counter[str] = Counter()
        self.channels: Counter[str] = Counter()
        self.collectors: Counter[Code] = Counter()
        self.sessions: Counter[Code] = Counter()
        self.months: Counter[Code] = Counter()
        self.versions: Counter[int] = Counter()
        self.first_on: dt.date | None = None
        self.last_on: dt.date | None = None
        self.questions = tuple(QuestionTally(each) for each in asked)
        self.entries: dict[Repeat, int] = dict.fromkeys(repeats_of(each.of for each in self.questions), 0)
        self._of_response = self._in(())
        self._of_entries = [(repeat, self._in(repeat.path)) for repeat in self.entries]

    def _in(self, path: tuple[str, ...]) -> list[QuestionTally]:
        return [question for question in self.questions if question.of.path == path]

    def add(self, row: Row) -> None:
        self.responses += 1
        self.languages[row.language] += 1
        self.channels[row.channel] += 1
        self.collectors[row.collector] += 1
        self.sessions[row.session] += 1
        self.months[row.month] += 1
        self.versions[row.version] += 1
        if row.collected_on is not None:
            self.first_on = min(self.first_on or row.collected_on, row.collected_on)
            self.last_on = max(self.last_on or row.collected_on, row.collected_on)
        for question in self._of_response:
            question.add(row)
        for repeat, questions in self._of_entries:
            for entry in rows_of(row, repeat):
                self.entries[repeat] += 1
                for question in questions:
                    question.add(entry)


class Groups(Protocol):
    """The groups of a breakdown, counted."""

    @property
    def sizes(self) -> Mapping[Group, int]:
        """How many responses each has; groups that nobody is in are left out."""
        ...

    def behind(self, place: int) -> Mapping[Group, int]:
        """How many responses are behind the answers to the question at ``place``."""
        ...

    def questions(self, groups: Sequence[Group]) -> Sequence[Sequence[QuestionTally]]:
        """All questions, in each of ``groups``."""
        ...


class Breakdown:
    """Each group, in a pass. A response of several groups (languages spoken) counts in each."""

    def __init__(self, asked: Iterable[Asked], groups_of: GroupsOf) -> None:
        self._asked = tuple(asked)
        self._groups_of = groups_of
        self.groups: dict[Group, Tally] = {}

    def add(self, row: Row) -> None:
        for group in self._groups_of(row):
            if group not in self.groups:
                self.groups[group] = Tally(self._asked)
            self.groups[group].add(row)

    @property
    def sizes(self) -> Mapping[Group, int]:
        """As :class:`Groups` says."""
        return {group: tally.responses for group, tally in self.groups.items()}

    def behind(self, place: int) -> Mapping[Group, int]:
        """As :class:`Groups` says."""
        return {group: tally.questions[place].behind for group, tally in self.groups.items()}

    def questions(self, groups: Sequence[Group]) -> Sequence[Sequence[QuestionTally]]:
        """As :class:`Groups` says."""
        return [self.groups[group].questions for group in groups]


Combine = Callable[[Sequence[tuple[Group, ...]]], tuple[Any, ...]]


def every_pair(found: Sequence[tuple[Group, ...]]) -> tuple[Group, ...]:
    """The groups of a response by one thing as they are; by two, each by one: every pair of their groups."""
    if len(found) == 1:
        return found[0]
    first, second = found
    return tuple((_code(one), _code(other)) for one in first for other in second)


def groups_by_both(first: GroupsOf, second: GroupsOf) -> GroupsOf:
    """A breakdown by two things."""
    return lambda row: every_pair((first(row), second(row)))


def _code(group: Group) -> Code:
    if isinstance(group, tuple):
        raise TypeError("a pair in a pair")
    return group


def groups_by_answer(asked: Asked) -> GroupsOf:
    """A breakdown by the answers to a question of choices; without an answer: the group None."""
    key, is_empty = asked.question.key, kind_of(asked.question).is_empty

    def groups(row: Row) -> tuple[Group, ...]:
        value = row.answers.get(key) if row.version in asked.versions else None
        if is_empty(value):
            return (None,)
        return tuple(value) if isinstance(value, list) else (str(value),)

    return groups
