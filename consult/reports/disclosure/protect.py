"""From tables to what may be published of them, in the light of what was published before."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from consult.reports.disclosure.cells import Cell, Equation, Link, System, Table, system_of
from consult.reports.disclosure.links import add_routes
from consult.reports.disclosure.merging import Merged, merge_small
from consult.reports.disclosure.rounding import rounded
from consult.reports.disclosure.suppression import hidden_cells, primary_cells


class TooLittleNew(Exception):
    """Since the last edition fewer people answered than may be shown: the difference would point to them."""

    def __init__(self, new: int, threshold: int) -> None:
        super().__init__(new, threshold)
        self.new = new
        self.threshold = threshold


class TooFew(Exception):
    """There are fewer responses than may be shown at all."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What has to be known of an edition to protect later ones: its tables before and after merging, what
    was hidden of them, which of it for itself, and which questions were asked of some only."""

    tables: tuple[Table, ...]
    merged: Merged
    hidden: frozenset[Cell]
    primary: frozenset[Cell]
    links: tuple[Link, ...] = ()

    @property
    def responses(self) -> int:
        return sum(self.tables[0].counts.values())


@dataclass(frozen=True, slots=True)
class Protected:
    """``shown``: rounded counts of the cells of ``edition.merged``, None where nothing may be shown."""

    shown: Mapping[Cell, int | None]
    edition: Edition

    @property
    def primary(self) -> frozenset[Cell]:
        """Hidden for themselves; the other hidden ones for them."""
        return self.edition.primary


def protect(
    tables: Sequence[Table],
    *,
    key: bytes,
    earlier: Sequence[Edition] = (),
    links: Sequence[Link] = (),
    is_complementary: bool = True,
) -> Protected:
    """``earlier``: editions of the same survey, the newest first; ``links``: which questions are asked of
    some only. Raises TooFew, TooLittleNew, Unprotectable.

    ``is_complementary``: False only to show what happens without.
    """
    _check_size(tables, earlier)
    merged = merge_small(tables, links)
    steady = _steady([merged, *(edition.merged for edition in earlier)])
    system, unpublished = _whole_system(tables, merged, steady, 0, links)
    before: set[Cell] = set()
    telling: set[Cell] = set()
    for number, edition in enumerate(earlier, 1):
        own, besides = _whole_system(edition.tables, edition.merged, steady, number, edition.links)
        system.take(own)
        before |= {cell._replace(edition=number) for cell in edition.hidden | besides}
        telling |= {cell._replace(edition=number) for cell in edition.primary}
    published = system_of(merged.tables).counts
    primary = (primary_cells(system, merged.tables) - before) & published.keys()
    hidden = hidden_cells(
        system,
        # What the last edition hid for the sake of others would be needed again: it still can be read.
        primary | unpublished | (_company(earlier) & published.keys()),
        frozenset(before),
        telling=primary | telling,
        is_complementary=is_complementary,
    )
    shown = {
        cell: None if cell in hidden else rounded(count, cell.name, key) for cell, count in published.items()
    }
    kept = frozenset(hidden & published.keys())
    edition = Edition(tuple(tables), merged, kept, frozenset(primary), tuple(links))
    return Protected(shown, edition)


def _company(earlier: Sequence[Edition]) -> frozenset[Cell]:
    return earlier[0].hidden - earlier[0].primary if earlier else frozenset()


def _steady(merged: Sequence[Merged]) -> frozenset[str]:
    """Dimensions of which every edition merged the same categories.

    What is merged there can all be in any one of its parts, in all tables at once: nothing that is shown
    tells the parts apart, and they need no audit of their own.
    """
    keys = {key for each in merged for key in each.parts}
    return frozenset(
        key
        for key in keys
        if len({frozenset(each.parts[key].values()) for each in merged if key in each.parts}) == 1
    )


def _check_size(tables: Sequence[Table], earlier: Sequence[Edition]) -> None:
    responses = sum(tables[0].counts.values())
    threshold = max(table.threshold for table in tables)
    if responses < threshold:
        raise TooFew
    if earlier:
        new = responses - earlier[0].responses
        if 0 < abs(new) < threshold:
            raise TooLittleNew(new, threshold)


def _whole_system(
    tables: Sequence[Table],
    merged: Merged,
    steady: Collection[str],
    edition: int,
    links: Sequence[Link],
) -> tuple[System, set[Cell]]:
    """The cells before merging (but of ``steady`` dimensions) and after, and how the ones make up the others;
    those that merging took away are not published."""
    system, published = system_of(merged.only(steady).apply(tables)), system_of(merged.tables)
    unpublished = set(system.counts) - published.counts.keys()
    system.take(published)
    unsteady = merged.only(merged.parts.keys() - set(steady))
    for cell in published.counts:
        parts = unsteady.made_of(cell)
        if parts != (cell,):
            system.equations[Equation(cell, parts)] = None
    unpublished |= add_routes(system, merged, links)
    return system.moved(edition), unpublished
