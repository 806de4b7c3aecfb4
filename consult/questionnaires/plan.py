"""A questionnaire made ready for evaluation, once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from consult.expressions import Context, Expression, Value, text
from consult.expressions.parser import walk
from consult.expressions.shuffle import seed_of, shuffled
from consult.expressions.tables import Table
from consult.i18n import Localized
from consult.questionnaires.answers import is_asked
from consult.questionnaires.data.attach import table_named
from consult.questionnaires.data.lists import Data
from consult.questionnaires.dependencies import Member, order_of
from consult.questionnaires.entry_offers import entry_offer
from consult.questionnaires.naming import keys_within, names_in, step_names
from consult.questionnaires.offers import Offer, offer_of
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions import Question, kind_of
from consult.questions.kind import OTHER

WHOLE = -1
"""In place of a repeat: the response as a whole."""


@dataclass(frozen=True, slots=True)
class Step:
    """One question or group, its expressions at hand. ``offer``: which choices are offered, if not all.

    ``repeat``: place of the repeat around it, :data:`WHOLE` where there is none. Of a repeat, ``count`` says
    how many items it has; ``counts_itself``: that depends on its own items, directly or by way of others;
    ``is_relevant_by_item``: so does whether it is asked.
    """

    place: int
    parent: int | None
    key: str
    question: Question | None
    relevant: Expression | None
    repeat: int = -1
    is_repeat: bool = False
    count: Expression | None = None
    counts_itself: bool = False
    is_relevant_by_item: bool = False
    kind: str = ""
    is_asked: bool = False
    is_volatile: bool = False
    triggers: tuple[str, ...] = ()
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
    def is_flat(self) -> bool:
        """Whether nothing is asked several times over, and no expression walks through the form."""
        return not self.repeats and not any(_walks(member.item) for member in self.members)

    @cached_property
    def repeats(self) -> Mapping[str, Step]:
        """Key of a repeat → its step."""
        return {step.key: step for step in self.steps if step.is_repeat}

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Key → place, of questions first."""
        by_key = {member.item.key: place for place, member in enumerate(self.members)}
        return by_key | {step.key: step.place for step in self.questions}

    @cached_property
    def within(self) -> Mapping[int, tuple[int, ...]]:
        """Place of a group (or :data:`WHOLE`) → the places of what stands in it."""
        found: dict[int, list[int]] = {}
        for place, member in enumerate(self.members):
            found.setdefault(WHOLE if member.parent is None else member.parent, []).append(place)
        return {place: tuple(inside) for place, inside in found.items()}

    def chain(self, repeat: int) -> tuple[int, ...]:
        """The repeats around an item of ``repeat``, itself last; none around the whole response."""
        chain: list[int] = []
        while repeat != WHOLE:
            chain.insert(0, repeat)
            repeat = self.repeat_around(repeat)
        return tuple(chain)

    def repeat_around(self, place: int) -> int:
        """The repeat that a member stands in, :data:`WHOLE` for none."""
        around = self.members[place].repeat
        return WHOLE if around is None else around

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

    def itext(self, name: str) -> str:
        """``list-0`` is the label of the first choice of a list: so pyxform names translations."""
        questionnaire = self.plan.questionnaire
        list_name, _, place = name.rpartition("-")
        choices = questionnaire.choice_lists.get(list_name, ())
        if not place.isdecimal() or int(place) >= len(choices):
            return name
        return str(choices[int(place)].label.pick(self.language, questionnaire.default_language))

    def choice_label(self, key: str, code: str, language: str) -> str:
        label = self.plan.labels.get(key, {}).get(code)
        return label.pick(language, self.plan.questionnaire.default_language) if label else code


def plan_of(questionnaire: Questionnaire) -> Plan:
    """The questionnaire's plan, made on first use and kept with it."""
    kept: Plan | None = questionnaire.__dict__.get("_plan")
    if kept is None:
        order = order_of(questionnaire)
        data = questionnaire.data
        steps = tuple(
            _step(place, order.members, data, is_entangled=place in order.entangled) for place in order.steps
        )
        kept = Plan(questionnaire, order.members, steps, order.is_straight)
        questionnaire.__dict__["_plan"] = kept
    return kept


def _step(place: int, members: tuple[Member, ...], data: Data | None, *, is_entangled: bool) -> Step:
    member, item = members[place], members[place].item
    repeat = WHOLE if member.repeat is None else member.repeat
    if isinstance(item, Group):
        return _group_step(place, member, item, repeat, is_entangled=is_entangled)
    choices = kind_of(item).choices(item)
    calculation = item.calculation
    return Step(
        place,
        member.parent,
        item.key,
        item,
        item.relevant,
        repeat,
        kind=item.kind,
        is_asked=is_asked(item),
        is_volatile=calculation is not None and calculation.is_volatile,
        triggers=item.trigger,
        is_randomised=item.parameters.get("randomize", "").lower() in ("true", "yes", "1"),
        seed=_seed(item.parameters.get("seed", "")),
        calculation=calculation,
        default=item.default,
        constraint=item.constraint,
        required=item.required,
        read_only=item.read_only,
        offer=entry_offer(item, members) if item.entries_of else offer_of(item, data),
        codes=tuple(choice.key for choice in choices) if kind_of(item).has_choices else None,
        at_the_end=frozenset((OTHER, *(choice.key for choice in choices if choice.is_exclusive))),
    )


def _group_step(place: int, member: Member, group: Group, repeat: int, *, is_entangled: bool) -> Step:
    if not group.is_repeat:
        return Step(place, member.parent, group.key, None, group.relevant, repeat)
    inside = {group.key, *keys_within(group)}
    return Step(
        place,
        member.parent,
        group.key,
        None,
        group.relevant,
        repeat,
        is_repeat=True,
        count=group.repeat_count,
        counts_itself=is_entangled or group.key in names_in(group.repeat_count),
        is_relevant_by_item=_is_by_item(group.relevant, inside),
    )


def _is_by_item(relevant: Expression | None, inside: set[str]) -> bool:
    """Whether it can differ from item to item: it reads what stands in one, or asks where it is."""
    if relevant is None:
        return False
    walks = any(node == ["."] for node in walk(relevant.tree)) or any(step_names(relevant))
    return walks or "index" in relevant.functions or not inside.isdisjoint(names_in(relevant))


_EXPRESSIONS = ("relevant", "repeat_count", "required", "constraint", "calculation", "default", "read_only")


def _walks(item: Question | Group) -> bool:
    """Whether an expression reads other nodes than answers by their names."""
    written = (getattr(item, name, None) for name in (*_EXPRESSIONS, "choice_filter"))
    return any("index" in each.functions or any(step_names(each)) for each in written if each is not None)


def _seed(written: str) -> Expression | None:
    return Expression.parse(written) if written.strip() else None
