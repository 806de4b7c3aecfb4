"""Follow-ups of which it must not be known how many answered: that would tell how few said otherwise before.

The audit finds them; but each table of a question tells how many answered it, so that they are better hidden
all at once. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from consult.reports.disclosure.cells import Cell, Equation, System


def telling_bases(
    system: System, around: Mapping[Cell, Sequence[Equation]], hidden: Collection[Cell]
) -> set[Cell]:
    """What is to be hidden of follow-ups: of the groups in which fewer did not answer than may be known of
    those before who are hidden, and of enough other groups, so that these cannot be worked out."""
    found: set[Cell] = set()
    for equation in system.routes:
        base = equation.total
        if base.edition or base in found:
            continue
        needed = max(_thresholds(system, equation, hidden), default=0)
        if system.counts[base] < needed:
            found |= system.telling[base]
            for line in around[base]:
                if set(line.parts) <= system.telling.keys():
                    found |= _company(system, line, found, needed)
    return found


def _thresholds(system: System, equation: Equation, hidden: Collection[Cell]) -> Iterator[int]:
    """Of the hidden few that were not asked."""
    for cell in equation.parts:
        is_small = 0 < system.counts[cell] < system.thresholds[cell]
        if is_small and cell in hidden and not system.is_harmless(cell):
            yield system.thresholds[cell]


def _company(system: System, line: Equation, found: Collection[Cell], needed: int) -> set[Cell]:
    """Other groups, those first in which fewest did not answer; where these are not enough, everybody."""
    counts, added = system.counts, set[Cell]()
    hidden = [cell for cell in line.parts if cell in found]
    for cell in sorted(set(line.parts) - set(hidden), key=lambda each: (counts[each], each.name)):
        if len(hidden) > 1 and sum(counts[each] for each in hidden) >= needed:
            return added
        hidden.append(cell)
        added |= system.telling[cell]
    if len(hidden) > 1 and sum(counts[each] for each in hidden) >= needed:
        return added
    return added | system.telling[line.total]


def questions_that_tell(system: System, weak: Collection[Cell], hidden: Collection[Cell]) -> set[Cell]:
    """All of those follow-ups that leave too little room to one of ``weak``."""
    found: set[Cell] = set()
    for equation in system.routes:
        if not equation.total.edition and not set(weak).isdisjoint(equation.parts):
            for condition in equation.total.conditions:
                found |= system.telling.get(Cell(frozenset((condition,))), frozenset())
    return found - set(hidden)
