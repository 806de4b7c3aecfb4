"""The sheet “Breakdown”: every question by the groups that were asked for, small groups hidden."""

from __future__ import annotations

from dataclasses import replace

from consult.reports.breakdowns import CrossRow, breakdown_said, cross_rows
from consult.reports.lines import Lines, Placed
from consult.reports.package import Package
from consult.reports.sheets.blocks import percent_style
from consult.reports.source import Source
from consult.reports.styles import COUNT, HEAD, HEAD_END, NAME, NOTE, NUMBER, QUESTION, SUBTITLE, TITLE, Style
from consult.reports.tables import CrossTable, CrossTables
from consult.reports.wording import Said, Wording

_LABEL, _GROUP = 44.0, 16.0
_TITLE_COLUMNS = 6


def add_breakdown(
    package: Package, wording: Wording, source: Source, crossed: CrossTables, by: str, name: Said
) -> None:
    """``by``: as in breakdowns.py."""
    groups = breakdown_said(wording, source.asked, by)
    sheet = package.add_sheet(name.line)
    widths = (_LABEL, *[_GROUP] * max(len(crossed.heads), _TITLE_COLUMNS - 1))
    lines = Lines(package, sheet, widths)
    lines.add_across(wording.text(source.title, source.slug).line, TITLE, _TITLE_COLUMNS)
    lines.add_across(wording.gettext("By: %(question)s", question=groups).line, SUBTITLE, _TITLE_COLUMNS)
    if crossed.has_hidden:
        said = wording.gettext(
            "“Fewer than %(threshold)s” stands where a group is so small, or where it could be worked out "
            "from the others, that somebody could be recognised.",
            threshold=source.threshold,
        )
        lines.add_across(said.block, NOTE, _TITLE_COLUMNS)
    lines.skip()
    heads = (wording.text(head.label, head.name).block for head in crossed.heads)
    first = lines.add((groups.block, HEAD), *((head, HEAD_END) for head in heads))
    sheet.page.freeze_panes = f"B{first + 1}"
    sheet.print_on_letter(landscape=True, repeated_rows=f"{first}:{first}")
    small = wording.gettext("Fewer than %(threshold)s", threshold=crossed.threshold).line
    for table in crossed.tables:
        _add_question(lines, wording, table, by, small)


def _add_question(lines: Lines, w: Wording, table: CrossTable, by: str, small: str) -> None:
    rows = list(cross_rows(w, table, by))
    if not rows:
        return
    asked = table.whole.asked
    number = f"{asked.number}. " if asked.number else ""
    title = number + w.text(asked.question.label, asked.key).block
    lines.add_across(title, QUESTION, _TITLE_COLUMNS)
    styles = {"count": COUNT, "share": percent_style(w), "figure": replace(NUMBER, format="0.0")}
    for row in rows:
        lines.add((row.label.line, NAME), *_values(row, styles[row.measure], small))
    lines.skip()


def _values(row: CrossRow, style: Style, small: str) -> list[Placed]:
    """Only the first row of a question says why nothing is shown; below it the places stay empty."""
    words = replace(style, format="General")
    return [
        ((small if row.measure == "count" else None), words) if is_hidden else (value, style)
        for value, is_hidden in zip(row.values, row.is_hidden, strict=True)
    ]
