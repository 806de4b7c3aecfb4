"""What a workbook calls by name: tables with filters, and ranges. Names are the same in every language of the
report, so that formulas and queries of a reader's own go on working with the next one.

Excel repairs a workbook, and says so, in which a header is not the text of its table's column. Headers are
therefore made here, once, for both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

from consult.reports.cells import clean
from consult.reports.package import Sheet

LONGEST_HEADER = 255
"""Of a column of a table, in UTF-16 units."""

_LONGEST_NAME = 255
_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_READ_AS_CHARACTER = re.compile("_x(?=[0-9A-Fa-f]{4}_)")
_NO_NAME = re.compile(r"\W", re.ASCII)


def headers_of(labels: Iterable[tuple[str, str]]) -> list[str]:
    """Headers for the columns of a table: one line each, none empty, none too long, no two alike.

    ``labels``: of each column its label and what stands in for one that is empty.
    """
    taken: set[str] = set()
    return [_unique(label, otherwise, taken) for label, otherwise in labels]


def _unique(label: str, otherwise: str, taken: set[str]) -> str:
    plain = _line(label) or _line(otherwise) or "–"
    header, number = _shortened(plain, LONGEST_HEADER), 1
    while _folded(header) in taken:
        number += 1
        ending = f" ({number})"
        header = f"{_shortened(plain, LONGEST_HEADER - len(ending))}{ending}"
    taken.add(_folded(header))
    return header


def _line(text: str) -> str:
    return _BREAKS.sub(" ", clean(text)).strip(" ")


def _folded(header: str) -> str:
    """Excel does not tell capitals from small letters here; nor do we tell what looks the same."""
    return unicodedata.normalize("NFKC", header).casefold()


def _shortened(text: str, longest: int) -> str:
    if len(text) * 2 <= longest or _units(text) <= longest:
        return text
    while _units(text) > longest - 1:
        text = text[: -max(1, (_units(text) - longest) // 2)]
    return f"{text.rstrip(' ')}…"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def add_table(
    sheet: Sheet, name: str, headers: Sequence[str], row: int, size: int, *, has_stripes: bool = False
) -> None:
    """A table with filters over all columns. ``headers`` (see :func:`headers_of`) stand in ``row``, ``size``
    rows of data below; where there is none, one empty row belongs to it: a table cannot do without."""
    ref = f"A{row}:{get_column_letter(len(headers))}{row + max(size, 1)}"
    table = Table(displayName=_free(sheet, name), ref=ref, autoFilter=AutoFilter(ref=ref))
    # An attribute of a table, unlike a cell, has a way to say that "_x0041_" is no "A".
    names = (_READ_AS_CHARACTER.sub("_x005F_x", header) for header in headers)
    table.tableColumns = [TableColumn(id=place, name=name) for place, name in enumerate(names, 1)]
    if has_stripes:
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    sheet.page.add_table(table)


def define_name(sheet: Sheet, name: str, cells: str) -> None:
    """A name for a range such as ``$A$5:$C$9`` of this sheet."""
    free, book = _free(sheet, name), _book(sheet)
    where = f"{quote_sheetname(sheet.page.title)}!{cells}"
    book.defined_names[free] = DefinedName(free, attr_text=where)


def _free(sheet: Sheet, name: str) -> str:
    """``name`` as spreadsheets take it: letters, digits, underscores, unlike any other of the workbook.

    It must contain an underscore or be a word of ours: ``Q1`` would be a cell.
    """
    taken = {each.casefold() for each in _names(_book(sheet))}
    plain = _NO_NAME.sub("_", name)[:_LONGEST_NAME]
    free, number = plain, 1
    while free.casefold() in taken:
        number += 1
        free = f"{plain[: _LONGEST_NAME - 8]}_{number}"
    return free


def _book(sheet: Sheet) -> Workbook:
    book = sheet.page.parent
    if not isinstance(book, Workbook):
        raise TypeError("a sheet without a workbook")
    return book


def _names(book: Workbook) -> Iterator[str]:
    yield from book.defined_names
    for page in book.worksheets:
        yield from page.tables
