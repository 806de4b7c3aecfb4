"""Cells and rows of a sheet, as the XML that stands in a workbook (ECMA-376, SpreadsheetML).

A text is written as a text: it cannot become a formula, an error value or a link, whatever a respondent
types. A formula is only what our own code makes of addresses (:class:`Worked`). What XML cannot carry becomes
U+FFFD, so that one answer cannot break a workbook. openpyxl writes everything around the cells (package.py);
its own way with texts is not used, because it reads formulas and errors into them and turns a carriage return
into a line feed.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from openpyxl.utils import get_column_letter

from consult.questions.kind import Cell

LONGEST_TEXT = 32_767
"""What one cell holds, in UTF-16 units."""

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKUP = re.compile("[&<>\r]")
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
# Spreadsheets read "_x0041_" as "A", in each run of a text by itself: two runs keep it as it was written.
_READ_AS_CHARACTER = re.compile("(?<=_x)(?=[0-9A-Fa-f]{4}_)")

_EXACT_DIGITS = 10**15
_DAY_ZERO = dt.date(1899, 12, 30)
_FIRST_SURE_DAY = dt.date(1900, 3, 1)  # before, spreadsheets count a 29th of February that never was
_DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Worked:
    """A number that a spreadsheet can work out again from other cells. ``formula``: of the row it stands in,
    without ``=``; ``value``: what it comes to, for programs that only show a file."""

    formula: Callable[[int], str]
    value: float


Content = Cell | Worked


def clean(text: str) -> str:
    """The text as XML can carry it."""
    return _UNWRITABLE.sub("\ufffd", text)


def fits(text: str) -> bool:
    """Whether one cell can hold it."""
    return len(text) <= LONGEST_TEXT // 2 or _units(text) <= LONGEST_TEXT


def pieces(text: str, longest: int = LONGEST_TEXT) -> list[str]:
    """The text in parts that cells can hold; together they are the text."""
    if fits(text) and longest == LONGEST_TEXT:
        return [text]
    parts, start, units = [], 0, 0
    for place, character in enumerate(text):
        width = 2 if character > "\uffff" else 1
        if units + width > longest:
            parts.append(text[start:place])
            start, units = place, 0
        units += width
    return [*parts, text[start:]]


def unfolded(values: Sequence[Content]) -> Iterator[list[Content]]:
    """One row, and as many rows below as its longest text needs to go on in its own column."""
    for value in values:
        if isinstance(value, str) and not fits(value):
            break
    else:
        yield list(values)
        return
    columns = [pieces(value) if isinstance(value, str) else [value] for value in values]
    for row in zip_longest(*columns):
        yield list(row)


def row_xml(number: int, cells: Iterable[str], height: float | None = None) -> str:
    """A row of cells made by :func:`cell_xml`. ``height`` in points; None: automatic."""
    size = f' ht="{height:g}" customHeight="1"' if height is not None else ""
    return f'<row r="{number}"{size}>{"".join(cells)}</row>'


def cell_xml(column: int, row: int, value: Content, style: int) -> str:
    """``column`` and ``row`` from 1; ``style`` as openpyxl numbered it."""
    if isinstance(value, Worked):
        formula = _MARKUP.sub(lambda found: _ESCAPED[found[0]], value.formula(row))
        address = f"{get_column_letter(column)}{row}"
        return f'<c r="{address}" s="{style}"><f>{formula}</f><v>{value.value!r}</v></c>'
    return f'<c r="{get_column_letter(column)}{row}"{content_xml(value, style)}'


def content_xml(value: Cell, style: int) -> str:
    """A cell without its address: what follows ``<c r="A1"``."""
    if value is None:
        return f' s="{style}"/>'
    if isinstance(value, str):
        if _is_plain(value):
            return f' s="{style}" t="inlineStr"><is><t>{value}</t></is></c>'
        return f' s="{style}" t="inlineStr"><is>{_text_xml(value)}</is></c>'
    number = _number(value)
    if number is None:
        return f' s="{style}" t="inlineStr"><is>{_text_xml(str(value))}</is></c>'
    return f' s="{style}"><v>{number}</v></c>'


def _is_plain(text: str) -> bool:
    """Whether it can stand there as it is; most texts can, and asking so costs a tenth of looking closely.
    What is printable holds no control character, no surrogate and no space but the usual one."""
    if not text.isprintable() or len(text) * 2 > LONGEST_TEXT:
        return False
    if "&" in text or "<" in text or ">" in text or "_" in text:
        return False
    return text[:1] != " " and text[-1:] != " "


def _text_xml(text: str) -> str:
    text = clean(text)
    if len(text) * 2 > LONGEST_TEXT and _units(text) > LONGEST_TEXT:
        raise ValueError("a text longer than a cell holds; see unfolded() and pieces()")
    if "_x" in text and _READ_AS_CHARACTER.search(text):
        return "".join(f"<r>{_run_xml(run)}</r>" for run in _READ_AS_CHARACTER.split(text))
    return _run_xml(text)


def _run_xml(text: str) -> str:
    space = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() or "\n" in text else ""
    return f"<t{space}>{_MARKUP.sub(lambda found: _ESCAPED[found[0]], text)}</t>"


def _number(value: float | dt.date | dt.time) -> str | None:
    """None for what a spreadsheet would not keep exactly: it is written as text."""
    if isinstance(value, dt.datetime):
        return _serial(value.date(), value.time())
    if isinstance(value, dt.date):
        return _serial(value)
    if isinstance(value, dt.time):
        return repr(_seconds(value) / _DAY_SECONDS)
    if isinstance(value, int):
        return f"{value:d}" if abs(value) < _EXACT_DIGITS else None
    return repr(value) if math.isfinite(value) else None


def _serial(day: dt.date, time: dt.time | None = None) -> str | None:
    """Days since the end of 1899; the time as it was on the clock there."""
    if day < _FIRST_SURE_DAY:
        return None
    days = (day - _DAY_ZERO).days
    return f"{days}" if time is None else repr(days + _seconds(time) / _DAY_SECONDS)


def _seconds(time: dt.time) -> float:
    return time.hour * 3600 + time.minute * 60 + time.second + time.microsecond / 1e6


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)
