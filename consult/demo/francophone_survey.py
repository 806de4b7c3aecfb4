"""What a made-up francophone newcomer answers to the Network's survey on services in French.

The patterns: far from the larger town services are rarer and farther; who came hoping to live in French and
cannot get services in it asks less often and feels less part of the community.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from consult.demo.dice import Dice

Answers = dict[str, Any]

ORIGINS = {
    "afrique_ouest": 24,
    "afrique_centrale": 30,
    "maghreb_levant": 20,
    "caraibes": 10,
    "europe": 12,
    "ailleurs": 4,
}
HOME_LANGUAGES = {
    "afrique_ouest": {"fr": 0.95, "wo": 0.4},
    "afrique_centrale": {"fr": 0.9, "rn": 0.4, "ln": 0.3, "sw": 0.35},
    "maghreb_levant": {"fr": 0.75, "ar": 0.95},
    "caraibes": {"fr": 0.7, "ht": 0.95},
    "europe": {"fr": 1.0, "en": 0.1},
    "ailleurs": {"fr": 0.8, "es": 0.4},
}
ANSWERING = {
    "maghreb_levant": {"fr": 0.68, "ar": 0.28, "en": 0.04},
    "ailleurs": {"fr": 0.7, "es": 0.16, "zh-Hans": 0.06, "en": 0.08},
}
TOWNS = {"baie_du_heron": 52, "lac_aux_loutres": 26, "riviere_blanche": 16, "ailleurs": 4, "sans_reponse": 2}
NEARNESS = {"baie_du_heron": 0.75, "lac_aux_loutres": 0.45, "riviere_blanche": 0.3}
SERVICES = {
    "acces_sante": 0.42,
    "acces_ecole": 0.8,
    "acces_emploi": 0.5,
    "acces_gouvernement": 0.6,
    "acces_justice": 0.3,
}


def draw_answers(dice: Dice, today: dt.date) -> tuple[str, Answers]:
    """Language of answering and coded answers by question key, without the open one."""
    origin = dice.pick(ORIGINS)
    town = dice.pick(TOWNS)
    months = dice.between(1, 4) * dice.between(1, 26)
    nearness = NEARNESS.get(town, 0.25)
    ease = min(max(nearness + 0.002 * months + dice.near(0, 0.16), 0.0), 1.0)
    language = dice.pick(ANSWERING.get(origin, {"fr": 0.95, "en": 0.05}))
    answers = {
        "date_arrivee": (today - dt.timedelta(days=round(30.44 * months))).isoformat(),
        "origine": origin if dice.chance(0.96) else "sans_reponse",
        "lieu": town,
        "langues_maison": _home_languages(dice, origin),
        **_services(dice, nearness, ease),
        **_community(dice, ease),
    }
    if "other" in answers["langues_maison"]:
        answers["langues_maison_other"] = dice.pick(dict.fromkeys(("Bambara", "Fon", "Ewe", "Tamazight"), 1))
    return language, answers


def _home_languages(dice: Dice, origin: str) -> list[str]:
    spoken = dice.some(HOME_LANGUAGES[origin]) or ["fr"]
    return [*spoken, "other"] if origin.startswith("afrique") and dice.chance(0.12) else spoken


def _services(dice: Dice, nearness: float, ease: float) -> Answers:
    answers: Answers = {
        service: dice.pick(
            {
                "toujours": share * nearness,
                "parfois": 0.35,
                "jamais": (1 - share) * (1.1 - nearness),
                "sans_besoin": 0.22 if service in ("acces_ecole", "acces_justice") else 0.06,
            }
        )
        for service, share in SERVICES.items()
    }
    answers["demande_francais"] = dice.pick(
        {"toujours": 0.1 + 0.5 * ease, "parfois": 0.42, "jamais": 0.3 * (1 - ease)}
    )
    answers["raisons_anglais"] = _reasons(dice)
    kilometres = min(max(dice.near(42 - 38 * nearness, 9), 0.3), 180)
    answers["distance_km"] = round(kilometres) if kilometres >= 10 else round(kilometres, 1)
    answers["priorites"] = dice.mixed({"sante": 10, "emploi": 7, "logement": 5, "ecole": 4, "justice": 2})
    return answers


def _reasons(dice: Dice) -> list[str]:
    if dice.chance(0.04):
        return ["sans_reponse"]
    reasons = {
        "rapide": 0.5,
        "personne": 0.46,
        "ignore": 0.24,
        "mauvaise_experience": 0.14,
        "apprendre": 0.26,
        "aise": 0.1,
    }
    return dice.some(reasons) or ["sans_raison"]


def _community(dice: Dice, ease: float) -> Answers:
    return {
        "facilite": min(max(round(1 + 4 * ease + dice.near(0, 0.6)), 1), 5),
        "appartenance": dice.pick(
            {
                "tres": 0.05 + 0.5 * ease,
                "assez": 0.36,
                "peu": 0.4 - 0.3 * ease,
                "pas_du_tout": 0.16 - 0.14 * ease,
                "sans_reponse": 0.02,
            }
        ),
        "langue_travail": dice.pick(
            {
                "francais": 0.1 + 0.3 * ease,
                "anglais": 0.34 - 0.15 * ease,
                "les_deux": 0.22,
                "autre": 0.02,
                "sans_emploi": 0.2,
                "sans_reponse": 0.02,
            }
        ),
        "rester": dice.pick({"oui": 0.15 + 0.6 * ease, "peut_etre": 0.34, "non": 0.24 * (1 - ease)}),
    }
