"""Small categories are put together before anything is hidden: a reader keeps more that way. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from consult.reports.disclosure.cells import Cell, Dimension, Link, Table

JOINT = "+"
"""Between the categories that a merged one is made of."""


@dataclass(frozen=True, slots=True)
class Merged:
    """``tables`` as they are published; ``parts``: dimension → what each of its categories is made of."""

    tables: tuple[Table, ...]
    parts: Mapping[str, Mapping[str, tuple[str, ...]]]

    def only(self, dimensions: Collection[str]) -> Merged:
        """What is merged along these dimensions."""
        return replace(self, parts={key: parts for key, parts in self.parts.items() if key in dimensions})

    def apply(self, tables: Sequence[Table]) -> tuple[Table, ...]:
        """Any tables, with these categories merged."""
        return tuple(_with(table, self.parts) for table in tables)

    def made_of(self, cell: Cell) -> tuple[Cell, ...]:
        """The cells before merging that are in this one; itself where nothing was merged."""
        choices = (
            tuple((dimension, part) for part in self.parts.get(dimension, {}).get(category, (category,)))
            for dimension, category in sorted(cell.conditions)
        )
        return tuple(Cell(frozenset(each), cell.edition) for each in product(*choices))


def merge_small(tables: Sequence[Table], links: Sequence[Link] = ()) -> Merged:
    """The same categories are merged wherever a dimension stands; never one that leads to a further question
    (``links``) with one that does not: how many answered that would tell them apart."""
    dimensions = {dimension.key: dimension for table in tables for dimension in table.dimensions}
    parts = {key: _parts(dimension, tables, links) for key, dimension in dimensions.items()}
    return Merged(tuple(_with(table, parts) for table in tables), parts)


def _parts(
    dimension: Dimension, tables: Sequence[Table], links: Sequence[Link]
) -> Mapping[str, tuple[str, ...]]:
    own = [link.codes for link in links if link.dimension == dimension.key]
    leads = {category: [category in codes for codes in own] for category in dimension.categories}
    sizes: dict[str, int] = {}
    threshold = dimension.least
    for table in tables:
        if dimension.key in (each.key for each in table.dimensions):
            sizes = _sizes(table, dimension)
            threshold = max(threshold, table.threshold)
    kept = [(category,) for category in dimension.categories if category in dimension.fixed]
    free = [category for category in dimension.categories if category not in dimension.fixed]
    groups: list[tuple[str, ...]] = [(category,) for category in free]
    while (
        dimension.may_merge
        and len(groups) > 2
        and (pair := _pair(groups, sizes, threshold, dimension, leads))
    ):
        first, second = sorted(pair)
        groups[first] = (*groups[first], *groups.pop(second))
    return {JOINT.join(group): group for group in (*groups, *kept)}


def _pair(
    groups: Sequence[tuple[str, ...]],
    sizes: Mapping[str, int],
    threshold: int,
    dimension: Dimension,
    leads: Mapping[str, Sequence[bool]],
) -> tuple[int, int] | None:
    """The smallest that is too small, and the smaller of its neighbours, or the next smallest of all."""
    total = [sum(sizes[category] for category in group) for group in groups]
    small = [place for place, size in enumerate(total) if 0 < size < threshold]
    for place in sorted(small, key=lambda each: total[each]):
        if dimension.is_ordered:
            near = [other for other in (place - 1, place + 1) if 0 <= other < len(groups)]
        else:
            near = [other for other in range(len(groups)) if other != place and total[other]]
        others = [other for other in near if leads[groups[other][0]] == leads[groups[place][0]]]
        if others:
            return place, min(others, key=lambda each: total[each])
    return None


def _sizes(table: Table, dimension: Dimension) -> dict[str, int]:
    place = [each.key for each in table.dimensions].index(dimension.key)
    sizes = dict.fromkeys(dimension.categories, 0)
    for codes, count in table.counts.items():
        sizes[codes[place]] += count
    return sizes


def _with(table: Table, parts: Mapping[str, Mapping[str, tuple[str, ...]]]) -> Table:
    new = [
        {old: category for category, group in parts[dimension.key].items() for old in group}
        if dimension.key in parts
        else {category: category for category in dimension.categories}
        for dimension in table.dimensions
    ]
    counts: dict[tuple[str, ...], int] = {}
    for codes, count in table.counts.items():
        merged = tuple(names[code] for names, code in zip(new, codes, strict=True))
        counts[merged] = counts.get(merged, 0) + count
    dimensions = tuple(
        replace(dimension, categories=tuple(dict.fromkeys(names.values())))
        for dimension, names in zip(table.dimensions, new, strict=True)
    )
    return replace(table, dimensions=dimensions, counts=counts)
