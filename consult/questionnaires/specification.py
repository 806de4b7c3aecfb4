"""The questionnaire as data: frozen dataclasses ↔ canonical JSON (see ``document.py``).

Pure: no database, no request. What a spreadsheet, a builder or a test writes becomes one of these,
and everything that asks, checks, stores or reports reads it from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from consult.expressions import Expression
from consult.i18n import Localized
from consult.questionnaires.data.lists import Data
from consult.questions.question import NO_MEDIA, NOTHING, Choice, Question


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that belong together. A group that holds no group is one page.

    ``is_repeat``: asked several times over, each time an item of its own; as often as ``repeat_count`` says,
    or as often as people add one. The answers of a repeat are a list of documents under its key.
    """

    key: str
    label: Localized = Localized()
    hint: Localized = Localized()
    relevant: Expression | None = None
    appearance: tuple[str, ...] = ()
    items: tuple[Question | Group, ...] = ()
    is_repeat: bool = False
    repeat_count: Expression | None = None
    media: Mapping[str, Localized] = field(default_factory=lambda: NO_MEDIA)
    extra: Mapping[str, str] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class Notice:
    """What a respondent is told before the first question (MFIPPA s. 29(2)): all three are needed.

    ``authority`` the legal authority, ``purpose`` the principal purposes, ``contact`` title, address and
    telephone of a person who can answer questions. ``introduction`` says who asks and why, in plain words.
    """

    introduction: Localized = Localized()
    authority: Localized = Localized()
    purpose: Localized = Localized()
    contact: Localized = Localized()


@dataclass(frozen=True)
class Questionnaire:
    """A whole questionnaire. ``languages`` BCP 47, the default (language of authoring) first.

    ``files``: name → SHA-256 (hexadecimal) of every file beside the form: lists, tables, pictures, sounds.
    ``data``: what is in them, attached when it is to be asked (data/attach.py); no part of the document.
    """

    key: str
    title: Localized
    languages: tuple[str, ...]
    items: tuple[Question | Group, ...]
    choice_lists: Mapping[str, tuple[Choice, ...]]
    notice: Notice = Notice()
    minutes: int | None = None
    author_version: str = ""
    settings: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    files: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    data: Data | None = field(default=None, compare=False, repr=False)

    @property
    def default_language(self) -> str:
        return self.languages[0]

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by its key, in the order of asking."""
        return {question.key: question for question in _walk(self.items)}

    @cached_property
    def paths(self) -> Mapping[str, str]:
        """Question key → ``group/subgroup/key``."""
        return dict(_paths(self.items, ""))


def _walk(items: tuple[Question | Group, ...]) -> Iterator[Question]:
    for item in items:
        if isinstance(item, Group):
            yield from _walk(item.items)
        else:
            yield item


def _paths(items: tuple[Question | Group, ...], prefix: str) -> Iterator[tuple[str, str]]:
    for item in items:
        path = f"{prefix}{item.key}"
        if isinstance(item, Group):
            yield from _paths(item.items, f"{path}/")
        else:
            yield item.key, path
