"""An edition in Word: who was heard, each question with its table and chart, how people are protected."""

from __future__ import annotations

from typing import IO

from consult.reports.edition_reading import (
    Document,
    Groups,
    Question,
    comment_of,
    heard_said,
    made_on,
    organisation_of,
    own_title,
    questions_of,
    rule_said,
    title_of,
)
from consult.reports.word.chart_part import Charts
from consult.reports.word.paper import WIDTH, Paper
from consult.reports.wording import Said, Wording

MOST_COLUMNS = 4
"""Groups beside each other on a page; of more, the table goes on below."""


def write_word(document: Document, w: Wording, file: IO[bytes]) -> None:
    """Write the document."""
    _Edition(document, w).write(file)


class _Edition:
    def __init__(self, document: Document, w: Wording) -> None:
        self._document = document
        self._w = w
        self._paper = Paper(
            title=title_of(w, document).line,
            author=organisation_of(w, document).line,
            language=w.office_tag,
            direction=w.direction,
            made_on=made_on(document),
        )
        self._charts = Charts(self._paper.document, WIDTH, is_mirrored=w.direction == "rtl")

    def write(self, file: IO[bytes]) -> None:
        w, document, paper = self._w, self._document, self._paper
        under = [organisation_of(w, document).line, w.date(made_on(document)).line]
        if (own := own_title(w, document)) is not None:
            under.insert(0, own.line)
        paper.title(title_of(w, document).line, " · ".join(under))
        if (comment := comment_of(w, document)) is not None:
            self._say(comment)
        paper.heading(w.gettext("Who was heard").line, 1)
        for said in heard_said(w, document):
            self._say(said)
        paper.heading(w.gettext("What people said").line, 1)
        section: Said | None = None
        for question in questions_of(w, document):
            if question.section != section:
                section = question.section
                if section:
                    paper.heading(section.line, 2)
            self._add(question)
        paper.heading(w.gettext("How people are protected").line, 1)
        for said in rule_said(w, document):
            self._say(said)
        paper.document.save(file)

    def _say(self, said: Said) -> None:
        for text in dict.fromkeys(said):
            self._paper.say(text)

    def _add(self, question: Question) -> None:
        w, paper = self._w, self._paper
        title = question.title.line
        paper.heading(f"{question.number}. {title}" if question.number else title, 3)
        paper.note(question.base.line)
        heads = (
            w.pgettext("table", "Answer").line,
            w.pgettext("table", "People").line,
            w.pgettext("table", "Percentage").line,
        )
        none = w.gettext("Not shown").line
        rows = [
            (line.label.line, none, "–")
            if line.count is None
            else (line.label.line, w.number(line.count).line, w.percent(line.share).line)
            for line in question.lines
        ]
        shown = [line for line in question.lines if line.share is not None]
        paper.table(heads, rows, keeps_with_next=bool(shown))
        if shown:
            self._charts.add(
                [line.label.line for line in shown],
                [line.share or 0.0 for line in shown],
                '0"\u00a0"%' if w.has_spaced_percent else "0%",
                w.gettext("Bar chart: %(question)s", question=title).line,
            )
        for groups in question.groups:
            self._add_groups(groups)

    def _add_groups(self, groups: Groups) -> None:
        w = self._w
        self._paper.note(w.gettext("By: %(question)s", question=groups.title).line)
        none = w.gettext("Not shown").line
        for first in range(0, len(groups.heads), MOST_COLUMNS):
            places = range(first, min(first + MOST_COLUMNS, len(groups.heads)))
            answered = [groups.answered[place] for place in places]
            rows = [
                (
                    w.pgettext("table", "Answered").line,
                    *(none if count is None else w.number(count).line for count in answered),
                )
            ]
            for label, shares, _ in groups.rows:
                given = [shares[place] for place in places]
                rows.append(
                    (label.line, *("·" if share is None else w.percent(share).line for share in given))
                )
            head = ("", *(groups.heads[place].line for place in places))
            self._paper.table(head, rows, keeps_with_next=False)
