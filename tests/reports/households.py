"""Three households as reports read them: one with everything, one in Arabic, one that lives alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from consult.questionnaires.specification import Group
from consult.reports.columns import Row
from tests.reports.building import rows
from tests.samples.household import HOUSEHOLD, MEMBERS
from tests.samples.questions import ask, choices

WORK = choices(
    ("paid", {"en": "Paid work", "fr": "Travail payé"}), ("home", {"en": "At home", "fr": "À la maison"})
)
WORKING = replace(
    MEMBERS,
    items=(
        *MEMBERS.items[:1],
        ask("select_multiple", "work", {"en": "Which work?", "fr": "Quel travail?"}, choices=WORK),
        *MEMBERS.items[1:],
    ),
)
FORM = replace(
    HOUSEHOLD,
    items=tuple(WORKING if isinstance(each, Group) and each.is_repeat else each for each in HOUSEHOLD.items),
    choice_lists={"work_list": WORK},
)

AMAL = {"name": "Amal", "age": 41, "work": ["paid", "home"]}
BINH = {"name": "Binh", "age": 9, "goes": "Reading", "schools": [{"school": "Elm"}, {"school": "=Oak"}]}
LARGE: dict[str, Any] = {"area": "North", "members": [AMAL, BINH], "people": 2, "years": 50, "wish": "A park"}
ARABIC: dict[str, Any] = {
    "area": "وسط",
    "members": [{}, {"name": "نور", "age": 12, "goes": "الموسيقى", "schools": [{}, {"school": "السلام"}]}],
    "people": 2,
}


def households() -> list[Row]:
    told = {"members[2]/goes": {"en": "Music", "fr": "La musique"}, "area": {"en": "Centre"}}
    large, arabic, alone = rows(LARGE, ARABIC, {"area": "South"})
    return [
        large,
        replace(arabic, language="ar", original_language={"members[2]/goes": "ar"}, translations=told),
        alone,
    ]
