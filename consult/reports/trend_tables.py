"""Tables over time: what can be compared (analysis/trends.py), by version, month, quarter or year. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from consult.reports.analysis.trends import Concept
from consult.reports.breakdowns import Grouping
from consult.reports.columns import Row
from consult.reports.counting import grouped
from consult.reports.guard import hidden_groups
from consult.reports.source import Source
from consult.reports.tables import QuestionTable, question_tables
from consult.reports.tally import Code, Tally

Period = Literal["version", "year", "quarter", "month"]
PERIODS: tuple[Period, ...] = get_args(Period)

MOST_WAVES = 24
"""Points in time; of more the last ones."""


@dataclass(frozen=True, slots=True)
class Wave:
    """Responses to one survey in one version, or in one period: its code (``2``, ``2026``, ``2026-Q1``,
    ``2026-03``). ``responses``: None where there are too few to be shown."""

    slug: str
    code: str
    first_on: dt.date
    responses: int | None


@dataclass(frozen=True, slots=True)
class Trend:
    """One question: a table for each wave, None where it was not asked in the same words, or must not be
    shown (``is_hidden``)."""

    concept: Concept
    tables: tuple[QuestionTable | None, ...]
    is_hidden: tuple[bool, ...]

    @property
    def points(self) -> int:
        return sum(table is not None for table in self.tables)


@dataclass(frozen=True, slots=True)
class Trends:
    """``left_out``: earlier waves that were too many."""

    waves: tuple[Wave, ...]
    trends: tuple[Trend, ...]
    left_out: int = 0


def trends_of(concepts: Sequence[Concept], sources: Sequence[Source], period: Period) -> Trends:
    """Tables of each survey by version or period."""
    waves: list[Counted] = []
    for source in sources:
        asked = [
            replace(concept.asked, versions=concept.versions[source.slug])
            for concept in concepts
            if source.slug in concept.versions
        ]
        wave = Grouping("version" if period == "version" else "day", lambda row: (wave_code(row, period),))
        (breakdown,) = grouped(source, asked, [wave])
        published = {str(version.number): version.published_on for version in source.versions}
        for code, tally in breakdown.groups.items():
            if isinstance(code, str):
                first_on = tally.first_on or published[code]  # only versions have responses without a day
                waves.append((Wave(source.slug, code, first_on, tally.responses), tally))
    waves.sort(key=lambda wave: (wave[0].first_on, wave[0].slug, wave[0].code))
    left_out = max(0, len(waves) - MOST_WAVES)
    thresholds = {source.slug: source.threshold for source in sources}
    shown = _shown_waves(waves, thresholds)
    tables = [{table.asked.key: table for table in question_tables(tally)} for _, tally in waves]
    return Trends(
        tuple(shown[left_out:]),
        tuple(_trend(concept, waves, tables, thresholds, left_out) for concept in concepts),
        left_out,
    )


def wave_code(row: Row, period: Period) -> Code:
    """None for a response without a day, where it matters."""
    if period == "version":
        return str(row.version)
    day = row.collected_on
    if day is None:
        return None
    if period == "month":
        return row.month
    return f"{day:%Y}-Q{(day.month + 2) // 3}" if period == "quarter" else f"{day:%Y}"


Counted = tuple[Wave, Tally]


def _shown_waves(waves: Sequence[Counted], thresholds: Mapping[str, int]) -> list[Wave]:
    hidden = _hidden([wave for wave, _ in waves], [tally.responses for _, tally in waves], thresholds)
    return [
        replace(wave, responses=None) if place in hidden else wave for place, (wave, _) in enumerate(waves)
    ]


def _trend(
    concept: Concept,
    waves: Sequence[Counted],
    tables: Sequence[Mapping[str, QuestionTable]],
    thresholds: Mapping[str, int],
    left_out: int,
) -> Trend:
    found = [_asked_table(each.get(concept.key)) for each in tables]
    sizes = [table.behind if table else 0 for table in found]
    hidden = _hidden([wave for wave, _ in waves], sizes, thresholds)
    shown = [None if place in hidden else table for place, table in enumerate(found)]
    is_hidden = [place in hidden for place in range(len(found))]
    return Trend(concept, tuple(shown[left_out:]), tuple(is_hidden[left_out:]))


def _asked_table(table: QuestionTable | None) -> QuestionTable | None:
    """None where nobody was asked: in this wave the question was not there, or worded otherwise."""
    return table if table is not None and table.base + table.missing else None


def _hidden(waves: Sequence[Wave], sizes: Sequence[int], thresholds: Mapping[str, int]) -> frozenset[int]:
    """The whole of a survey is what its organisation knows; the parts of one are guarded like any groups."""
    return frozenset(
        place for slug in thresholds for place in _hidden_in(slug, waves, sizes, thresholds[slug])
    )


def _hidden_in(slug: str, waves: Sequence[Wave], sizes: Sequence[int], threshold: int) -> Iterator[int]:
    parts = {place: sizes[place] for place, wave in enumerate(waves) if wave.slug == slug}
    if sum(size > 0 for size in parts.values()) > 1:
        yield from hidden_groups(parts, threshold)
