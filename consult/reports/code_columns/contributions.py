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
from consult.reports.code_columns.coding import answer_of
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
    """Of all different answers to a question, by their code."""

    def __init__(self, asked: Asked, keys: Sequence[bytes]) -> None:
        seen = [QuestionTally(asked)] + [_seen(asked, *answer_of(key)) for key in keys[1:]]
        self._is_answer = np.array([tally.answered for tally in seen], np.float64)
        self._others = np.array([tally.other_texts for tally in seen], np.float64)
        adding = {
            "codes": _Adding([tally.codes for tally in seen]),
            "places": _Adding([tally.places for tally in seen]),
            "first_places": _Adding([tally.first_places for tally in seen]),
        }
        self._adding = {name: each for name, each in adding.items() if each.names}
        self._numbers = _Adding([Counter(dict(tally.numbers.counted())) for tally in seen])
        self._moments = [tally.earliest for tally in seen]
        self._has_moments = any(moment is not None for moment in self._moments)

    def fill(self, tallies: Sequence[QuestionTally], counts: Counts) -> None:
        """Add to each empty tally what its row of ``counts``, of all answers, comes to."""
        answered, others = counts @ self._is_answer, counts @ self._others
        for tally, number, texts in zip(tallies, answered.tolist(), others.tolist(), strict=True):
            tally.answered, tally.other_texts = int(number), int(texts)
        for name, adding in self._adding.items():
            for tally, counter in zip(tallies, adding.counters(counts), strict=True):
                setattr(tally, name, counter)
        if self._numbers.names:
            for tally, counter in zip(tallies, self._numbers.counters(counts), strict=True):
                tally.numbers.add_counted(counter)
        if self._has_moments:
            for tally, row in zip(tallies, counts, strict=True):
                present = [self._moments[answer] for answer in np.flatnonzero(row)]
                moments: list[Any] = [moment for moment in present if moment is not None]
                tally.earliest, tally.latest = min(moments, default=None), max(moments, default=None)


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
