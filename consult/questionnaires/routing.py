"""What is asked next: the way through the pages, and through the items of repeats.

What holds on a page is worked out in evaluation.py, what stands on one in paging.py; their names are here
too, for everyone who routes.

In a form without repeats the way goes from page to page (``next_page``). In any form it goes from spot to
spot (``next_spot``): a spot is a page and the trail of the item it is asked about. Where the author counts
the items (``repeat_count``), every item follows the list, one after the other. Where people add them, the
list is the middle: from it the way goes on past the items, and from the end of an item back to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from consult.questionnaires.answers import is_asked
from consult.questionnaires.dependencies import find_cycles
from consult.questionnaires.evaluation import Asked, Evaluation, RepeatState, evaluate
from consult.questionnaires.outcome import evaluate_report, final_answers
from consult.questionnaires.paging import MOST_QUESTIONS_ON_A_PAGE, Page, pages
from consult.questionnaires.run import QuestionState
from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.trails import Trail

__all__ = [
    "MOST_QUESTIONS_ON_A_PAGE",
    "Asked",
    "Evaluation",
    "Page",
    "QuestionState",
    "RepeatState",
    "Spot",
    "Trail",
    "evaluate",
    "evaluate_report",
    "final_answers",
    "find_cycles",
    "first_spot",
    "is_asked",
    "list_spot",
    "next_page",
    "next_spot",
    "pages",
    "previous_page",
    "previous_spot",
    "spots",
]


class Spot(NamedTuple):
    """A page, and the item it is asked about: one element of ``trail`` for each of ``page.repeats``."""

    page: Page
    trail: Trail = ()

    @property
    def numbers(self) -> tuple[int, ...]:
        """The places of the items as they stand in an address, from 1."""
        return tuple(place + 1 for _, place in self.trail)


def next_page(questionnaire: Questionnaire, evaluation: Evaluation, page: Page | None) -> Page | None:
    """The next page with something to ask after ``page`` (None: the first); None after the last.

    Of a repeat only its list; see :func:`next_spot`.
    """
    start = 0 if page is None else page.index + 1
    return next((each for each in pages(questionnaire)[start:] if evaluation.page_relevant(each)), None)


def previous_page(questionnaire: Questionnaire, evaluation: Evaluation, page: Page | None) -> Page | None:
    """The page with something to ask before ``page`` (None: the last); None before the first."""
    every = pages(questionnaire)
    before = every if page is None else every[: page.index]
    return next((each for each in reversed(before) if evaluation.page_relevant(each)), None)


def spots(questionnaire: Questionnaire, evaluation: Evaluation) -> Iterator[Spot]:
    """Every page of every item that has something to ask, in order."""
    yield from _spots(evaluation, pages(questionnaire), ())


def next_spot(questionnaire: Questionnaire, evaluation: Evaluation, spot: Spot | None) -> Spot | None:
    """Where the way goes on after ``spot`` (None: where it begins); None after the last.

    ``spot`` need not have anything to ask any more, nor be there at all.
    """
    if evaluation.item is None:
        page = next_page(questionnaire, evaluation, spot.page if spot else None)
        return Spot(page) if page else None
    here = () if spot is None else _order(questionnaire, spot)
    own = () if spot is None else spot.trail
    following = next(
        (
            each
            for each in spots(questionnaire, evaluation)
            if _order(questionnaire, each) > here and not _enters_added_item(each, own)
        ),
        None,
    )
    back = None if spot is None else _list_to_return_to(questionnaire, spot, following)
    return back or following


def previous_spot(questionnaire: Questionnaire, evaluation: Evaluation, spot: Spot | None) -> Spot | None:
    """Where the way comes from (None as ``spot``: where it ends); None before the first."""
    if evaluation.item is None:
        page = previous_page(questionnaire, evaluation, spot.page if spot else None)
        return Spot(page) if page else None
    own = () if spot is None else spot.trail
    found = None
    for each in spots(questionnaire, evaluation):
        if spot is not None and _order(questionnaire, each) >= _order(questionnaire, spot):
            break
        if not _enters_added_item(each, own):
            found = each
    return found


def first_spot(questionnaire: Questionnaire, evaluation: Evaluation, trail: Trail) -> Spot | None:
    """The first page of an item: where somebody goes who adds or edits it. None if it asks nothing."""
    inside = (each for each in spots(questionnaire, evaluation) if each.trail[: len(trail)] == trail)
    return next(inside, None)


def list_spot(questionnaire: Questionnaire, trail: Trail) -> Spot:
    """The list in which the item at ``trail`` (not empty) stands. Raises LookupError."""
    key = trail[-1][0]
    for page in pages(questionnaire):
        if page.kind == "list" and page.group is not None and page.group.key == key:
            return Spot(page, trail[:-1])
    raise LookupError(f"no list of {key!r}")


def _spots(evaluation: Evaluation, inside: tuple[Page, ...], trail: Trail) -> Iterator[Spot]:
    """``inside``: pages that stand in as many repeats as the trail is long, or in more."""
    depth = len(trail)
    at = 0
    while at < len(inside):
        page = inside[at]
        at += 1
        if evaluation.page_relevant(page, trail):
            yield Spot(page, trail)
        if page.kind != "list" or page.group is None:
            continue
        own = tuple(takewhile(lambda each: len(each.repeats) > depth, inside[at:]))
        at += len(own)
        for place in evaluation.repeat(page.group.key, trail).shown:
            yield from _spots(evaluation, own, (*trail, (page.group.key, place)))


def _order(questionnaire: Questionnaire, spot: Spot) -> tuple[int, ...]:
    """Sorts spots as they are asked: a list, then item by item, then what comes after."""
    lists = {
        page.group.key: page.index
        for page in pages(questionnaire)
        if page.kind == "list" and page.group is not None
    }
    steps = [number for key, place in spot.trail for number in (lists.get(key, 0), place)]
    return (*steps, spot.page.index)


def _enters_added_item(spot: Spot, own: Trail) -> bool:
    """Whether it stands in another item than one's own, of a repeat to which people add items."""
    for depth, repeat in enumerate(spot.page.repeats):
        if spot.trail[: depth + 1] != own[: depth + 1] and repeat.repeat_count is None:
            return True
    return False


def _list_to_return_to(questionnaire: Questionnaire, spot: Spot, following: Spot | None) -> Spot | None:
    """The innermost list whose item would be left for ``following``, if people add its items."""
    onward = () if following is None else following.trail
    for depth in reversed(range(len(spot.trail))):
        is_left = onward[: depth + 1] != spot.trail[: depth + 1]
        if is_left and spot.page.repeats[depth].repeat_count is None:
            return list_spot(questionnaire, spot.trail[: depth + 1])
    return None
