"""The sheet “Method”: how the answers came about, in sentences that can be quoted, and what people were
told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from consult.reports.lines import Lines
from consult.reports.method import method_said
from consult.reports.package import Package
from consult.reports.sheets.notices import add_notices
from consult.reports.sheets.paging import PageBreaks, scale_for
from consult.reports.source import Source
from consult.reports.styles import SECTION, TEXT, TITLE, Style
from consult.reports.tally import Tally
from consult.reports.wording import Said, Wording

_TERM = 26.0
_ONE, _SEVERAL = 70.0, 62.0


def add_method(
    package: Package,
    wording: Wording,
    source: Source,
    tally: Tally,
    name: Said,
    *,
    weights: Sequence[Said] = (),
    has_marks: bool = False,
) -> None:
    """One sentence a row; English and French side by side where both are wanted. ``weights``: see
    method.py."""
    sheet = package.add_sheet(name.line)
    widths = (_TERM, _SEVERAL - _TERM, _SEVERAL) if wording.is_bilingual else (_TERM, _ONE)
    lines = Lines(package, sheet, widths)
    lines.add_across(name.line, TITLE, len(widths))
    scale = scale_for(widths, 90, is_landscape=wording.is_bilingual)
    sheet.print_on_letter(landscape=wording.is_bilingual, scale=scale)
    breaks = PageBreaks(sheet, lines, scale, (), is_landscape=wording.is_bilingual)
    for section, sentences in method_said(wording, source, tally, weights=weights, has_marks=has_marks):
        start = lines.next_row
        lines.skip()
        _add(lines, section, SECTION)
        for said in sentences:
            _add(lines, said, TEXT)
        breaks.keep_together(start)
    add_notices(lines, wording, source, len(widths), breaks)


def _add(lines: Lines, said: Said, style: Style) -> None:
    """The first language over the columns of terms and texts, another one beside it."""
    first, *others = said
    beside = replace(style, indent=1)
    lines.add((first, style), (None, style), *((text, beside) for text in others), span=(1, 2))
