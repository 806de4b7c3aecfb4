"""Choices: one of a list, several of a list, and "other, please specify"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from consult.i18n import LocalText
from consult.questions import messages
from consult.questions.appearance import columns
from consult.questions.kind import (
    OTHER,
    Answers,
    Cell,
    Coded,
    Column,
    Given,
    Kind,
    Message,
    Refused,
    header_of,
)
from consult.questions.long_lists import FIND, FOUND, is_long
from consult.questions.other import LONGEST_DETAIL, other_choice, other_column, other_key, other_text
from consult.questions.question import Choice, Question
from consult.questions.rich_text import plain_text
from consult.questions.separators import joined
from consult.questions.text import text_problem

LAYOUTS = {
    "likert": "likert",
    **dict.fromkeys(("horizontal", "horizontal-compact", "columns-pack", "compact", "quickcompact"), "row"),
    **dict.fromkeys(("list", "list-nolabel"), "row"),
    "columns": "columns",
    "image-map": "image-map",
}
"""Appearance → how choices are laid out; one below the other without one of these."""

MENUS = frozenset(("minimal", "autocomplete"))
"""Appearances that ask for a menu."""

MOST_FLAGS = 200
"""Choices of a list that each get a column of their own."""

QUICK = frozenset(("quick", "quickcompact"))
"""Appearances with which a choice by finger or mouse goes on to the next page, where it stands alone."""


class Select(Kind):
    """What both kinds of choosing share. Choices are stored as codes, never as labels."""

    summary = "choices"
    has_choices = True

    def keys(self, question: Question) -> tuple[str, ...]:
        return (question.key, other_key(question)) if question.has_other else (question.key,)

    def details(self, question: Question) -> tuple[str, ...]:
        searched = (FIND, FOUND) if is_long(question) else ()
        return (OTHER, *searched) if question.has_other else searched

    def partial(self, question: Question) -> str:
        return f"questions/{'select_find' if is_long(question) else self.name}.html"

    def has_extras(self, question: Question) -> bool:
        return is_long(question) or super().has_extras(question)

    def choices(self, question: Question) -> tuple[Choice, ...]:
        return all_choices(question)

    def typed(self, question: Question, answers: Answers, language: str) -> Given:
        text = answers.get(other_key(question)) if question.has_other else None
        return Given(tuple(_chosen(answers.get(question.key))), {OTHER: str(text)} if text else {})

    def control(self, question: Question, language: str) -> dict[str, Any]:
        look = "radio" if self.name == "select_one" else "checkbox"
        return {"is_group": True, "layout": _layout(question), "is_quick": False, "look": look}

    def detail_problem(self, question: Question, value: Any) -> Message | None:
        """What is wrong with the text under ``<key>_other``."""
        return text_problem(value, LONGEST_DETAIL) if question.has_other else messages.TAKES_NO_ANSWER

    def with_other(self, question: Question, cleaned: dict[str, Coded], given: Given) -> dict[str, Coded]:
        """Add the text of "other" where it was chosen."""
        if not question.has_other or OTHER not in _chosen(cleaned.get(question.key)):
            return cleaned
        text = other_text(given)
        return {**cleaned, other_key(question): text} if text else cleaned


class SelectOne(Select):
    """One choice; coded as its code."""

    name = "select_one"
    types = ("select_one", "select one", "select one from", "select1")

    def partial(self, question: Question) -> str:
        return "questions/select_menu.html" if self.is_menu(question) else super().partial(question)

    def is_menu(self, question: Question) -> bool:
        """Whether it is a drop-down: asked for, and possible (a menu has no place for "other" text)."""
        is_asked_for = not MENUS.isdisjoint(question.appearance)
        return is_asked_for and not question.has_other and not is_long(question)

    def control(self, question: Question, language: str) -> dict[str, Any]:
        if self.is_menu(question):
            return {}
        return super().control(question, language) | {"is_quick": not QUICK.isdisjoint(question.appearance)}

    def clean(self, question: Question, given: Given) -> dict[str, Coded]:
        code = given.text
        if not code and question.has_other and other_text(given):
            code = OTHER  # who writes what else it is has chosen "other"
        if not code:
            return {}
        if code not in codes(question):
            raise Refused(messages.UNKNOWN_CHOICE)
        return self.with_other(question, {question.key: code}, given)

    def problem(self, question: Question, value: Any) -> Message | None:
        if not isinstance(value, str):
            return messages.NOT_A_CODE
        return None if value in codes(question) else messages.UNKNOWN_CHOICE

    def display(self, question: Question, value: Any, language: str) -> str:
        return "" if self.is_empty(value) else label_of(question, str(value), language)

    def columns(self, question: Question) -> tuple[Column, ...]:
        own = self.column(question, "choice")
        return (own, other_column(question)) if question.has_other else (own,)


class SelectMultiple(Select):
    """Several choices; coded as list of codes in the questionnaire's order."""

    name = "select_multiple"
    types = (
        "select_multiple",
        "select multiple",
        "select all that apply",
        "select all that apply from",
        "select",
    )

    def clean(self, question: Question, given: Given) -> dict[str, Coded]:
        chosen = {text.strip() for text in given.texts if text.strip()}
        if question.has_other and other_text(given):
            chosen.add(OTHER)
        if not chosen <= codes(question).keys():
            raise Refused(messages.UNKNOWN_CHOICE)
        if not chosen:
            return {}
        ordered = [code for code in codes(question) if code in chosen]
        _refuse_exclusive(question, ordered, given.language)
        return self.with_other(question, {question.key: ordered}, given)

    def problem(self, question: Question, value: Any) -> Message | None:
        if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
            return messages.NOT_CODES
        if len(set(value)) != len(value) or not value:
            return messages.NOT_CODES
        if not codes(question).keys() >= set(value):
            return messages.UNKNOWN_CHOICE
        is_contradiction = len(value) > 1 and any(codes(question)[code].is_exclusive for code in value)
        return messages.EXCLUSIVE if is_contradiction else None

    def display(self, question: Question, value: Any, language: str) -> str:
        if self.is_empty(value):
            return ""
        return joined((label_of(question, code, language) for code in value), language)

    def logic_value(self, value: Any) -> str:
        return " ".join(value or ())

    def columns(self, question: Question) -> tuple[Column, ...]:
        """The chosen labels, then 0 or 1 for each choice (blank when unanswered), then the other text.

        Of a list that is longer than a table is wide, the labels alone.
        """
        choices = self.choices(question)
        flags = [_flag_column(question, choice) for choice in choices] if len(choices) <= MOST_FLAGS else []
        others = (other_column(question),) if question.has_other else ()
        return (self.column(question, "choice"), *flags, *others)


