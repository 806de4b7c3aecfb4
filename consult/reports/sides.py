"""Two sides that are compared: which of them responses are on, and what is counted of each. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from consult.reports.merging import Asked
from consult.reports.tally import Breakdown, Combine, Group, Tally

FIRST, SECOND, NEITHER = "first", "second", "neither"

_BOTH = "both"


@dataclass(frozen=True, slots=True)
class Sides:
    """``whole``: everybody; ``parts``: those on each side, and on neither, in this order. ``in_both``: how
    many responses are on both sides."""

    whole: Tally
    parts: Breakdown
    in_both: int = field(default=0)

    @property
    def sizes(self) -> Mapping[Group, int]:
        return {side: tally.responses for side, tally in self.parts.groups.items()}


def sides_by_group(first: str, second: str | None) -> Combine:
    """Those of one group and those of another; ``second`` None: everybody who is not in the first."""

    def sides(found: Sequence[tuple[Group, ...]]) -> tuple[str, ...]:
        (groups,) = found
        is_first = first in groups
        is_second = not is_first if second is None else second in groups
        if is_first and is_second:
            return (FIRST, SECOND, _BOTH)
        return (FIRST,) if is_first else (SECOND,) if is_second else (NEITHER,)

    return sides


def sides_of(asked: Sequence[Asked], whole: Tally, parts: Mapping[Group, Tally]) -> Sides:
    """``parts``: as they were counted; a side on which nobody is may be left out."""
    breakdown = Breakdown(asked, lambda _row: ())
    for side in (FIRST, SECOND, NEITHER):
        breakdown.groups[side] = parts[side] if side in parts else Tally(asked)
    return Sides(whole, breakdown, parts[_BOTH].responses if _BOTH in parts else 0)
