"""The tallies of a source: from columns of codes where it has them, else in a pass over responses. Pure.

Both give the same. What a tally is, the pass says (tally.py).
"""

from __future__ import annotations

from consult.reports.breakdowns import groupings_of, groups_of
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
