""" "Other, please specify" (``or_other``): a choice, and the text that belongs to it."""

from __future__ import annotations

from functools import cache

from consult.i18n import INTERFACE_LANGUAGES, Localized, LocalText, catalogue
from consult.questions.kind import OTHER, Answers, Cell, Column, Given, header_of
from consult.questions.question import Choice, Question
from consult.questions.text import stored_text

LONGEST_DETAIL = 1_000
"""Characters."""


def other_key(question: Question) -> str:
    """Where the text is stored."""
    return f"{question.key}_other"


def other_text(given: Given) -> str:
    """The text as it is stored; "" when there is none. Raises Refused."""
    return stored_text(given.details.get(OTHER, ""), LONGEST_DETAIL)


@cache
def other_choice() -> Choice:
    """The choice itself, in every language of the interface."""
    labels = {code: str(catalogue(code).pgettext("choice", "Other")) for code in INTERFACE_LANGUAGES}
    own = {code: label for code, label in labels.items() if code == "en" or label != labels["en"]}
    return Choice(OTHER, Localized(own))


def other_column(question: Question) -> Column:
    """The column of the text, headed by the question and "other"."""
    header = header_of(question)
    key = other_key(question)

    def label(language: str) -> LocalText:
        found = header(language)
        return LocalText(f"{found} – {other_choice().label.pick(language)}", found.language)

    def cell(answers: Answers, _language: str) -> Cell:
        return answers.get(key) or None

    return Column(key, label, cell, "text", of=key)
