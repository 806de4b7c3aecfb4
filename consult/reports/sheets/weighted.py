"""The sheet “Weighted”: what was counted beside what it is weighted, with what that costs and where it
fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from consult.reports.analysis.intervals import Interval
from consult.reports.analysis.weighted import WeightedTable
from consult.reports.lines import Lines, Placed
from consult.reports.package import Package
from consult.reports.phrases import base_said, counted_said
from consult.reports.sheets.blocks import MOST_LINES, percent_style
from consult.reports.sheets.paging import PageBreaks, scale_for
from consult.reports.shown import line_shares
from consult.reports.source import Source
from consult.reports.styles import COUNT, DECIMAL, HEAD, HEAD_END, NAME, NOTE, QUESTION, SUBTITLE, TERM, TITLE
from consult.reports.weighing import Weighing
from consult.reports.weighted_results import weighted_shares
from consult.reports.wording import Said, Wording

_WIDTHS = (46.0, 13.0, 13.0, 13.0, 13.0, 13.0)


def add_weighted(package: Package, wording: Wording, source: Source, weighing: Weighing, name: Said) -> None:
    """After :meth:`Weighing.finish`."""
    sheet = package.add_sheet(name.line)
    columns = len(_WIDTHS)
    lines = Lines(package, sheet, _WIDTHS)
    lines.add_across(name.line, TITLE, columns)
    lines.add_across(wording.text(source.title, source.slug).line, SUBTITLE, columns)
    lines.skip()
    for said in weighing.said(wording):
        lines.add_across(said.block, NOTE, columns)
    between = wording.gettext(
        "“At least” and “at most”: where the weighted figure might lie, had those who answered been drawn at "
        "random (19 times out of 20)."
    )
    lines.add_across(between.block, NOTE, columns)
    for said in weighing.warnings(wording):
        lines.add_across(said.block, TERM, columns)
    lines.skip()
    sheet.page.freeze_panes = "A2"
    scale = scale_for(_WIDTHS, 85, is_landscape=False)
    sheet.print_on_letter(scale=scale, repeated_rows="1:1")
    breaks = PageBreaks(sheet, lines, scale, (1,))
    for table in weighing.tables:
        if table.plain.base:
            start = lines.next_row
            _add_question(lines, wording, table)
            breaks.keep_together(start)


def _add_question(lines: Lines, w: Wording, table: WeightedTable) -> None:
    asked = table.plain.asked
    label = w.text(asked.question.label, asked.key).block
    lines.add_across(f"{asked.number}. {label}" if asked.number else label, QUESTION, len(_WIDTHS))
    base = base_said(w, table.plain)
    effective = w.gettext(
        "Weighted, as exact as %(effective)s answers.", effective=w.number(round(table.effective))
    )
    lines.add_across(" ".join((base.line, effective.line)), NOTE, len(_WIDTHS))
    is_mean = table.plain.statistics is not None
    heads = (
        w.pgettext("table", "Figure") if is_mean else w.pgettext("table", "Answer"),
        counted_said(w, table.plain),
        w.pgettext("table", "Counted"),
        w.pgettext("table", "Weighted"),
        w.pgettext("table", "At least"),
        w.pgettext("table", "At most"),
    )
    lines.add((heads[0].block, HEAD), *((head.block, HEAD_END) for head in heads[1:]))
    for row in _mean(w, table) if is_mean else _shares(w, table):
        lines.add(*row)
    lines.skip()


def _shares(w: Wording, table: WeightedTable) -> list[Sequence[Placed]]:
    percent = percent_style(w)
    counted, weighted = line_shares(table.plain), weighted_shares(table)
    return [
        (
            (w.text(plain.label, plain.code).line, NAME),
            (plain.count, COUNT),
            (counted[plain.code], percent),
            (weighted[line.code], replace(percent, is_bold=True)),
            *((end, percent) for end in _ends(line.interval)),
        )
        for plain, line in zip(table.plain.lines, table.lines, strict=True)
        if plain.count or len(table.lines) <= MOST_LINES
    ]


def _mean(w: Wording, table: WeightedTable) -> list[Sequence[Placed]]:
    found = table.plain.statistics
    if found is None:
        return []
    return [
        (
            (w.gettext("Mean").line, NAME),
            (found.n, COUNT),
            (found.mean, DECIMAL),
            (table.mean, replace(DECIMAL, is_bold=True)),
            *((end, DECIMAL) for end in _ends(table.mean_interval)),
        )
    ]


def _ends(interval: Interval | None) -> tuple[float | str, float | str]:
    return ("–", "–") if interval is None else (interval.low, interval.high)
