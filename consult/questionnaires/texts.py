"""Every text of a questionnaire that people read, one by one, so that it can be translated side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from consult.i18n import Localized
from consult.i18n import lazy_pgettext as _lp
from consult.questionnaires.findings import Message
from consult.questionnaires.specification import Group, Notice, Questionnaire
from consult.questions.question import Choice, Question

What = Literal[
    "title",
    "introduction",
    "authority",
    "purpose",
    "contact",
    "label",
    "hint",
    "guidance",
    "required_message",
    "constraint_message",
]

_Put = Callable[[str, Localized], Localized]

TEXT_NAMES: Mapping[What, Message] = {
    "title": _lp("text", "Title"),
    "introduction": _lp("text", "Notice: who asks, and why"),
    "authority": _lp("text", "Notice: legal authority"),
    "purpose": _lp("text", "Notice: purpose"),
    "contact": _lp("text", "Notice: contact"),
    "label": _lp("text", "Label"),
    "hint": _lp("text", "Hint"),
    "guidance": _lp("text", "Further explanation"),
    "required_message": _lp("text", "Message when an answer is missing"),
    "constraint_message": _lp("text", "Message when an answer cannot be right"),
}
"""What the texts of a questionnaire are called."""

_NOTICE: tuple[What, ...] = ("introduction", "authority", "purpose", "contact")
_QUESTION: tuple[What, ...] = ("label", "hint", "guidance", "required_message", "constraint_message")


@dataclass(frozen=True, slots=True)
class Text:
    """One text: ``path`` is its stable address ("question:age:label"), ``place`` the key it belongs to."""

    path: str
    place: str
    what: What
    texts: Localized


def texts(questionnaire: Questionnaire) -> Iterator[Text]:
    """All texts that exist in at least one language, in the order in which people meet them."""
    found = [Text("title", "", "title", questionnaire.title)]
    found += [Text(f"notice:{what}", "", what, getattr(questionnaire.notice, what)) for what in _NOTICE]
    found += _items(questionnaire.items)
    for name, choices in questionnaire.choice_lists.items():
        found += [
            Text(path, f"{name}: {c.key}", "label", c.label)
            for path, c in zip(choice_paths(name, choices), choices, strict=True)
        ]
    return (text for text in found if text.texts)


def missing(questionnaire: Questionnaire, language: str) -> list[Text]:
    """Texts that exist in some language, but not in this one."""
    return [text for text in texts(questionnaire) if language not in text.texts]


def translate(questionnaire: Questionnaire, language: str, given: Mapping[str, str]) -> Questionnaire:
    """The same questionnaire with ``given`` texts (path → text) in ``language``; unknown paths are ignored.

    An empty text takes the translation away. A language that is new is added to the languages.
    """

    def put(path: str, old: Localized) -> Localized:
        return Localized({**old, language: given[path]}) if path in given and old else old

    lists = {
        name: tuple(
            replace(c, label=put(path, c.label))
            for path, c in zip(choice_paths(name, choices), choices, strict=True)
        )
        for name, choices in questionnaire.choice_lists.items()
    }
    notice = {what: put(f"notice:{what}", getattr(questionnaire.notice, what)) for what in _NOTICE}
    languages = questionnaire.languages
    return replace(
        questionnaire,
        title=put("title", questionnaire.title),
        languages=languages if language in languages else (*languages, language),
        notice=Notice(**notice),
        choice_lists=lists,
        items=tuple(_put_item(item, put, lists) for item in questionnaire.items),
    )


def with_notice(questionnaire: Questionnaire, language: str, given: Mapping[str, str]) -> Questionnaire:
    """The same questionnaire with its privacy notice written (or emptied) in ``language``."""
    notice = {
        what: Localized({**getattr(questionnaire.notice, what), language: given.get(what, "")})
        for what in _NOTICE
    }
    return replace(questionnaire, notice=Notice(**notice))


def choice_paths(name: str, choices: tuple[Choice, ...]) -> Iterator[str]:
    """The address of each choice of a list; where filters let a code stand twice, the later ones count on."""
    seen: Counter[str] = Counter()
    for choice in choices:
        seen[choice.key] += 1
        path = f"choice:{name}:{choice.key}"
        yield path if seen[choice.key] == 1 else f"{path}:{seen[choice.key]}"


def _items(items: tuple[Question | Group, ...]) -> Iterator[Text]:
    for item in items:
        if isinstance(item, Group):
            yield Text(f"group:{item.key}:label", item.key, "label", item.label)
            yield Text(f"group:{item.key}:hint", item.key, "hint", item.hint)
            yield from _items(item.items)
        else:
            for what in _QUESTION:
                yield Text(f"question:{item.key}:{what}", item.key, what, getattr(item, what))


def _put_item(item: Question | Group, put: _Put, lists: Mapping[str, tuple[Choice, ...]]) -> Question | Group:
    if isinstance(item, Group):
        return replace(
            item,
            label=put(f"group:{item.key}:label", item.label),
            hint=put(f"group:{item.key}:hint", item.hint),
            items=tuple(_put_item(inner, put, lists) for inner in item.items),
        )
    changed: dict[str, Any] = {
        what: put(f"question:{item.key}:{what}", getattr(item, what)) for what in _QUESTION
    }
    return replace(item, choices=lists.get(item.list_name, item.choices), **changed)
