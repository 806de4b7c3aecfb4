"""Loops: rows that are asked once for each choice of a list, written out as groups.

``%(name)s`` and ``%(label)s`` in the rows stand for the choice, as the standard's first versions had it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from consult.questionnaires.xlsform.row_types import RowType, read_type
from consult.questionnaires.xlsform.sheets import Row
from consult.questionnaires.xlsform.tables import Record, Table

MOST_ROWS = 6_000
"""More than a form may have: a loop within a loop must not multiply without end."""
_MOST_DEPTH = 5


def write_out_loops(survey: Table, choices: Table | None) -> None:
    """Put groups in the place of every loop whose list is there; others stay, to be reported."""
    types = {id(record.row): read_type(record.code("type")) for record in survey}
    if choices is None or not any(each.is_loop and each.list_name for each in types.values()):
        return
    lists: dict[str, list[Record]] = {}
    for record in choices:
        if record.code("name"):
            lists.setdefault(record.code("list_name"), []).append(record)
    survey.replace_rows(_Unrolled(survey, types, lists).rows)


class _Unrolled:
    def __init__(self, survey: Table, types: dict[int, RowType], lists: Mapping[str, list[Record]]) -> None:
        self._made: list[Row] = []
        self._survey = survey
        self._types = types
        self._lists = lists
        self.rows: list[Row] = []
        self._add(survey.rows, 0)

    def _add(self, rows: Sequence[Row], depth: int) -> None:
        at = 0
        while at < len(rows) and len(self.rows) < MOST_ROWS:
            type_ = self._types.get(id(rows[at]), RowType("unknown"))
            end = self._end(rows, at)
            is_known = type_.role == "begin" and type_.is_loop and type_.list_name in self._lists
            if is_known and end is not None and depth < _MOST_DEPTH:
                self._add_loop(rows[at], rows[at + 1 : end], rows[end], self._lists[type_.list_name], depth)
                at = end
            else:
                self.rows.append(rows[at])
            at += 1

    def _add_loop(
        self, first: Row, body: Sequence[Row], last: Row, choices: Sequence[Record], depth: int
    ) -> None:
        self.rows.append(self._with(first, "begin_group"))
        for choice in choices:
            head = {
                column.number: choice.text("label", column.language) or choice.any_text("label")
                for column in self._survey.named("label")
            }
            head[self._survey.named("name")[0].number] = choice.code("name")
            self.rows.append(self._with(Row(first.number, head), "begin_group"))
            self._add([self._about(row, choice) for row in body], depth + 1)
            self.rows.append(self._with(Row(last.number, {}), "end_group"))
        self.rows.append(self._with(last, "end_group"))

    def _end(self, rows: Sequence[Row], start: int) -> int | None:
        """Where the block that begins at ``start`` ends; None if nothing begins there, or never ends."""
        open_blocks = 0
        for at, role in self._roles(rows, start):
            open_blocks += (role == "begin") - (role == "end")
            if open_blocks == 0:
                return at if at > start else None
        return None

    def _roles(self, rows: Sequence[Row], start: int) -> Iterator[tuple[int, str]]:
        if not self._types.get(id(rows[start]), RowType("unknown")).is_loop:
            return
        for at in range(start, len(rows)):
            yield at, self._types.get(id(rows[at]), RowType("unknown")).role

    def _about(self, row: Row, choice: Record) -> Row:
        cells = {}
        for number, cell in row.cells.items():
            column = self._survey.column(number)
            language = column.language if column is not None else ""
            label = choice.text("label", language) or choice.any_text("label")
            cells[number] = cell.replace("%(name)s", choice.code("name")).replace("%(label)s", label)
        made = replace(row, cells=cells)
        self._types[id(made)] = self._types.get(id(row), RowType("unknown"))
        self._made.append(made)  # an identity must not be given twice
        return made

    def _with(self, row: Row, written: str) -> Row:
        return self._survey.changed(row, {"type": written})
