"""Where a person is in a questionnaire, as addresses and drafts say it: ``children`` or ``child/2``.

A page inside a repeat is followed by the numbers of its items, from 1, the outermost first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from consult.questionnaires.routing import Evaluation, Spot, evaluate, first_spot, next_spot, pages
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.trails import Trail, document_at, has_item, with_document

MOST_DIGITS = 5
_NUMBERS = re.compile(rf"[1-9][0-9]{{0,{MOST_DIGITS - 1}}}(?:/[1-9][0-9]{{0,{MOST_DIGITS - 1}}})*")


def place_of(spot: Spot | None) -> str | None:
    """``child/2`` of a spot; None of none (the review)."""
    return None if spot is None else "/".join((spot.page.key, *map(str, spot.numbers)))


def spot_at(questionnaire: Questionnaire, page: str, numbers: str = "") -> Spot | None:
    """The spot of an address: the key of a page, and ``2/1`` for its items. None for what there is not.

    The items themselves need not be there.
    """
    found = next((each for each in pages(questionnaire) if each.key == page), None)
    if found is None or (numbers and not _NUMBERS.fullmatch(numbers)):
        return None
    places = [int(number) - 1 for number in numbers.split("/")] if numbers else []
    if len(places) != len(found.repeats):
        return None
    keys = [repeat.key for repeat in found.repeats]
    return Spot(found, tuple(zip(keys, places, strict=True)))


def spot_of(questionnaire: Questionnaire, place: str | None) -> Spot | None:
    """What :func:`place_of` wrote, read back."""
    page, _, numbers = (place or "").partition("/")
    return spot_at(questionnaire, page, numbers)


def can_stand(evaluation: Evaluation, answers: Mapping[str, Any], trail: Trail) -> bool:
    """Whether there is such an item, or may be: the next one of a list to which people add."""
    for depth, (repeat, place) in enumerate(trail, 1):
        outer = trail[: depth - 1]
        try:
            state = evaluation.repeat(repeat, outer)
        except LookupError:
            return False
        if place < state.size:
            continue
        # What comes next is made by answering it, so that nothing is stored by looking.
        return depth == len(trail) and place == state.size and state.may_add and has_item(answers, outer)
    return True


def with_item(answers: Mapping[str, Any], trail: Trail) -> Mapping[str, Any]:
    """The answers, as if the item at ``trail`` were there already."""
    return with_document(answers, trail, document_at(answers, trail)) if trail else answers


def start_of_item(
    questionnaire: Questionnaire, answers: Mapping[str, Any], trail: Trail, **how: Any
) -> Spot | None:
    """The first page of an item that is there or will be. ``how`` as for ``evaluate``."""
    return first_spot(questionnaire, evaluate(questionnaire, with_item(answers, trail), **how), trail)


def back_to_review(
    questionnaire: Questionnaire, before: Evaluation, now: Evaluation, following: Spot | None
) -> Spot | None:
    """Where somebody goes on who came from the review to change a page: pages that are there only ``now``
    and were not ``before``, else the review (None). ``following``: the spot after the changed one."""
    while following and _was_there(before, following):
        following = next_spot(questionnaire, now, following)
    return following


def _was_there(before: Evaluation, spot: Spot) -> bool:
    try:
        return before.page_relevant(spot.page, spot.trail)
    except LookupError:  # an item that is new
        return False
