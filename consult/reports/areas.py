"""Which question says where people live: staff name it; until they do, the one that looks like it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain

from consult.i18n import Localized
from consult.reports.breakdowns import can_break_down
from consult.reports.merging import Asked
from consult.reports.profile_terms import folded

_WORDS = frozenset(
    (
        *("area", "region", "municipality", "city", "town", "neighbourhood", "neighborhood"),
        *("district", "ward", "county", "community", "postal", "fsa"),
        *("quartier", "ville", "municipalite", "secteur", "arrondissement", "comte", "localite", "lieu"),
    )
)


def area_named(asked: Sequence[Asked], wanted: str | None, with_targets: Iterable[str] = ()) -> Asked | None:
    """The question ``wanted`` (by key); without it, one of which areas have targets; else one whose key, then
    one whose label, has a word for it. None where there is none; KeyError where nothing is called so."""
    possible = [each for each in asked if can_break_down(each)]
    if wanted:
        found = next((each for each in possible if each.key == wanted), None)
        if found is None:
            raise KeyError(wanted)
        return found
    aimed = frozenset(with_targets)
    aimed_at = (each for each in possible if each.key in aimed)
    keyed = (each for each in possible if _speaks_of_areas(each.question.key.replace("_", " ")))
    labelled = (each for each in possible if _labelled(each.question.label))
    return next(chain(aimed_at, keyed, labelled), None)


def _labelled(label: Localized) -> bool:
    return any(_speaks_of_areas(label.get(code, "")) for code in ("en", "fr"))


def _speaks_of_areas(text: str) -> bool:
    return not _WORDS.isdisjoint(re.findall(r"\w+", folded(text)))
