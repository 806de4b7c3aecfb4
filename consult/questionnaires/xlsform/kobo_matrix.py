"""KoboToolbox's matrix: its questions, once for each choice of a list.

Named as there, ``matrix_row_question``, so that answers collected before and after fit together. A question
carries the words of its row, too: in a report nobody sees in which part of a page it stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from consult.questionnaires.xlsform.kobo_blocks import Block
from consult.questionnaires.xlsform.row_types import read_type
from consult.questionnaires.xlsform.sheets import Row
from consult.questionnaires.xlsform.tables import Record, Table
from consult.questions.appearance import WHOLE_WIDTH

_LONGEST = 40
"""Characters of a label that make a name."""
_USUAL = 2
"""Of the columns that KoboToolbox divides a matrix into, what a question takes without a word about it."""
_NARROWEST = 3
_WIDTH = re.compile(r"w([0-9]{1,2})")


def matrix_rows(survey: Table, block: Block, choices: Sequence[Record]) -> Iterator[Row]:
    """A group for each choice, with every question in it."""
    asked = [record for record in block.parts if record.code("type")]
    widths = widths_of(asked)
    for key, choice in _by_name(choices).items():
        name = f"{block.first.code('name') or 'matrix'}_{key}"
        named = {record.code("name"): f"{name}_{record.code('name')}" for record in asked}
        named.pop("", None)
        words = _words(survey, choice)
        yield survey.changed(Row(block.first.number, words), {"type": "begin_group", "name": name})
        for record, width in zip(asked, widths, strict=True):
            cells = {column: _referring(cell, named) for column, cell in record.row.cells.items()}
            row = Row(record.number, {**cells, **_both(words, cells)})
            texts = {"name": named.get(record.code("name"), ""), "appearance": appearance_in(record, width)}
            yield survey.changed(row, texts)
        yield survey.changed(Row((block.last or block.first).number, {}), {"type": "end_group"})


def _by_name(choices: Sequence[Record]) -> Mapping[str, Record]:
    """Every row once; one without a name is named after its label."""
    found: dict[str, Record] = {}
    for choice in choices:
        key = choice.code("name") or re.sub(r"\W+", "_", choice.any_text("label")[:_LONGEST].lower()).strip(
            "_"
        )
        if key:
            found.setdefault(key, choice)
    return found


def _words(survey: Table, choice: Record) -> Mapping[int, str]:
    """What a row is called, in the columns of labels."""
    labels = {
        column.number: choice.text("label", column.language) or choice.any_text("label")
        for column in survey.named("label")
    }
    return {column: label or choice.code("name") for column, label in labels.items()}


def labels_of(survey: Table, record: Record) -> Mapping[int, str]:
    """The labels of a row as they are written, by their columns."""
    return {
        column.number: text
        for column in survey.named("label")
        if (text := record.row.cells.get(column.number, "").strip())
    }


def _both(words: Mapping[int, str], cells: Mapping[int, str]) -> Mapping[int, str]:
    """The label of a question in a row; one without a label (a calculation) stays without."""
    return {column: f"{word} – {cells[column]}" for column, word in words.items() if cells.get(column)}


def _referring(cell: str, named: Mapping[str, str]) -> str:
    """A cell in which the questions of the matrix are those of this row."""
    if "{" not in cell:
        return cell
    return re.sub(
        r"\$\{\s*([^{}$]*?)\s*\}",
        lambda found: f"${{{named[found[1]]}}}" if found[1] in named else found[0],
        cell,
    )


def widths_of(asked: Sequence[Record]) -> list[int]:
    """Of each question, in twelfths of the page: in one line where that leaves enough for reading."""
    found = [_WIDTH.fullmatch(word) for record in asked for word in _first_width(record)]
    given = [int(match[1]) if match else _USUAL for match in found]
    whole = sum(given)
    return [max(_NARROWEST, WHOLE_WIDTH * each // whole) if whole else WHOLE_WIDTH for each in given]


def _first_width(record: Record) -> list[str]:
    return [word for word in record.text("appearance").split() if _WIDTH.fullmatch(word)][:1] or [""]


def appearance_in(record: Record, width: int) -> str:
    """The words of its own, and the width; labels are never hidden: phones show no heads of columns."""
    words = [word for word in record.text("appearance").split() if not _WIDTH.fullmatch(word)]
    words = [word for word in words if word != "no-label"]
    if not words and read_type(record.code("type")).kind in ("select_one", "select_multiple"):
        words = ["horizontal-compact"]
    return " ".join((f"w{width}", *words) if width < WHOLE_WIDTH else words)
