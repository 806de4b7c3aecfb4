"""Printed pages: at which size a sheet fits on paper, and where a new page begins."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.worksheet.pagebreak import Break

from consult.reports.lines import Lines
from consult.reports.package import Sheet

SMALLEST_SCALE = 62
"""Per cent; below, ten points are too small to be read."""

_WIDTH, _HEIGHT = (8.5 - 1.2) * 72, (11 - 1.4) * 72
"""Points of letter paper inside its margins."""

_LANDSCAPE_WIDTH, _LANDSCAPE_HEIGHT = (11 - 1.2) * 72, (8.5 - 1.4) * 72
_CHARACTER = 5.8
"""Points of a character of a column: more than Arial's, for whoever has another font in its place."""

_SURE = 0.96
"""Not all programs draw alike."""


def scale_for(widths: Sequence[float], largest: int, *, is_landscape: bool) -> int:
    """Per cent at which columns of these widths, in characters, fit on the paper; never too small to read:
    then they go on on further pages."""
    points = sum(widths) * _CHARACTER
    room = _LANDSCAPE_WIDTH if is_landscape else _WIDTH
    return max(min(int(room / points * 100), largest), SMALLEST_SCALE)


def scale_for_one_page(lines: Lines, widths: Sequence[float], largest: int) -> int:
    """The same for a sheet that is to stay on one page, if it can be read then."""
    scale = scale_for(widths, largest, is_landscape=False)
    height = lines.height_of(1, lines.next_row - 1)
    fitting = int(_HEIGHT * _SURE / height * 100) if height else scale
    return min(scale, fitting) if fitting >= SMALLEST_SCALE else scale


class PageBreaks:
    """Breaks of a sheet that is printed at ``scale``. ``repeated``: numbers of the rows on every page."""

    def __init__(
        self, sheet: Sheet, lines: Lines, scale: int, repeated: Sequence[int], *, is_landscape: bool = False
    ) -> None:
        self._sheet = sheet
        self._lines = lines
        height = _LANDSCAPE_HEIGHT if is_landscape else _HEIGHT
        self._page = height * 100 / scale * _SURE
        self._repeated = repeated
        self._page_starts = 1

    def keep_together(self, start: int) -> None:
        """What was written from row ``start`` on begins a new page where it would be split, unless it is
        longer than a page."""
        end = self._lines.next_row - 1
        room = self._page - sum(self._lines.height_of(row, row) for row in self._repeated)
        if self._lines.height_of(self._page_starts, end) <= room:
            return
        if start > self._page_starts:
            self._sheet.page.row_breaks.append(Break(id=start - 1))
            self._page_starts = start
        while self._lines.height_of(self._page_starts, end) > room:
            self._page_starts += 1
