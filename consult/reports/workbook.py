"""The Excel report: About, Summary, Responses, Open answers, Codebook; then a sheet for each repeat of the
form, a breakdown where one is wanted, who answered, and the method.

    write_workbook(source, Wording.of("both"), path)

A pass over the responses to count and quote, and one for each sheet that lists them; nothing grows with their
number but temporary files. Long reports belong in a process of their own (export.py).
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from consult.reports.breakdowns import group_labels, groups_of
from consult.reports.entries import data_tables
from consult.reports.guard import is_hidden_part
from consult.reports.package import Package
from consult.reports.quotes import Quotes
from consult.reports.repeats import repeat_said
from consult.reports.sheets.about import add_about
from consult.reports.sheets.breakdown import add_breakdown
from consult.reports.sheets.codebook import add_codebook
from consult.reports.sheets.method import add_method
from consult.reports.sheets.names import breakdown_name, method_name, sheet_names, who_answered_name
from consult.reports.sheets.open_answers import add_open_answers
from consult.reports.sheets.responses import add_responses
from consult.reports.sheets.summary import add_summary
from consult.reports.sheets.who_answered import add_who_answered
from consult.reports.source import Source
from consult.reports.tables import cross_tables, question_tables
from consult.reports.tally import Breakdown, Tally
from consult.reports.wording import Wording


def write_workbook(source: Source, wording: Wording, file: Path | IO[bytes], by: str | None = None) -> None:
    """Write the whole report of ``source`` in the languages of ``wording``.

    ``by``: what to break it down by (see breakdowns.py). Raises KeyError.
    """
    with _Report(source, wording, by) as report:
        report.add_about()
        report.add_summary()
        report.add_data()
        report.add_breakdown()
        report.add_method()
        report.package.save(file)


def write_entries(source: Source, wording: Wording, file: Path | IO[bytes]) -> None:
    """Write the responses, open answers and codebook alone: a data collector's own entries."""
    with _Report(source, wording) as report:
        report.add_data()
        report.package.save(file)


class _Report:
    """A report under way: what was counted in the first pass, and the package it goes into."""

    def __init__(self, source: Source, wording: Wording, by: str | None = None) -> None:
        self._source = source
        self._by = by
        self._breakdown = Breakdown(source.asked, groups_of(source.asked, by)) if by else None
        self._wording = wording
        self._tables = data_tables(source.asked, wording)
        self._tally = Tally(source.asked)
        self._quotes = Quotes(self._tables, wording)
        self._names = sheet_names(wording)
        self.package = _package(source, wording)

    def __enter__(self) -> Self:
        self._quotes.__enter__()
        for row in self._source.rows():
            self._tally.add(row)
            self._quotes.add(row)
            if self._breakdown:
                self._breakdown.add(row)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._quotes.__exit__(kind, error, trace)

    @property
    def _is_hidden(self) -> bool:
        return is_hidden_part(self._tally.responses, self._source.total, self._source.threshold)

    def add_about(self) -> None:
        add_about(self.package, self._wording, self._source, self._tally, self._names)

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

    def add_method(self) -> None:
        """Who answered, and how the report came about; not of a selection of very few."""
        if self._is_hidden:
            return
        words, of = self._wording, (self._source, self._tally)
        if self._tally.responses:
            add_who_answered(self.package, words, *of, who_answered_name(words))
        add_method(self.package, words, *of, method_name(words))

    def add_breakdown(self) -> None:
        """When one was asked for and the selection is not too small."""
        source, words = self._source, self._wording
        if self._breakdown is None or self._by is None or self._is_hidden:
            return
        labels = group_labels(words, source.asked, self._by, self._breakdown.groups)
        crossed = cross_tables(self._tally, self._breakdown, labels, source.threshold)
        add_breakdown(self.package, words, source, crossed, self._by, breakdown_name(words))


def _package(source: Source, wording: Wording) -> Package:
    code = wording.languages[0]
    return Package(
        title=wording.text(source.title, source.slug).line,
        creator=wording.text(source.organisation).line,
        language={"en": "en-CA", "fr": "fr-CA"}.get(code, code),
        direction=wording.direction,
        made_at=dt.datetime.combine(source.made_on, dt.time(), dt.UTC),
        subject=wording.gettext("Results of a consultation").line,
        keywords=f"consult; {source.slug}",
    )
