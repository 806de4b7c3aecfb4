"""The results page, prepared: everything that a template shows, in the page's language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consult.i18n import Localized, LocalText
from consult.questions.rich_text import plain_text
from consult.reports.breakdowns import CrossRow, can_break_down, cross_rows, group_labels
from consult.reports.counting import broken_down, counted
from consult.reports.phrases import base_said, class_said, counted_said, figures_of
from consult.reports.shown import class_shares, line_shares
from consult.reports.source import Source
from consult.reports.tables import (
    CrossTables,
    GroupHead,
    QuestionTable,
    Share,
    cross_tables,
    question_tables,
)
from consult.reports.wording import Wording, left_open

MOST_LINES = 40
"""Choices that are all shown; of a longer list only what was chosen, the most frequent first."""

MOST_GROUPS = 40
"""Groups of a breakdown that are shown beside each other; the workbook has all."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table with its bar: ``share`` from 0 to 100. ``code``: to select those who answered so."""

    label: str
    count: str
    percent: str
    share: float
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Cross:
    """A row of a breakdown: one cell a group, None where nothing is shown."""

    label: str
    cells: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """One question. ``section`` is said where a new one begins. ``counted``: what the
    numbers of its lines are of. ``figures``: term and value. ``breaks_down``: others can be broken down by
    it, and responses selected by its ``answers``, the key under which they stand."""

    key: str
    number: int
    title: LocalText
    section: tuple[LocalText, ...]
    base: str
    counted: str
    is_text: bool
    lines: tuple[Line, ...] = ()
    figures: tuple[tuple[str, str], ...] = ()
    unchosen: int = 0
    other_texts: int = 0
    crosses: tuple[Cross, ...] = ()
    breaks_down: bool = False
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """A group of the breakdown: ``size`` None where it is too small to be shown."""

    label: str
    size: str | None


@dataclass(frozen=True, slots=True)
class Results:
    """``size``: how many responses, in words. ``is_hidden``: the selection is too small, or leaves too few
    out. ``groups``: how many there are, of which ``heads`` are the largest."""

    responses: int
    size: str
    is_hidden: bool
    results: tuple[Result, ...]
    heads: tuple[Head, ...] = ()
    has_hidden: bool = False
    groups: int = 0


HIDDEN = Results(0, "", True, ())
"""Not even how many: the rest of the total would tell."""


def results_of(source: Source, language: str, by: str | None = None) -> Results:
    """All questions. ``by``: what they are broken down by (see breakdowns.py). Raises KeyError."""
    if source.gives_away:
        return HIDDEN
    tally, groups = broken_down(source, by) if by else (counted(source), None)
    w = Wording((language,), source.fallback)
    size = _size(w, source, tally.responses)
    if source.hides(tally.responses):
        return HIDDEN
    if groups is None or by is None:
        tables = question_tables(tally)
        return Results(tally.responses, size, False, tuple(_results(w, source, tables)))
    labels = group_labels(w, source.asked, by, groups.sizes)
    crossed = cross_tables(tally, groups, labels, source.threshold, MOST_GROUPS)
    return Results(
        tally.responses,
        size,
        False,
        tuple(_results(w, source, [table.whole for table in crossed.tables], crossed, by)),
        tuple(_head(w, head) for head in crossed.heads),
        crossed.has_hidden,
        crossed.groups,
    )


def _size(w: Wording, source: Source, responses: int) -> str:
    if source.selection:
        return w.ngettext(
            "%(num)s response selected, of %(total)s",
            "%(num)s responses selected, of %(total)s",
            responses,
            total=source.total,
        ).line
    return w.ngettext("%(num)s response", "%(num)s responses", responses).line


def _head(w: Wording, head: GroupHead) -> Head:
    label = w.text(head.label, head.name).line
    return Head(label, None if head.size is None else w.number(head.size).line)


def _section(labels: tuple[Localized, ...], *languages: str) -> tuple[LocalText, ...]:
    return tuple(_open(label.pick(*languages)) for label in labels)


def _open(text: LocalText) -> LocalText:
    return LocalText(left_open(plain_text(text)), text.language)


def _results(
    w: Wording,
    source: Source,
    tables: Sequence[QuestionTable],
    crossed: CrossTables | None = None,
    by: str = "",
) -> Iterator[Result]:
    section: tuple[Localized, ...] = ()
    for place, table in enumerate(tables):
        is_new, section = table.asked.section != section, table.asked.section
        lines = table.chosen if len(table.lines) > MOST_LINES else table.lines
        question = table.asked.question
        yield Result(
            key=table.asked.key,
            number=table.asked.number,
            title=_open(question.label.pick(w.languages[0], source.fallback))
            or LocalText(table.asked.key, w.languages[0]),
            section=_section(section, w.languages[0], source.fallback) if is_new else (),
            base=base_said(w, table).line,
            counted=counted_said(w, table).line,
            is_text=table.summary == "texts" and table.base > 0,
            lines=tuple(_lines(w, table, lines)),
            figures=tuple(_figures(w, table)),
            unchosen=len(table.lines) - len(lines),
            other_texts=table.other_texts,
            crosses=tuple(_cross(w, row) for row in cross_rows(w, crossed.tables[place], by))
            if crossed
            else (),
            breaks_down=can_break_down(table.asked),
            answers=question.key,
        )


def _cross(w: Wording, row: CrossRow) -> Cross:
    say = {"count": w.figure, "share": w.percent, "figure": w.figure}[row.measure]
    pairs = zip(row.values, row.is_hidden, strict=True)
    return Cross(row.label.line, tuple(None if is_hidden else say(value).line for value, is_hidden in pairs))


def _lines(w: Wording, table: QuestionTable, shares: Sequence[Share]) -> Iterator[Line]:
    if not table.base:
        return
    shown, can_select = line_shares(table), can_break_down(table.asked)
    for line in shares:
        label = _open(line.label.pick(w.languages[0], w.fallback)) or LocalText(line.code, w.languages[0])
        code = line.code if can_select and line.label else None
        yield _line(w, label, line.count, shown[line.code], code)
    for each, share in zip(table.classes, class_shares(table), strict=True):
        yield _line(w, class_said(w, each).line, each.count, share)
    for rank in table.ranks:
        yield _line(w, w.text(rank.label, rank.code).line, rank.first, rank.first_share)


def _line(w: Wording, label: str, count: int, share: float | None, code: str | None = None) -> Line:
    return Line(label, w.number(count).line, w.percent(share).line, round((share or 0) * 100, 1), code)


def _figures(w: Wording, table: QuestionTable) -> Iterator[tuple[str, str]]:
    if table.statistics is not None:
        for figure in figures_of(w, table.statistics):
            yield figure.term.line, w.figure(figure.value).line
    for rank in table.ranks:
        label = w.gettext("Mean place of “%(item)s”", item=w.text(rank.label, rank.code))
        yield label.line, w.figure(rank.mean).line
    if table.earliest is not None and table.latest is not None:
        yield w.gettext("Earliest").line, w.moment(table.earliest).line
        yield w.gettext("Latest").line, w.moment(table.latest).line
