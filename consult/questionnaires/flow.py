"""The way through a questionnaire: sections and pages in order, under which conditions, and what leads where.

flow = flow_of(questionnaire)
flow.items       sections and pages, nested as the groups are
flow.onward(p)   where page p leads: the pages that may follow, each with what must hold for it
flow.decided(p)  the pages that are asked or not because of what is answered on p
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from consult.expressions import Expression
from consult.questionnaires.routing import Page, pages
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions.question import Question


@dataclass(frozen=True, slots=True)
class Stop:
    """A page. ``condition``: of the page itself; ``sometimes``: its questions that have one of their own.

    ``is_by_question``: every question of the page has a condition, so that the page may be skipped whole.
    """

    page: Page
    condition: Expression | None
    sometimes: tuple[Question, ...]
    is_by_question: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A group that holds several pages, or whose pages are asked several times over."""

    group: Group
    items: list[Section | Stop] = field(default_factory=list)

    @property
    def stops(self) -> Iterator[Stop]:
        """Every page in it."""
        for item in self.items:
            yield from (item,) if isinstance(item, Stop) else item.stops


@dataclass(frozen=True, slots=True)
class Onward:
    """A page that may follow (None: the end), and what must hold for that besides what holds already."""

    page: Page | None
    conditions: tuple[Expression, ...]
    is_by_question: bool = False


class Flow:
    """See the module; made by :func:`flow_of`."""

    def __init__(self, items: Sequence[Section | Stop], around: Mapping[str, tuple[Group, ...]]) -> None:
        self.items = items
        self.stops = tuple(_stops(items))
        self._around = around

    def conditions(self, page: Page) -> tuple[Expression, ...]:
        """Everything around the page's questions that must hold for it, the outermost first."""
        return tuple(group.relevant for group in self._around[page.key] if group.relevant is not None)

    def onward(self, page: Page) -> list[Onward]:
        """Where a page leads, in order: what comes first of those whose conditions hold.

        Inside a repeat the last page leads back to the list of its items.
        """
        known = {condition.source for condition in self.conditions(page)}
        found: list[Onward] = []
        ruled_out: list[frozenset[str]] = []
        for stop in self.stops[page.index + 1 :]:
            if stop.page.repeats != page.repeats:
                continue
            more = tuple(each for each in self.conditions(stop.page) if each.source not in known)
            needed = frozenset(each.source for each in more)
            if any(earlier <= needed for earlier in ruled_out):
                continue  # where this holds, an earlier page came first
            found.append(Onward(stop.page, more, stop.is_by_question))
            if not stop.is_by_question:
                ruled_out.append(needed)
                if not more:
                    return found
        back = self._list_of(page.repeats[-1]) if page.repeats else None
        return [*found, Onward(back, ())]

    def _list_of(self, repeat: Group) -> Page | None:
        lists = (stop.page for stop in self.stops if stop.page.kind == "list")
        return next((page for page in lists if page.group is repeat), None)

    def decided(self, page: Page) -> list[Section | Stop]:
        """What is asked or not because of an answer given on this page: the outermost sections and pages."""
        keys = {question.key for question in page.questions}
        return [
            item for item in _decided(self.items, keys) if not (isinstance(item, Stop) and item.page is page)
        ]


def flow_of(questionnaire: Questionnaire) -> Flow:
    """The flow of a questionnaire; worked out anew on every call."""
    chains = dict(_chains(questionnaire.items, ()))
    around = {page.key: chains[page.group.key] if page.group else () for page in pages(questionnaire)}
    counted = Counter(group.key for groups in around.values() for group in groups)
    top: list[Section | Stop] = []
    inside: list[Section] = []
    for page in pages(questionnaire):
        groups = around[page.key]
        wanted = [group for group in groups if counted[group.key] > 1 or group.is_repeat]
        while not _is_within(wanted, inside):
            inside.pop()
        for group in wanted[len(inside) :]:
            section = Section(group)
            (inside[-1].items if inside else top).append(section)
            inside.append(section)
        (inside[-1].items if inside else top).append(_stop(page, groups, wanted))
    return Flow(top, around)


def _stop(page: Page, groups: tuple[Group, ...], sections: list[Group]) -> Stop:
    named = {group.key for group in sections}
    own = [group.relevant for group in groups if group.key not in named and group.relevant is not None]
    sometimes = tuple(question for question in page.questions if question.relevant is not None)
    is_by_question = bool(page.questions) and len(sometimes) == len(page.questions)
    return Stop(page, own[-1] if own else None, sometimes, is_by_question)


def _chains(
    items: tuple[Question | Group, ...], outer: tuple[Group, ...]
) -> Iterator[tuple[str, tuple[Group, ...]]]:
    """Key of a group → the groups around it and itself, the outermost first."""
    for item in items:
        if isinstance(item, Group):
            yield item.key, (*outer, item)
            yield from _chains(item.items, (*outer, item))


def _is_within(wanted: list[Group], sections: list[Section]) -> bool:
    return [group.key for group in wanted[: len(sections)]] == [section.group.key for section in sections]


def _stops(items: Sequence[Section | Stop]) -> Iterator[Stop]:
    for item in items:
        yield from (item,) if isinstance(item, Stop) else item.stops


def _decided(items: Sequence[Section | Stop], keys: set[str]) -> Iterator[Section | Stop]:
    for item in items:
        if keys & _depends_on(item):
            yield item
        elif isinstance(item, Section):
            yield from _decided(item.items, keys)


def _depends_on(item: Section | Stop) -> frozenset[str]:
    """The questions on which it depends whether this is asked, besides what is around it."""
    if isinstance(item, Section):
        conditions = [item.group.relevant, item.group.repeat_count]
    else:
        conditions = [item.condition]
        conditions += [question.relevant for question in item.sometimes if item.is_by_question]
    return frozenset[str]().union(*(condition.references for condition in conditions if condition))
