"""What a made-up newcomer answers to the pages on services, health, community and fair treatment."""

from __future__ import annotations

from typing import Any

from consult.demo.dice import Dice
from consult.demo.newcomers import WORKING, Newcomer

Answers = dict[str, Any]


def draw_services(someone: Newcomer, dice: Dice) -> Answers:
    heard = min(0.25 + 0.12 * someone.years, 0.75)
    known = dice.some(
        {
            "settlement": heard + 0.15,
            "language": heard + 0.15,
            "employment": heard,
            "housing": heard * 0.5,
            "health": heard * 0.7,
            "library": 0.85,
            "school": heard * 0.5 if someone.household > 2 else 0.1,
            "legal": heard * 0.35,
            "french": 0.75 if "fr" in someone.languages else 0.15,
            "food": heard * 0.8,
        }
    ) or ["none"]
    shy = 0.45 if someone.status in ("student", "worker") else 0.62
    return {
        "services_known": known,
        "services_used": dice.some(dict.fromkeys((code for code in known if code != "none"), shy))
        or ["none"],
        "services_satisfaction": dice.pick(
            {
                "very_satisfied": 0.1 + 0.3 * someone.ease,
                "satisfied": 0.42,
                "neutral": 0.2,
                "unsatisfied": 0.16 - 0.1 * someone.ease,
                "very_unsatisfied": 0.05,
            }
        ),
        "service_barriers": _service_barriers(someone, dice),
        "family_doctor": dice.pick(
            {"yes": 0.28 + 0.05 * min(someone.years, 10), "looking": 0.45, "no": 0.08, "no_answer": 0.02}
        ),
        "care_barriers": _care_barriers(someone, dice),
    }


def _service_barriers(someone: Newcomer, dice: Dice) -> list[str]:
    if dice.chance(0.03):
        return ["no_answer"]
    return draw_reasons(
        dice,
        {
            "unaware": 0.45 - 0.03 * min(someone.years, 12),
            "language": 0.1 * (3 - min(someone.fluency, 3)),
            "hours": 0.3 if someone.activity in WORKING else 0.12,
            "distance": 0.18,
            "wait": 0.26,
            "refused": 0.34 if someone.status in ("student", "worker", "another") else 0.04,
            "trust": 0.12 if someone.was_treated_unfairly else 0.04,
            "experience": 0.16 if someone.was_treated_unfairly else 0.03,
        },
        "nothing",
    )


def _care_barriers(someone: Newcomer, dice: Dice) -> list[str]:
    if dice.chance(0.03):
        return ["no_answer"]
    return draw_reasons(
        dice,
        {
            "wait": 0.42,
            "no_doctor": 0.34 - 0.02 * min(someone.years, 12),
            "language": 0.09 * (3 - min(someone.fluency, 3)),
            "cost": 0.2 if someone.status in ("student", "worker", "another") else 0.08,
            "transport": 0.12,
            "time_off": 0.16 if someone.activity in WORKING else 0.06,
            "information": 0.2 if someone.years <= 2 else 0.05,
        },
        "nothing",
    )


def draw_community(someone: Newcomer, dice: Dice) -> Answers:
    def how_often(strength: float) -> str:
        if dice.chance(0.015):
            return "no_answer"
        drawn = strength + dice.near(0, 0.17)
        return (
            "always" if drawn > 0.72 else "often" if drawn > 0.5 else "sometimes" if drawn > 0.2 else "never"
        )

    return {
        "feel_welcome": how_often(someone.ease + 0.12),
        "feel_belonging": how_often(someone.ease),
        "feel_supported": how_often(0.3 + 0.45 * someone.ease),
        "feel_lonely": how_often(0.66 - 0.6 * someone.ease),
        "volunteering": dice.pick(
            {"often": 0.06 + 0.15 * someone.ease, "few": 0.2, "wanted": 0.34 - 0.1 * someone.ease, "no": 0.36}
        ),
    }


def draw_fairness(someone: Newcomer, dice: Dice) -> Answers:
    told = (
        {"often": 0.25, "sometimes": 0.75}
        if someone.was_treated_unfairly
        else {"never": 0.86, "not_sure": 0.14}
    )
    where = {
        "work": 0.46,
        "housing": 0.26,
        "school": 0.22 if someone.activity == "studying" else 0.1,
        "health": 0.14,
        "shop": 0.32,
        "street": 0.3,
        "police": 0.06,
        "office": 0.14,
        "online": 0.12,
        "elsewhere": 0.04,
    }
    basis = {
        "race": 0.5,
        "origin": 0.36,
        "language": 0.52 if someone.fluency < 3 else 0.3,
        "religion": 0.3 if someone.community in ("arabic", "south_asian", "horn_of_africa") else 0.04,
        "clothing": 0.16 if someone.community in ("arabic", "horn_of_africa") else 0.04,
        "gender": 0.1,
        "orientation": 0.02,
        "age": 0.06,
        "disability": 0.03,
        "status": 0.18 if someone.status != "citizen" else 0.05,
        "income": 0.08,
        "another": 0.03,
    }
    return {
        "discrimination": dice.pick(told) if dice.chance(0.96) else "no_answer",
        "discrimination_where": draw_reasons(dice, where, "no_answer"),
        "discrimination_basis": draw_reasons(dice, basis, "no_answer"),
    }


def draw_reasons(dice: Dice, probabilities: dict[str, float], otherwise: str) -> list[str]:
    """Codes that came up, in order; the exclusive ``otherwise`` when none did."""
    return dice.some(probabilities) or [otherwise]
