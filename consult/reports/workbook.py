"""The Excel report: About, Summary, Responses, Open answers, Codebook; then a sheet for each repeat of the
form, breakdowns and weighted figures where they are wanted, who answered, and the method.

    write_workbook(source, Wording.of("both"), path)

A pass over the responses to count and quote, and one for each sheet that lists them; nothing grows with their
number but temporary files. Long reports belong in a process of their own (export.py).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from consult.reports.analysis.profiles import Profile
from consult.reports.breakdowns import breakdown_said, group_labels, groups_of
from consult.reports.contents import WHOLE, Contents, plan_of
from consult.reports.entries import data_tables
from consult.reports.package import Package
from consult.reports.quotes import Quotes
from consult.reports.repeats import repeat_said
from consult.reports.sheets.about import Told, add_about
from consult.reports.sheets.breakdown import Crossed, add_breakdown
from consult.reports.sheets.codebook import add_codebook
from consult.reports.sheets.method import add_method
from consult.reports.sheets.names import (
    breakdown_name,
    descriptions,
    method_name,
    sheet_names,
    weighted_name,
    who_answered_name,
)
from consult.reports.sheets.open_answers import add_open_answers
from consult.reports.sheets.responses import add_responses
from consult.reports.sheets.summary import add_summary
from consult.reports.sheets.weighted import add_weighted
from consult.reports.sheets.who_answered import add_who_answered
from consult.reports.source import Source
from consult.reports.tables import cross_tables, question_tables
from consult.reports.tally import Breakdown, Tally
from consult.reports.weighing import Weighing
from consult.reports.wording import Said, Wording


def write_workbook(
    source: Source,
    wording: Wording,
    file: Path | IO[bytes],
    contents: Contents = WHOLE,
    profile: Profile | None = None,
) -> None:
    """Write the report of ``source`` in the languages of ``wording``.

    ``profile``: known numbers to weight by, where ``contents`` wants weighted figures.
    """
    with _Report(source, wording, contents, profile) as report:
        report.add_about()
        report.add_summary()
        report.add_data()
        report.add_breakdowns()
        report.add_weighted()
        report.add_method()
        report.package.save(file)


def write_entries(source: Source, wording: Wording, file: Path | IO[bytes]) -> None:
    """Write the responses, open answers and codebook alone: a data collector's own entries."""
    with _Report(source, wording) as report:
        report.add_data()
        report.package.save(file)


