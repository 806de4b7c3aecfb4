"""Tables as people write them in Markdown: the form in which the example's content is kept and reviewed.

A row is ``| cell | cell |``. A row whose first cell has text starts a sheet of that name; the next row
names its columns; what follows is its rows. Everything that does not start with ``|`` is commentary.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Row = dict[str, str]
Sheets = dict[str, list[Row]]


def read_sheets(text: str) -> Sheets:
    """``{sheet: [{column: cell}]}``; empty cells are left out.

    Raises ValueError for a row with more cells than its sheet has columns.
    """
    sheets: Sheets = {}
    columns: list[str] = []
    name = ""
    for line in text.splitlines():
        if not line.startswith("|"):
            continue
        # Not strip(): a no-break space at the edge of a cell belongs to the text.
        first, *cells = [
            cell.strip(" ") for cell in line.strip(" ").removeprefix("|").removesuffix("|").split("|")
        ]
        if first:
            name, columns = first, []
            sheets[name] = []
        elif not columns:
            columns = cells
        else:
            row = zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True)
            sheets[name].append({column: cell for column, cell in row if cell})
    return sheets


def write_sheet(name: str, rows: Sequence[Mapping[str, str]]) -> str:
    """One sheet in the same form; its columns are all that occur, in the order of their first occurrence."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    lines = [[name], ["", *columns], *(["", *(row.get(column, "") for column in columns)] for row in rows)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
