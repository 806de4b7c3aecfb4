"""A sheet “Breakdown”: every question by the groups that were asked for, small groups hidden; where marks are
wanted, which group answers otherwise than the others, and not merely by chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from consult.reports.analysis.significance import Mark, marks_of
from consult.reports.breakdowns import CrossRow, breakdown_said, cross_rows
from consult.reports.lines import Lines, Placed
from consult.reports.package import Package
from consult.reports.sheets.blocks import percent_style
from consult.reports.sheets.paging import PageBreaks, scale_for
from consult.reports.sheets.reading import HIGHER, LOWER
from consult.reports.source import Source
from consult.reports.styles import COUNT, HEAD, HEAD_END, NAME, NOTE, NUMBER, QUESTION, SUBTITLE, TITLE, Style
from consult.reports.tables import CrossTable, CrossTables, GroupHead
from consult.reports.wording import Said, Wording

_LABEL, _GROUP = 44.0, 16.0
_TITLE_COLUMNS = 6
_LARGEST_SCALE = 85
_UPRIGHT_SCALE = 70
"""Per cent, from which on a table stands upright on paper."""

_FEW_GROUPS, _NARROW_GROUP = 7, 13.0
_SIGNS: dict[Mark | None, str] = {"higher": HIGHER, "lower": LOWER, None: "\u2003"}


@dataclass(frozen=True, slots=True)
class Crossed:
    """``by``: as in breakdowns.py."""

    by: str
    tables: CrossTables
    has_marks: bool = False


def add_breakdown(package: Package, wording: Wording, source: Source, crossed: Crossed, name: Said) -> None:
    """Each question on one printed page, if there is room."""
    sheet = package.add_sheet(name.line)
    groups = breakdown_said(wording, source.every, crossed.by)
    shown, left_out = _shown(crossed.tables)
    crossed, heads = replace(crossed, tables=shown), shown.heads
    group = _GROUP if len(heads) <= _FEW_GROUPS else _NARROW_GROUP
    widths = (_LABEL, *[group] * max(len(heads), _TITLE_COLUMNS - 1))
    lines = Lines(package, sheet, widths)
    lines.add_across(wording.text(source.title, source.slug).line, TITLE, _TITLE_COLUMNS)
    lines.add_across(wording.gettext("By: %(question)s", question=groups).line, SUBTITLE, _TITLE_COLUMNS)
    for said in (*_notes(wording, source, crossed), *_left_out(wording, left_out)):
        lines.add_across(said.block, NOTE, _TITLE_COLUMNS)
    sheet.print_on_letter()
    if not heads:
        return
    lines.skip()
    labels = (wording.text(head.label, head.name).block for head in heads)
    first = lines.add((groups.block, HEAD), *((label, HEAD_END) for label in labels))
    sheet.page.freeze_panes = f"B{first + 1}"
    is_landscape = scale_for(widths, _LARGEST_SCALE, is_landscape=False) < _UPRIGHT_SCALE
    scale = scale_for(widths, _LARGEST_SCALE, is_landscape=is_landscape)
    sheet.print_on_letter(landscape=is_landscape, repeated_rows=f"{first}:{first}", scale=scale)
    sheet.page.print_title_cols = "A:A"
    breaks = PageBreaks(sheet, lines, scale, (first,), is_landscape=is_landscape)
    questions = _Questions(wording, crossed, lines)
    for table in crossed.tables.tables:
        start = lines.next_row
        questions.add(table)
        breaks.keep_together(start)


def _shown(tables: CrossTables) -> tuple[CrossTables, tuple[GroupHead, ...]]:
    """Without the groups of which no question can show anything; and these."""
    places = [place for place, head in enumerate(tables.heads) if head.size is not None]
    left_out = tuple(head for head in tables.heads if head.size is None)
    kept = tuple(
        replace(table, groups=tuple(table.groups[place] for place in places)) for table in tables.tables
    )
    return replace(tables, heads=tuple(tables.heads[place] for place in places), tables=kept), left_out


def _left_out(w: Wording, heads: Sequence[GroupHead]) -> list[Said]:
    if not heads:
        return []
    names = [w.text(head.label, head.name) for head in heads]
    return [
        w.gettext(
            "Not shown, because too few people are in them or would be given away by them: %(groups)s.",
            groups=Said("; ".join(each) for each in zip(*names, strict=True)),
        )
    ]


def _notes(w: Wording, source: Source, crossed: Crossed) -> list[Said]:
    found = []
    if _has_hidden(crossed):
        found.append(
            w.gettext(
                "“Fewer than %(threshold)s” stands where a group is so small, or where it could be worked "
                "out from the others, that somebody could be recognised.",
                threshold=source.threshold,
            )
        )
    if crossed.has_marks:
        found.append(
            w.gettext(
                "Marks: %(higher)s stands where a group answers more often like this, or has a higher "
                "mean, than all others together, %(lower)s where less often or lower, and where that would "
                "come about by chance in fewer than one of twenty surveys, all comparisons of a question "
                "taken together.",
                higher=HIGHER,
                lower=LOWER,
            )
        )
    return found


def _has_hidden(crossed: Crossed) -> bool:
    """Whether anything that would stand here does not."""
    return any(
        part is None
        for table in crossed.tables.tables
        if table.whole.base and table.whole.summary in ("choices", "numbers", "ranks")
        for part in table.groups
    )


class _Questions:
    """Writes one question after the other."""

    def __init__(self, w: Wording, crossed: Crossed, lines: Lines) -> None:
        self._w = w
        self._crossed = crossed
        self._lines = lines
        self._small = w.gettext("Fewer than %(threshold)s", threshold=crossed.tables.threshold).line
        self._styles = {
            "count": COUNT,
            "share": percent_style(w),
            "figure": replace(NUMBER, format="0.0"),
        }

    def add(self, table: CrossTable) -> None:
        """Nothing where there is nothing to compare."""
        w, lines = self._w, self._lines
        rows = list(cross_rows(w, table, self._crossed.by))
        if not rows:
            return
        asked = table.whole.asked
        number = f"{asked.number}. " if asked.number else ""
        title = number + w.text(asked.question.label, asked.key).block
        lines.add_across(title, QUESTION, _TITLE_COLUMNS)
        marks = marks_of(table) if self._crossed.has_marks else None
        nothing: tuple[Mark | None, ...] = (None,) * len(table.groups)
        found = [
            nothing if marks is None or row.of is None else marks.of_row(row.of, len(table.groups))
            for row in rows
        ]
        for row, of_row in zip(rows, found, strict=True):
            lines.add((row.label.line, NAME), *self._values(row, of_row))
        if any(map(any, found)):
            said = w.gettext(
                "%(higher)s more, %(lower)s less than all others together, by more than chance explains.",
                higher=HIGHER,
                lower=LOWER,
            )
            lines.add_across(said.line, NOTE, _TITLE_COLUMNS)
        lines.skip()

    def _values(self, row: CrossRow, marks: Sequence[Mark | None]) -> list[Placed]:
        """Only the first row of a question says why nothing is shown; below it the places stay empty."""
        style = self._styles[row.measure]
        words = replace(style, format="General")
        return [
            ((self._small if row.measure == "count" else None), words)
            if is_hidden
            else (value, self._marked(style, mark))
            for value, is_hidden, mark in zip(row.values, row.is_hidden, marks, strict=True)
        ]

    def _marked(self, style: Style, mark: Mark | None) -> Style:
        """The mark belongs to the format: the cell stays a number. Numbers without one stay in line."""
        if not self._crossed.has_marks:
            return style
        form = "#,##0" if style.format == COUNT.format else style.format
        return replace(style, format=f'{form}" {_SIGNS[mark]}"')
