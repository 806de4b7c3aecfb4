"""A workbook as a file: openpyxl writes the package around the cells, the rows are streamed into it.

openpyxl knows sheets, views, styles, print set-up, charts and properties, and holds a sheet in memory. Rows
come from :mod:`consult.reports.cells`, one by one, whenever they are ready: memory does not grow with them.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from isal import isal_zlib
from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from consult.i18n import Direction
from consult.reports.cells import clean
from consult.reports.styles import Style, Styles

LETTER = 1
"""Paper of Canada, as spreadsheets number it."""

COMPRESSION = 2
"""Level of deflate by ISA-L for the rows: a fifth of zlib's time at its lowest level, and a smaller file
(docs/performance.md)."""

_RAW_DEFLATE = -15

_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME = 31
_NO_ROWS = re.compile(rb"<sheetData\s*/>|<sheetData></sheetData>")
_DIMENSION = re.compile(rb"<dimension [^>]*/>")
_CHART_NAME = re.compile(r'name="Chart (\d+)"')
_PER_WRITE = 256 * 1024


class Sheet:
    """One sheet. ``page``: openpyxl’s, for everything but cells. ``rows``: its rows as XML, called once.

    ``alternatives``: what each chart shows, in words, for people who cannot see it.
    """

    def __init__(self, page: Worksheet) -> None:
        self.page = page
        self.rows: Callable[[], Iterable[str]] = tuple
        self.alternatives: list[str] = []

    def set_widths(self, *widths: float) -> None:
        """Of the first columns, in characters."""
        for column, width in enumerate(widths, 1):
            self.page.column_dimensions[get_column_letter(column)].width = width

    def print_on_letter(
        self,
        *,
        landscape: bool = False,
        repeated_rows: str | None = None,
        fit_width: bool = True,
        scale: int | None = None,
    ) -> None:
        """As many pages as it takes, numbered, fitted to the width of the paper or at ``scale`` per cent.

        Page breaks set by hand count only at a scale: fitted sheets ignore them.
        """
        page = self.page
        page.page_setup.paperSize = LETTER
        page.page_setup.orientation = "landscape" if landscape else "portrait"
        page.page_setup.scale = scale
        if fit_width and scale is None:
            page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
            page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        page.page_margins.left = page.page_margins.right = 0.6
        page.page_margins.top = page.page_margins.bottom = 0.7
        page.oddFooter = HeaderFooterItem(
            left=_HeaderFooterPart("&A", size=8), right=_HeaderFooterPart("&P / &N", size=8)
        )
        if repeated_rows:
            page.print_title_rows = repeated_rows


class Package:
    """A workbook under way. Texts given to it are cleaned here, cells by those who make rows."""

    def __init__(
        self,
        *,
        title: str,
        creator: str,
        language: str,
        direction: Direction,
        is_mixed: bool = False,
        made_at: dt.datetime,
        subject: str | None = None,
        keywords: str | None = None,
    ):
        self._book = Workbook()
        self._direction = direction
        self._sheets: list[Sheet] = []
        made = made_at.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0)
        self._book.properties = DocumentProperties(
            title=clean(title), creator=clean(creator), language=language, created=made, modified=made
        )
        self._book.properties.subject = clean(subject) if subject else None
        self._book.properties.keywords = clean(keywords) if keywords else None
        self._styles = Styles(self._book, direction, is_mixed=is_mixed)

    def style(self, style: Style) -> int:
        """The number that cells of this style carry. Before :meth:`save`: then the styles are written."""
        return self._styles.number(style)

    def add_sheet(self, name: str) -> Sheet:
        """``name`` is made valid and unique among the sheets."""
        valid = sheet_name(name, {sheet.page.title.casefold() for sheet in self._sheets})
        page = self._book.create_sheet(valid) if self._sheets else self._book.worksheets[0]
        page.title = valid
        page.sheet_view.rightToLeft = self._direction == "rtl" or None
        page.sheet_view.showGridLines = False
        self._sheets.append(Sheet(page))
        return self._sheets[-1]

    def save(self, file: Path | IO[bytes]) -> None:
        """Write the file; calls each sheet's ``rows``, in order."""
        around = io.BytesIO()
        self._styles.close()
        self._book.save(around)
        by_part = {sheet.page.path.removeprefix("/"): sheet for sheet in self._sheets}
        with ZipFile(around) as package, ZipFile(file, "w", ZIP_DEFLATED) as whole:
            for part in package.namelist():
                content = package.read(part)
                if part in by_part:
                    with whole.open(_entry(part), "w", force_zip64=True) as opened:
                        # zipfile has no way to say by whom; without this line zlib does it, for longer.
                        opened._compressor = isal_zlib.compressobj(  # type: ignore[attr-defined]
                            COMPRESSION, isal_zlib.DEFLATED, _RAW_DEFLATE
                        )
                        _write_sheet(opened, content, by_part[part].rows())
                else:
                    whole.writestr(_entry(part), self._completed(part, content))

    def _completed(self, part: str, content: bytes) -> bytes:
        """What openpyxl has no way to say: a chart's alternative text, and that it has no title."""
        if part.startswith("xl/charts/"):
            return content.replace(b"<chart><plotArea>", b'<chart><autoTitleDeleted val="1"/><plotArea>')
        drawing = re.fullmatch(r"xl/drawings/drawing(\d+)\.xml", part)
        if drawing is None:
            return content
        with_charts = [sheet for sheet in self._sheets if sheet.alternatives]
        alternatives = with_charts[int(drawing[1]) - 1].alternatives
        return _CHART_NAME.sub(
            lambda found: f"{found[0]} descr={quoteattr(clean(alternatives[int(found[1]) - 1]))}",
            content.decode(),
        ).encode()


