"""The summary in Word: who was heard, what they said by section, and how the answers came about.

    write_summary(source, Wording.of("fr"), file)

Everything in it is for readers outside: no single answers, no small groups. Tables, charts and headings are
Word's own, so that staff can shorten and rewrite it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from consult.reports.findings import finding_said
from consult.reports.guard import hidden_groups, is_hidden_part
from consult.reports.heard import Heard, who_was_heard
from consult.reports.method import method_said
from consult.reports.phrases import base_said, class_said, counted_said, figures_of
from consult.reports.shown import class_shares, line_shares, shares_adding_up
from consult.reports.source import Source
from consult.reports.tables import QuestionTable, question_tables
from consult.reports.tally import Tally
from consult.reports.word.chart_part import Charts
from consult.reports.word.paper import WIDTH, Paper
from consult.reports.wording import Said, Wording

MOST_LINES = 15
"""Answers of one question that are listed; of more, the most frequent."""


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    count: int
    share: float | None


def write_summary(source: Source, wording: Wording, file: Path | IO[bytes]) -> None:
    """Write the document, from one pass over the responses."""
    tally = Tally(source.asked)
    for row in source.rows():
        tally.add(row)
    summary = _Summary(source, wording, tally)
    summary.write()
    summary.paper.document.save(str(file) if isinstance(file, Path) else file)


class _Summary:
    def __init__(self, source: Source, wording: Wording, tally: Tally) -> None:
        self._source = source
        self._w = wording
        self._tally = tally
        code = wording.languages[0]
        self.paper = Paper(
            title=wording.text(source.title, source.slug).line,
            author=wording.text(source.organisation).line,
            language={"en": "en-CA", "fr": "fr-CA"}.get(code, code),
            direction=wording.direction,
            made_on=source.made_on,
        )
        self._charts = Charts(self.paper.document, WIDTH, is_mirrored=wording.direction == "rtl")

    def write(self) -> None:
        w, source, tally = self._w, self._source, self._tally
        under = [w.text(source.organisation).line, w.date(source.made_on).line]
        self.paper.title(w.text(source.title, source.slug).line, " · ".join(under))
        if is_hidden_part(tally.responses, source.total, source.threshold) or not tally.responses:
            self._say(self._nothing())
            return
        self._add_heard()
        self.paper.heading(w.gettext("What people said").line, 1)
        section: tuple[object, ...] = ()
        for table in question_tables(tally):
            if table.asked.section != section:
                section = table.asked.section
                if section:
                    names = [w.text(label).line for label in table.asked.section]
                    self.paper.heading(" – ".join(names), 2)
            self._add_question(table)
        self._add_method()

    def _nothing(self) -> Said:
        if not self._tally.responses:
            return self._w.gettext("There is no response yet.")
        return self._w.gettext(
            "Fewer than %(threshold)s responses, or fewer than that left out: nothing is summed up, "
            "so that nobody can be recognised.",
            threshold=self._source.threshold,
        )

    def _say(self, said: Said, style: str | None = None) -> None:
        for text in dict.fromkeys(said):
            self.paper.say(text, style)

    def _add_heard(self) -> None:
        w = self._w
        self.paper.heading(w.gettext("Who was heard").line, 1)
        self._say(w.ngettext("%(num)s response", "%(num)s responses", self._tally.responses))
        for heard in list(who_was_heard(w, self._source.asked, self._tally))[:3]:  # no names, no places
            self.paper.heading(heard.title.line, 3)
            self._add_groups(heard)

    def _add_groups(self, heard: Heard) -> None:
        """Groups that are too small to be shown have no number; nor what would give it away."""
        w, threshold = self._w, self._source.threshold
        small = hidden_groups({place: count for place, (_, count) in enumerate(heard.lines)}, threshold)
        few = w.gettext("Not shown").line
        shares = shares_adding_up([count for _, count in heard.lines])
        lines = [
            Line(said.line, count, share) for (said, count), share in zip(heard.lines, shares, strict=True)
        ]
        rows = [
            (line.label, few, "–")
            if place in small
            else (line.label, w.number(line.count).line, w.percent(line.share).line)
            for place, line in enumerate(lines)
        ]
        head = (
            w.pgettext("table", "Group"),
            w.pgettext("table", "Responses"),
            w.pgettext("table", "Percentage"),
        )
        shown = [line for place, line in enumerate(lines) if place not in small]
        self.paper.table([each.line for each in head], rows, keeps_with_next=bool(shown))
        self._add_chart(heard.title.line, shown)

    def _add_question(self, table: QuestionTable) -> None:
        w = self._w
        label = w.text(table.asked.question.label, table.asked.key).line
        self.paper.heading(f"{table.asked.number}. {label}" if table.asked.number else label, 3)
        if 0 < table.behind < self._source.threshold:
            self._say(
                w.gettext(
                    "Fewer than %(threshold)s people answered this question; their answers are not shown.",
                    threshold=self._source.threshold,
                )
            )
            return
        if (finding := finding_said(w, table)) is not None:
            self._say(finding)
        self.paper.note(base_said(w, table).line)
        lines = list(self._lines(table))
        if lines:
            heads = (w.pgettext("table", "Answer"), counted_said(w, table), w.pgettext("table", "Percentage"))
            rows = [(line.label, w.number(line.count).line, w.percent(line.share).line) for line in lines]
            self.paper.table([each.line for each in heads], rows, keeps_with_next=True)
            self._add_chart(label, lines)
        self._add_more(table)

    def _lines(self, table: QuestionTable) -> Iterator[Line]:
        w = self._w
        if not table.base:
            return
        shares = table.lines if len(table.lines) <= MOST_LINES else table.chosen[:MOST_LINES]
        shown = line_shares(table)
        for line in shares:
            yield Line(w.text(line.label, line.code).line, line.count, shown[line.code])
        for each, share in zip(table.classes, class_shares(table), strict=True):
            yield Line(class_said(w, each).line, each.count, share)
        for rank in table.ranks:
            yield Line(w.text(rank.label, rank.code).line, rank.first, rank.first_share)

    def _add_more(self, table: QuestionTable) -> None:
        w = self._w
        left = len([line for line in table.lines if line.count]) - MOST_LINES
        if len(table.lines) > MOST_LINES and left > 0:
            self._say(
                w.ngettext(
                    "The most frequent answers; %(num)s further answer is in the Excel report.",
                    "The most frequent answers; %(num)s further answers are in the Excel report.",
                    left,
                )
            )
        if table.ranks:
            self._say(w.gettext("Counted is how often each was put first."))
        if table.statistics is not None:
            figures = [
                (figure.term.line, w.figure(figure.value).line) for figure in figures_of(w, table.statistics)
            ]
            head = w.pgettext("table", "Statistics").line
            self.paper.table([head, ""], figures, keeps_with_next=False)
        if table.summary == "texts" and table.base:
            self._say(w.gettext("What people wrote stands in the Excel report."))

    def _add_chart(self, words: str, lines: list[Line]) -> None:
        if not lines:
            return
        w = self._w
        self._charts.add(
            [line.label for line in lines],
            [line.share or 0.0 for line in lines],
            '0"\u00a0"%' if w.has_spaced_percent else "0%",
            w.gettext("Bar chart: %(question)s", question=words).line,
        )

    def _add_method(self) -> None:
        w = self._w
        self.paper.heading(w.pgettext("sheet", "Method").line, 1)
        for title, sentences in method_said(w, self._source, self._tally):
            self.paper.heading(title.line, 2)
            for said in sentences:
                self._say(said)
