"""The pages of a questionnaire: which questions are shown together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from consult.i18n import Localized
from consult.questionnaires.answers import is_asked
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions.question import Question

MOST_QUESTIONS_ON_A_PAGE = 10
"""Of questions that stand in no group of their own; a group's page is as long as its author made it."""

_ADDRESSES_IN_USE = frozenset(("review", "thanks", "resume", "saved", "start"))


@dataclass(frozen=True)
class Page:
    """Questions shown together. ``questions`` only those a person sees; ``group`` the innermost around them.

    ``key`` stands in addresses: the group's, or the first question's where the page has no group of its own.
    ``index`` counts from 0.

    A page of the kind "list" is the list of a repeat's items: its ``group`` is the repeat, it has no
    questions. ``repeats``: those the page stands in, the outermost first; it is asked once for each item.
    """

    key: str
    title: Localized
    questions: tuple[Question, ...]
    group: Group | None
    index: int
    kind: Literal["questions", "list"] = "questions"
    repeats: tuple[Group, ...] = ()


def pages(questionnaire: Questionnaire) -> tuple[Page, ...]:
    """All pages in order, also those that some answers skip.

    A group without subgroups is a page, and so is a ``field-list`` whole. Elsewhere loose questions make
    pages of up to ten. A repeat is the page of its list, then its own pages (none of them where nothing in it
    is asked); one inside a ``field-list`` comes after the page of the others.
    """
    kept = questionnaire.__dict__.get("_pages")
    if kept is None:
        kept = questionnaire.__dict__["_pages"] = tuple(_numbered(_pages(questionnaire.items, None)))
    made: tuple[Page, ...] = kept
    return made


def _numbered(found: Iterator[Page]) -> Iterator[Page]:
    taken = set(_ADDRESSES_IN_USE)
    for index, page in enumerate(found):
        key, tries = page.key, 1
        while key in taken:
            tries += 1
            key = f"{page.key}-{tries}"
        taken.add(key)
        yield replace(page, key=key, index=index)


def _pages(items: tuple[Question | Group, ...], group: Group | None) -> Iterator[Page]:
    loose: list[Question] = []
    for item in items:
        if isinstance(item, Group):
            yield from _runs(loose, group)
            loose = []
            yield from _of_repeat(item) if item.is_repeat else _of_group(item)
        elif is_asked(item):
            loose.append(item)
    yield from _runs(loose, group)


def _of_group(group: Group) -> Iterator[Page]:
    has_subgroups = any(isinstance(item, Group) for item in group.items)
    if has_subgroups and "field-list" not in group.appearance:
        yield from _pages(group.items, group)
        return
    questions = tuple(_asked(group.items))
    if questions:
        yield Page(group.key, group.label, questions, group, 0)
    for repeat in _repeats(group.items):
        yield from _of_repeat(repeat)


def _of_repeat(repeat: Group) -> Iterator[Page]:
    inside = list(_of_group(replace(repeat, is_repeat=False)))
    if not inside:
        return
    yield Page(repeat.key, repeat.label, (), repeat, 0, "list")
    for page in inside:
        is_whole_item = page.key == repeat.key and page.kind == "questions"
        yield replace(
            page,
            key=f"{repeat.key}-item" if is_whole_item else page.key,
            group=repeat if page.group is not None and page.group.key == repeat.key else page.group,
            repeats=(repeat, *page.repeats),
        )


def _runs(loose: list[Question], group: Group | None) -> Iterator[Page]:
    title = group.label if group else Localized()
    for start in range(0, len(loose), MOST_QUESTIONS_ON_A_PAGE):
        run = tuple(loose[start : start + MOST_QUESTIONS_ON_A_PAGE])
        yield Page(run[0].key, title, run, group, 0)


def _asked(items: tuple[Question | Group, ...]) -> Iterator[Question]:
    for item in items:
        if isinstance(item, Group):
            yield from () if item.is_repeat else _asked(item.items)
        elif is_asked(item):
            yield item


def _repeats(items: tuple[Question | Group, ...]) -> Iterator[Group]:
    """The outermost repeats among and below items."""
    for item in items:
        if isinstance(item, Group):
            yield from (item,) if item.is_repeat else _repeats(item.items)
