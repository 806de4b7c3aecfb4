"""A repeatable shuffle: the same on every server, in every release.

ODK's: Fisher–Yates from the end, drawing from the Park–Miller generator (16807, 2³¹ − 1). Its first draws
follow small seeds too closely, so seeds are digests (seed_of).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

_Item = TypeVar("_Item")
_MODULUS = 2_147_483_647


def shuffled(items: Sequence[_Item], seed: int) -> list[_Item]:
    """``items`` in an order that depends on ``seed`` alone."""
    state = seed % _MODULUS or _MODULUS - 1
    mixed = list(items)
    for place in range(len(mixed) - 1, 0, -1):
        state = state * 16_807 % _MODULUS
        other = (state - 1) * (place + 1) // (_MODULUS - 1)
        mixed[place], mixed[other] = mixed[other], mixed[place]
    return mixed


def seed_of(*parts: object) -> int:
    """A seed made of anything: a response's own seed and a question's key."""
    written = "/".join(str(part) for part in parts)
    return int.from_bytes(hashlib.sha256(written.encode()).digest()[:4]) & 0x7FFF_FFFF
