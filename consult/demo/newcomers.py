"""Made-up people of the Ashbrook region: where they come from, when they arrived, how they are doing.

Nobody here exists. The patterns are those that partnerships report: who has been here longer speaks the
language better, works closer to their training and feels more at home; unfair treatment takes from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log1p

from consult.demo.dice import Dice


@dataclass(frozen=True, slots=True)
class Community:
    """``speaks``: languages with the share that speaks them well; ``answers_in``: language of answering.

    ``arrivals``: years ago (from, to) with their weights; ``statuses``: of those not yet citizens;
    ``fluency``: English or French on arrival, 0 (none) to 4 (very well).
    """

    weight: float
    speaks: Mapping[str, float]
    answers_in: Mapping[str, float]
    arrivals: Mapping[tuple[int, int], float]
    statuses: Mapping[str, float]
    fluency: float
    household: float
    seen_as_different: float


COMMUNITIES = {
    "arabic": Community(
        0.23,
        {"ar": 1.0, "fr": 0.15},
        {"ar": 0.62, "en": 0.3, "fr": 0.08},
        {(0, 2): 0.3, (3, 6): 0.25, (7, 11): 0.35, (12, 28): 0.1},
        {"permanent_resident": 0.55, "refugee": 0.35, "student": 0.05, "worker": 0.05},
        0.4,
        4.6,
        0.36,
    ),
    "latin_american": Community(
        0.2,
        {"es": 1.0, "pt": 0.04},
        {"es": 0.62, "en": 0.33, "fr": 0.05},
        {(0, 2): 0.45, (3, 6): 0.3, (7, 14): 0.15, (15, 35): 0.1},
        {"refugee": 0.4, "worker": 0.3, "permanent_resident": 0.25, "another": 0.05},
        0.6,
        3.4,
        0.28,
    ),
    "chinese": Community(
        0.12,
        {"zh": 1.0},
        {"zh-Hans": 0.56, "en": 0.44},
        {(0, 3): 0.3, (4, 9): 0.3, (10, 20): 0.25, (21, 38): 0.15},
        {"permanent_resident": 0.6, "student": 0.3, "worker": 0.1},
        0.8,
        3.0,
        0.3,
    ),
    "south_asian": Community(
        0.17,
        {"pa": 0.55, "hi": 0.45, "ur": 0.25},
        {"en": 1.0},
        {(0, 2): 0.4, (3, 6): 0.3, (7, 15): 0.2, (16, 35): 0.1},
        {"student": 0.35, "worker": 0.3, "permanent_resident": 0.35},
        2.5,
        3.9,
        0.34,
    ),
    "filipino": Community(
        0.08,
        {"tl": 1.0},
        {"en": 1.0},
        {(0, 4): 0.35, (5, 10): 0.35, (11, 30): 0.3},
        {"worker": 0.35, "permanent_resident": 0.65},
        2.8,
        3.7,
        0.24,
    ),
    "ukrainian": Community(
        0.07,
        {"uk": 1.0},
        {"en": 0.97, "fr": 0.03},
        {(0, 4): 0.92, (5, 30): 0.08},
        {"another": 0.45, "worker": 0.3, "permanent_resident": 0.25},
        1.2,
        3.1,
        0.14,
    ),
    "francophone": Community(
        0.06,
        {"fr": 1.0},
        {"fr": 0.86, "en": 0.14},
        {(0, 2): 0.4, (3, 6): 0.3, (7, 15): 0.3},
        {"permanent_resident": 0.5, "refugee": 0.25, "student": 0.15, "worker": 0.1},
        3.0,
        4.0,
        0.42,
    ),
    "horn_of_africa": Community(
        0.05,
        {"ti": 0.6, "so": 0.4, "ar": 0.15},
        {"en": 0.88, "ar": 0.12},
        {(0, 3): 0.35, (4, 10): 0.4, (11, 30): 0.25},
        {"refugee": 0.55, "permanent_resident": 0.45},
        1.1,
        4.4,
        0.44,
    ),
    "long_settled": Community(
        0.03,
        {"pt": 1.0},
        {"en": 0.95, "fr": 0.05},
        {(36, 58): 1.0},
        {"permanent_resident": 1.0},
        1.0,
        2.2,
        0.06,
    ),
}


@dataclass(frozen=True, slots=True)
class Newcomer:
    """One made-up person. ``fluency`` 0 to 4; ``ease`` about 0 (struggling) to 1 (thriving)."""

    community: str
    language: str
    languages: tuple[str, ...]
    arrival_year: int
    years: int
    status: str
    age_group: str
    activity: str
    fluency: float
    ease: float
    household: int
    was_treated_unfairly: bool


def meet_newcomer(dice: Dice, year: int) -> Newcomer:
    """Make somebody up who answers in ``year``."""
    name = dice.pick({name: community.weight for name, community in COMMUNITIES.items()})
    community = COMMUNITIES[name]
    language = dice.pick(community.answers_in)
    years = dice.between(*dice.pick(community.arrivals))
    fluency = community.fluency + 0.68 * log1p(years) + dice.near(0, 0.55)
    if language in ("en", "fr"):
        fluency = max(fluency, 2.0)
    age_group = _age_group(dice, years)
    activity = _activity(dice, age_group, years)
    unfair = dice.chance(community.seen_as_different * (0.8 if years > 15 else 1))
    ease = 0.19 + 0.05 * fluency + 0.11 * log1p(years) + 0.12 * (activity in WORKING) - 0.2 * unfair
    return Newcomer(
        community=name,
        language=language,
        languages=_languages(dice, community, language, fluency),
        arrival_year=year - years,
        years=years,
        status="citizen" if years >= 5 and dice.chance(0.72) else dice.pick(community.statuses),
        age_group=age_group,
        activity=activity,
        fluency=min(max(fluency, 0.0), 4.0),
        ease=min(max(ease + dice.near(0, 0.1), 0.0), 1.0),
        household=min(max(round(dice.near(community.household, 1.4)), 1), 11),
        was_treated_unfairly=unfair,
    )


WORKING = ("full_time", "part_time", "self_employed")


def _languages(dice: Dice, community: Community, language: str, fluency: float) -> tuple[str, ...]:
    spoken = set(dice.some(community.speaks)) or {next(iter(community.speaks))}
    spoken.add(language.removesuffix("-Hans"))
    if fluency >= 2.4:
        spoken.add("fr" if community.speaks.get("fr", 0) == 1 else "en")
    return tuple(sorted(spoken))


def _age_group(dice: Dice, years: int) -> str:
    if years >= 36:
        return dice.pick({"45_54": 0.1, "55_64": 0.3, "65_plus": 0.6})
    if years >= 15:
        return dice.pick({"25_34": 0.1, "35_44": 0.25, "45_54": 0.35, "55_64": 0.2, "65_plus": 0.1})
    return dice.pick(
        {"16_24": 0.19, "25_34": 0.34, "35_44": 0.27, "45_54": 0.12, "55_64": 0.05, "65_plus": 0.03}
    )


def _activity(dice: Dice, age_group: str, years: int) -> str:
    if age_group == "65_plus":
        return dice.pick({"retired": 0.8, "part_time": 0.1, "family": 0.1})
    if age_group == "16_24":
        return dice.pick({"studying": 0.6, "part_time": 0.22, "full_time": 0.1, "looking": 0.08})
    settled = min(years, 12) / 12
    return dice.pick(
        {
            "full_time": 0.3 + 0.25 * settled,
            "part_time": 0.15,
            "self_employed": 0.04 + 0.06 * settled,
            "looking": 0.24 - 0.16 * settled,
            "studying": 0.12 - 0.08 * settled,
            "family": 0.12 - 0.03 * settled,
            "not_able": 0.03,
        }
    )
