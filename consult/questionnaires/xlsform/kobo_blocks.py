"""Where the blocks of KoboToolbox's form builder (kobo.py) begin and end, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Finding, Message, error
from consult.questionnaires.xlsform.row_types import RowType, read_type
from consult.questionnaires.xlsform.tables import Record, Table
from consult.questionnaires.xlsform.yes_no import is_yes

PARTS = {"score": "score__row", "rank": "rank__level"}
"""What such a block consists of, as KoboToolbox writes it; a matrix consists of questions of any type."""
_BEGINS = {"score": "begin_score", "rank": "begin_rank", "matrix": "begin_kobomatrix"}
_ENDS = {"score": "end_score", "rank": "end_rank", "matrix": "end_kobomatrix"}


@dataclass(frozen=True, slots=True)
class Block:
    """``kind``: score, rank or matrix. ``last``: the row that ends it, None where there is none."""

    kind: str
    first: Record
    parts: tuple[Record, ...]
    last: Record | None
    list_name: str = ""


def pieces(survey: Table, findings: list[Finding]) -> Iterator[Record | Block]:
    """The rows of a sheet survey in their order, blocks as one piece each; what stands wrong is reported.

    A part outside of its block is left, and an end without a beginning is left out.
    """
    rows = [(record, _type(record)) for record in survey]
    at = 0
    while at < len(rows):
        record, type_ = rows[at]
        if type_.role == "begin" and type_.kind:
            block, at = _block(rows, at, findings)
            yield block
            continue
        if type_.role == "end" and type_.kind:
            findings.append(_not_open(record, type_.kind))
        else:
            if type_.role == "part":
                findings.append(_outside(record, type_.kind))
            yield record
        at += 1


def _type(record: Record) -> RowType:
    written = record.code("type")
    return read_type(written) if written and not is_yes(record.text("disabled")) else RowType("unknown")


def _block(rows: Sequence[tuple[Record, RowType]], start: int, findings: list[Finding]) -> tuple[Block, int]:
    """The block that begins at ``start``, and where the rows after it begin."""
    first, opened = rows[start]
    at = start + 1
    while at < len(rows) and rows[at][1].role not in ("begin", "end"):
        at += 1
    parts = [record for record, _ in rows[start + 1 : at]]
    if at == len(rows) or rows[at][1].role == "begin" or not rows[at][1].kind:
        findings.append(_not_closed(first, opened.kind))
        return Block(opened.kind, first, _fitting(parts, opened.kind, findings), None, opened.list_name), at
    last, closed = rows[at]
    if closed.kind != opened.kind:
        findings.append(_mixed_up(last, first, opened.kind))
    return Block(opened.kind, first, _fitting(parts, opened.kind, findings), last, opened.list_name), at + 1


def _fitting(parts: Sequence[Record], kind: str, findings: list[Finding]) -> tuple[Record, ...]:
    """The parts, with a finding on each that belongs to a block of another kind."""
    for record in parts:
        type_ = _type(record)
        if type_.role == "part" and type_.kind != kind:
            findings.append(_outside(record, type_.kind))
    return tuple(parts)


def is_part(record: Record, kind: str) -> bool:
    """Whether the row is a row of a rating or a place of a ranking."""
    type_ = _type(record)
    return type_.role == "part" and type_.kind == kind


def _not_closed(first: Record, kind: str) -> Finding:
    return error(
        "group_not_closed",
        first.place("type"),
        _l("“%(name)s” is not closed before something else begins or ends.", name=_named(first)),
        _l("Add a row of the type %(type)s after its last row.", type=_ENDS[kind]),
    )


def _not_open(record: Record, kind: str) -> Finding:
    return error(
        "group_not_open",
        record.place("type"),
        _l("Nothing is open that could end here."),
        _l("Delete this row, or add a row of the type %(type)s where it begins.", type=_BEGINS[kind]),
    )


def _mixed_up(last: Record, first: Record, kind: str) -> Finding:
    return error(
        "group_mixed_up",
        last.place("type"),
        _l("“%(name)s” begins as one thing and ends as another.", name=_named(first)),
        _l("Write %(type)s here.", type=_ENDS[kind]),
    )


def _outside(record: Record, kind: str) -> Finding:
    return error(
        "kobo_part_outside",
        record.place("type"),
        _l("“%(type)s” means something only inside its own block.", type=PARTS[kind]),
        _l("Put it between %(begin)s and %(end)s.", begin=_BEGINS[kind], end=_ENDS[kind]),
    )


def _named(record: Record) -> Message:
    return record.code("name") or record.any_text("label")[:60] or record.code("type")
