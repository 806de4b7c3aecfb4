"""What a report is made from: a survey with its versions, and its responses, as often as they are needed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace

from consult.i18n import Localized
from consult.questionnaires.specification import Notice
from consult.reports.columns import Row
from consult.reports.guard import is_hidden_part
from consult.reports.merging import Asked


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
    a report is of some of them. ``gives_away``: one or more of the conditions of the selection leave out so
    few that they could be recognised."""

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
    gives_away: bool = False

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
