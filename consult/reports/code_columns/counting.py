"""Tallies of arrays: the same as :mod:`consult.reports.tally` counts in a pass over the responses. Pure.

    counting = Counting(holding, asked, parts_of(holding, groupings, masks))
    whole, groups = counting.counted()                              everything of every group
    Groups(counting).sizes · .behind(place) · .questions(some)      of groups that may be shown in part

Each column is counted once for all parts (joints.py); everything else is adding up (shares.py). So a
breakdown by thirty groups hardly costs more than one by two.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from consult.reports.code_columns.coding import Codes, answer_of
from consult.reports.code_columns.contributions import Contributions
from consult.reports.code_columns.holding import Holding
from consult.reports.code_columns.joints import Answers, Counted, Rows, Sums, count_all, rows_of
from consult.reports.code_columns.parts import Parts
from consult.reports.code_columns.plan import HEADS, Column, column_of
from consult.reports.code_columns.shares import Members, Shares
from consult.reports.merging import Asked
from consult.reports.tally import Group, QuestionTally, Tally


class Counting:
    """Of the selected responses; ``asked``: the questions that are counted."""

    def __init__(self, holding: Holding, asked: Sequence[Asked], parts: Parts) -> None:
        self.asked = tuple(asked)
        self.members = Members(parts)
        self._holding = holding
        self._parts = parts
        self._sizes = parts.sizes()
        self._versions = np.array(parts.versions, np.int64)
        self._rows: dict[tuple[str, ...], Rows] = {}
        self._entries: dict[tuple[str, ...], Sums] = {}
        self._people: dict[Column, Sums] = {}
        self._kept: dict[Hashable, Any] = holding.kept if parts.is_whole else {}

    def counted(self) -> tuple[Tally, dict[Group, Tally]]:
        """Over all selected responses, and over those of each group that there is."""
        groups = self.members.groups
        (whole,) = self._tallies(self.members.whole())
        return whole, dict(zip(groups, self._tallies(self.members.of_each(groups)), strict=True))

    def _tallies(self, shares: Shares) -> list[Tally]:
        tallies = [Tally(self.asked) for _ in range(shares.rows)]
        self.fill_heads(tallies, shares)
        self.fill_questions([tally.questions for tally in tallies], shares)
        return tallies

    def fill_heads(self, tallies: Sequence[Tally], shares: Shares) -> None:
        """All but the questions. ``shares``: a row for each of ``tallies``."""
        for tally, responses in zip(tallies, shares.of(self._sizes).tolist(), strict=True):
            tally.responses = int(responses)
        for repeat in tallies[0].entries if tallies else ():
            entries = self._within(repeat.versions, shares).of(self._entries_of(repeat.path))
            for tally, number in zip(tallies, entries.tolist(), strict=True):
                tally.entries[repeat] = int(number)
        found = {head: self._head(head, shares) for head in HEADS}
        for place, tally in enumerate(tallies):
            tally.languages, tally.channels = found["language"][place], found["channel"][place]
            tally.collectors, tally.sessions = found["collector"][place], found["session"][place]
            tally.versions = found["version"][place]
            days = found["day"][place]
            for day, count in days.items():
                tally.months[day[:7]] += count
            if days:
                tally.first_on, tally.last_on = map(dt.date.fromisoformat, (min(days), max(days)))

    def fill_questions(self, tallies: Sequence[Sequence[QuestionTally]], shares: Shares) -> None:
        """``shares``: a row for each of ``tallies``, which are of :attr:`asked`."""
        for place, asked in enumerate(self.asked):
            self._fill(asked, [each[place] for each in tallies], self._within(asked.versions, shares))

    def _within(self, versions: frozenset[int], shares: Shares) -> Shares:
        return shares.within(np.isin(self._versions, list(versions)))

    def _fill(self, asked: Asked, tallies: Sequence[QuestionTally], shares: Shares) -> None:
        path, contributions = asked.path, self._holding.contributions(asked)
        counted = self._counted[column_of(asked)]
        contributions.fill(tallies, shares.of_answers(counted))
        if contributions.moments:
            places = self._moments(asked, contributions)
            contributions.fill_moments(tallies, *(shares.highest(each) for each in places))
        sizes = shares.of(self._entries_of(path) if path else self._sizes)
        # Somebody who is in a group twice is one person there, whose entries are then counted twice.
        behind = shares.once().of(self._behind(column_of(asked))) if path else sizes
        for tally, size, people in zip(tallies, sizes.tolist(), behind.tolist(), strict=True):
            tally.asked, tally.behind = int(size), int(people) if path else tally.answered

    def behind(self, shares: Shares) -> list[list[int]]:
        """Responses behind the answers to each question, as in its tallies: a list for each of them."""
        found = np.zeros((len(self.asked), shares.rows))
        alike: dict[tuple[bool, frozenset[int]], list[int]] = {}
        for place, asked in enumerate(self.asked):
            alike.setdefault((bool(asked.path), asked.versions), []).append(place)
        for (is_of_entries, versions), places in alike.items():
            own = self._within(versions, shares.once() if is_of_entries else shares)
            found[places] = own.of(np.array([self._answering(self.asked[place]) for place in places]).T).T
        return [[int(number) for number in row] for row in found.tolist()]

    def _answering(self, asked: Asked) -> Sums:
        """Responses with an answer, in each part."""
        if asked.path:
            return self._behind(column_of(asked))
        return self._counted[column_of(asked)].by_part(self._holding.contributions(asked).is_answer)

    def sizes(self, shares: Shares) -> list[int]:
        """Responses of each of ``shares``."""
        return [int(number) for number in shares.of(self._sizes).tolist()]

    def _head(self, head: str, shares: Shares) -> list[Counter[Any]]:
        row = self._holding.names.row
        say: dict[str, Callable[[Any], Any]] = {
            "version": int,
            "collector": lambda value: row(0, "collector", value).collector,
            "session": lambda value: row(0, "session", value).session,
        }
        said = say.get(head, str)
        names = [
            said(answer_of(key)[0]) if place or head in _MAY_LACK else None
            for place, key in enumerate(self._holding.keys(HEADS[head]))
        ]
        counters = []
        for counts in shares.of_answers(self._counted_heads[HEADS[head]]):
            counter = Counter[Any]()
            for place in np.flatnonzero(counts).tolist():
                counter[names[place]] += int(counts[place])
            counters.append(counter)
        return counters

    @cached_property
    def _counted_heads(self) -> Mapping[Column, Counted]:
        heads = {head: self._answers(head) for head in HEADS.values()}
        return self._count(heads, ())

    @cached_property
    def _counted(self) -> Mapping[Column, Counted]:
        """All columns of the questions, each once."""
        by_path: dict[tuple[str, ...], dict[Column, Answers]] = {}
        for asked in self.asked:
            contributions, column = self._holding.contributions(asked), column_of(asked)
            # Of moments only the first and the last are told apart, see there.
            table = contributions.answered_at if contributions.moments else None
            by_path.setdefault(asked.path, {})[column] = self._answers(column, table)
        found: dict[Column, Counted] = {}
        for path, columns in by_path.items():
            found |= self._count(columns, path)
        return found

    def _answers(self, column: Column, table: Codes | None = None) -> Answers:
        """``table``: 0 or 1 for each answer, where that is all that is counted."""
        if table is None:
            number = len(self._holding.keys(column))
            return Answers(number, lambda shelf: self._holding.codes(column, shelf))
        taken = table
        return Answers(2, lambda shelf: taken[self._holding.codes(column, shelf)], is_reduced=True)

    def _count(self, columns: Mapping[Column, Answers], path: tuple[str, ...]) -> Mapping[Column, Counted]:
        keys = {column: (column, answers.is_reduced) for column, answers in columns.items()}
        new = [column for column, key in keys.items() if key not in self._kept]
        counted = count_all([columns[column] for column in new], self._rows_in(path), self._parts.number)
        self._kept.update({keys[column]: each for column, each in zip(new, counted, strict=True)})
        return {column: self._kept[key] for column, key in keys.items()}

    def _rows_in(self, path: tuple[str, ...]) -> Rows:
        if path not in self._rows:
            self._rows[path] = rows_of(self._holding, self._parts, path)
        return self._rows[path]

    def _moments(self, asked: Asked, contributions: Contributions) -> tuple[Sums, Sums]:
        """Places of the last moment of each part, and, counted from the end, of the first."""
        column = column_of(asked)
        key = column, "moments", asked.question.kind
        if key not in self._kept:
            self._kept[key] = self._moments_of(column, self._rows_in(asked.path), contributions)
        first, last = self._kept[key]
        return first, last

    def _moments_of(self, column: Column, rows: Rows, contributions: Contributions) -> tuple[Sums, Sums]:
        tables = contributions.places_from_end, contributions.places
        first, last = (np.zeros(self._parts.number, table.dtype) for table in tables)
        for shelf, of_rows in enumerate(rows.places):
            codes, taken = self._holding.codes(column, shelf), rows.taken[shelf]
            places = of_rows.astype(np.intp)
            for table, highest in zip(tables, (first, last), strict=True):
                found = table[codes]
                np.maximum.at(highest, places, found if taken is None else found.take(taken))
        return first, last

    def _behind(self, column: Column) -> Sums:
        """Responses of each part of which at least one entry has an answer."""
        if column in self._people:
            return self._people[column]
        found = self._people[column] = np.zeros(self._parts.number, np.int64)
        for shelf in range(self._holding.shelves):
            table, places = self._holding.table(column.path, shelf), self._parts.all_places[shelf]
            is_behind = np.zeros(len(places), bool)
            if table is not None:
                is_behind[table.parents[self._holding.codes(column, shelf) > 0]] = True
            found += np.bincount(places[is_behind & (places >= 0)], minlength=self._parts.number)
        return found

    def _entries_of(self, path: tuple[str, ...]) -> Sums:
        """Entries of a repeat in each part."""
        if path in self._entries:
            return self._entries[path]
        found = self._entries[path] = np.zeros(self._parts.number, np.int64)
        for places in self._rows_in(path).places:
            found += np.bincount(places, minlength=self._parts.number)
        return found


class Groups:
    """Those of a breakdown, as :class:`consult.reports.tally.Breakdown` has them; of questions only what is
    asked for is counted to the end."""

    def __init__(self, counting: Counting) -> None:
        self._counting = counting
        self._groups = counting.members.groups
        self._all = counting.members.of_each(self._groups)

    @property
    def sizes(self) -> Mapping[Group, int]:
        """How many responses each has."""
        return dict(zip(self._groups, self._counting.sizes(self._all), strict=True))

    def behind(self, place: int) -> Mapping[Group, int]:
        """How many responses are behind the answers to the question at ``place``."""
        return dict(zip(self._groups, self._behind[place], strict=True))

    @cached_property
    def _behind(self) -> list[list[int]]:
        return self._counting.behind(self._all)

    def questions(self, groups: Sequence[Group]) -> list[Sequence[QuestionTally]]:
        """All questions, in each of ``groups``."""
        found = [tuple(QuestionTally(asked) for asked in self._counting.asked) for _ in groups]
        self._counting.fill_questions(found, self._counting.members.of_each(groups))
        return list(found)


_MAY_LACK = ("collector", "session")
