"""Weighted results beside those that were counted, prepared for a page."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from consult.i18n import LocalText
from consult.reports.analysis.intervals import Interval
from consult.reports.analysis.profiles import Profile
from consult.reports.analysis.weighted import WeightedTable, weighted_tables
from consult.reports.analysis.weighting import rake
from consult.reports.counting import celled, counted
from consult.reports.phrases import base_said
from consult.reports.profile_terms import target_groups, terms_of
from consult.reports.shown import line_shares, shares_adding_up
from consult.reports.source import Source
from consult.reports.who_is_missing import fitting, title_of, warnings_said, weights_said
from consult.reports.wording import Said, Wording

MOST_LINES = 40
"""Choices that are all shown; of a longer list only what was chosen."""


@dataclass(frozen=True, slots=True)
class Beside:
    """One row: what was counted, what it is weighted, and where that might lie."""

    label: str
    count: str
    plain: str
    weighted: str
    interval: str


@dataclass(frozen=True, slots=True)
class WeightedResult:
    """One question. ``effective``: a sentence."""

    key: str
    number: int
    title: LocalText
    base: str
    effective: str
    rows: tuple[Beside, ...]
    is_mean: bool


@dataclass(frozen=True, slots=True)
class WeightedResults:
    responses: int
    results: tuple[WeightedResult, ...]
    weights: tuple[str, ...]
    warnings: tuple[str, ...]
    by: tuple[LocalText, ...]


def weighted_results(source: Source, profile: Profile, language: str) -> WeightedResults:
    """All questions, weighted so that the responses come out as the profile knows it."""
    w = Wording((language,), source.fallback)
    targets = fitting(source, profile)
    whole = counted(source)
    cells = celled(source, source.asked, [target_groups(source.asked, target) for target in targets])
    weights = rake(cells.sizes, [target.numbers for target in targets])
    terms = {term.by: term for term in terms_of(source.asked, source.languages)}
    return WeightedResults(
        responses=whole.responses,
        results=tuple(_results(w, weighted_tables(whole, cells.cells, weights))),
        weights=tuple(weights_said(w, weights)),
        warnings=tuple(warnings_said(w, weights, targets, terms)),
        by=tuple(title_of(w, terms[target.by].label, target.by) for target in targets),
    )


def _results(w: Wording, tables: Iterable[WeightedTable]) -> Iterator[WeightedResult]:
    for table in tables:
        if not table.plain.base:
            continue
        asked = table.plain.asked
        yield WeightedResult(
            key=asked.key,
            number=asked.number,
            title=title_of(w, asked.question.label, asked.key),
            base=base_said(w, table.plain).line,
            effective=w.gettext(
                "Weighted, as exact as %(effective)s answers.", effective=w.number(round(table.effective))
            ).line,
            rows=tuple(_mean(w, table) if table.plain.statistics else _lines(w, table)),
            is_mean=table.plain.statistics is not None,
        )


def _lines(w: Wording, table: WeightedTable) -> Iterator[Beside]:
    shown, weighted = line_shares(table.plain), weighted_shares(table)
    for plain, line in zip(table.plain.lines, table.lines, strict=True):
        if plain.count or len(table.lines) <= MOST_LINES:
            label = w.text(plain.label, plain.code).line
            yield Beside(
                label,
                w.number(plain.count).line,
                w.percent(shown[plain.code]).line,
                w.percent(weighted[line.code]).line,
                _between(w, line.interval, w.percent),
            )


def weighted_shares(table: WeightedTable) -> Mapping[str, float | None]:
    """Of each choice, by its code, as they are shown (see shown.py)."""
    shares = {line.code: line.share for line in table.lines}
    known = [share for share in shares.values() if share is not None]
    if table.plain.is_multiple or len(known) < len(shares) or not math.isclose(sum(known), 1.0):
        return shares
    return dict(zip(shares, shares_adding_up(known), strict=True))


def _mean(w: Wording, table: WeightedTable) -> Iterator[Beside]:
    found = table.plain.statistics
    if found is not None:
        yield Beside(
            w.gettext("Mean").line,
            w.number(found.n).line,
            w.figure(found.mean).line,
            w.figure(table.mean).line,
            _between(w, table.mean_interval, w.figure),
        )


def _between(w: Wording, interval: Interval | None, say: Callable[[float | None], Said]) -> str:
    if interval is None:
        return "–"
    return w.gettext("%(low)s to %(high)s", low=say(interval.low), high=say(interval.high)).line