@lru_cache(maxsize=4096)
def all_choices(question: Question) -> tuple[Choice, ...]:
    """Each choice once, with "other" at the end where the question has it and its author did not write it."""
    rows = choice_rows(question)
    once: dict[str, Choice] = {}
    for choice in rows:
        once.setdefault(choice.key, choice)
    return rows if len(once) == len(rows) else tuple(once.values())


def choice_rows(question: Question) -> tuple[Choice, ...]:
    """The same as rows of a table: a name stands several times where a choice filter tells them apart."""
    if question.has_other and all(choice.key != OTHER for choice in question.choices):
        return (*question.choices, other_choice())
    return question.choices


@lru_cache(maxsize=4096)
def codes(question: Question) -> Mapping[str, Choice]:
    """Code → choice, in the questionnaire's order."""
    return {choice.key: choice for choice in all_choices(question)}


def label_of(question: Question, code: str, language: str) -> LocalText:
    """The label of a choice in the wanted language, as it fell back, or the code itself; plain text."""
    choice = codes(question).get(code)
    label = choice.label.pick(language) if choice else None
    return plain_text(label) if label else LocalText(code, language)


def _layout(question: Question) -> str:
    """Classes of the fieldset."""
    number = columns(question)
    named = (LAYOUTS[name] for name in question.appearance if name in LAYOUTS)
    found = f"in-columns of-{number}" if number else next(named, "")
    return f"{found} bare".strip() if "no-buttons" in question.appearance else found


def _chosen(value: Any) -> Iterable[str]:
    if isinstance(value, list):
        return value
    return (str(value),) if value else ()


def _refuse_exclusive(question: Question, chosen: list[str], language: str) -> None:
    if len(chosen) < 2:
        return
    for code in chosen:
        if codes(question)[code].is_exclusive:
            raise Refused(messages.exclusive_with(label_of(question, code, language)))


def _flag_column(question: Question, choice: Choice) -> Column:
    key, code = question.key, choice.key
    header = header_of(question)

    def label(language: str) -> str:
        return f"{header(language)} – {label_of(question, code, language)}"

    def cell(answers: Answers, _language: str) -> Cell:
        value = answers.get(key)
        return None if not value else int(code in value)

    return Column(f"{key}/{code}", label, cell, "flag", code, of=key)
