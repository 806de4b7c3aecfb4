"""Which cells are hidden: those that are too small, and few others, so that none can be worked out.

Heuristic, in the manner of the greedy part of hypercube and linear programming methods; the audit after it is
exact, so that what it accepts is safe.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from consult.reports.disclosure.audit import Audit
from consult.reports.disclosure.cells import EVERYBODY, Cell, Equation, System, Table

DOMINANT = 0.9
"""A group of which more than this share says the same tells what each of its members says."""


def primary_cells(system: System, tables: Iterable[Table]) -> set[Cell]:
    """Counts below the threshold, and groups that nearly all say the same."""
    small = {
        cell
        for cell, count in system.counts.items()
        if not cell.edition and 0 < count < system.thresholds[cell] and not system.is_harmless(cell)
    }
    return small.union(*(_dominated(table) for table in tables))


def _dominated(table: Table) -> set[Cell]:
    if len(table.dimensions) < 2:
        return set()
    question, groups = table.dimensions
    found: set[Cell] = set()
    asked = [category for category in question.categories if category not in question.fixed]
    for group in groups.categories:
        counts = [table.counts.get((category, group), 0) for category in asked]
        telling = [
            count for category, count in zip(asked, counts, strict=True) if category not in question.plain
        ]
        if sum(counts) >= table.threshold and max(telling, default=0) > DOMINANT * sum(counts):
            found |= {
                Cell(frozenset((question.condition(category), groups.condition(group))))
                for category, count in zip(asked, counts, strict=True)
                if count
            }
    return found


def hidden_cells(
    system: System,
    primary: Collection[Cell],
    earlier_hidden: Collection[Cell] = frozenset(),
    *,
    is_complementary: bool = True,
) -> set[Cell]:
    """``system`` holds the earlier editions too; of them ``earlier_hidden`` was hidden, and stays so."""
    hidden = set(primary)
    if not is_complementary:
        return hidden
    around = _equations_of(system.equations)
    _hide_company(system, hidden, earlier_hidden)
    settled: set[frozenset[Cell]] = set()
    while True:
        audit = Audit(system.equations, system.counts, hidden | set(earlier_hidden), system.thresholds)
        weak = audit.weak(settled)
        added = {_next(system, around, cell, hidden, earlier_hidden) for cell in weak} - {None}
        if not added:
            return hidden
        hidden |= {cell for cell in added if cell is not None}


def _equations_of(equations: Iterable[Equation]) -> Mapping[Cell, Sequence[Equation]]:
    found: dict[Cell, list[Equation]] = {}
    for equation in equations:
        for cell in equation.members:
            found.setdefault(cell, []).append(equation)
    return found


def _hide_company(system: System, hidden: set[Cell], earlier_hidden: Collection[Cell]) -> None:
    """Nothing hidden alone in its line: what the others leave of the total would be it."""
    is_settled = False
    while not is_settled:
        is_settled = True
        for equation in system.equations:
            parts = [cell for cell in equation.members if cell in hidden or cell in earlier_hidden]
            threshold = max((system.thresholds[cell] for cell in parts), default=0)
            counted = [system.counts[cell] for cell in parts if system.counts[cell]]
            if not counted or (len(counted) >= 2 and sum(counted) >= threshold):
                continue
            company = _smallest(system, equation, hidden, earlier_hidden)
            if company is not None:
                hidden.add(company)
                is_settled = False


def _next(
    system: System,
    around: Mapping[Cell, Sequence[Equation]],
    cell: Cell,
    hidden: Collection[Cell],
    earlier_hidden: Collection[Cell],
) -> Cell | None:
    """What to hide besides, for a cell that is still pinned: the smallest in one of its lines, else in a line
    of a cell that is hidden with it, or the same cell of the new edition."""
    own = [_smallest(system, equation, hidden, earlier_hidden) for equation in around.get(cell, ())]
    if not any(own):
        lines = {
            equation: None
            for near in around.get(cell, ())
            for member in near.members
            if member in hidden
            for equation in around[member]
        }
        own = [_smallest(system, equation, hidden, earlier_hidden) for equation in lines]
    again = Cell(cell.conditions)
    if cell.edition and again in system.counts and again not in hidden and again.conditions != EVERYBODY:
        own.append(again)
    found = [each for each in own if each is not None]
    return min(found, key=lambda each: _cost(system, each), default=None)


def _smallest(
    system: System, equation: Equation, hidden: Collection[Cell], earlier_hidden: Collection[Cell]
) -> Cell | None:
    free = [
        cell
        for cell in equation.members
        if not cell.edition
        and cell.conditions != EVERYBODY
        and cell not in hidden
        and cell not in earlier_hidden
        and system.counts[cell]
    ]
    return min(free, key=lambda cell: _cost(system, cell), default=None)


def _cost(system: System, cell: Cell) -> tuple[bool, int, int, str]:
    """Inner cells sooner than margins, small ones sooner than large ones; how many did not answer comes last:
    without it there are no percentages."""
    return (system.is_harmless(cell), -len(cell.conditions), system.counts[cell], cell.name)
