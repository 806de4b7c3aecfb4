"""What can be chosen out of a repeat (``select_one ${name}``): the answers of its items.

As pyxform writes it: the items of the nearest item around both; in the filter a name that stands in the
repeat means that of the item which may be chosen, also where who asks stands in one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol, runtime_checkable

from consult.expressions import Context, Expression, Node, Value, text, truth
from consult.expressions.parser import Tree
from consult.questionnaires.dependencies import Member
from consult.questionnaires.offers import Offer
from consult.questions.question import Question


class Item(Protocol):
    """What is asked of an item here; it is an Instance."""

    values: dict[str, Value]

    def node(self, place: int) -> Node:
        """The element of the repeat at ``place``."""


@runtime_checkable
class Items(Protocol):
    """A context that knows the items of repeats; it is a RepeatFrame."""

    def entries(self, repeat: int) -> Sequence[Item]:
        """Those of ``repeat`` that can be chosen from."""

    def at(self, node: Node, position: int, size: int) -> Context:
        """The same circumstances at one of them."""


def entry_offer(question: Question, members: tuple[Member, ...]) -> Offer:
    """The texts that are offered, in the order of the items, each once; nothing that is not answered."""
    key = question.entries_of
    places = {member.item.key: place for place, member in enumerate(members) if _is_question(member)}
    repeat = members[places[key]].repeat if key in places else None
    if repeat is None:
        return lambda _context: ()
    condition = _from_inside(question.choice_filter, members, repeat)

    def offer(context: Context) -> tuple[str, ...]:
        if not isinstance(context, Items):
            return ()
        items = context.entries(repeat)
        return tuple(
            dict.fromkeys(
                found
                for position, item in enumerate(items, 1)
                if (found := text(item.values.get(key, "")))
                and (
                    condition is None
                    or truth(condition.evaluate(context.at(item.node(repeat), position, len(items))))
                )
            )
        )

    return offer


def _is_question(member: Member) -> bool:
    return isinstance(member.item, Question)


def _from_inside(condition: Expression | None, members: tuple[Member, ...], repeat: int) -> Expression | None:
    """The filter as it is asked of an item: names of the repeat, bare ones too, as steps from there."""
    if condition is None:
        return None
    steps = {
        member.item.key: path
        for place, member in enumerate(members)
        if _is_question(member) and member.repeat == repeat
        for path in (["p", None, *reversed([*_steps(place, members, repeat)])],)
    }
    return Expression(condition.source, _rewritten(condition.tree, steps))


def _steps(place: int, members: tuple[Member, ...], repeat: int) -> Iterator[Tree]:
    at: int | None = place
    while at is not None and at != repeat:
        yield ["child", members[at].item.key]
        at = members[at].parent


def _rewritten(tree: Tree, steps: Mapping[str, Tree]) -> Tree:
    if len(tree) == 2 and tree[0] in ("v", "a"):
        return steps.get(tree[1], tree)
    return [_rewritten(part, steps) if isinstance(part, list) else part for part in tree]
