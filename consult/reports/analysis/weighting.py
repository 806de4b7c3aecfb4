"""Weights by raking: responses count more or less, until their groups are as large as they are known to be.

Pure. Iterative proportional fitting (Deming and Stephan 1940) over cells, the combinations of categories that
somebody is in: who answered alike weighs alike. Who is in no known category (no answer, "prefer not to say")
keeps the share that these people have, so that nobody is dropped for what they did not tell.

What weights cost is said by Kish's design effect, n·Σw² / (Σw)², and the effective size, n over it: as many
unweighted responses would be as exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from consult.reports.tally import Code

MOST_ROUNDS = 500
EXACT = 1e-11
"""Relative distance of a margin from what it is to be that counts as reached."""

EXTREME_WEIGHT = 5.0
EXTREME_EFFECT = 2.0
"""Conventions of survey practice: one person who counts for more than five; half of the answers lost."""

Cell = tuple[Code, ...]
"""One category for each target, in the targets' order."""

Vector = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Weights:
    """``of``: cell → weight of each response in it; on average 1. ``empty``: known categories nobody is in,
    as (place of the target, code): the others stand in for them."""

    of: Mapping[Cell, float]
    n: int
    effective: float
    least: float
    most: float
    is_reached: bool
    rounds: int
    empty: tuple[tuple[int, str], ...] = ()

    @property
    def design_effect(self) -> float:
        return self.n / self.effective if self.effective else 1.0

    @property
    def is_extreme(self) -> bool:
        return self.most > EXTREME_WEIGHT or self.design_effect > EXTREME_EFFECT


def rake(sizes: Mapping[Cell, int], targets: Sequence[Mapping[str, float]]) -> Weights:
    """``sizes``: how many responses are in each cell; ``targets``: for each of a cell's categories, known
    numbers by code."""
    cells = [cell for cell, size in sizes.items() if size]
    counts = np.array([sizes[cell] for cell in cells], dtype=np.float64)
    if not cells:
        return Weights({}, 0, 0.0, 1.0, 1.0, True, 0, _empty(cells, targets))
    margins = [
        _margin([cell[place] for cell in cells], counts, target) for place, target in enumerate(targets)
    ]
    weights, rounds, is_reached = _fitted(counts, margins)
    n = int(counts.sum())
    weights *= n / float(weights @ counts)
    effective = float(weights @ counts) ** 2 / float((weights * weights) @ counts)
    return Weights(
        of={cell: float(weight) for cell, weight in zip(cells, weights, strict=True)},
        n=n,
        effective=effective,
        least=float(weights.min()),
        most=float(weights.max()),
        is_reached=is_reached,
        rounds=rounds,
        empty=_empty(cells, targets),
    )


Margin = tuple[Any, Vector]
"""For each cell the place of its category; for each category the number it is to have."""


def _margin(codes: Sequence[Code], counts: Vector, target: Mapping[str, float]) -> Margin:
    """Only categories that somebody is in can be reached; place 0 is of those whose category is not known."""
    present = {code for code in codes if code is not None}
    known = [code for code, number in target.items() if code in present and number > 0]
    places = {code: place for place, code in enumerate(known, 1)}
    where = np.array([places.get(code, 0) if code is not None else 0 for code in codes], dtype=np.intp)
    numbers = np.array([0.0, *(target[code] for code in known)])
    unknown = float(counts[where == 0].sum())
    if known:
        numbers *= (float(counts.sum()) - unknown) / numbers.sum()
    numbers[0] = unknown
    return where, numbers


def _fitted(counts: Vector, margins: Sequence[Margin]) -> tuple[Vector, int, bool]:
    weights = np.ones_like(counts)
    for round_ in range(MOST_ROUNDS):
        if _distance(weights * counts, margins) < EXACT:
            return weights, round_, True
        for where, numbers in margins:
            found = np.bincount(where, weights * counts, minlength=len(numbers))
            weights *= np.divide(numbers, found, out=np.ones_like(numbers), where=found > 0)[where]
    return weights, MOST_ROUNDS, _distance(weights * counts, margins) < EXACT


def _distance(weighted: Vector, margins: Sequence[Margin]) -> float:
    worst = 0.0
    for where, numbers in margins:
        found = np.bincount(where, weighted, minlength=len(numbers))
        wanted = numbers > 0
        worst = max([worst, *(np.abs(found[wanted] / numbers[wanted] - 1)).tolist()])
    return worst


def _empty(cells: Sequence[Cell], targets: Sequence[Mapping[str, float]]) -> tuple[tuple[int, str], ...]:
    present = [{cell[place] for cell in cells} for place in range(len(targets))]
    return tuple(
        (place, code)
        for place, target in enumerate(targets)
        for code, number in target.items()
        if number > 0 and code not in present[place]
    )