class _Report:
    """A report under way: what was counted in the first pass, and the package it goes into."""

    def __init__(
        self, source: Source, wording: Wording, contents: Contents = WHOLE, profile: Profile | None = None
    ) -> None:
        self._plan = plan_of(source, contents)
        self._source = source = self._plan.source
        self._contents = contents
        self._breakdowns = [
            (by, Breakdown(source.asked, groups_of(source.every, by))) for by in self._plan.breakdowns
        ]
        self._weighing = Weighing(source, profile) if contents.is_weighted else None
        self._wording = wording
        self._tables = data_tables(source.asked, wording)
        self._tally = Tally(source.asked)
        self._quotes = Quotes(self._tables, wording)
        self._names = sheet_names(wording)
        self.package = _package(source, wording)

    def __enter__(self) -> Self:
        self._quotes.__enter__()
        counting: list[Breakdown | Weighing] = [breakdown for _, breakdown in self._breakdowns]
        if self._weighing:
            counting.append(self._weighing)
        for row in self._source.rows():
            self._tally.add(row)
            self._quotes.add(row)
            for each in counting:
                each.add(row)
        if self._weighing:
            self._weighing.finish(self._tally)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._quotes.__exit__(kind, error, trace)

    @property
    def _is_hidden(self) -> bool:
        return self._source.hides(self._tally.responses)

    @property
    def _has_weighted(self) -> bool:
        is_possible = self._weighing is not None and self._weighing.is_possible
        return is_possible and self._tally.responses > 0 and not self._is_hidden

    @property
    def _has_marks(self) -> bool:
        return self._contents.has_marks and bool(self._breakdowns)

    def add_about(self) -> None:
        w, contents = self._wording, self._contents
        remarks = list(self._plan.remarks(w))
        if contents.is_weighted and not (self._weighing and self._weighing.is_possible):
            remarks.append(
                w.gettext("Weighted figures are missing: no known numbers of the community were uploaded.")
            )
        told = Told(contents.name, tuple(self._described()), remarks, has_marks=self._has_marks)
        add_about(self.package, w, self._source, self._tally, self._names[0], told)

    def _described(self) -> Iterator[tuple[Said, Said]]:
        """Every sheet after the first, and what is on it."""
        w, names = self._wording, self._names
        yield from zip(names[1:], descriptions(w), strict=True)
        for repeat, entries in self._tally.entries.items():
            name = repeat_said(w, repeat.key, repeat.label)
            yield (
                name,
                w.ngettext(
                    "One row for each entry of “%(repeat)s”: %(num)s",
                    "One row for each entry of “%(repeat)s”: %(num)s",
                    entries,
                    repeat=name,
                ),
            )
        if self._is_hidden:
            return
        for place, (by, _) in enumerate(self._breakdowns, 1):
            said = breakdown_said(w, self._source.every, by)
            yield (
                breakdown_name(w, place, len(self._breakdowns)),
                w.gettext("Every question by group: %(question)s", question=said),
            )
        if self._has_weighted:
            yield weighted_name(w), w.gettext("Counted and weighted figures side by side")
        if self._tally.responses:
            said = w.gettext("Responses by language, channel, month, session and data collector")
            yield who_answered_name(w), said
        yield (
            method_name(w),
            w.gettext(
                "How the answers came about and what the numbers mean, in sentences to quote; what people "
                "were told, word for word"
            ),
        )

    def add_summary(self) -> None:
        responses, source = self._tally.responses, self._source
        add_summary(
            self.package,
            self._wording,
            source,
            question_tables(self._tally),
            self._names[1],
            responses=responses,
            is_hidden=self._is_hidden,
        )

    def add_data(self) -> None:
        words, names = self._wording, self._names
        pointer = words.gettext("[… continued on the sheet “%(sheet)s”]", sheet=names[3]).line
        of_responses, *of_repeats = self._tables
        add_responses(
            self.package,
            self._source,
            of_responses,
            names[2],
            size=self._tally.responses,
            pointer=pointer,
        )
        add_open_answers(self.package, words, self._quotes, names[3])
        add_codebook(self.package, words, self._source, self._tables, names[4])
        for table, (repeat, size) in zip(of_repeats, self._tally.entries.items(), strict=True):
            name = repeat_said(words, repeat.key, repeat.label)
            add_responses(self.package, self._source, table, name, size=size, pointer=pointer)

    def add_breakdowns(self) -> None:
        """One sheet each, when the selection is not too small."""
        source, words = self._source, self._wording
        for place, (by, breakdown) in enumerate(() if self._is_hidden else self._breakdowns, 1):
            labels = group_labels(words, source.every, by, breakdown.groups)
            tables = cross_tables(self._tally, breakdown, labels, source.threshold)
            name = breakdown_name(words, place, len(self._breakdowns))
            crossed = Crossed(by, tables, has_marks=self._has_marks)
            add_breakdown(self.package, words, source, crossed, name)

    def add_weighted(self) -> None:
        if self._weighing and self._has_weighted:
            words = self._wording
            add_weighted(self.package, words, self._source, self._weighing, weighted_name(words))

    def add_method(self) -> None:
        """Who answered, and how the report came about; not of a selection of very few."""
        if self._is_hidden:
            return
        words, of = self._wording, (self._source, self._tally)
        if self._tally.responses:
            add_who_answered(self.package, words, *of, who_answered_name(words))
        weights: tuple[Said, ...] = ()
        if self._weighing and self._has_weighted:
            weights = (*self._weighing.said(words), *self._weighing.warnings(words))
        add_method(self.package, words, *of, method_name(words), weights=weights, has_marks=self._has_marks)


def _package(source: Source, wording: Wording) -> Package:
    return Package(
        title=wording.text(source.title, source.slug).line,
        creator=wording.text(source.organisation).line,
        language=wording.office_tag,
        direction=wording.direction,
        is_mixed=wording.is_mixed,
        made_at=dt.datetime.combine(source.made_on, dt.time(), dt.UTC),
        subject=wording.gettext("Results of a consultation").line,
        keywords=f"consult; {source.slug}",
    )
