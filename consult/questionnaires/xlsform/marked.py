"""The rows of an uploaded form with what was found in them: worst first, sheet by sheet, a part at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from consult.questionnaires.findings import Finding
from consult.questionnaires.xlsform.alike import Alike
from consult.questionnaires.xlsform.headers import header_of
from consult.questionnaires.xlsform.mended_workbook import CellName
from consult.questionnaires.xlsform.sheets import Row, Sheet, column_number, letter
from consult.questionnaires.xlsform.sources import plain

ROWS_IN_A_PART = 40
MOST_COLUMNS = 8
LONGEST_CELL = 240
"""Characters of a cell that are shown; all of it can be corrected."""

_TELLING = ("type", "list_name", "name", "label")
"""Columns by which people recognise a row."""
_ORDER = ("settings", "survey", "choices")


@dataclass(frozen=True, slots=True)
class MarkedCell:
    """One cell. ``text`` what is shown, ``whole`` all of it; ``is_wrong``: something was found here."""

    name: CellName
    letter: str
    header: str
    text: str
    whole: str
    is_wrong: bool


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """One row with its findings, cell by cell (None: about the row); the cells with errors first."""

    number: int
    cells: tuple[MarkedCell, ...]
    findings: tuple[tuple[MarkedCell | None, tuple[Finding, ...]], ...]


@dataclass(frozen=True, slots=True)
class MarkedSheet:
    """One sheet: ``columns`` (letter, header) that are shown; ``whole``: findings about no row of it;
    ``again``: rows with nothing that was not said of a row above.
    """

    name: str
    columns: tuple[tuple[str, str], ...]
    whole: tuple[Finding, ...]
    rows: tuple[MarkedRow, ...]
    again: tuple[MarkedRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """``whole``: findings about the file. ``part`` of ``parts``, from 0. ``alike``: what many rows have."""

    whole: tuple[Finding, ...]
    sheets: tuple[MarkedSheet, ...]
    part: int
    parts: int
    alike: Alike


def mark(
    sheets: Sequence[Sheet], findings: Sequence[Finding], part: int = 0, *, with_warnings: bool
) -> Marked:
    """The rows in which something was found; rows with errors come in the first parts, and of those the ones
    in which something new was found.

    Without ``with_warnings`` only errors are shown, and the warnings that stand in the same rows.
    """
    by_name = {plain(sheet.name): sheet for sheet in sheets}
    shown = [finding for finding in findings if with_warnings or finding.severity == "error"]
    rows: dict[tuple[str, int], list[Finding]] = {}
    for finding in shown:
        if finding.row is not None and plain(finding.sheet) in by_name:
            rows.setdefault((plain(finding.sheet), finding.row), []).append(finding)
    for finding in findings if not with_warnings else ():
        place = (plain(finding.sheet), finding.row or 0)
        if finding.severity == "warning" and place in rows:
            rows[place].append(finding)
    alike = Alike(finding for findings in rows.values() for finding in findings)
    ordered = _ordered(rows, alike)
    parts = max(1, -(-len(ordered) // ROWS_IN_A_PART))
    part = min(max(part, 0), parts - 1)
    wanted = set(ordered[part * ROWS_IN_A_PART : (part + 1) * ROWS_IN_A_PART])
    about_sheets = [f for f in shown if f.sheet and (plain(f.sheet), f.row or 0) not in rows]
    named = {place[0] for place in wanted} | {plain(f.sheet) for f in about_sheets}
    marked = [
        _marked_sheet(
            by_name.get(name, Sheet(name)),
            {row: rows[sheet, row] for sheet, row in wanted if sheet == name},
            [f for f in about_sheets if plain(f.sheet) == name],
            alike,
        )
        for name in sorted(named, key=_rank)
    ]
    return Marked(tuple(f for f in shown if not f.sheet), tuple(marked), part, parts, alike)


def _ordered(rows: Mapping[tuple[str, int], Sequence[Finding]], alike: Alike) -> list[tuple[str, int]]:
    return sorted(
        rows,
        key=lambda place: (
            not _is_bad(rows[place]),
            alike.is_again(rows[place]),
            _rank(place[0]),
            place[1],
        ),
    )


def _is_bad(findings: Sequence[Finding]) -> bool:
    return any(finding.severity == "error" for finding in findings)


def _rank(name: str) -> tuple[int, str]:
    return (_ORDER.index(name) if name in _ORDER else len(_ORDER)), name


def _marked_sheet(
    sheet: Sheet, rows: dict[int, list[Finding]], whole: list[Finding], alike: Alike
) -> MarkedSheet:
    header = dict(header_of(sheet))
    wrong = {column_number(f.column) for findings in rows.values() for f in findings if f.column}
    telling = list(_telling(header))
    columns = sorted({*[*sorted(wrong), *telling][:MOST_COLUMNS]})
    filled = {row.number: row for row in sheet.rows}
    made = [
        _marked_row(sheet.name, filled.get(number, Row(number, {})), header, columns, rows[number])
        for number in sorted(rows)
    ]
    return MarkedSheet(
        sheet.name,
        tuple((letter(column), _shown(header.get(column, ""))) for column in columns),
        tuple(whole),
        tuple(row for row in made if not alike.is_again(rows[row.number])),
        tuple(row for row in made if alike.is_again(rows[row.number])),
    )


def _telling(header: dict[int, str]) -> Iterator[int]:
    """Of each telling column the first: one language is enough to know a row again."""
    told = set()
    for column, text in header.items():
        first = plain(text).split(":")[0].replace(" ", "_")
        if first in _TELLING and first not in told:
            told.add(first)
            yield column


def _marked_row(
    sheet: str, row: Row, header: dict[int, str], columns: list[int], findings: list[Finding]
) -> MarkedRow:
    wrong = {column_number(finding.column) for finding in findings if finding.column}
    cells = {
        column: MarkedCell(
            CellName(sheet, row.number, column),
            letter(column),
            _shown(header.get(column, "")),
            _shown(row.cells.get(column, "")),
            _clean(row.cells.get(column, "")),
            column in wrong,
        )
        for column in {*columns, *wrong}
    }
    return MarkedRow(
        row.number,
        tuple(cells[column] for column in columns),
        tuple(_by_cell(cells, findings)),
    )


def _by_cell(
    cells: dict[int, MarkedCell], findings: list[Finding]
) -> Iterator[tuple[MarkedCell | None, tuple[Finding, ...]]]:
    worst_first = sorted(findings, key=lambda finding: (finding.severity != "error", finding.column))
    for column in dict.fromkeys(finding.column for finding in worst_first):
        about = tuple(finding for finding in worst_first if finding.column == column)
        yield (cells[column_number(column)] if column else None), about


def _shown(text: str) -> str:
    line = " ".join(_clean(text).split())
    return line if len(line) <= LONGEST_CELL else f"{line[: LONGEST_CELL - 1]}…"


def _clean(text: str) -> str:
    """Without control characters, which no page may hold."""
    return "".join(
        sign for sign in text if (sign >= " " and not "\x7f" <= sign <= "\x9f") or sign in "\t\n\r"
    )
