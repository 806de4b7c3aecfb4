"""The tallies of a source: from columns of codes where it has them, else in a pass over responses. Pure.

Both give the same. What a tally is, the pass says (tally.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from consult.reports.analysis.weighted import CellTallies, cell_of
from consult.reports.breakdowns import Grouping, groupings_of, groups_of
from consult.reports.merging import Asked
from consult.reports.source import Source
from consult.reports.tally import Breakdown, Tally


def counted(source: Source, by: str | None = None) -> tuple[Tally, Breakdown | None]:
    """The whole, and its groups where it is broken down. Raises KeyError for what nothing can be broken down
    by."""
    breakdown = Breakdown(source.asked, groups_of(source.asked, by)) if by else None
    if source.columns is not None:
        whole, groups = source.columns.counted(source.asked, groupings_of(source.asked, by) if by else ())
        if breakdown:
            breakdown.groups = dict(groups)
        return whole, breakdown
    tally = Tally(source.asked)
    for row in source.rows():
        tally.add(row)
        if breakdown:
            breakdown.add(row)
    return tally, breakdown


def grouped(source: Source, asked: Sequence[Asked], groupings: Sequence[Grouping]) -> list[Breakdown]:
    """Several breakdowns by one thing each, of ``asked``."""
    found = [Breakdown(asked, grouping.groups) for grouping in groupings]
    if source.columns is not None:
        for breakdown, grouping in zip(found, groupings, strict=True):
            breakdown.groups = dict(source.columns.counted(asked, [grouping])[1])
        return found
    for row in source.rows():
        for breakdown in found:
            breakdown.add(row)
    return found


def celled(source: Source, asked: Sequence[Asked], groupings: Sequence[Grouping]) -> CellTallies:
    """Responses by the cell they are in (see analysis/weighting.py)."""
    cells = CellTallies(asked, [grouping.groups for grouping in groupings])
    if source.columns is not None:
        counts = source.columns.counted(asked, groupings, lambda found: (cell_of(found),))
        cells.cells = dict(counts[1]) if groupings else {(): counts[0]}
        return cells
    for row in source.rows():
        cells.add(row)
    return cells
