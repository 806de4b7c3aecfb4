"""A survey in two versions with everything that is counted differently, and random answers to it: most as
they should be, some as only an old file or a mistake could have brought them in."""

from __future__ import annotations

from random import Random
from typing import Any

from consult.questionnaires.specification import Questionnaire
from tests.samples.questions import ask, choices, group, questionnaire

ABC = choices("a", "b", "c")
LANGUAGES = choices(*(f"l{number}" for number in range(12)))

_MEMBERS = group(
    ask("integer", "years"),
    ask("select_multiple", "learns", choices=ABC),
    group(ask("text", "school"), key="schools", is_repeat=True),
    key="members",
    is_repeat=True,
)
OLD: Questionnaire = questionnaire(
    ask("select_one", "stay", choices=ABC),
    ask("select_multiple", "speaks", choices=LANGUAGES, has_other=True),
    ask("integer", "age"),
    ask("rank", "order", choices=ABC),
    ask("date", "since"),
    ask("time", "hour"),
    ask("text", "wish"),
    ask("integer", "turned"),
    ask("calculate", "double", calculation="1"),
    _MEMBERS,
)
NEW: Questionnaire = questionnaire(
    ask("select_one", "stay", choices=choices("a", "c", "d"), has_other=True),
    ask("select_multiple", "speaks", choices=LANGUAGES, has_other=True),
    ask("decimal", "age"),
    ask("rank", "order", choices=ABC),
    ask("text", "wish"),
    ask("select_one", "turned", choices=ABC),
    ask("dateTime", "met"),
    _MEMBERS,
)
ODD: tuple[Any, ...] = ("", [], 0, 1, True, False, 2.0, "1", "z", ["a", "a"], ["q"], 10**20, "half \ud800")
_CODES = "abc"


def answers(draw: Random, *, is_odd: bool = True) -> dict[str, Any]:
    """Of one response, to either version."""
    made = {
        "stay": draw.choice("abcd"),
        "speaks": draw.sample([choice.key for choice in LANGUAGES], draw.randint(1, 4)),
        "speaks_other": draw.choice(("", "Twi")),
        "stay_other": draw.choice(("", "perhaps")),
        "age": draw.choice((17, 40, 40.0, 40.5, draw.randint(0, 99))),
        "order": draw.sample(_CODES, draw.randint(1, 3)),
        "since": f"20{draw.randint(10, 26)}-0{draw.randint(1, 9)}-11",
        "hour": f"{draw.randint(10, 23)}:30",
        "met": f"2026-03-0{draw.randint(1, 9)}T10:00:00-05:00",
        "wish": "A bus that runs after nine.",
        "turned": draw.choice((5, "a")),
        "double": "4",
        "members": [_member(draw) for _ in range(draw.randint(0, 3))],
    }
    kept = {key: value for key, value in made.items() if draw.random() < 0.8}
    if is_odd and draw.random() < 0.2:
        kept[draw.choice(("stay", "age", "wish", "turned", "since", "members"))] = draw.choice(ODD)
    return kept


def _member(draw: Random) -> dict[str, Any]:
    made = {
        "years": draw.randint(0, 99),
        "learns": draw.sample(_CODES, 2),
        "schools": [{"school": "North"} if draw.random() < 0.5 else {} for _ in range(draw.randint(0, 2))],
    }
    return {key: value for key, value in made.items() if draw.random() < 0.7}
