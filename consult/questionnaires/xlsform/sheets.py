"""Sheets as every source gives them: texts with their row and column, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Finding, Place, error

MAX_ROW = 50_000
MAX_COLUMN = 300
MOST_FAULTS = 100
"""Cells with errors that are reported; nobody reads on."""
MAX_CELL = 32_767
"""Characters; what Excel itself allows in one cell."""


class Unreadable(Exception):
    """The file cannot be read at all; ``finding`` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


@dataclass(frozen=True, slots=True)
class Row:
    """One row with something in it. ``number`` counts from 1; ``cells`` column number (from 1) → text."""

    number: int
    cells: Mapping[int, str]


@dataclass(slots=True)
class Sheet:
    """One sheet, named as its author wrote it; rows without any text are left out.

    ``faults``: (row, column) of cells that show an error of their formula.
    """

    name: str
    rows: list[Row] = field(default_factory=list)
    faults: list[tuple[int, int]] = field(default_factory=list)

    def add(self, number: int, cells: Mapping[int, str]) -> None:
        """Keep a row. Raises Unreadable when something stands beyond what a form needs."""
        if not cells:
            return
        column = max(cells)
        for place, text in cells.items():
            if len(text) > MAX_CELL:
                raise cell_too_long(self.name, number, place)
        if number > MAX_ROW or column > MAX_COLUMN:
            raise Unreadable(
                error(
                    "sheet_too_large",
                    Place(self.name, number, letter(column)),
                    _l(
                        "There is something in a row after %(rows)s or a column after %(columns)s.",
                        rows=MAX_ROW,
                        columns=letter(MAX_COLUMN),
                    ),
                    _l("Delete the rows and columns that do not belong to the form, and save it again."),
                )
            )
        self.rows.append(Row(number, cells))


def cell_too_long(sheet: str, row: int, column: int) -> Unreadable:
    """What to raise for a cell with more in it than a spreadsheet program allows."""
    return Unreadable(
        error(
            "cell_too_long",
            Place(sheet, row, letter(column)),
            _l("A cell holds more than %(limit)s characters.", limit=MAX_CELL),
            _l("Shorten the text."),
        )
    )


def letter(column: int) -> str:
    """1 → A, 27 → AA; 0 → nothing."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """A → 1, AA → 27."""
    number = 0
    for sign in letters:
        number = number * 26 + ord(sign) - ord("A") + 1
    return number
