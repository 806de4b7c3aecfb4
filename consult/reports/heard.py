"""Who was heard: the responses by what each of them has, in the words of a report. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from consult.reports.breakdowns import (
    BY_CHANNEL,
    BY_COLLECTOR,
    BY_LANGUAGE,
    BY_MONTH,
    BY_SESSION,
    group_labels,
    names_of_breakdowns,
)
from consult.reports.merging import Asked
from consult.reports.tally import Tally
from consult.reports.wording import Said, Wording


@dataclass(frozen=True, slots=True)
class Heard:
    """``lines``: what a group is called and how many responses are in it; together they are all of them."""

    title: Said
    lines: tuple[tuple[Said, int], ...]

    @property
    def total(self) -> int:
        return sum(count for _, count in self.lines)


def who_was_heard(w: Wording, asked: Sequence[Asked], tally: Tally) -> Iterator[Heard]:
    """By language and channel; by month, session and collector where there is more than one of them."""
    counts: Mapping[str, Counter[Any]] = {
        BY_LANGUAGE: tally.languages,
        BY_CHANNEL: tally.channels,
        BY_MONTH: tally.months,
        BY_SESSION: tally.sessions,
        BY_COLLECTOR: tally.collectors,
    }
    for by, found in counts.items():
        if not found or (len(found) < 2 and by not in (BY_LANGUAGE, BY_CHANNEL)):
            continue
        labels = group_labels(w, asked, by, found)
        lines = tuple(
            (w.text(label, str(code)), found[code])
            for code, label in labels.items()
            if not isinstance(code, tuple) and found.get(code)
        )
        yield Heard(names_of_breakdowns(w)[by], lines)
