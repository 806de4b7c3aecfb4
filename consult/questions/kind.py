"""What a kind of question is: one class owns its whole life, from the form field to the report's cell.

    kind = kind_of(question)
    kind.clean(question, given)            what was typed → coded answers (raises Refused)
    kind.problem(question, value)          a coded value from a file → what is wrong with it, or None
    kind.display(question, value, "fr")    as people read it
    kind.columns(question)                 header and cells of the report, from the same object

Adding a kind is adding one file here and one partial in ui/templates/questions/.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from consult.expressions import Value
from consult.i18n import LocalText
from consult.questions.appearance import has_extras
from consult.questions.question import Choice, Question
from consult.questions.rich_text import plain_text

Coded = str | int | float | list[str]
"""A stored answer (see the contract of each kind); an unanswered key is absent."""

Answers = Mapping[str, Any]
"""Question key → coded value."""

Cell = str | int | float | dt.date | dt.datetime | dt.time | None

ColumnType = Literal["text", "choice", "flag", "integer", "number", "date", "time", "datetime", "any"]

Summary = Literal["choices", "numbers", "ranks", "dates", "texts", "none"]

Message = Any
"""A lazily translated sentence: ``str(message)`` in the language of the page."""

OTHER = "other"
"""The code of "other, please specify" (``or_other``)."""


class Refused(ValueError):
    """What was given cannot be an answer; ``message`` says what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table of answers.

    ``label(language)`` is the header, ``cell(answers, language)`` the typed content (None: blank, never 0
    or ""). ``type`` is what every cell that is not blank has: "text" typed words, "choice" a label of a
    choice, "flag" 0 or 1, "any" a text or a number, the rest as they say. ``code``: the choice that a
    column is about, where it is about one. ``of``: the key of the one answer that alone decides the cell
    (without it: blank), so that equal answers need not be worked out again; None: several decide.
    ``is_as_given``: the cell of an answer that is a text is that text.
    """

    key: str
    label: Callable[[str], str]
    cell: Callable[[Answers, str], Cell]
    type: ColumnType
    code: str | None = None
    of: str | None = None
    is_as_given: bool = False


class Given(NamedTuple):
    """What arrived for one question: ``texts`` under its own name, ``details`` under ``key/detail``.

    ``language`` of the page decides what a decimal comma is; ``now`` (aware) gives the time zone.
    """

    texts: Sequence[str] = ()
    details: Mapping[str, str] = MappingProxyType({})
    language: str = "en"
    now: dt.datetime | None = None

    @property
    def text(self) -> str:
        """The first text that is not blank, without the blanks around it; "" when there is none."""
        for text in self.texts:
            if found := text.strip():
                return found
        return ""


class Kind:
    """One kind of question. Stateless: every method takes the question.

    ``name`` is ``Question.kind``. ``types`` are the words of an XLSForm's type column that mean it (lower
    case, single spaces), the one that is written back first; selects are followed by their list's name.
    ``device``: what of the device its page may use when somebody asks it to ("geolocation", "camera").
    ``takes_file``: its answer is a file that comes with the page (see file.py).
    ``summary`` says how a report sums it up. ``is_shown``: it has a place on a page. ``takes_answer``: a
    person answers it. ``has_choices``: it needs a list.
    """

    name: str
    types: tuple[str, ...]
    summary: Summary = "none"
    is_shown = True
    takes_answer = True
    has_choices = False
    takes_file = False
    device: tuple[str, ...] = ()

    def partial(self, question: Question) -> str:
        """The template below ``ui/templates`` that shows it."""
        return f"questions/{self.name}.html"

    def control(self, question: Question, language: str) -> dict[str, Any]:
        """What its partial needs besides words and choices. ``is_group``: several inputs in a fieldset."""
        return {}

    def has_extras(self, question: Question) -> bool:
        """Whether its page needs the style and scripts that most pages do without."""
        return has_extras(question)

    def keys(self, question: Question) -> tuple[str, ...]:
        """The keys under which its answers are stored, its own first."""
        return (question.key,)

    def details(self, question: Question) -> tuple[str, ...]:
        """Names of the inputs it has besides its own."""
        return ()

    def choices(self, question: Question) -> tuple[Choice, ...]:
        """All its choices, before any filter, in the questionnaire's order."""
        return question.choices

    def clean(self, question: Question, given: Given) -> dict[str, Coded]:
        """Coded answers by key, empty when nothing was answered. Raises Refused."""
        raise NotImplementedError

    def typed(self, question: Question, answers: Answers, language: str) -> Given:
        """What the inputs show for stored answers; :meth:`clean` reads it back."""
        value = answers.get(question.key)
        return Given() if self.is_empty(value) else Given((self.written(question, value, language),))

    def again(self, question: Question, given: Given, language: str) -> Given:
        """What the inputs show of what was typed and is not an answer (yet)."""
        return given

    def written(self, question: Question, value: Any, language: str) -> str:
        """One stored value as a person would type it."""
        return str(value)

    def problem(self, question: Question, value: Any) -> Message | None:
        """What is wrong with a coded value under its own key; None when it is right."""
        raise NotImplementedError

    def is_empty(self, value: Any) -> bool:
        """Whether a coded value is no answer at all."""
        return value is None or value == "" or value == []

    def display(self, question: Question, value: Any, language: str) -> str:
        """An answer in words, plain text; a LocalText where it is in a known language."""
        return "" if self.is_empty(value) else str(value)

    def logic_value(self, value: Any) -> Value:
        """What expressions see: "" when unanswered, numbers as float, codes separated by spaces."""
        return "" if self.is_empty(value) else str(value)

    def columns(self, question: Question) -> tuple[Column, ...]:
        """Its columns in a table of answers, in order."""
        return (self.column(question, "text"),)

    def column(self, question: Question, type_: ColumnType) -> Column:
        """The plain column of a question: header its label, cell what :meth:`cell` makes of the answer."""
        key = question.key

        def cell(answers: Answers, language: str) -> Cell:
            value = answers.get(key)
            return None if self.is_empty(value) else self.cell(question, value, language)

        kind = type(self)
        is_as_given = type_ == "text" and kind.cell is Kind.cell and kind.display is Kind.display
        return Column(key, header_of(question), cell, type_, of=key, is_as_given=is_as_given)

    def cell(self, question: Question, value: Any, language: str) -> Cell:
        """The typed content of its own column for an answer that is not empty."""
        return str(self.display(question, value, language))


def header_of(question: Question) -> Callable[[str], LocalText]:
    """The label of a question in the wanted language, else as it fell back, else its key; plain text."""

    def label(language: str) -> LocalText:
        found = question.label.pick(language)
        return plain_text(found) if found else LocalText(question.key, language)

    return label
