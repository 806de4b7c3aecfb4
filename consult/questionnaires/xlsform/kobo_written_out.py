"""A matrix as KoboToolbox writes it out when a form is downloaded: put together again.

There it is a group of notes, the heads of columns, and a group for each row whose questions hide their label.
As it lies, that makes a page of notes and a page for each row. It is known by its names:
``m_header``, ``m_header_note``, ``m_header_cost``; ``m_car``, ``m_car_note``, ``m_car_cost``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from consult.i18n import lazy_gettext as _l
from consult.questionnaires.findings import Finding, warning
from consult.questionnaires.xlsform.kobo_matrix import appearance_in, labels_of, widths_of
from consult.questionnaires.xlsform.row_types import read_type
from consult.questionnaires.xlsform.sheets import Row
from consult.questionnaires.xlsform.tables import Record, Table

_HEADER, _NOTE = "_header", "_note"
_BOLD = re.compile(r"\*\*(.*)\*\*", re.DOTALL)
_HEADING = re.compile(r"#{1,6}\s*")


@dataclass(frozen=True, slots=True)
class _Group:
    """A group without groups in it, from its first row to its last."""

    first: Record
    rows: tuple[Record, ...]
    last: Record

    @property
    def name(self) -> str:
        return self.first.code("name")

    def suffixes(self) -> list[str]:
        """What its rows are called after the group's own name; "" of one that is called otherwise."""
        own = f"{self.name}_"
        names = [record.code("name") for record in self.rows]
        return [name.removeprefix(own) if name.startswith(own) else "" for name in names]


def gather_matrices(survey: Table, findings: list[Finding]) -> None:
    """Put one page in the place of the groups of every such matrix."""
    records = list(survey)
    if not any(record.code("name").endswith(f"{_HEADER}{_NOTE}") for record in records):
        return
    for name in ("name", "appearance"):
        survey.ensure(name)
    rows: list[Row] = []
    at = 0
    while at < len(records):
        header, after = _group(records, at)
        if header is None or not _is_header(header):
            rows.append(records[at].row)
            at += 1
            continue
        matrix = header.name.removesuffix(_HEADER)
        parts, end = _parts(records, after, matrix, header.suffixes()[1:])
        if not parts:
            rows.append(records[at].row)
            at += 1
            continue
        findings.append(_gathered(header.first, matrix))
        rows += _written(survey, matrix, header, parts)
        at = end
    survey.replace_rows(rows)


def _group(records: Sequence[Record], start: int) -> tuple[_Group | None, int]:
    """The group that begins at ``start``, and where the rows after it begin."""
    first = read_type(records[start].code("type"))
    if first.role != "begin" or first.is_repeat or first.is_loop or first.kind:
        return None, start
    for at in range(start + 1, len(records)):
        role = read_type(records[at].code("type")).role
        if role == "begin":
            return None, start
        if role == "end":
            return _Group(records[start], tuple(records[start + 1 : at]), records[at]), at + 1
    return None, start


def _is_header(group: _Group) -> bool:
    are_notes = all(read_type(record.code("type")).kind == "note" for record in group.rows)
    suffixes = group.suffixes()
    return group.name.endswith(_HEADER) and are_notes and all(suffixes) and suffixes[:1] == [_NOTE[1:]]


def _parts(
    records: Sequence[Record], start: int, matrix: str, columns: Sequence[str]
) -> tuple[list[_Group], int]:
    """The groups of the rows, and where what follows them begins."""
    found: list[_Group] = []
    at = start
    while at < len(records):
        group, after = _group(records, at)
        is_row = group is not None and group.name.startswith(f"{matrix}_")
        if group is None or not is_row or group.suffixes() != [_NOTE[1:], *columns]:
            break
        found.append(group)
        at = after
    return found, at


def _written(survey: Table, matrix: str, header: _Group, parts: Sequence[_Group]) -> Iterator[Row]:
    title, *heads = header.rows
    begin = Row(header.first.number, {**header.first.row.cells, **_plain(labels_of(survey, title))})
    yield survey.changed(begin, {"name": matrix, "appearance": "field-list"})
    for part in parts:
        note, *asked = part.rows
        words = _plain(labels_of(survey, note))
        yield survey.changed(Row(part.first.number, {**part.first.row.cells, **words}), {"appearance": ""})
        for record, head, width in zip(asked, heads, widths_of(asked), strict=True):
            columns = _plain(labels_of(survey, head))
            label = {number: f"{words.get(number, '')} – {text}" for number, text in columns.items()}
            row = Row(record.number, {**record.row.cells, **label})
            yield survey.changed(row, {"appearance": appearance_in(record, width)})
        yield part.last.row
    yield survey.changed(Row(parts[-1].last.number, {}), {"type": "end_group"})


def _plain(labels: Mapping[int, str]) -> Mapping[int, str]:
    """Without the signs that make a head of a column bold, and that of a row a heading."""
    found = ((number, _HEADING.sub("", text, count=1)) for number, text in labels.items())
    return {number: match[1] if (match := _BOLD.fullmatch(text)) else text for number, text in found}


def _gathered(first: Record, matrix: str) -> Finding:
    return warning(
        "kobo_matrix",
        first.place("type"),
        _l("The matrix “%(name)s” is a page here, with a part for each row.", name=matrix),
        _l("You need not do anything."),
    )
