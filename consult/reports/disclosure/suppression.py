"""Which cells are hidden: those that are too small, and few others, so that none can be worked out.

Heuristic, in the manner of the greedy part of hypercube and linear programming methods; the audit after it is
exact, so that what it accepts is safe.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count

from consult.reports.disclosure.audit import Audit
from consult.reports.disclosure.cells import EVERYBODY, Cell, Equation, System, Table
from consult.reports.disclosure.telling import questions_that_tell, telling_bases

DOMINANT = 0.9
"""A group of which more than this share says the same tells what each of its members says."""


PATIENCE = 3
"""Turns in which single cells are hidden for what is still pinned; then the whole table is."""


class Unprotectable(Exception):
    """Whatever is hidden, ``cells`` can be worked out from what is shown, or from what was shown before."""

    def __init__(self, cells: frozenset[Cell]) -> None:
        super().__init__(", ".join(sorted(cell.name for cell in cells)))
        self.cells = cells


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
            # Also what nobody said: zeros beside one hidden number would tell that it is everybody.
            found |= {
                Cell(frozenset((question.condition(category), groups.condition(group)))) for category in asked
            }
    return found


def hidden_cells(
    system: System,
    primary: Collection[Cell],
    earlier_hidden: Collection[Cell] = frozenset(),
    *,
    telling: Collection[Cell] = frozenset(),
    is_complementary: bool = True,
) -> set[Cell]:
    """``system`` holds the earlier editions too; of them ``earlier_hidden`` was hidden, and stays so.

    Nobody can work out a hidden cell that is too small, nor one of ``telling``, of whatever edition.
    Raises Unprotectable where nothing is left to hide and something can still be worked out.
    """
    hidden = set(primary)
    if not is_complementary:
        return hidden
    around = _equations_of(system.known)
    hidden |= telling_bases(system, around, hidden)
    _hide_company(system, around, hidden, earlier_hidden)
    settled: set[frozenset[Cell]] = set()
    for turn in count():
        every = hidden | set(earlier_hidden)
        audit = Audit(system.known, system.counts, every, _kept_from(system, every, telling))
        weak = audit.weak(settled)
        if not weak:
            return hidden
        # What is not there to be hidden for one cell can still come about by what is hidden for another.
        added = _whole_tables(system, weak, hidden) if turn >= PATIENCE else set[Cell]()
        if not added:
            nexts = (
                _next(system, around, cell, hidden, earlier_hidden, system.thresholds[cell] - bounds.width)
                for cell, bounds in weak.items()
            )
            added = {cell for cell in nexts if cell is not None} - hidden
        if not added:
            raise Unprotectable(frozenset(weak))
        hidden |= added
    raise AssertionError("what is hidden grows until it is enough")


def _whole_tables(system: System, weak: Collection[Cell], hidden: Collection[Cell]) -> set[Cell]:
    """All cells of those tables by two things in which something is still pinned, and of the questions that
    were asked of some only and pin it."""
    tables = {_dimensions(cell) for cell in weak if len(cell.conditions) == 2}
    return questions_that_tell(system, weak, hidden) | {
        cell
        for cell in system.counts
        if not cell.edition
        and cell not in hidden
        and not system.is_harmless(cell)
        and _dimensions(cell) in tables
    }


def _dimensions(cell: Cell) -> frozenset[str]:
    return frozenset(dimension for dimension, _ in cell.conditions)


def _kept_from(system: System, hidden: Collection[Cell], telling: Collection[Cell]) -> Mapping[Cell, int]:
    """The cells that nobody may work out, with how wide their intervals must be."""
    return {
        cell: system.thresholds[cell]
        for cell in hidden
        if (cell in telling and system.counts[cell])
        or (0 < system.counts[cell] < system.thresholds[cell] and not system.is_harmless(cell))
    }


def _equations_of(equations: Iterable[Equation]) -> Mapping[Cell, Sequence[Equation]]:
    found: dict[Cell, list[Equation]] = {}
    for equation in equations:
        for cell in equation.members:
            found.setdefault(cell, []).append(equation)
    return found


def _hide_company(
    system: System,
    around: Mapping[Cell, Sequence[Equation]],
    hidden: set[Cell],
    earlier_hidden: Collection[Cell],
) -> None:
    """Nothing hidden alone in its line: what the others leave of the total would be it."""
    is_settled = False
    while not is_settled:
        is_settled = True
        for equation in system.equations:
            parts = [cell for cell in equation.members if cell in hidden or cell in earlier_hidden]
            threshold = max((system.thresholds[cell] for cell in parts), default=0)
            counted = [system.counts[cell] for cell in parts if system.counts[cell]]
            if not counted or (len(parts) >= 2 and sum(counted) >= threshold):
                continue
            needed = threshold - sum(counted)
            company = _best(system, around, equation, hidden, earlier_hidden, needed)
            if company is not None:
                hidden.add(company)
                is_settled = False


def _next(
    system: System,
    around: Mapping[Cell, Sequence[Equation]],
    cell: Cell,
    hidden: Collection[Cell],
    earlier_hidden: Collection[Cell],
    needed: float,
) -> Cell | None:
    """What to hide besides, for a cell that is still pinned: the best in one of its lines, else in a line
    of a cell that is hidden with it, and so on outwards"""
    again = Cell(cell.conditions)
    may_hide_again = cell.edition and again in system.counts and again not in hidden and again.conditions
    for lines in _outwards(around, cell, hidden, earlier_hidden):
        own = [_best(system, around, each, hidden, earlier_hidden, needed) for each in lines]
        found = [each for each in own if each is not None]
        if may_hide_again:
            found.append(again)
        if found:
            return min(found, key=lambda each: _cost(system, len(around[each]), each, needed))
    return None


def _outwards(
    around: Mapping[Cell, Sequence[Equation]],
    cell: Cell,
    hidden: Collection[Cell],
    earlier_hidden: Collection[Cell],
) -> Iterator[Sequence[Equation]]:
    """The lines of a cell, then those of what is hidden in them and of the same cells of other editions."""
    seen, lines = {cell}, list(around.get(cell, ()))
    known = set(lines)
    near = [cell]
    editions = range(1 + max((each.edition for each in earlier_hidden), default=0))
    while near:
        yield lines
        members = {member for line in lines for member in line.members}
        same = {Cell(each.conditions, edition) for each in near for edition in editions}
        near = [each for each in (members | same) - seen if each in hidden or each in earlier_hidden]
        seen.update(near)
        found = dict.fromkeys(line for each in near for line in around.get(each, ()))
        lines = [line for line in found if line not in known]
        known.update(lines)


def _best(
    system: System,
    around: Mapping[Cell, Sequence[Equation]],
    equation: Equation,
    hidden: Collection[Cell],
    earlier_hidden: Collection[Cell],
    needed: float,
) -> Cell | None:
    free = [
        cell
        for cell in equation.members
        if not cell.edition
        and cell.conditions != EVERYBODY
        and cell not in hidden
        and cell not in earlier_hidden
    ]
    return min(free, key=lambda cell: _cost(system, len(around[cell]), cell, needed), default=None)


def _cost(
    system: System, lines: int, cell: Cell, needed: float = 0
) -> tuple[int, bool, bool, int, bool, float, str]:
    """Inner cells sooner than margins. How many did not answer comes after the others of its kind: without it
    there are no percentages. Then those of which there is somebody, and what is in few ``lines``: how large
    a group is stands in many tables. Of each kind the smallest that can cover what is ``needed`` by itself,
    else the largest."""
    size = system.counts[cell]
    is_short = size < needed
    kind = (-len(cell.conditions), system.is_harmless(cell), not size, lines)
    return (*kind, is_short, -size if is_short else size, cell.name)
