"""A repeatable shuffle, the same on every server and in every browser.

ODK's: Fisher–Yates from the end, drawing from the Park–Miller generator (16807, 2³¹ − 1), whose first
state is the seed brought into 1 … 2³¹ − 2.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from typing import TypeVar

_Item = TypeVar("_Item")
_MODULUS = 2_147_483_647


def shuffled(items: Sequence[_Item], seed: float) -> list[_Item]:
    """``items`` in an order that depends on ``seed`` alone; NaN and ±Infinity count as 0."""
    state = (math.trunc(seed) if math.isfinite(seed) else 0) % _MODULUS or _MODULUS - 1
    mixed = list(items)
    for place in range(len(mixed) - 1, 0, -1):
        state = state * 16_807 % _MODULUS
        other = (state - 1) * (place + 1) // (_MODULUS - 1)
        mixed[place], mixed[other] = mixed[other], mixed[place]
    return mixed


def seed_of(*parts: object) -> int:
    """A seed made of several things: a response's own seed and a question's key."""
    written = "/".join(str(part) for part in parts)
    return int.from_bytes(hashlib.sha256(written.encode()).digest()[:4]) & 0x7FFF_FFFF
