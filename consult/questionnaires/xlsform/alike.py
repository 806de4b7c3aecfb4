"""Findings that say the same of many rows: told where they come first, with where else they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from consult.questionnaires.findings import Finding, Place
from consult.questionnaires.xlsform.sources import plain

FEWEST = 4
"""Rows that must say the same; fewer are read as quickly as counted."""

_Said = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Gathered:
    """One sentence and every place it is about, in the order of sheets and rows; no place twice."""

    finding: Finding
    places: tuple[Place, ...]

    @property
    def rows(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """The rows of each sheet, in their order."""
        found: dict[str, dict[int, None]] = {}
        for place in self.places:
            if place.row is not None:
                found.setdefault(plain(place.sheet), {})[place.row] = None
        return tuple((sheet, tuple(rows)) for sheet, rows in found.items())


def gathered(findings: Iterable[Finding]) -> list[Gathered]:
    """Every different sentence once; the spelling that is suggested may differ, and the first one stays."""
    found: dict[tuple[str, str], tuple[Finding, dict[Place, None]]] = {}
    for finding in findings:
        _, places = found.setdefault((finding.code, str(finding.message)), (finding, {}))
        places[Place(finding.sheet, finding.row, finding.column)] = None
    return [Gathered(finding, tuple(places)) for finding, places in found.values()]


class Alike:
    """What of these findings is said of many rows of a sheet."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        cells: dict[_Said, dict[int, str]] = {}
        for finding in findings:
            if finding.row is not None:
                cells.setdefault(_said(finding), {}).setdefault(finding.row, finding.column)
        self._cells = {said: sorted(rows.items()) for said, rows in cells.items() if len(rows) >= FEWEST}

    def elsewhere(self, finding: Finding) -> tuple[int, ...]:
        """The other rows of which it is said, in the cell where it comes first; else none."""
        cells = self._cells.get(_said(finding), [])
        is_first = cells[:1] == [(finding.row, finding.column)]
        return tuple(row for row, _ in cells[1:]) if is_first else ()

    def is_again(self, row: Sequence[Finding]) -> bool:
        """Whether a row has nothing that was not said of one above: its errors count, where it has any."""
        worst = [found for found in row if found.severity == "error"] or row
        return all(self._is_again(found) for found in worst)

    def _is_again(self, finding: Finding) -> bool:
        cells = self._cells.get(_said(finding), [])
        return bool(cells) and cells[0][0] != finding.row


def _said(finding: Finding) -> _Said:
    return plain(finding.sheet), finding.code, str(finding.message)
