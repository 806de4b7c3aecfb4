"""What a draft changes of what is published: what is asked anew, no longer, or differently.

changes = changes_between(published, draft)
changes.removed   questions and groups that are gone; what was answered to them stays as it is
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Literal

from consult.questionnaires.specification import Group, Questionnaire
from consult.questions.question import Question

Aspect = Literal["kind", "words", "choices", "condition", "required", "constraint", "calculation", "looks"]
Item = Question | Group

_ASPECTS: Mapping[str, Aspect] = {
    "kind": "kind",
    "is_repeat": "kind",
    **dict.fromkeys(("label", "hint", "guidance", "required_message", "constraint_message"), "words"),
    **dict.fromkeys(("choices", "has_other", "source", "entries_of", "choice_filter"), "choices"),
    **dict.fromkeys(("relevant", "repeat_count"), "condition"),
    "required": "required",
    "constraint": "constraint",
    **dict.fromkeys(("calculation", "default", "trigger", "read_only"), "calculation"),
    **dict.fromkeys(("appearance", "parameters", "media", "extra"), "looks"),
}
"""Field of a question or group → the aspect that people know; key, items and the name of a list are none."""


@dataclass(frozen=True, slots=True)
class Change:
    """An item that both have (``item``: as it is now), and in which respects it differs.

    ``lost``: choices that can no longer be chosen, by their codes.
    """

    item: Item
    aspects: tuple[Aspect, ...]
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """In the order of asking. ``is_reordered``: what both have is asked in another order."""

    added: tuple[Item, ...]
    removed: tuple[Item, ...]
    changed: tuple[Change, ...]
    is_reordered: bool
    languages_added: tuple[str, ...]
    languages_removed: tuple[str, ...]
    is_title_changed: bool
    is_notice_changed: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing of this differs; settings that nobody sees may."""
        return not any(getattr(self, each.name) for each in fields(self))


def changes_between(before: Questionnaire, after: Questionnaire) -> Changes:
    """What ``after`` changes of ``before``; items are the same where their key is."""
    old, new = dict(_items(before.items)), dict(_items(after.items))
    both = [name for name in new if name in old]
    changed = (_change(old[name], new[name]) for name in both)
    return Changes(
        added=tuple(item for name, item in new.items() if name not in old),
        removed=tuple(item for name, item in old.items() if name not in new),
        changed=tuple(change for change in changed if change.aspects),
        is_reordered=both != [name for name in old if name in new],
        languages_added=tuple(code for code in after.languages if code not in before.languages),
        languages_removed=tuple(code for code in before.languages if code not in after.languages),
        is_title_changed=before.title != after.title,
        is_notice_changed=before.notice != after.notice,
    )


def _items(items: tuple[Item, ...]) -> Iterator[tuple[tuple[bool, str], Item]]:
    for item in items:
        yield (isinstance(item, Group), item.key), item
        if isinstance(item, Group):
            yield from _items(item.items)


def _change(old: Item, new: Item) -> Change:
    differing = {
        aspect for name, aspect in _ASPECTS.items() if getattr(old, name, None) != getattr(new, name, None)
    }
    ordered = tuple(aspect for aspect in dict.fromkeys(_ASPECTS.values()) if aspect in differing)
    offered = {choice.key for choice in getattr(new, "choices", ())}
    lost = tuple(choice.key for choice in getattr(old, "choices", ()) if choice.key not in offered)
    return Change(new, ordered, lost)
