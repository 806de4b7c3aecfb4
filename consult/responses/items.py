"""Items of repeats in words: what an item is called, the heading of its pages, the list of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from consult.i18n import LocalText, gettext
from consult.questionnaires.routing import Evaluation, Spot, first_spot, is_asked
from consult.questionnaires.specification import Group, Questionnaire
from consult.questionnaires.trails import Trail
from consult.questions import Question, kind_of
from consult.responses.page_text import value_in_words, with_answers
from consult.responses.places import place_of, start_of_item

_MOST_ANSWERS = 3
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list. ``name``: its first answers, "" without any; ``place`` where it is edited ("" if
    nothing in it is asked), see places.py."""

    number: int
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class ItemList:
    """A repeat as its list shows it. ``size`` guards removing; ``next_place`` where one more is added."""

    label: LocalText
    items: tuple[Item, ...]
    size: int
    is_fixed: bool
    next_place: str | None


def item_list(
    questionnaire: Questionnaire, answers: Mapping[str, Any], evaluation: Evaluation, spot: Spot
) -> ItemList:
    """What stands on the list at ``spot``; ``evaluation`` of ``answers``, in the language to be read."""
    repeat = spot.page.group
    if repeat is None:
        raise LookupError("no list stands there")
    state = evaluation.repeat(repeat.key, spot.trail)
    items = tuple(
        _item(questionnaire, evaluation, repeat, (*spot.trail, (repeat.key, place))) for place in state.shown
    )
    following = None
    if state.may_add:
        following = _next_place(questionnaire, answers, evaluation, (*spot.trail, (repeat.key, state.size)))
    label = told(questionnaire, evaluation.at(spot.trail), repeat.label)
    return ItemList(label, items, state.size, state.is_fixed, following)


def spot_title(questionnaire: Questionnaire, evaluation: Evaluation, spot: Spot) -> LocalText:
    """The heading of a page; inside a repeat with the item's number and name: "Member 2 (Amal)"."""
    page = spot.page
    if not page.repeats:
        return told(questionnaire, evaluation, page.title)
    inside = evaluation.at(spot.trail)
    repeat = page.repeats[-1]
    label = told(questionnaire, inside, repeat.label)
    number = spot.trail[-1][1] + 1
    name = item_name(questionnaire, inside, repeat)
    head = f"{label or gettext('Entry')} {number}" + (f" ({name})" if name else "")
    is_whole = page.group is not None and page.group.key == repeat.key
    own = "" if is_whole else told(questionnaire, inside, page.title)
    own = "" if own == label else own
    return LocalText(f"{head}: {own}" if own else head, label.language or _language(evaluation))


def item_name(questionnaire: Questionnaire, inside: Evaluation, repeat: Group) -> str:
    """The first answers of an item: what tells it from the others. ``inside``: seen from the item."""
    said: list[str] = []
    for question in _questions(repeat):
        state = inside.states[question.key]
        kind = kind_of(question)
        if state.relevant and state.value is not None and kind.takes_answer and not kind.takes_file:
            said.append(str(value_in_words(questionnaire, inside, question, state.value, _language(inside))))
        if len(said) == _MOST_ANSWERS:
            break
    name = ", ".join(each for each in said if each)
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"


def told(questionnaire: Questionnaire, evaluation: Evaluation, text: Any) -> LocalText:
    """A text of the questionnaire with answers in their places, in the language of the evaluation."""
    found = text.pick(_language(evaluation), questionnaire.default_language)
    return LocalText(with_answers(found, questionnaire, evaluation, found.language), found.language)


def _item(questionnaire: Questionnaire, evaluation: Evaluation, repeat: Group, trail: Trail) -> Item:
    inside = evaluation.at(trail)
    place = place_of(first_spot(questionnaire, evaluation, trail)) or ""
    return Item(trail[-1][1] + 1, item_name(questionnaire, inside, repeat), place)


def _next_place(
    questionnaire: Questionnaire, answers: Mapping[str, Any], evaluation: Evaluation, trail: Trail
) -> str | None:
    frame = evaluation.frame
    return place_of(
        start_of_item(questionnaire, answers, trail, now=frame.now, language=frame.language, seed=frame.seed)
    )


def _questions(group: Group) -> Iterator[Question]:
    for item in group.items:
        if isinstance(item, Question):
            if is_asked(item):
                yield item
        elif not item.is_repeat:
            yield from _questions(item)


def _language(evaluation: Evaluation) -> str:
    return evaluation.frame.language
