"""Random rounding to base 5 that is always the same. Pure.

A count becomes the multiple of five below or above it, the nearer one more often, so that on average it is
right (Statistics Canada: 107 becomes 110 two times in five). What is drawn hangs on a key, the cell and its
count: the same cell is the same number in every table, chart and edition, and asking again teaches nothing.
"""

from __future__ import annotations

import hashlib
import hmac

BASE = 5


def rounded(count: int, cell: str, key: bytes) -> int:
    """``cell``: who is counted, in a way that is the same everywhere."""
    below, rest = count - count % BASE, count % BASE
    if not rest:
        return count
    drawn = hmac.new(key, f"{cell}\0{count}".encode(), hashlib.sha256).digest()
    return below + (BASE if int.from_bytes(drawn[:8]) * BASE < rest << 64 else 0)
