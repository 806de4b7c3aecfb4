"""The sheet “Summary”: every question with its table, its base and a chart, ready to be printed or copied."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.worksheet.pagebreak import Break

from consult.i18n import Localized
from consult.reports.charts import Bars, Frame, add_bar_chart
from consult.reports.lines import Lines
from consult.reports.package import Package, Sheet
from consult.reports.sheets.about import selection_said
from consult.reports.sheets.blocks import Block, block_of
from consult.reports.source import Source
from consult.reports.styles import NOTE, QUESTION, SECTION, SUBTITLE, TITLE
from consult.reports.tables import QuestionTable
from consult.reports.wording import Said, Wording

_WIDTHS = (44.0, 12.0, 12.0, 2.0, 12.0, 12.0, 12.0, 12.0, 12.0)
_TABLE_COLUMNS = 3
_CHART_COLUMN = "E"
_CHART_WIDTH = 318.0  # points: columns E to I
_AIR = 6.0
_SCALE = 70  # per cent, at which all columns are as wide as the paper
_PAGE = (11 - 1.4) * 72 * 100 / _SCALE * 0.96  # points of rows that fit on one page; not all draw alike


def add_summary(
    package: Package,
    wording: Wording,
    source: Source,
    tables: Sequence[QuestionTable],
    name: Said,
    *,
    responses: int,
    is_hidden: bool,
) -> None:
    """``is_hidden``: the selection is of so few responses that nothing is summed up."""
    sheet = package.add_sheet(name.line)
    lines = Lines(package, sheet, _WIDTHS)
    _add_head(lines, wording, source, responses)
    sheet.page.freeze_panes = f"A{lines.next_row}"
    sheet.print_on_letter(scale=_SCALE, repeated_rows="1:1")
    if is_hidden:
        said = wording.gettext(
            "Fewer than %(threshold)s responses, or fewer than that left out: nothing is summed up, "
            "so that nobody can be recognised.",
            threshold=source.threshold,
        )
        lines.add_across(said.block, QUESTION, len(_WIDTHS))
        return
    writer = _Writer(package, sheet, lines, wording)
    for table in tables:
        writer.add(table)


def _add_head(lines: Lines, w: Wording, source: Source, responses: int) -> None:
    lines.add_across(w.text(source.title, source.slug).line, TITLE, len(_WIDTHS))
    size = w.ngettext("%(num)s response", "%(num)s responses", responses)
    parts = [w.text(source.organisation), size, *selection_said(w, source)]
    lines.add_across(" · ".join(part.line for part in parts), SUBTITLE, len(_WIDTHS))
    lines.skip()


class _Writer:
    """Puts one question under the other and keeps each on one page where it fits on one."""

    def __init__(self, package: Package, sheet: Sheet, lines: Lines, wording: Wording) -> None:
        self._package = package
        self._sheet = sheet
        self._lines = lines
        self._wording = wording
        self._section: tuple[Localized, ...] = ()
        self._page_starts = 1

    def add(self, table: QuestionTable) -> None:
        start = self._lines.next_row
        self._add_section(table)
        block = block_of(self._wording, table)
        self._add_question(table, block)
        first = self._lines.next_row
        self._add_table(block)
        self._add_chart(table, block, first)
        self._lines.skip(14)
        self._break_page_before(start)

    def _add_section(self, table: QuestionTable) -> None:
        if table.asked.section != self._section:
            self._section = table.asked.section
            if self._section:
                names = [self._wording.text(label) for label in self._section]
                said = Said(" – ".join(each) for each in zip(*names, strict=True))
                self._lines.add_across(said.line, SECTION, len(_WIDTHS))
                self._lines.skip(6)

    def _add_question(self, table: QuestionTable, block: Block) -> None:
        label = self._wording.text(table.asked.question.label, table.asked.key)
        titles = list(dict.fromkeys(label))
        number = f"{table.asked.number}. " if table.asked.number else ""
        self._lines.add_across(f"{number}{titles[0]}", QUESTION, len(_WIDTHS))
        for title in titles[1:]:
            self._lines.add_across(title, QUESTION, len(_WIDTHS))
        self._lines.add_across(block.base.block, NOTE, len(_WIDTHS))

    def _add_table(self, block: Block) -> None:
        for row in block.rows:
            block.places.append(self._lines.add(*row))
        for note in block.notes:
            self._lines.add_across(note.block, NOTE, _TABLE_COLUMNS)

    def _add_chart(self, table: QuestionTable, block: Block, first: int) -> None:
        if block.chart is None or not table.base:
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
            self._wording.gettext(
                "Bar chart: %(question)s",
                question=self._wording.text(table.asked.question.label, table.asked.key),
            ).line,
        )

    def _break_page_before(self, start: int) -> None:
        """A question that would be split begins a new page, unless it is longer than a page."""
        end = self._lines.next_row - 1
        # The first row stands on every page.
        room = _PAGE - self._lines.height_of(1, 1)
        if self._lines.height_of(self._page_starts, end) <= room:
            return
        if start > self._page_starts:
            self._sheet.page.row_breaks.append(Break(id=start - 1))
            self._page_starts = start
        while self._lines.height_of(self._page_starts, end) > room:
            self._page_starts += 1
