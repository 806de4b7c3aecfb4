"""Whom a community is made of: known numbers by category, as a profile of one survey. Pure.

Only the parts of a whole matter: counts of a census, per cents and shares all say the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MOST_TARGETS = 4
"""Questions of a profile. More of them make groups of one person, and weights that mean nothing."""


@dataclass(frozen=True, slots=True)
class Target:
    """``by``: a breakdown by one thing (see breakdowns.py): the key of a question of one choice, or
    ``_language``. ``numbers``: code → known number, each above 0, at least two. ``note``: where they are
    from."""

    by: str
    numbers: Mapping[str, float]
    note: str = ""

    @property
    def shares(self) -> Mapping[str, float]:
        """Of all categories together, adding up to 1."""
        whole = sum(self.numbers.values())
        return {code: number / whole for code, number in self.numbers.items()}


@dataclass(frozen=True, slots=True)
class Profile:
    """At least one target, each by another thing."""

    targets: tuple[Target, ...]


def profile_document(profile: Profile) -> dict[str, Any]:
    """As JSON, for the database."""
    return {
        "targets": [
            {"by": target.by, "numbers": dict(target.numbers), "note": target.note}
            for target in profile.targets
        ]
    }


def profile_of(document: Mapping[str, Any]) -> Profile:
    """What :func:`profile_document` wrote."""
    return Profile(
        tuple(
            Target(
                str(each["by"]), {str(code): float(n) for code, n in each["numbers"].items()}, each["note"]
            )
            for each in document["targets"]
        )
    )
