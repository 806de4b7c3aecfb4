"""Tables with their charts, one under the other on a sheet, each on one printed page where it fits on one."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.utils import get_column_letter

from consult.reports.charts import Bars, Frame, add_bar_chart
from consult.reports.lines import Lines
from consult.reports.named import define_name
from consult.reports.package import Package, Sheet
from consult.reports.sheets.blocks import Block
from consult.reports.sheets.paging import PageBreaks
from consult.reports.styles import NOTE, QUESTION, SECTION
from consult.reports.wording import Said, Wording

WIDTHS = (44.0, 12.0, 12.0, 2.0, 12.0, 12.0, 12.0, 12.0, 12.0)
SCALE = 70
"""Per cent, at which all columns are as wide as the paper."""

_TABLE_COLUMNS = 3
_CHART_COLUMN = "E"
_CHART_WIDTH = 318.0  # points: columns E to I
_AIR = 6.0


class Stack:
    """The sheet from ``lines`` on. Its first row stands on every page."""

    def __init__(self, package: Package, sheet: Sheet, lines: Lines, wording: Wording) -> None:
        self._package = package
        self._sheet = sheet
        self._lines = lines
        self._wording = wording
        self._section: Said | None = None
        self._breaks = PageBreaks(sheet, lines, SCALE, (1,))

    def add(
        self,
        titles: Sequence[str],
        block: Block,
        section: Said | None = None,
        *,
        name: str | None = None,
        finding: Said | None = None,
    ) -> None:
        """``titles``: one, or one a language. ``section`` is said where it is another than before.
        ``name``: of the range with the table. ``finding``: what stands out, for those who cannot see the
        chart."""
        start = self._lines.next_row
        if section != self._section:
            self._section = section
            if section:
                self._lines.add_across(section.line, SECTION, len(WIDTHS))
                self._lines.skip(6)
        for title in titles:
            self._lines.add_across(title, QUESTION, len(WIDTHS))
        if any(block.base):
            self._lines.add_across(block.base.block, NOTE, len(WIDTHS))
        first = self._lines.next_row
        self._add_table(block)
        if name and block.named:
            self._define(name, block)
        self._add_chart(self._told(titles, finding), block, first)
        self._lines.skip(14)
        self._breaks.keep_together(start)

    def _add_table(self, block: Block) -> None:
        for row in block.rows:
            block.places.append(self._lines.add(*row))
        for note in block.notes:
            self._lines.add_across(note.block, NOTE, _TABLE_COLUMNS)

    def _define(self, name: str, block: Block) -> None:
        rows = block.places[0], block.places[block.named - 1]
        last = get_column_letter(max(len(row) for row in block.rows[: block.named]))
        define_name(self._sheet, name, f"$A${rows[0]}:${last}${rows[1]}")

    def _told(self, titles: Sequence[str], finding: Said | None) -> str:
        question = " / ".join(titles)
        if finding is None:
            return self._wording.gettext("Bar chart: %(question)s", question=question).line
        said = self._wording.gettext(
            "Bar chart: %(question)s – %(finding)s", question=question, finding=finding.line
        )
        return said[0]

    def _add_chart(self, alternative: str, block: Block, first: int) -> None:
        if block.chart is None:
            return
        top, bottom = (block.places[place] for place in block.chart.rows)
        column = block.chart.column
        above, below = self._lines.height_of(first, top - 1), self._lines.height_of(first, bottom)
        add_bar_chart(
            self._sheet,
            Bars(
                labels=f"A{top}:A{bottom}",
                values=f"{column}{top}:{column}{bottom}",
                names=block.chart.names,
                numbers=block.chart.numbers,
                number_format=block.chart.number_format,
            ),
            Frame(f"{_CHART_COLUMN}{first}", _CHART_WIDTH, below + _AIR, above, below),
            alternative,
        )
