"""Tables beside a form, as ``instance('name')/root/item[…]`` and ``pulldata()`` read them.

A table never changes, so what is looked for in a column is found through an index that is made at the first
look; afterwards a row among tens of thousands costs a microsecond.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from consult.expressions.values import Node, Value, number

Rows = Sequence[int]
"""Places of rows (0 is the first), in their order."""

_NOBODY: Rows = ()
_Key = TypeVar("_Key", str, float)


class Table:
    """Rows under named columns; immutable. A short row is filled up with "".

    A cell that is None is not there: it reads as "", but a path finds nothing. So ODK writes a choice without
    a value in a column, while an empty cell of a CSV file is there and empty.
    """

    __slots__ = ("_by_number", "_by_text", "_nodes", "_places", "columns", "rows")

    def __init__(self, columns: Iterable[str], rows: Iterable[Sequence[str | None]]) -> None:
        self.columns = tuple(columns)
        self.rows = tuple(tuple(row) for row in rows)
        self._places = {name: place for place, name in reversed(list(enumerate(self.columns)))}
        self._by_text: dict[str, Mapping[str, Rows]] = {}
        self._by_number: dict[str, Mapping[float, Rows]] = {}
        self._nodes: Instance | None = None

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, column: str) -> bool:
        return column in self._places

    def cell(self, row: int, column: str) -> str:
        """What stands in a row under a column; "" where there is no such column."""
        place = self._places.get(column)
        cells = self.rows[row]
        return "" if place is None or place >= len(cells) else cells[place] or ""

    def has(self, row: int, column: str) -> bool:
        """Whether there is a cell, be it an empty one."""
        place = self._places.get(column)
        cells = self.rows[row]
        return place is not None and (place >= len(cells) or cells[place] is not None)

    def record(self, row: int) -> Record:
        """A row by the names of its columns."""
        return Record(self, row)

    def with_text(self, column: str, wanted: str) -> Rows:
        """The rows that have exactly this text under ``column``."""
        index = self._by_text.get(column)
        if index is None:
            index = self._by_text[column] = _gathered(self._texts(column))
        return index.get(wanted, _NOBODY)

    def with_number(self, column: str, wanted: float) -> Rows:
        """The rows whose text under ``column`` writes this number."""
        index = self._by_number.get(column)
        if index is None:
            numbers = ((number(text), row) for text, row in self._texts(column))
            index = self._by_number[column] = _gathered(pair for pair in numbers if not math.isnan(pair[0]))
        return index.get(wanted, _NOBODY)

    def equal(self, column: str, wanted: Value) -> Rows | None:
        """The rows for which ``column = wanted`` holds; None where only a look at each row can tell."""
        if isinstance(wanted, str):
            return self.with_text(column, wanted)
        if isinstance(wanted, list):
            texts = [node.text for node in wanted] or [""]
            return sorted({row for each in texts for row in self.with_text(column, each)})
        return None if isinstance(wanted, bool) else self.with_number(column, float(wanted))

    @property
    def document(self) -> Instance:
        """The table as a document: ``root`` with one ``item`` a row."""
        if self._nodes is None:
            self._nodes = Instance(self)
        return self._nodes

    def _texts(self, column: str) -> Iterable[tuple[str, int]]:
        place = self._places.get(column)
        if place is None:
            return (("", row) for row in range(len(self.rows)))
        return (
            (cells[place] or "" if place < len(cells) else "", row) for row, cells in enumerate(self.rows)
        )


def _gathered(pairs: Iterable[tuple[_Key, int]]) -> dict[_Key, Rows]:
    found: dict[_Key, list[int]] = {}
    for key, row in pairs:
        found.setdefault(key, []).append(row)
    return dict(found.items())


class Record(Mapping[str, str]):
    """One row by the names of its columns; it holds no text of its own."""

    __slots__ = ("_row", "_table")

    def __init__(self, table: Table, row: int) -> None:
        self._table = table
        self._row = row

    def __getitem__(self, column: str) -> str:
        if column not in self._table:
            raise KeyError(column)
        return self._table.cell(self._row, column)

    def __iter__(self) -> Iterator[str]:
        return iter(self._table.columns)

    def __len__(self) -> int:
        return len(self._table.columns)


class Cell:
    """One cell as a node."""

    __slots__ = ("name", "parent", "text")
    children: Sequence[Node] = ()

    def __init__(self, name: str, text: str, parent: Node) -> None:
        self.name = name
        self.text = text
        self.parent = parent


class Item:
    """One row as a node; ``attributes`` are what bare names in its conditions mean."""

    __slots__ = ("_cells", "parent", "row", "table")
    name = "item"

    def __init__(self, table: Table, row: int, parent: Node) -> None:
        self.table = table
        self.row = row
        self.parent = parent
        self._cells: list[Cell] | None = None

    @property
    def text(self) -> str:
        return "".join(cell for cell in self.table.rows[self.row] if cell)

    @property
    def children(self) -> list[Cell]:
        if self._cells is None:
            self._cells = [cell for name in self.table.columns for cell in self._made(name)]
        return self._cells

    @property
    def attributes(self) -> Record:
        return Record(self.table, self.row)

    def cell(self, column: str) -> list[Node]:
        """The cell under ``column`` alone; nothing where there is none."""
        if self._cells is not None:
            return [cell for cell in self._cells if cell.name == column]
        return [*self._made(column)]

    def _made(self, column: str) -> Iterator[Cell]:
        if self.table.has(self.row, column):
            yield Cell(column, self.table.cell(self.row, column), self)


class _Root:
    """The element around all rows; a row's node is made when somebody asks for it."""

    __slots__ = ("_items", "parent", "table")
    name = "root"

    def __init__(self, table: Table, parent: Node) -> None:
        self.table = table
        self.parent = parent
        self._items: dict[int, Item] = {}

    def item(self, row: int) -> Item:
        found = self._items.get(row)
        if found is None:
            found = self._items[row] = Item(self.table, row, self)
        return found

    @property
    def children(self) -> list[Item]:
        return [self.item(row) for row in range(len(self.table))]

    @property
    def text(self) -> str:
        return "".join(item.text for item in self.children)


class Instance:
    """The document of a table: what ``instance('name')`` is, with ``root`` below it."""

    __slots__ = ("_root",)
    name = "instance"
    parent = None

    def __init__(self, table: Table) -> None:
        self._root = _Root(table, self)

    @property
    def root(self) -> _Root:
        return self._root

    @property
    def children(self) -> list[_Root]:
        return [self._root]

    @property
    def text(self) -> str:
        return self._root.text
