"""KoboToolbox's own blocks (rating, ranking, matrix), written out in rows of the standard.

Its form builder keeps them in a language of its own and writes them out before people answer. Here the same
is done when a form is read, so that answers have the names they have there:

- a rating (``begin_score``) becomes a table, ``table-list``, with one select_one for each ``score__row``;
- a ranking (``begin_rank``) becomes one ranking. Where its places have names of their own, or are fewer than
  the choices, it becomes a select_one for each ``rank__level``, which refuses what was chosen above;
- a matrix (``begin_kobomatrix``) becomes a page with a group for each row of its list (kobo_matrix.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Finding, Message, error, warning
from consult.questionnaires.xlsform.columns import KOBO_MESSAGE
from consult.questionnaires.xlsform.kobo_blocks import PARTS, Block, is_part, pieces
from consult.questionnaires.xlsform.kobo_matrix import matrix_rows
from consult.questionnaires.xlsform.row_types import read_type
from consult.questionnaires.xlsform.sheets import Row
from consult.questionnaires.xlsform.spelling import Spelling
from consult.questionnaires.xlsform.tables import Record, Table
from consult.questionnaires.xlsform.yes_no import is_yes

MOST_ROWS = 6_000
"""More than a form may have: a long list of rows and many questions must not multiply without end."""
_COLUMNS = {"score": "kobo--score-choices", "rank": "kobo--rank-items", "matrix": "kobo--matrix_list"}
"""Where a block names its list."""
_CHANGED = ("name", "required", "appearance", "constraint")
_PLAIN = frozenset(("type", "name", "label", "required", "appearance"))
"""Columns of a place in a ranking that one ranking has, too."""


def write_out_kobo(survey: Table, choices: Table | None, spelling: Spelling, findings: list[Finding]) -> None:
    """Put rows of the standard in the place of every block; what is wrong with one is reported."""
    if not any(_is_of_kobo(record) for record in survey):
        return
    for name in _CHANGED:
        survey.ensure(name)
    writer = _Writer(survey, choices, spelling, findings)
    rows: list[Row] = []
    for piece in pieces(survey, findings):
        around = Record(survey, rows[-1]) if rows else None
        written = writer.rows(piece, around) if isinstance(piece, Block) else (piece.row,)
        rows += (_without_stray(survey, row) for row in written)
        if len(rows) > MOST_ROWS:
            break
    writer.drop_lists(rows)
    survey.replace_rows(rows)


def _is_of_kobo(record: Record) -> bool:
    type_ = read_type(record.code("type"))
    return type_.role == "part" or (type_.role in ("begin", "end") and bool(type_.kind))


def _without_stray(survey: Table, row: Row) -> Row:
    """A part that is in the wrong place was reported; its name stays, so that what refers to it is right."""
    return survey.changed(row, {"type": "hidden"}) if _is_of_kobo(Record(survey, row)) else row


class _Writer:
    def __init__(
        self, survey: Table, choices: Table | None, spelling: Spelling, findings: list[Finding]
    ) -> None:
        self._survey = survey
        self._choices = choices
        self._spelling = spelling
        self._findings = findings
        self._before: Record | None = None
        self._rows_of_matrices: set[str] = set()
        self._lists: dict[str, list[Record]] = {}
        for record in choices or ():
            if record.code("list_name"):
                self._lists.setdefault(record.code("list_name"), []).append(record)

    def rows(self, block: Block, before: Record | None) -> Iterator[Row]:
        """What stands in place of a block. ``before``: the row above it."""
        self._before = before
        list_name = block.first.code(_COLUMNS[block.kind]) or block.list_name
        if not list_name:
            self._findings.append(_no_list(block))
        if not any(record.code("type") for record in block.parts):
            self._findings.append(_nothing_inside(block))
        written = {"score": self._score, "rank": self._rank, "matrix": self._matrix}[block.kind]
        return written(block, list_name)

    def _score(self, block: Block, list_name: str) -> Iterator[Row]:
        self._tell(block, "kobo_rating", _l("The rating “%(name)s” is a table here.", name=_name(block)))
        must = {"required": "yes"} if is_yes(block.first.text("required")) else {}
        yield self._head(block, "table-list")
        for record in block.parts:
            row = record.row
            if is_part(record, "score"):
                row = self._survey.changed(row, {"type": _select(list_name)} | must)
            yield row
        yield self._end(block)

    def _rank(self, block: Block, list_name: str) -> Iterator[Row]:
        places = [record for record in block.parts if is_part(record, "rank")]
        others = [each for each in block.parts if not is_part(each, "rank") and not _is_remark(each)]
        offered = {record.code("name") for record in self._lists.get(list_name, ())}
        if not others and len(places) == len(offered) > 1 and self._says_nothing_else(places):
            self._tell(
                block,
                "kobo_ranking",
                _l(
                    "The ranking “%(name)s” is one question here: its answer is the order.", name=_name(block)
                ),
                _l("Write a select_one for each place if you need an answer for each."),
            )
            yield self._survey.changed(block.first.row, {"type": f"rank {list_name}", "required": "yes"})
            return
        self._tell(
            block,
            "kobo_ranking",
            _l("The ranking “%(name)s” asks for each place; nothing can be chosen twice.", name=_name(block)),
        )
        yield self._head(block, "field-list")
        before: list[str] = []
        for record in block.parts:
            yield self._place(block, record, list_name, before) if record in places else record.row
        yield self._end(block)

    def _place(self, block: Block, record: Record, list_name: str, before: list[str]) -> Row:
        """One place of a ranking; ``before``: the names of the places above it, to which it is added."""
        texts = {
            "type": _select(list_name),
            "required": "yes",
            "appearance": record.text("appearance") or "minimal",
            "constraint": " and ".join(f". != ${{{name}}}" for name in before),
        }
        if not record.code("name"):
            texts["name"] = f"{block.first.code('name') or 'place'}_{len(before) + 1}"
            self._findings.append(_name_made_up(record, texts["name"]))
        messages = self._messages(block) if before else {}
        before.append(texts.get("name", record.code("name")))
        row = self._survey.changed(record.row, texts)
        return Row(row.number, {**messages, **row.cells})

    def _messages(self, block: Block) -> dict[int, str]:
        """What is said to people who choose twice, in the columns of the standard."""
        return {
            self._survey.ensure("constraint_message", column.language).number: text
            for column in self._survey.named(KOBO_MESSAGE)
            if (text := block.first.text(KOBO_MESSAGE, column.language))
        }

    def _matrix(self, block: Block, list_name: str) -> Iterator[Row]:
        rows = self._lists.get(list_name, [])
        self._rows_of_matrices.add(list_name)
        if list_name and not rows:
            near = self._spelling.near(list_name, self._lists)
            self._findings.append(_no_rows(block, list_name, near))
        self._tell(
            block,
            "kobo_matrix",
            _l("The matrix “%(name)s” is a page here, with a part for each row.", name=_name(block)),
        )
        yield self._head(block, "field-list")
        yield from matrix_rows(self._survey, block, rows)
        yield self._end(block)

    def _says_nothing_else(self, places: Sequence[Record]) -> bool:
        """Whether the places of a ranking are numbers and nothing more, and nobody refers to one."""
        names = [record.code("name") for record in places]
        numbered = all(
            self._is_number(record, place) and self._is_plain(record)
            for place, record in enumerate(places, 1)
        )
        return numbered and not any(name and self._is_named_anywhere(name) for name in names)

    def _is_number(self, record: Record, place: int) -> bool:
        """Whether the label says "1st choice" and no more than that, in every language."""
        labels = [
            record.row.cells[column.number]
            for column in self._survey.named("label")
            if column.number in record.row.cells
        ]
        return bool(labels) and all(
            [int(number) for number in re.findall(r"\d{1,3}", label)] == [place] for label in labels
        )

    def _is_plain(self, record: Record) -> bool:
        columns = (self._survey.column(number) for number, cell in record.row.cells.items() if cell.strip())
        return all(column is None or not column.name or column.name in _PLAIN for column in columns)

    def _is_named_anywhere(self, name: str) -> bool:
        reference = re.compile(rf"\{{\s*(?:last-saved#)?{re.escape(name)}\s*\}}")
        tables = (self._survey, self._choices) if self._choices is not None else (self._survey,)
        return any(
            "{" in cell and reference.search(cell)
            for table in tables
            for cells in table.cells()
            for cell in cells.values()
        )

    def drop_lists(self, rows: Sequence[Row]) -> None:
        """Leave out lists that were rows of a matrix, where nothing else asks for them."""
        if not self._rows_of_matrices or self._choices is None:
            return
        types = [read_type(Record(self._survey, row).code("type")).list_name for row in rows]
        by_name = any("instance(" in cell for row in rows for cell in row.cells.values())
        done = frozenset() if by_name else self._rows_of_matrices - set(types)
        self._choices.replace_rows(
            [record.row for record in self._choices if record.code("list_name") not in done]
        )

    def _head(self, block: Block, appearance: str) -> Row:
        texts = {"type": "begin_group", "appearance": appearance, "required": ""}
        name, above = block.first.code("name"), self._before
        if (
            name
            and above is not None
            and above.code("name") == name
            and read_type(above.code("type")).role == "begin"
        ):
            texts["name"] = f"{name}_{block.kind}"  # often a group of the same name is put around a block
        return self._survey.changed(block.first.row, texts)

    def _end(self, block: Block) -> Row:
        number = (block.last or (block.parts[-1] if block.parts else block.first)).number
        return self._survey.changed(Row(number, {}), {"type": "end_group"})

    def _tell(self, block: Block, code: str, message: Message, remedy: Message | None = None) -> None:
        usual = _l("You need not do anything.")
        self._findings.append(warning(code, block.first.place("type"), message, remedy or usual))


def _is_remark(record: Record) -> bool:
    return not record.code("type") or is_yes(record.text("disabled"))


def _select(list_name: str) -> str:
    return f"select_one {list_name}" if list_name else "text"


def _name(block: Block) -> str:
    return block.first.code("name") or block.first.any_text("label")[:60]


def _name_made_up(record: Record, name: str) -> Finding:
    return warning(
        "name_made_up",
        record.place("name"),
        _l("The row has no name; it is called “%(name)s”.", name=name),
        _l("Write a name: it stays the same when rows move."),
    )


def _no_list(block: Block) -> Finding:
    return error(
        "kobo_list_missing",
        block.first.place(_COLUMNS[block.kind]),
        _l("“%(name)s” names no list of choices.", name=_name(block)),
        _l("Write the name of a list into the column %(column)s.", column=_COLUMNS[block.kind]),
    )


def _no_rows(block: Block, list_name: str, near: str | None) -> Finding:
    return error(
        "kobo_list_missing",
        block.first.place(_COLUMNS[block.kind]),
        _l("The sheet choices has no list “%(name)s”.", name=list_name),
        _l("Did you mean “%(name)s”?", name=near)
        if near
        else _l("Add the rows of the matrix to the sheet choices, under this name."),
    )


def _nothing_inside(block: Block) -> Finding:
    part = PARTS.get(block.kind)
    return error(
        "kobo_block_empty",
        block.first.place("type"),
        _l("There is nothing inside “%(name)s”.", name=_name(block)),
        _l("Add rows of the type %(type)s after it.", type=part)
        if part
        else _l("Add the questions that are asked for each row after it."),
    )
