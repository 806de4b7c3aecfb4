"""The sheet “Summary”: every question with its table, its base and a chart, ready to be printed or copied."""

from __future__ import annotations

from collections.abc import Sequence

from consult.reports.findings import finding_said
from consult.reports.lines import Lines
from consult.reports.package import Package
from consult.reports.selections import selection_said
from consult.reports.sheets.blocks import block_of
from consult.reports.sheets.stack import SCALE, WIDTHS, Stack
from consult.reports.source import Source
from consult.reports.styles import QUESTION, SUBTITLE, TITLE
from consult.reports.tables import QuestionTable
from consult.reports.wording import Said, Wording


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
    lines = Lines(package, sheet, WIDTHS)
    _add_head(lines, wording, source, responses)
    sheet.page.freeze_panes = f"A{lines.next_row}"
    sheet.print_on_letter(scale=SCALE, repeated_rows="1:1")
    if is_hidden:
        said = wording.gettext(
            "Fewer than %(threshold)s responses, or fewer than that left out: nothing is summed up, "
            "so that nobody can be recognised.",
            threshold=source.threshold,
        )
        lines.add_across(said.block, QUESTION, len(WIDTHS))
        return
    stack = Stack(package, sheet, lines, wording)
    for table in tables:
        stack.add(
            _titles(wording, table),
            block_of(wording, table),
            _section(wording, table),
            name=f"Q_{table.asked.key}",
            finding=finding_said(wording, table),
        )


def _add_head(lines: Lines, w: Wording, source: Source, responses: int) -> None:
    lines.add_across(w.text(source.title, source.slug).line, TITLE, len(WIDTHS))
    size = w.ngettext("%(num)s response", "%(num)s responses", responses)
    parts = [w.text(source.organisation), size, *selection_said(w, source)]
    lines.add_across(" · ".join(part.line for part in parts), SUBTITLE, len(WIDTHS))
    lines.skip()


def _titles(w: Wording, table: QuestionTable) -> list[str]:
    first, *others = dict.fromkeys(w.text(table.asked.question.label, table.asked.key))
    return [f"{table.asked.number}. {first}" if table.asked.number else first, *others]


def _section(w: Wording, table: QuestionTable) -> Said | None:
    names = [w.text(label) for label in table.asked.section]
    return Said(" – ".join(each) for each in zip(*names, strict=True)) if names else None
