"""The tables of a report’s data: one of the responses, and one of each repeat, a row for each of its entries.

Pure. An entry is a row like a response: the same columns, counts and quotes read its answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from consult.questionnaires.trails import Document, Trail, address, items_of
from consult.reports.columns import NOTHING, ReportColumn, Row, report_columns
from consult.reports.merging import Asked
from consult.reports.repeats import Repeat, repeats_of
from consult.reports.wording import Wording


@dataclass(frozen=True, slots=True)
class DataTable:
    """``repeat`` None: of the responses."""

    repeat: Repeat | None
    columns: tuple[ReportColumn, ...]

    def rows(self, responses: Iterable[Row]) -> Iterator[Row]:
        """The rows of this table, in the order of the responses."""
        return (row for response in responses for row in rows_of(response, self.repeat))

    @property
    def heads(self) -> int:
        """Columns in front that say which row it is."""
        return 1 + len(self.repeat.path) if self.repeat else 1


def data_tables(asked: Iterable[Asked], wording: Wording, *, is_coded: bool = False) -> tuple[DataTable, ...]:
    """That of the responses first."""
    asked = tuple(asked)
    return tuple(
        DataTable(repeat, report_columns(asked, wording, is_coded=is_coded, of=repeat))
        for repeat in (None, *repeats_of(asked))
    )


def rows_of(response: Row, repeat: Repeat | None) -> Iterator[Row]:
    """The entries of a repeat as rows with their ``numbers``; the response itself without one."""
    if repeat is None:
        yield response
    elif response.version in repeat.versions:
        languages, translations = _by_entry(response.original_language), _by_entry(response.translations)
        for trail, document in _entries(response.answers, repeat.path, ()):
            at = address(trail) if languages or translations else ""
            yield replace(
                response,
                answers=document,
                numbers=tuple(place + 1 for _, place in trail),
                original_language=languages.get(at, NOTHING),
                translations=translations.get(at, NOTHING),
            )


def _entries(answers: Document, path: tuple[str, ...], trail: Trail) -> Iterator[tuple[Trail, Document]]:
    repeat, deeper = path[0], path[1:]
    for place, document in enumerate(items_of(answers, repeat)):
        inner = (*trail, (repeat, place))
        if deeper:
            yield from _entries(document, deeper, inner)
        else:
            yield inner, document


def _by_entry(notes: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Notes by address ("members[2]/age"): those of each entry, by key."""
    found: dict[str, dict[str, Any]] = {}
    for written, note in notes.items():
        entry, _, key = written.rpartition("/")
        found.setdefault(entry, {})[key] = note
    return found
