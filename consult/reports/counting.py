"""The tallies of a source: from columns of codes where it has them, else in a pass over responses. Pure.

Both give the same. What a tally is, the pass says (tally.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from consult.reports.analysis.weighted import CellTallies, cell_of
from consult.reports.breakdowns import Grouping, groupings_of, groups_of
from consult.reports.columns import Row
from consult.reports.merging import Asked
from consult.reports.sides import FIRST, SECOND, Sides, sides_by_group, sides_of
from consult.reports.source import Source
from consult.reports.tally import Breakdown, Code, Group, Groups, Tally, groups_by_answer


def counted(source: Source) -> Tally:
    """All questions."""
    if source.columns is not None:
        return source.columns.counted(source.asked)[0]
    tally = Tally(source.asked)
    for row in source.rows():
        tally.add(row)
    return tally


def broken_down(source: Source, by: str) -> tuple[Tally, Groups]:
    """The whole, and its groups. Raises KeyError for what nothing can be broken down by."""
    if source.columns is not None:
        return source.columns.broken_down(source.asked, groupings_of(source.asked, by))
    tally, breakdown = Tally(source.asked), Breakdown(source.asked, groups_of(source.asked, by))
    for row in source.rows():
        tally.add(row)
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


def group_sizes(source: Source, asked: Asked) -> dict[Code, int]:
    """How many responses gave each answer to a question of choices; None: without one. Of several answers
    each counts, so that together they can be more than the responses."""
    (breakdown,) = grouped(source, (), [Grouping(asked, groups_by_answer(asked))])
    return {
        group: tally.responses for group, tally in breakdown.groups.items() if not isinstance(group, tuple)
    }


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


def two_groups(source: Source, by: str, first: str, second: str | None) -> Sides:
    """Two groups of a breakdown by one thing; ``second`` None: everybody who is not in the first. Raises
    KeyError."""
    sides, (grouping,) = sides_by_group(first, second), groupings_of(source.asked, by)
    if source.columns is not None:
        return sides_of(source.asked, *source.columns.counted(source.asked, [grouping], sides))
    tally, parts = Tally(source.asked), Breakdown(source.asked, lambda row: sides([grouping.groups(row)]))
    for row in source.rows():
        tally.add(row)
        parts.add(row)
    return sides_of(source.asked, tally, parts.groups)


def selected_and_others(source: Source, others: Callable[[], Iterable[Row]]) -> Sides:
    """Those who are selected, and all others. ``others()`` are read where there are no columns."""
    if source.columns is not None:
        whole, selected, rest = source.columns.divided(source.asked)
        return sides_of(source.asked, whole, {FIRST: selected, SECOND: rest})
    tally = Tally(source.asked)
    parts: dict[Group, Tally] = {FIRST: Tally(source.asked), SECOND: Tally(source.asked)}
    for side, rows in ((FIRST, source.rows()), (SECOND, others())):
        for row in rows:
            tally.add(row)
            parts[side].add(row)
    return sides_of(source.asked, tally, parts)
