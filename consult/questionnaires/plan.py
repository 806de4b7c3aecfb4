"""A questionnaire made ready for evaluation, once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from consult.expressions import Context, Expression, Value, text
from consult.expressions.shuffle import seed_of, shuffled
from consult.expressions.tables import Table
from consult.i18n import Localized
from consult.questionnaires.answers import is_asked
from consult.questionnaires.data.attach import table_named
from consult.questionnaires.data.lists import Data
from consult.questionnaires.dependencies import Member, order_of
from consult.questionnaires.offers import Offer, offer_of
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions import Question, kind_of
from consult.questions.kind import OTHER


@dataclass(frozen=True, slots=True)
class Step:
    """One question or group, its expressions at hand. ``offer``: which choices are offered, if not all are."""

    place: int
    parent: int | None
    key: str
    question: Question | None
    relevant: Expression | None
    kind: str = ""
    is_asked: bool = False
    is_volatile: bool = False
    is_randomised: bool = False
    seed: Expression | None = None
    calculation: Expression | None = None
    default: Expression | None = None
    constraint: Expression | None = None
    required: Expression | None = None
    read_only: Expression | None = None
    offer: Offer | None = None
    codes: tuple[str, ...] | None = None
    at_the_end: frozenset[str] = frozenset()

    def mixed(self, codes: tuple[str, ...], frame: Frame) -> tuple[str, ...]:
        """The codes in the response's own order; "other" and exclusive choices stay last.

        An author's own seed counts alone, so that two questions with the same seed agree.
        """
        given = text(self.seed.evaluate(frame)) if self.seed is not None else ""
        seed = seed_of(given) if given else seed_of(frame.seed, self.key)
        movable = [code for code in codes if code not in self.at_the_end]
        return (*shuffled(movable, seed), *(code for code in codes if code in self.at_the_end))


@dataclass(frozen=True)
class Plan:
    """``members`` in the order of asking; ``steps`` in that of evaluation, one pass if ``is_straight``."""

    questionnaire: Questionnaire
    members: tuple[Member, ...]
    steps: tuple[Step, ...]
    is_straight: bool

    @cached_property
    def questions(self) -> tuple[Step, ...]:
        """The questions' steps, in the order of asking."""
        return tuple(sorted((step for step in self.steps if step.question), key=lambda step: step.place))

    @cached_property
    def labels(self) -> Mapping[str, Mapping[str, Localized]]:
        """Question key → code → label."""
        return {
            key: {choice.key: choice.label for choice in question.choices}
            for key, question in self.questionnaire.questions.items()
        }


class Frame(Context):
    """The context of one evaluation of a whole questionnaire; it fills as questions are visited.

    ``values`` what expressions read, ``coded`` the same answers as they are stored; only of what is relevant
    and answered.
    """

    __slots__ = ("coded", "plan")
    values: dict[str, Value]

    def __init__(self, plan: Plan, *, now: datetime, language: str, seed: int) -> None:
        version = plan.questionnaire.author_version
        super().__init__({}, now=now, language=language, seed=seed, version=version)
        self.plan = plan
        self.coded: dict[str, Any] = {}

    def shown(self, key: str) -> str:
        """An answer inside a sentence: chosen labels, not codes, in the language of the page."""
        question = self.plan.questionnaire.questions.get(key)
        if question is None or key not in self.coded:
            return ""
        return kind_of(question).display(question, self.coded[key], self.language)

    def table(self, name: str) -> Table | None:
        return table_named(self.plan.questionnaire, name, self.language)

    def choice_label(self, key: str, code: str, language: str) -> str:
        label = self.plan.labels.get(key, {}).get(code)
        return label.pick(language, self.plan.questionnaire.default_language) if label else code


def plan_of(questionnaire: Questionnaire) -> Plan:
    """The questionnaire's plan, made on first use and kept with it."""
    kept: Plan | None = questionnaire.__dict__.get("_plan")
    if kept is None:
        order = order_of(questionnaire)
        data = questionnaire.data
        steps = tuple(_step(place, order.members[place], data) for place in order.steps)
        kept = Plan(questionnaire, order.members, steps, order.is_straight)
        questionnaire.__dict__["_plan"] = kept
    return kept


def _step(place: int, member: Member, data: Data | None) -> Step:
    item = member.item
    if isinstance(item, Group):
        return Step(place, member.parent, item.key, None, item.relevant)
    choices = kind_of(item).choices(item)
    calculation = item.calculation
    return Step(
        place,
        member.parent,
        item.key,
        item,
        item.relevant,
        kind=item.kind,
        is_asked=is_asked(item),
        is_volatile=calculation is not None and calculation.is_volatile,
        is_randomised=item.parameters.get("randomize", "").lower() in ("true", "yes", "1"),
        seed=_seed(item.parameters.get("seed", "")),
        calculation=calculation,
        default=item.default,
        constraint=item.constraint,
        required=item.required,
        read_only=item.read_only,
        offer=offer_of(item, data),
        codes=tuple(choice.key for choice in choices) if kind_of(item).has_choices else None,
        at_the_end=frozenset((OTHER, *(choice.key for choice in choices if choice.is_exclusive))),
    )


def _seed(written: str) -> Expression | None:
    return Expression.parse(written) if written.strip() else None