def sheet_name(name: str, taken: Iterable[str] = ()) -> str:
    """A name that spreadsheets accept: 31 characters, none of ``[]:*?/\\``, no apostrophe around it, unique.

    ``taken``: other names, case-folded.
    """
    plain = name.replace(" / ", " – ")
    if _units(plain) > _LONGEST_NAME:
        plain = plain.replace(" – ", "–")
    plain = _FORBIDDEN_IN_NAMES.sub(" ", clean(plain)).strip().strip("'").strip() or "–"
    valid, number = _shortened(plain, _LONGEST_NAME), 1
    while valid.casefold() in set(taken) or valid.casefold() == "history":  # Excel keeps that one for itself
        number += 1
        valid = f"{_shortened(plain, _LONGEST_NAME - len(f' ({number})'))} ({number})"
    return valid


def _shortened(name: str, longest: int) -> str:
    while _units(name) > longest:
        name = name[:-1].rstrip().rstrip("'")
    return name


def _units(name: str) -> int:
    return len(name.encode("utf-16-le", "surrogatepass")) // 2


def _entry(part: str) -> ZipInfo:
    # Without the time of day at which each part was written.
    entry = ZipInfo(part)
    entry.compress_type = ZIP_DEFLATED
    return entry


def _write_sheet(file: IO[bytes], content: bytes, rows: Iterable[str]) -> None:
    before, after = _NO_ROWS.split(content)
    # How far the cells reach is known only at the end; readers work it out where it is not said.
    file.write(_DIMENSION.sub(b"", before))
    file.write(b"<sheetData>")
    for chunk in _chunks(rows):
        file.write(chunk)
    file.write(b"</sheetData>")
    file.write(after)


def _chunks(rows: Iterable[str]) -> Iterator[bytes]:
    waiting: list[str] = []
    size = 0
    for row in rows:
        waiting.append(row)
        size += len(row)
        if size >= _PER_WRITE:
            yield "".join(waiting).encode()
            waiting, size = [], 0
    yield "".join(waiting).encode()
