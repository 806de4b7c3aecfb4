"""The sheet “Who answered”: responses by language, channel, month, session and data collector."""

from __future__ import annotations

from consult.reports.heard import who_was_heard
from consult.reports.lines import Lines
from consult.reports.package import Package
from consult.reports.sheets.blocks import block_of_heard
from consult.reports.sheets.stack import SCALE, WIDTHS, Stack
from consult.reports.source import Source
from consult.reports.styles import SUBTITLE, TITLE
from consult.reports.tally import Tally
from consult.reports.wording import Said, Wording


def add_who_answered(package: Package, wording: Wording, source: Source, tally: Tally, name: Said) -> None:
    sheet = package.add_sheet(name.line)
    lines = Lines(package, sheet, WIDTHS)
    lines.add_across(name.line, TITLE, len(WIDTHS))
    size = wording.ngettext("%(num)s response", "%(num)s responses", tally.responses)
    lines.add_across(f"{wording.text(source.title, source.slug).line} · {size.line}", SUBTITLE, len(WIDTHS))
    lines.skip()
    sheet.page.freeze_panes = f"A{lines.next_row}"
    sheet.print_on_letter(scale=SCALE, repeated_rows="1:1")
    stack = Stack(package, sheet, lines, wording)
    for heard in who_was_heard(wording, source.asked, tally):
        stack.add([heard.title.line], block_of_heard(wording, heard))
