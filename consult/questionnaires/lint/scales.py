"""Scales of one kind that run in two directions: people answer the second one as they learnt the first.

A scale is known by the words of its first and last choice (English and French): satisfied to dissatisfied,
agree to disagree, excellent to poor, always to never, important to unimportant, likely to unlikely, easy to
difficult. Scales of different kinds may run in different directions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from consult.i18n import lazy_gettext as _l
from consult.questionnaires.lint.exits import is_exit
from consult.questionnaires.lint.remark import Remark, plain, spoken
from consult.questionnaires.specification import Questionnaire
from consult.questions.question import Choice

FEWEST_CHOICES, MOST_CHOICES = 3, 13

_ENDS: dict[str, dict[str, tuple[str, str]]] = {
    "satisfaction": {
        "en": (
            r"(very|completely|extremely) satisfied",
            r"(very|completely|extremely|not at all) (dis|un)?satisfied",
        ),
        "fr": (
            r"(très|tout à fait|entièrement) satisfait\w*",
            r"(très insatisfait\w*|pas du tout satisfait\w*)",
        ),
    },
    "agreement": {
        "en": (r"(strongly|completely|totally) agree", r"(strongly|completely|totally) disagree"),
        "fr": (
            r"(tout à fait|fortement|entièrement) d'accord",
            r"(pas du tout d'accord|(fortement|tout à fait) en désaccord)",
        ),
    },
    "quality": {
        "en": (r"excellent|very good", r"poor|very poor|very bad|terrible"),
        "fr": (r"excellente?|très bonne?|très bien", r"mauvaise?|très mauvaise?|très mal|médiocre"),
    },
    "frequency": {"en": (r"always|very often", r"never"), "fr": (r"toujours|très souvent", r"jamais")},
    "importance": {
        "en": (r"(very|extremely) important", r"not (at all )?important( at all)?|(very )?unimportant"),
        "fr": (r"(très|extrêmement) importante?", r"(pas du tout|pas|sans) importan(te?|ce)"),
    },
    "likelihood": {
        "en": (r"(very|extremely) likely", r"(very |extremely )?unlikely"),
        "fr": (r"très probable", r"très improbable|pas du tout probable"),
    },
    "ease": {"en": (r"very easy", r"very (difficult|hard)"), "fr": (r"très facile", r"très difficile")},
}
_PATTERNS = [
    (kind, language, re.compile(good, re.IGNORECASE), re.compile(bad, re.IGNORECASE))
    for kind, ends in _ENDS.items()
    for language, (good, bad) in ends.items()
]


def directions(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Scales that run against the first of their kind."""
    first: dict[str, tuple[bool, str]] = {}
    told: set[str] = set()
    for question in questionnaire.questions.values():
        found = direction(question.choices)
        if found is None:
            continue
        kind, is_good_first = found
        before, key = first.setdefault(kind, (is_good_first, question.key))
        if before is not is_good_first and question.list_name not in told:
            told.add(question.list_name)
            yield Remark(
                "scale_turned",
                f"question:{question.key}",
                _l(
                    "The scale of “%(name)s” runs the other way than that of “%(first)s”.",
                    name=question.key,
                    first=key,
                ),
                _l("Let all scales of this kind begin with the same end."),
            )


def direction(choices: Sequence[Choice]) -> tuple[str, bool] | None:
    """The kind of a scale, and whether its good end comes first; None where it is no scale that we know."""
    if not FEWEST_CHOICES <= len(choices) <= MOST_CHOICES:
        return None
    steps = [choice for choice in choices if not is_exit(choice)]
    if len(steps) < FEWEST_CHOICES:
        return None
    for language in ("en", "fr"):
        ends = [
            [plain(text) for _code, text in spoken(step.label, language)] for step in (steps[0], steps[-1])
        ]
        if all(ends) and (found := _direction(language, ends[0][0], ends[1][0])):
            return found
    return None


def _direction(language: str, head: str, tail: str) -> tuple[str, bool] | None:
    for kind, spoken_in, good, bad in _PATTERNS:
        if spoken_in != language:
            continue
        if good.fullmatch(head) and bad.fullmatch(tail):
            return kind, True
        if bad.fullmatch(head) and good.fullmatch(tail):
            return kind, False
    return None
