"""Tables as one system of cells: the same people are the same cell in whichever table they stand. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

Condition = tuple[str, str]
"""A dimension and one of its categories."""


class Cell(NamedTuple):
    """Who is counted: those to whom all conditions apply; without any it is everybody. ``edition``: 0 is the
    one that is being made, 1 the one before it, and so on."""

    conditions: frozenset[Condition]
    edition: int = 0

    @property
    def name(self) -> str:
        """The same in every edition."""
        return "|".join(f"{dimension}={category}" for dimension, category in sorted(self.conditions))


EVERYBODY: frozenset[Condition] = frozenset()


@dataclass(frozen=True, slots=True)
class Dimension:
    """Every response is in exactly one category. ``is_ordered``: only neighbours may be merged; ``fixed``:
    categories that are never merged, and of which few may be seen ("no answer"). ``of``: the question that
    several dimensions are about, one a choice: its fixed categories are the same people in each. ``plain``:
    categories that tell nothing of those who are in them ("did not choose this"). ``least``: categories of
    fewer are merged, where that is more than the threshold of a table."""

    key: str
    categories: tuple[str, ...]
    is_ordered: bool = False
    may_merge: bool = True
    fixed: frozenset[str] = frozenset()
    of: str = ""
    plain: frozenset[str] = frozenset()
    least: int = 0

    def condition(self, category: str) -> Condition:
        return (self.of or self.key if category in self.fixed else self.key), category


@dataclass(frozen=True, slots=True)
class Table:
    """Counts by one dimension or by two; a combination that is not there is 0. Two dimensions: the second is
    that of the groups. ``threshold``: counts below it are not shown."""

    dimensions: tuple[Dimension, ...]
    counts: Mapping[tuple[str, ...], int]
    threshold: int = 10

    def cells(self) -> Iterator[tuple[Cell, int]]:
        """Inner cells, margins, everybody."""
        for given in product(*((None, *dimension.categories) for dimension in self.dimensions)):
            conditions = frozenset(
                dimension.condition(category)
                for dimension, category in zip(self.dimensions, given, strict=True)
                if category is not None
            )
            yield Cell(conditions), self._sum(given)

    def _sum(self, given: Sequence[str | None]) -> int:
        choices = (
            (category,) if category is not None else dimension.categories
            for dimension, category in zip(self.dimensions, given, strict=True)
        )
        return sum(self.counts.get(each, 0) for each in product(*choices))


@dataclass(frozen=True, slots=True)
class Equation:
    """``parts`` add up to ``total``."""

    total: Cell
    parts: tuple[Cell, ...]

    @property
    def members(self) -> tuple[Cell, ...]:
        return (self.total, *self.parts)

    def moved(self, edition: int) -> Equation:
        """The same, of another edition."""
        parts = tuple(part._replace(edition=edition) for part in self.parts)
        return Equation(self.total._replace(edition=edition), parts)


@dataclass(frozen=True, slots=True)
class Link:
    """A question that is asked of some only, as everybody knows who has seen the form: of those who are in
    ``codes`` of another question's ``dimension``. ``unanswered``: who gave it no answer, among them all that
    were not asked. So how many answered tells of the other question that at least so many are in these."""

    unanswered: Condition
    dimension: str
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class System:
    """All cells of all tables, how they add up, below which count each is too small, and which conditions are
    harmless. ``routes``: what is known besides from who was asked (see links.py); ``telling``: who gave no
    answer to a question that was asked of some, with all cells that have to be hidden so that it is not known
    how many these are."""

    counts: dict[Cell, int] = field(default_factory=dict)
    thresholds: dict[Cell, int] = field(default_factory=dict)
    equations: dict[Equation, None] = field(default_factory=dict)
    routes: dict[Equation, None] = field(default_factory=dict)
    telling: dict[Cell, frozenset[Cell]] = field(default_factory=dict)
    harmless: set[Condition] = field(default_factory=set)

    @property
    def known(self) -> Iterator[Equation]:
        """All that is known of how cells add up."""
        yield from self.equations
        yield from self.routes

    def add(self, table: Table) -> None:
        """Raises ValueError where a table contradicts one before: it is not of the same responses."""
        for cell, count in table.cells():
            if self.counts.setdefault(cell, count) != count:
                raise ValueError(f"two counts of {cell.name!r}")
            self.thresholds[cell] = max(table.threshold, self.thresholds.get(cell, 0))
        for equation in _equations(table):
            self.equations[equation] = None
        for dimension in table.dimensions:
            self.harmless.update(dimension.condition(category) for category in dimension.fixed)

    def is_harmless(self, cell: Cell) -> bool:
        """Whether it is about those who did not answer: few of them may be seen."""
        return not self.harmless.isdisjoint(cell.conditions)

    def take(self, other: System) -> None:
        """What another system knows besides."""
        self.counts.update(other.counts)
        self.thresholds.update(other.thresholds)
        self.equations.update(other.equations)
        self.routes.update(other.routes)
        self.telling.update(other.telling)
        self.harmless.update(other.harmless)

    def moved(self, edition: int) -> System:
        """The same, as another edition."""
        return System(
            {cell._replace(edition=edition): count for cell, count in self.counts.items()},
            {cell._replace(edition=edition): least for cell, least in self.thresholds.items()},
            {equation.moved(edition): None for equation in self.equations},
            {equation.moved(edition): None for equation in self.routes},
            {cell._replace(edition=edition): frozenset() for cell in self.telling}
            if edition
            else self.telling,
            set(self.harmless),
        )


def system_of(tables: Sequence[Table]) -> System:
    system = System()
    for table in tables:
        system.add(table)
    return system


def _equations(table: Table) -> Iterator[Equation]:
    """One along each dimension, for everybody and for each category of the other one."""
    for along in table.dimensions:
        others = [dimension for dimension in table.dimensions if dimension is not along]
        for given in product(*((None, *other.categories) for other in others)):
            fixed = frozenset(
                other.condition(category)
                for other, category in zip(others, given, strict=True)
                if category is not None
            )
            parts = tuple(Cell(fixed | {along.condition(category)}) for category in along.categories)
            yield Equation(Cell(fixed), parts)
