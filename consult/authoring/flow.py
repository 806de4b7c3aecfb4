"""Office page: the way through a questionnaire, drawn as nested boxes with every condition in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, g, render_template, request

from consult.authoring import service
from consult.authoring.routes import blueprint, named_survey
from consult.authoring.wording import short
from consult.expressions import Expression
from consult.i18n import Localized, LocalText, gettext
from consult.questionnaires.conditions import Conditions
from consult.questionnaires.flow import Flow, Onward, Section, Stop, flow_of
from consult.questionnaires.lint import estimated_minutes
from consult.questionnaires.phrases import Phrase, filled
from consult.questionnaires.routing import Page
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions import kind_of

MOST_OPEN = 25
"""Pages of a questionnaire whose sections are unfolded from the start."""

MOST_ONWARD = 3
"""Places to which one page leads that are told one by one, besides the last."""


@dataclass(frozen=True, slots=True)
class Way:
    """Where a page leads: ``page`` None is the end; ``condition`` None: in every other case."""

    page: PageName | None
    condition: Phrase | None
    is_by_question: bool


@dataclass(frozen=True, slots=True)
class PageName:
    """What a page is called: its number from 1, its title, the key in its address."""

    number: int
    title: LocalText
    key: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A section or page that answers decide about: ``anchor`` of its box, its number where it is a page."""

    anchor: str
    title: LocalText
    number: int | None


@dataclass(frozen=True, slots=True)
class PageBox:
    """One page of the chart. ``hidden``: ways onward that are not told one by one."""

    name: PageName
    is_list: bool
    questions: int
    condition: Phrase | None
    is_by_question: bool
    sometimes: list[tuple[LocalText, Phrase]]
    ways: list[Way]
    hidden: int
    decides: list[Decided]
    is_section = False


@dataclass(frozen=True, slots=True)
class SectionBox:
    """A group of pages. ``count``: how often a repeat is asked, in words."""

    key: str
    title: LocalText
    condition: Phrase | None
    is_repeat: bool
    count: Phrase
    pages: int
    questions: int
    items: Sequence[SectionBox | PageBox]
    is_section = True


@blueprint.get("/surveys/<survey>/flow")
def flow(survey: str) -> str:
    """What leads where."""
    of = named_survey(survey)
    questionnaire = service.draft_of(of) or abort(404)
    found = flow_of(questionnaire)
    boxes = _Boxes(questionnaire, found, g.lang)
    return render_template(
        "authoring/flow.html",
        survey=of,
        questionnaire=questionnaire,
        boxes=boxes.of(found.items),
        pages=len(found.stops),
        questions=sum(kind_of(one).takes_answer for one in questionnaire.questions.values()),
        minutes=max(1, round(estimated_minutes(questionnaire))),
        is_open="all" in request.args or len(found.stops) <= MOST_OPEN,
        can_fold=len(found.stops) > MOST_OPEN,
    )


class _Boxes:
    """Turns the flow into what the template shows."""

    def __init__(self, questionnaire: Questionnaire, found: Flow, language: str) -> None:
        self._questionnaire = questionnaire
        self._flow = found
        self._language = language
        self._conditions = Conditions(questionnaire.questions, language, questionnaire.default_language)

    def of(
        self, items: Sequence[Section | Stop], held: frozenset[str] = frozenset()
    ) -> list[SectionBox | PageBox]:
        """``held``: sources of the conditions of sections around; they are said once."""
        return [
            self._section(item, held) if isinstance(item, Section) else self._page(item, held)
            for item in items
        ]

    def _section(self, section: Section, held: frozenset[str]) -> SectionBox:
        group = section.group
        own = frozenset((group.relevant.source,)) if group.relevant else frozenset()
        stops = list(section.stops)
        return SectionBox(
            group.key,
            self._group_title(group),
            self._only_if(group.relevant) if own - held else None,
            group.is_repeat,
            self._as_often_as(group),
            len(stops),
            sum(_asked(stop.page) for stop in stops),
            self.of(section.items, held | own),
        )

    def _page(self, stop: Stop, held: frozenset[str]) -> PageBox:
        condition = stop.condition or _shared_condition(stop)
        onward = self._flow.onward(stop.page)
        told = onward if len(onward) <= MOST_ONWARD + 1 else [*onward[:MOST_ONWARD], onward[-1]]
        return PageBox(
            self.name(stop.page),
            stop.page.kind == "list",
            _asked(stop.page),
            self._only_if(condition) if condition and condition.source not in held else None,
            stop.is_by_question,
            [
                (self._text(question.label, question.key), said)
                for question in stop.sometimes
                if kind_of(question).takes_answer and (said := self._only_if(question.relevant)) is not None
            ],
            [self._way(one) for one in told] if len(onward) > 1 else [],
            len(onward) - len(told),
            [self._decided(item) for item in self._flow.decided(stop.page)],
        )

    def _decided(self, item: Section | Stop) -> Decided:
        if isinstance(item, Section):
            return Decided(f"section-{item.group.key}", self._group_title(item.group), None)
        name = self.name(item.page)
        return Decided(f"page-{name.number}", name.title, name.number)

    def _way(self, onward: Onward) -> Way:
        page = self.name(onward.page) if onward.page else None
        if not onward.conditions:
            return Way(page, None, onward.is_by_question)
        condition = self._conditions.all_of(list(onward.conditions))
        return Way(page, filled(gettext("if %(condition)s"), {"condition": condition}), onward.is_by_question)

    def _only_if(self, condition: Expression | None) -> Phrase | None:
        said = self._conditions.said(condition)
        return None if said is None else filled(gettext("Only if %(condition)s"), {"condition": said})

    def _as_often_as(self, group: Group) -> Phrase:
        count = self._conditions.amount(group.repeat_count)
        if count is None:
            return (gettext("Asked several times: people add one item after the other"),)
        return filled(gettext("Asked several times, as often as: %(count)s"), {"count": count})

    def name(self, page: Page) -> PageName:
        title = page.title or (page.questions[0].label if page.questions else page.title)
        return PageName(page.index + 1, self._text(title, page.key), page.key)

    def _group_title(self, group: Group) -> LocalText:
        return self._text(group.label, group.key)

    def _text(self, localized: Localized, otherwise: str) -> LocalText:
        return short(localized, self._language, self._questionnaire.default_language, otherwise)


def _shared_condition(stop: Stop) -> Expression | None:
    """The one condition that all questions of a page have, where they have the same."""
    conditions = {
        question.relevant.source: question.relevant for question in stop.sometimes if question.relevant
    }
    return next(iter(conditions.values())) if stop.is_by_question and len(conditions) == 1 else None


def _asked(page: Page) -> int:
    return sum(kind_of(question).takes_answer for question in page.questions)
