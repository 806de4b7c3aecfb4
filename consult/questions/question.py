"""A question as data: what every kind of question has in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from consult.expressions import Expression
from consult.i18n import Localized

NOTHING: Mapping[str, str] = MappingProxyType({})
NO_MEDIA: Mapping[str, Localized] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a list. ``key`` is the stored code; ``attributes`` feed choice filters.

    ``is_exclusive``: choosing it excludes every other choice ("none of these", "prefer not to answer").
    ``media``: "image", "big-image" (what the picture opens), "audio", "video" → name of a file beside the
    form, per language.
    """

    key: str
    label: Localized
    attributes: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    is_exclusive: bool = False
    media: Mapping[str, Localized] = field(default_factory=lambda: NO_MEDIA)


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a questionnaire; immutable.

    ``kind`` names a class of :mod:`consult.questions`. ``choices`` is its whole list, before any filter.
    ``default`` is an expression too (a constant is a string or number literal). ``trigger`` names the
    questions whose change works ``calculation`` out anew. ``source`` is the file (beside the form) that holds
    the choices of ``select_one_from_file``; ``entries_of`` the question in a repeat whose answers are the
    choices. ``media`` as for a choice.
    """

    key: str
    kind: str
    label: Localized = Localized()
    hint: Localized = Localized()
    guidance: Localized = Localized()
    required: Expression | None = None
    required_message: Localized = Localized()
    relevant: Expression | None = None
    constraint: Expression | None = None
    constraint_message: Localized = Localized()
    calculation: Expression | None = None
    default: Expression | None = None
    read_only: Expression | None = None
    list_name: str = ""
    choices: tuple[Choice, ...] = ()
    choice_filter: Expression | None = None
    has_other: bool = False
    appearance: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    trigger: tuple[str, ...] = ()
    source: str = ""
    entries_of: str = ""
    media: Mapping[str, Localized] = field(default_factory=lambda: NO_MEDIA)
    extra: Mapping[str, str] = field(default_factory=lambda: NOTHING)

    def __hash__(self) -> int:
        return hash((self.key, self.kind))
