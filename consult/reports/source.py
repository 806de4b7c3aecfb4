"""What a report is made from: a survey with its versions, and its responses, as often as they are needed."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Protocol

from consult.i18n import Localized
from consult.questionnaires.specification import Notice
from consult.reports.breakdowns import Grouping
from consult.reports.columns import Row
from consult.reports.guard import is_hidden_part
from consult.reports.merging import Asked
from consult.reports.tally import Combine, Groups, Tally, every_pair


@dataclass(frozen=True, slots=True)
class VersionNote:
    """A published version: its number, the day it was published, the notice that people saw."""

    number: int
    published_on: dt.date
    notice: Notice


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer by which responses are selected. ``key`` and ``code`` stand in where there is no label."""

    key: str
    code: str
    question: Localized = Localized()
    answer: Localized = Localized()


@dataclass(frozen=True, slots=True)
class Selection:
    """Which responses a report is about; None: whichever. Days inclusive; ``collector`` by name; ``session``
    by day and place."""

    language: str | None = None
    channel: str | None = None
    collector: str | None = None
    session: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    answered: tuple[Answered, ...] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))


class Columns(Protocol):
    """Answers as columns of codes (code_columns/), of the selected responses."""

    def counted(
        self, asked: Sequence[Asked], groupings: Sequence[Grouping] = (), combine: Combine = every_pair
    ) -> tuple[Tally, Mapping[Any, Tally]]:
        """As a pass over the responses counts ``asked``: the whole, and each group. ``combine``: which groups
        a response is in, when these are its groups by each of ``groupings``."""
        ...

    def broken_down(self, asked: Sequence[Asked], groupings: Sequence[Grouping]) -> tuple[Tally, Groups]:
        """The whole, and the groups of one thing or of every pair of two."""
        ...

    def divided(self, asked: Sequence[Asked]) -> tuple[Tally, Tally, Tally]:
        """All responses, those that are selected, and all others."""
        ...

    def mark(self) -> tuple[int, int]:
        """Responses and their corrections, before the selection."""
        ...

    def together(self) -> Mapping[tuple[bool, ...], int]:
        """How many responses, before the selection, meet which of its conditions."""
        ...

    def sizes(self, head: str) -> Mapping[str, int]:
        """How many of each language, channel, collector, session or day, before the selection; largest
        first."""
        ...

    def collectors(self) -> dict[uuid.UUID, str]:
        """Who collected responses, in the order of their names."""
        ...


@dataclass(frozen=True, slots=True)
class Cleared:
    """An answer that may be quoted. ``key`` of the question in the report; ``language``: BCP 47, in which it
    was given; ``texts``: the wording to be used, in that language and, where there is one, in translation."""

    key: str
    language: str
    texts: Localized


@dataclass(frozen=True, slots=True)
class Source:
    """``languages`` of the questionnaires, BCP 47, the language of authoring first. ``rows()`` gives the
    selected responses in a drawn order, the same each time. ``total``: responses before the selection.
    ``threshold``: groups of fewer responses are not shown. ``made_on``: the day of the report.
    ``cleared``: answers of the selected responses that may be quoted. ``survey_asked``: all questions, where
    a report is of some of them. ``columns``: the same responses ready to be counted, where these are many.
    ``gives_away``: one or more of the conditions of the selection leave out so few that they could be
    recognised. ``sensitive``: keys of questions of which less may be told outside."""

    slug: str
    title: Localized
    organisation: Localized
    languages: tuple[str, ...]
    fallback: str
    opened_on: dt.date | None
    closed_on: dt.date | None
    versions: tuple[VersionNote, ...]
    asked: tuple[Asked, ...]
    rows: Callable[[], Iterator[Row]]
    total: int
    threshold: int
    made_on: dt.date
    selection: Selection = Selection()
    cleared: tuple[Cleared, ...] = ()
    survey_asked: tuple[Asked, ...] = ()
    columns: Columns | None = None
    gives_away: bool = False
    sensitive: frozenset[str] = frozenset()

    @property
    def every(self) -> tuple[Asked, ...]:
        """All questions of the survey, whichever the report is of."""
        return self.survey_asked or self.asked

    def hides(self, responses: int) -> bool:
        """Whether nothing may be shown of what was selected: ``responses`` of the total."""
        return self.gives_away or is_hidden_part(responses, self.total, self.threshold)


def watched(source: Source, advance: Callable[[int], object]) -> Source:
    """``source``, whose every pass tells how many more responses were read."""

    def rows() -> Iterator[Row]:
        for row in source.rows():
            advance(1)
            yield row

    return replace(source, rows=rows)
