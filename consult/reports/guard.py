"""Small groups: which must not be shown, so that nobody can be pointed at. Pure.

A group below the threshold is hidden. It could be worked out again as the total less what is shown, so
more is hidden, the smallest first, until at least two groups are hidden and together reach the threshold.

This guards what is read and passed on. Who may download single responses can count them; two filters that
differ by one day can be compared. Publishing has stricter rules of its own.
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
    lines = [
        {pair: size for pair, size in sizes.items() if pair[place] == code}
        for place in (0, 1)
        for code in dict.fromkeys(pair[place] for pair in sizes)
    ]
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
