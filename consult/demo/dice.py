"""Chance that falls the same way every time: the luck of one made-up person."""

from __future__ import annotations

import random
import uuid
from collections.abc import Mapping
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Draws that depend on nothing but ``seed`` (a text) and their order."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)  # noqa: S311 (made-up people need no secrets)

    def chance(self, probability: float) -> bool:
        return self._random.random() < probability

    def pick(self, weights: Mapping[T, float]) -> T:
        """One of the keys; a weight at or below 0 is never picked."""
        kept = {value: weight for value, weight in weights.items() if weight > 0}
        return self._random.choices(list(kept), list(kept.values()))[0]

    def some(self, probabilities: Mapping[T, float]) -> list[T]:
        """Each key with its own probability, in their order; may be none."""
        return [value for value, probability in probabilities.items() if self.chance(probability)]

    def mixed(self, weights: Mapping[T, float]) -> list[T]:
        """All keys, the heavy ones likely first."""
        left, order = dict(weights), []
        while left:
            order.append(self.pick(left))
            del left[order[-1]]
        return order

    def near(self, mean: float, spread: float) -> float:
        return self._random.gauss(mean, spread)

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return self._random.randint(low, high)

    def identity(self) -> uuid.UUID:
        """A UUID of version 4."""
        return uuid.UUID(int=self._random.getrandbits(128), version=4)
