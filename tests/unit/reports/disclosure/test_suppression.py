"""What cannot be protected is not published."""

from __future__ import annotations

import pytest

from consult.reports.disclosure.cells import Cell, Dimension, Equation, Table, system_of
from consult.reports.disclosure.suppression import Unprotectable, hidden_cells

GROUP = Dimension("group", ("en", "fr"), may_merge=False)


def cell(**conditions: str) -> Cell:
    return Cell(frozenset(conditions.items()))


def test_what_stands_fixed_by_an_earlier_edition_is_not_published() -> None:
    system = system_of([Table((GROUP,), {("en",): 60, ("fr",): 4})])
    known = Cell(frozenset((("known", "4"),)), 1)
    system.counts[known], system.thresholds[known] = 4, 10
    system.equations[Equation(cell(group="fr"), (known,))] = None
    with pytest.raises(Unprotectable) as raised:
        hidden_cells(system, {cell(group="fr")})
    assert raised.value.cells == {cell(group="fr")}


def test_large_cell_that_is_hidden_for_another_may_be_worked_out() -> None:
    """A total of 64 of which 60 is hidden for the 4 beside it: both intervals are of the 4."""
    system = system_of([Table((GROUP,), {("en",): 60, ("fr",): 4})])
    assert hidden_cells(system, {cell(group="fr")}) == {cell(group="fr"), cell(group="en")}
