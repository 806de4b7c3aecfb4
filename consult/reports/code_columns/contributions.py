"""What each different answer to a question adds to its tally: seen once, by what looks at single answers.

Pure. The arrays say how often an answer was given; what it means says :class:`~consult.reports.tally.
QuestionTally`, which is shown every different answer once. Only answers as they are expected, of which there
may be very many different ones, are read here.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from consult.questions import kind_of
from consult.reports.code_columns.coding import answer_of, smallest_type
from consult.reports.columns import Row
from consult.reports.merging import Asked
from consult.reports.tally import QuestionTally

Counts = NDArray[Any]
"""How often each answer was given: a row for each tally."""

_MOST_DENSE = 1 << 20
_NOBODY = uuid.UUID(int=0)


class _Adding:
    """A table of answers × names: how often each answer adds to the count of a name."""

    def __init__(self, counters: Sequence[Counter[Any]]) -> None:
        self.names = tuple(dict.fromkeys(name for counter in counters for name in counter))
        places = {name: place for place, name in enumerate(self.names)}
        found = [
            (answer, places[name], times)
            for answer, counter in enumerate(counters)
            for name, times in counter.items()
        ]
        self._answers, self._names, self._times = np.array(found, np.int64).reshape(-1, 3).T
        self._table: Counts | None = None
        if len(counters) * len(self.names) <= _MOST_DENSE:
            self._table = np.zeros((len(counters), len(self.names)))
            np.add.at(self._table, (self._answers, self._names), self._times)

    def counters(self, counts: Counts) -> Iterator[Counter[Any]]:
        """For each row of ``counts``, of all answers. Floating point is exact up to 2^53."""
        if self._table is not None:
            sums = counts @ self._table
        else:
            weights = counts[:, self._answers] * self._times
            sums = np.array([np.bincount(self._names, row, len(self.names)) for row in weights])
        for row in sums.astype(np.int64):
            present = np.flatnonzero(row)
            pairs = zip(present.tolist(), row[present].tolist(), strict=True)
            yield Counter({self.names[place]: number for place, number in pairs})


class Contributions:
    """Of all different answers to a question, by their code. ``answered_at``: 1 where it is an answer.
    ``moments``: different days or times, ascending; ``places``: which of them an answer is, from 1, and
    ``places_from_end``, from the other end."""

    def __init__(self, asked: Asked, keys: Sequence[bytes]) -> None:
        seen = [QuestionTally(asked)] + [_seen(asked, *answer_of(key)) for key in keys[1:]]
        self.answered_at = np.array([tally.answered for tally in seen], np.uint8)
        self.is_answer = self.answered_at.astype(np.float64)
        self._others = np.array([tally.other_texts for tally in seen], np.float64)
        adding = {
            "codes": _Adding([tally.codes for tally in seen]),
            "places": _Adding([tally.places for tally in seen]),
            "first_places": _Adding([tally.first_places for tally in seen]),
        }
        self._adding = {name: each for name, each in adding.items() if each.names}
        self._numbers = _Adding([Counter(dict(tally.numbers.counted())) for tally in seen])
        found = [tally.earliest for tally in seen]
        self.moments: list[Any] = sorted({moment for moment in found if moment is not None})
        if self.moments:
            known = {moment: place for place, moment in enumerate(self.moments, 1)}
            places = np.array([known.get(moment, 0) for moment in found])
            kind = smallest_type(len(known) + 1)
            self.places = places.astype(kind)
            self.places_from_end = np.where(places, len(known) + 1 - places, 0).astype(kind)
            self.is_answer, self._others = np.array([0.0, 1.0]), np.zeros(2)

    def fill(self, tallies: Sequence[QuestionTally], counts: Counts) -> None:
        """Add to each empty tally what its row of ``counts``, of all answers, comes to. Of moments two are
        counted: no answer, and an answer (``answered_at``)."""
        answered, others = counts @ self.is_answer, counts @ self._others
        for tally, number, texts in zip(tallies, answered.tolist(), others.tolist(), strict=True):
            tally.answered, tally.other_texts = int(number), int(texts)
        for name, adding in self._adding.items():
            for tally, counter in zip(tallies, adding.counters(counts), strict=True):
                setattr(tally, name, counter)
        if self._numbers.names:
            for tally, counter in zip(tallies, self._numbers.counters(counts), strict=True):
                tally.numbers.add_counted(counter)

    def fill_moments(self, tallies: Sequence[QuestionTally], first: Counts, last: Counts) -> None:
        """``last``: the highest of ``places`` of each; ``first``: of ``places_from_end``. 0: none."""
        for tally, lowest, highest in zip(tallies, first.tolist(), last.tolist(), strict=True):
            if highest:
                tally.earliest, tally.latest = self.moments[-lowest], self.moments[highest - 1]


def _seen(asked: Asked, value: Any, has_other: bool) -> QuestionTally:
    tally = QuestionTally(asked)
    if isinstance(value, int | float) and kind_of(asked.question).summary == "numbers":
        tally.answered = 1
        tally.numbers.add(value)
    else:
        tally.add(row_with(asked, value, max(asked.versions), has_other=has_other))
    return tally


def row_with(asked: Asked, value: Any, version: int, *, has_other: bool = False) -> Row:
    """A response in which nothing stands but this answer."""
    key = asked.question.key
    answers = {key: value, **({f"{key}_other": True} if has_other else {})}
    return Row(_NOBODY, version, "", "", None, answers=answers)
