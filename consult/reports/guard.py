"""Small groups: which must not be shown, so that nobody can be pointed at. Pure.

A group below the threshold is hidden. It could be worked out again as the total less what is shown, so
more is hidden, the smallest first, until at least two groups are hidden and together reach the threshold.

A selection by several things at once is compared with every selection that leaves some of them out: where
few lie between two of them, they could be worked out as the difference, and the smaller one is not shown.

This guards what is read and passed on. Who may download single responses can count them; two filters that
differ by one day can be compared, and so can the breakdowns of two selections. Publishing has stricter rules
of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeVar

G = TypeVar("G")
P = TypeVar("P")
Q = TypeVar("Q")


def hidden_groups(
    sizes: Mapping[G, int], threshold: int, also_hidden: Collection[G] = frozenset()
) -> frozenset[G]:
    """Which groups of a breakdown are not shown. ``sizes``: group → responses, every response in a group.

    Empty groups may be shown: there is nobody in them. ``also_hidden``: hidden for another reason already.
    """
    hidden = {group for group, size in sizes.items() if 0 < size < threshold or group in also_hidden}
    if not any(sizes[group] for group in hidden):
        return frozenset(hidden)
    left = sorted((group for group in sizes if group not in hidden and sizes[group]), key=lambda g: sizes[g])
    for group in left:
        if _is_enough(hidden, sizes, threshold):
            break
        hidden.add(group)
    return frozenset(hidden)


def hidden_pairs(
    sizes: Mapping[tuple[P, Q], int], threshold: int, also_hidden: Collection[tuple[P, Q]] = frozenset()
) -> frozenset[tuple[P, Q]]:
    """The same for a breakdown by two things. Either of them can be had by itself, so that the pairs of each
    row and of each column add up to what is known: what is hidden must be enough in every one of them."""
    hidden = frozenset(also_hidden)
    rows: dict[P, dict[tuple[P, Q], int]] = {}
    columns: dict[Q, dict[tuple[P, Q], int]] = {}
    for pair, size in sizes.items():
        rows.setdefault(pair[0], {})[pair] = size
        columns.setdefault(pair[1], {})[pair] = size
    lines = [*rows.values(), *columns.values()]
    while True:
        before = hidden
        for line in lines:
            hidden |= hidden_groups(line, threshold, hidden & line.keys())
        if hidden == before:
            return hidden


def _is_enough(hidden: Collection[G], sizes: Mapping[G, int], threshold: int) -> bool:
    counted = [sizes[group] for group in hidden if sizes[group]]
    return len(counted) >= 2 and sum(counted) >= threshold


def is_hidden_part(size: int, total: int, threshold: int) -> bool:
    """Whether a selection of ``size`` out of ``total`` responses is too small, or leaves too few out.

    The whole is never hidden, however small: it is what its organisation knows anyway.
    """
    return size < total and (0 < size < threshold or total - size < threshold)


def gives_few_away(sizes: Mapping[tuple[bool, ...], int], threshold: int) -> bool:
    """Whether those who meet all of several conditions, or those who meet all but some of them, are few.

    ``sizes``: by which conditions are met → responses, all there are. With n conditions 2^n selections are
    compared, each counted from the one that asks one thing more.
    """
    number = len(next(iter(sizes), ()))
    within = [0] * (1 << number)
    for met, size in sizes.items():
        within[sum(is_met << place for place, is_met in enumerate(met))] += size
    for place in range(number):  # sums over all that meet at least these
        for mask in range(1 << number):
            if not mask >> place & 1:
                within[mask] += within[mask | 1 << place]
    selected, total = within[-1], within[0]
    if 0 < selected < min(threshold, total):
        return True
    return any(0 < size - selected < threshold for size in within)
