"""CSV as spreadsheet programs really write it: three separators, four encodings, blank rows and columns."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from consult.expressions.tables import Table
from consult.i18n import lazy_gettext as _l
from consult.questionnaires.data.limits import MAX_CELL, checked_columns, checked_rows, not_a_table

_MARKS = (("utf-8-sig", b"\xef\xbb\xbf"), ("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff"))
_SEPARATORS = ",;\t"
_HEADER_AT_MOST = 64 * 1024


def read(data: bytes) -> Table:
    """The first row that is not blank names the columns. Raises UnreadableData."""
    text = decoded(data)
    try:
        rows = _rows(text, _separator(text))
        header = next(rows, [])
        places = _places(header)
        columns = checked_columns([header[place] for place in places])
        kept = ([row[place] if place < len(row) else "" for place in places] for row in rows)
        return Table(columns, checked_rows((row for row in kept if any(row)), len(columns)))
    except csv.Error as problem:
        raise not_a_table(_l("The file cannot be read as a table.")) from problem


def decoded(data: bytes) -> str:
    """The text of a file. Without a mark it is UTF-8, UTF-16 where every other byte is 0, else Latin-1.

    Raises UnreadableData for what is no text.
    """
    encoding = next((name for name, mark in _MARKS if data.startswith(mark)), "")
    try:
        if encoding:
            return data.decode(encoding)
        if b"\0" in data[:200]:
            return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be")
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        if encoding or b"\0" in data:
            raise not_a_table(_l("The letters of this file cannot be read.")) from problem
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _separator(text: str) -> str:
    header = text.lstrip("\r\n")[:_HEADER_AT_MOST].split("\n", 1)[0]
    return max(_SEPARATORS, key=header.count)


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    """Every row with something in it, its cells without blanks around them."""
    if any(len(line) > MAX_CELL * 8 for line in text.splitlines()):
        raise not_a_table(_l("A line of the file is too long for a table."))
    for row in csv.reader(StringIO(text, newline=""), delimiter=separator):
        cells = [cell.replace("\0", "").strip() for cell in row]
        if any(cells):
            yield cells


def _places(header: Sequence[str]) -> list[int]:
    """Where the columns stand that have a name; of two with the same name the first."""
    first: dict[str, int] = {}
    for place, name in enumerate(header):
        if name:
            first.setdefault(name, place)
    return list(first.values())
