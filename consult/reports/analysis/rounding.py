"""Percentages that add up when they are shown rounded: by largest remainder. Pure.

Only for the lines of which everybody is in exactly one (single choice, classes of numbers). Where several
answers could be chosen there is nothing that they would have to add up to.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

_LARGEST_BASE = 10**7
"""Shares of fewer people are told apart as fractions, however they were rounded as binary numbers: two of
them differ by 1e-14 at least."""


def shown_percentages(parts: Sequence[float], digits: int = 0) -> tuple[float, ...]:
    """Per cents with ``digits`` decimals that add up to exactly 100, each less than one unit of the last
    digit away from its exact value; all 0 when all parts are.

    ``parts``: counts or shares of all lines, at least 0. Of equal remainders the larger part is rounded up,
    then the earlier one: a larger part never has the smaller percentage. Raises ValueError for a negative
    part.
    """
    if any(part < 0 for part in parts):
        raise ValueError("a part is negative")
    if all(isinstance(part, int) for part in parts):
        return _of_counts([int(part) for part in parts], digits)
    exact = [Fraction(part).limit_denominator(_LARGEST_BASE) for part in parts]
    whole = sum(exact)
    if not whole:
        return tuple(0.0 for _ in parts)
    units = 100 * 10**digits
    quotas = [part * units / whole for part in exact]
    shown = [int(quota) for quota in quotas]
    order = sorted(range(len(parts)), key=lambda place: (shown[place] - quotas[place], -exact[place], place))
    for place in order[: units - sum(shown)]:
        shown[place] += 1
    return tuple(unit / 10**digits for unit in shown)


def _of_counts(counts: Sequence[int], digits: int) -> tuple[float, ...]:
    """The same, without fractions."""
    whole, units = sum(counts), 100 * 10**digits
    if not whole:
        return tuple(0.0 for _ in counts)
    divided = [divmod(count * units, whole) for count in counts]
    shown = [quota for quota, _ in divided]
    order = sorted(range(len(counts)), key=lambda place: (-divided[place][1], -counts[place], place))
    for place in order[: units - sum(shown)]:
        shown[place] += 1
    return tuple(unit / 10**digits for unit in shown)
