"""The sheet “Method”: how the answers came about, in sentences that can be quoted."""

from __future__ import annotations

from consult.reports.lines import Lines
from consult.reports.method import method_said
from consult.reports.package import Package
from consult.reports.source import Source
from consult.reports.styles import SECTION, TEXT, TITLE
from consult.reports.tally import Tally
from consult.reports.wording import Said, Wording

_ONE, _SEVERAL = 96.0, 62.0


def add_method(package: Package, wording: Wording, source: Source, tally: Tally, name: Said) -> None:
    """One sentence a row; English and French side by side where both are wanted."""
    sheet = package.add_sheet(name.line)
    columns = len(wording.languages)
    lines = Lines(package, sheet, [_SEVERAL if wording.is_bilingual else _ONE] * columns)
    lines.add_across(name.line, TITLE, columns)
    for section, sentences in method_said(wording, source, tally):
        lines.skip()
        lines.add(*((text, SECTION) for text in section))
        for said in sentences:
            lines.add(*((text, TEXT) for text in said))
    sheet.print_on_letter(landscape=wording.is_bilingual)
