"""What a made-up newcomer answers to the Immigrant survey.

Everything somebody might say is drawn, page by page; what a condition skips is dropped afterwards by the
questionnaire's own logic, never by a second copy of it here.
"""

from __future__ import annotations

from consult.demo.dice import Dice
from consult.demo.immigrant_experience import (
    Answers,
    draw_community,
    draw_fairness,
    draw_reasons,
    draw_services,
)
from consult.demo.newcomers import Newcomer

LEVELS = ("none", "little", "daily", "well", "very_well")
OTHER_LANGUAGES = ("አማርኛ", "Türkçe", "Tiếng Việt", "ગુજરાતી", "Kurdî", "Српски")
AT_THE_LIBRARY = {
    "en": "At the library",
    "fr": "À la bibliothèque",
    "ar": "في المكتبة",
    "es": "En la biblioteca",
    "zh-Hans": "在图书馆",
}
TROUBLES = {
    "housing": 0.5,
    "work": 0.3,
    "money": 0.34,
    "language": 0.2,
    "health": 0.32,
    "child_care": 0.16,
    "transport": 0.2,
    "friends": 0.16,
    "family": 0.2,
    "discrimination": 0.07,
    "papers": 0.16,
}


def draw_answers(someone: Newcomer, dice: Dice) -> Answers:
    """Coded answers by question key, without the open one; keys may be missing, as in life."""
    return {
        **_about_you(someone, dice),
        **_home(someone, dice),
        **_work(someone, dice),
        **draw_services(someone, dice),
        **draw_community(someone, dice),
        **draw_fairness(someone, dice),
        **_looking_ahead(someone, dice),
    }


def _about_you(someone: Newcomer, dice: Dice) -> Answers:
    answers: Answers = {
        "arrival_year": someone.arrival_year,
        "status": someone.status if dice.chance(0.95) else "no_answer",
        "languages": list(someone.languages),
        "area": dice.pick(
            {
                "downtown": 38,
                "ashbrook": 29,
                "pine_harbour": 16,
                "tamarack": 8,
                "elsewhere": 6,
                "no_answer": 3,
            }
        ),
        "age_group": someone.age_group if dice.chance(0.97) else "no_answer",
        "gender": dice.pick({"woman": 55, "man": 41, "another": 1, "no_answer": 3}),
        "household_size": someone.household,
    }
    if dice.chance(0.05):
        answers["languages"].append("other")
        answers["languages_other"] = dice.pick(dict.fromkeys(OTHER_LANGUAGES, 1))
    return answers


def _home(someone: Newcomer, dice: Dice) -> Answers:
    crowded = 0.1 * max(someone.household - 3, 0)

    def quality(good: float) -> str:
        good = min(max(good, 0.05), 0.9)
        return dice.pick(
            {"good": good, "fair": 0.6 * (1 - good), "poor": 0.4 * (1 - good), "no_answer": 0.01}
        )

    return {
        "home_space": quality(0.35 + 0.5 * someone.ease - crowded),
        "home_repair": quality(0.3 + 0.5 * someone.ease),
        "home_price": quality(0.05 + 0.4 * someone.ease),
        "home_place": quality(0.55),
        "housing_share": dice.pick(
            {
                "under_30": 0.05 + 0.5 * someone.ease,
                "30_to_50": 0.38,
                "over_50": 0.45 - 0.4 * someone.ease,
                "not_sure": 0.08,
                "no_answer": 0.04,
            }
        ),
    }


def _work(someone: Newcomer, dice: Dice) -> Answers:
    return {
        "work_now": someone.activity if dice.chance(0.98) else "no_answer",
        "job_match": dice.pick(
            {
                "fully": 0.02 + 0.75 * someone.ease**2,
                "partly": 0.33,
                "no": 0.6 - 0.55 * someone.ease,
                "not_sure": 0.05,
            }
        ),
        "credentials": _credentials(someone, dice),
        "income_enough": dice.pick(
            {
                "more": 0.3 * someone.ease**2,
                "just": 0.1 + 0.45 * someone.ease,
                "not_quite": 0.3,
                "far": 0.34 - 0.3 * someone.ease,
                "no_answer": 0.05,
            }
        ),
        "language_level": LEVELS[min(int(someone.fluency + 0.5), 4)],
        "classes": _classes(someone, dice),
        "class_barriers": draw_reasons(
            dice,
            {
                "hours": 0.34,
                "child_care": 0.2,
                "transport": 0.2,
                "cost": 0.1,
                "wait": 0.42,
                "level": 0.14,
                "information": 0.18,
            },
            "nothing",
        ),
    }


def _credentials(someone: Newcomer, dice: Dice) -> str:
    if someone.age_group in ("16_24", "65_plus") and dice.chance(0.6):
        return "not_needed"
    settled = min(someone.years, 12) / 12
    return dice.pick(
        {
            "all": 0.06 + 0.26 * settled,
            "some": 0.12 + 0.15 * settled,
            "waiting": 0.2 - 0.15 * settled,
            "no": 0.12,
            "not_asked": 0.3 - 0.1 * settled,
            "not_needed": 0.18,
        }
    )


def _classes(someone: Newcomer, dice: Dice) -> str:
    if someone.fluency >= 3.2:
        return dice.pick({"no_need": 0.75, "before": 0.25})
    recent = someone.years <= 5
    return dice.pick(
        {
            "now": 0.34 if recent else 0.1,
            "before": 0.12 if recent else 0.5,
            "waiting": 0.2 if recent else 0.03,
            "wanted": 0.26 if recent else 0.2,
            "no_need": 0.08 if recent else 0.17,
        }
    )


def _looking_ahead(someone: Newcomer, dice: Dice) -> Answers:
    answers: Answers = {
        "stay": dice.pick(
            {
                "yes": 0.1 + 0.6 * someone.ease,
                "probably": 0.28,
                "not_sure": 0.24,
                "probably_not": 0.14 - 0.1 * someone.ease,
                "no": 0.08 - 0.06 * someone.ease,
            }
        ),
        "recommend": min(max(round(dice.near(3 + 7 * someone.ease, 1.6)), 0), 10),
        "challenges": _challenges(someone, dice),
        "heard_about": dice.pick(
            {"agency": 20, "class": 16, "school": 9, "work": 6, "social_media": 20, "friend": 15}
            | {"worship": 6, "poster": 5, "other": 3}
        ),
        "helped": "no"
        if dice.chance(0.5 + 0.12 * someone.fluency)
        else dice.pick({"family": 7, "worker": 3}),
    }
    if answers["heard_about"] == "other":
        answers["heard_about_other"] = AT_THE_LIBRARY[someone.language]
    return answers


def _challenges(someone: Newcomer, dice: Dice) -> list[str]:
    likely = TROUBLES | {
        "work": 0.55 if someone.activity == "looking" else 0.25,
        "language": 0.14 * (3.4 - min(someone.fluency, 3.4)),
        "discrimination": 0.3 if someone.was_treated_unfairly else 0.03,
        "papers": 0.4 if someone.status in ("refugee", "worker", "student", "another") else 0.05,
    }
    calmer = {code: probability * (1.3 - 0.7 * someone.ease) for code, probability in likely.items()}
    named = dice.some(calmer)
    while len(named) > 3:
        named.remove(dice.pick({code: 1 - calmer[code] for code in named}))
    return named or ["none"]
