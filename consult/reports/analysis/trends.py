"""What can be followed over time: the same question under the same key, asked in the same words. Pure.

Answers are comparable where a question is of the same kind, with the same choices (and the same numbers to
choose from), and neither its wording nor that of its choices has changed in any language that both have.
Blanks do not count. Everything else is named with the reason it is not compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from consult.i18n import Localized
from consult.questions import Choice, Question, kind_of
from consult.questions.rich_text import plain_text
from consult.reports.merging import Asked

Reason = Literal["kind", "choices", "numbers", "wording", "choice_wording", "languages", "entries"]


@dataclass(frozen=True, slots=True)
class Difference:
    """``language``: in which the wording changed first, in the newer question's order."""

    reason: Reason
    language: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One version of a survey. ``asked``: merged from this version alone."""

    slug: str
    version: int
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """A question as it was asked last. ``versions``: survey → numbers of the versions that can be compared;
    ``unlike``: the forms that cannot, and why."""

    asked: Asked
    versions: Mapping[str, frozenset[int]]
    unlike: tuple[tuple[str, int, Difference], ...]

    @property
    def key(self) -> str:
        return self.asked.key


def concepts_of(forms: Sequence[Form]) -> tuple[Concept, ...]:
    """``forms``: those that the others are compared with first, so the newest. What has no frequencies and no
    numbers (words, dates) is not followed."""
    found: dict[str, Asked] = {}
    for form in forms:
        for asked in form.asked:
            if kind_of(asked.question).summary in ("choices", "numbers", "ranks"):
                found.setdefault(asked.key, asked)
    return tuple(_concept(asked, forms) for asked in found.values())


def _concept(newest: Asked, forms: Sequence[Form]) -> Concept:
    versions: dict[str, set[int]] = {}
    unlike: list[tuple[str, int, Difference]] = []
    for form in forms:
        older = next((asked for asked in form.asked if asked.key == newest.key), None)
        if older is None:
            continue
        found = difference(newest, older)
        if found is None:
            versions.setdefault(form.slug, set()).add(form.version)
        else:
            unlike.append((form.slug, form.version, found))
    kept = {slug: frozenset(numbers) for slug, numbers in versions.items()}
    return Concept(newest, kept, tuple(unlike))


def difference(newer: Asked, older: Asked) -> Difference | None:
    """Why the two cannot be compared; None where they can."""
    new, old = newer.question, older.question
    if newer.path != older.path:
        return Difference("entries")
    if new.kind != old.kind:
        return Difference("kind")
    choices, others = _by_key(new), _by_key(old)
    if choices.keys() != others.keys() or new.has_other != old.has_other:
        return Difference("choices")
    if kind_of(new).summary == "numbers" and dict(new.parameters) != dict(old.parameters):
        return Difference("numbers")
    if new.label and old.label and not new.label.keys() & old.label.keys():
        return Difference("languages")
    if changed := next(_changed(new.label, old.label), None):
        return Difference("wording", changed)
    labels = ((choice.label, others[key].label) for key, choice in choices.items())
    rewritten = next((code for label, other in labels for code in _changed(label, other)), None)
    return Difference("choice_wording", rewritten) if rewritten else None


def _by_key(question: Question) -> Mapping[str, Choice]:
    if kind_of(question).summary not in ("choices", "ranks"):
        return {}
    return {choice.key: choice for choice in kind_of(question).choices(question)}


def _changed(newer: Localized, older: Localized) -> Iterator[str]:
    """Languages that both have, in which they are not worded alike."""
    return (code for code in newer if code in older and _plain(newer[code]) != _plain(older[code]))


def _plain(text: str) -> str:
    return " ".join(plain_text(text).split())
