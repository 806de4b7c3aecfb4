"""Numbers: whole, decimal, and on a scale."""

from __future__ import annotations

import math
import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, NamedTuple

from consult.expressions import Value
from consult.questions import messages
from consult.questions.digits import MOST_DIGITS, group_sign, grouped_number, plain_number, written_number
from consult.questions.kind import Cell, Coded, Column, ColumnType, Given, Kind, Message, Refused
from consult.questions.question import Question

LONGEST_SCALE = 11
"""Steps that are still shown as one button each (0 to 10); beyond, a number is typed."""

STEPPED = frozenset(("counter", "spinner"))
"""Appearances with buttons for one more and one less."""

LONGEST_MENU = 101
MOST_MARKS = 50
"""Numbers that a menu (appearance ``picker``) holds."""

_LARGEST = 10**MOST_DIGITS
_UNITS = re.compile(r"^[$€£¥]\s*|\s*[$€£¥%٪]$")


class Numeric(Kind):
    """What numbers share."""

    summary = "numbers"
    column_type: ColumnType = "number"
    not_a_number: Message = messages.NUMBER

    def clean(self, question: Question, given: Given) -> dict[str, Coded]:
        if not given.text:
            return {}
        written = plain_number(_UNITS.sub("", given.text), given.language)
        if written is None:
            raise Refused(self.not_a_number)
        if sum(character.isdigit() for character in written.lstrip("+-0")) > MOST_DIGITS:
            raise Refused(messages.TOO_MANY_DIGITS)
        value = self.coded(Decimal(written))
        found = self.problem(question, value)
        if found is not None:
            raise Refused(found)
        return {question.key: value}

    def coded(self, number: Decimal) -> int | float:
        """A whole number as int, anything else as float."""
        return int(number) if number == number.to_integral_value() else float(number)

    def problem(self, question: Question, value: Any) -> Message | None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return messages.NOT_A_NUMBER
        if not math.isfinite(value):
            return messages.NOT_A_NUMBER
        return messages.TOO_MANY_DIGITS if abs(value) >= _LARGEST else None

    def written(self, question: Question, value: Any, language: str) -> str:
        """Grouped only where the author said so: 2,019 is no year."""
        if not isinstance(value, int | float):
            return str(value)
        return grouped_number(value, language) if is_grouped(question) else written_number(value, language)

    def display(self, question: Question, value: Any, language: str) -> str:
        return "" if self.is_empty(value) else self.written(question, value, language)

    def control(self, question: Question, language: str) -> dict[str, Any]:
        """``has_counter``: buttons for one less and one more; ``group``: between thousands, or ""."""
        return {
            "has_counter": not STEPPED.isdisjoint(question.appearance),
            "group": group_sign(language) if is_grouped(question) else "",
            "is_bearing": "bearing" in question.appearance,
        }

    def logic_value(self, value: Any) -> Value:
        return "" if self.is_empty(value) else float(value)

    def columns(self, question: Question) -> tuple[Column, ...]:
        return (self.column(question, self.column_type),)

    def cell(self, question: Question, value: Any, language: str) -> Cell:
        return value if isinstance(value, int | float) else str(value)


def is_grouped(question: Question) -> bool:
    """Whether thousands are to be told apart: money, never years."""
    return "thousands-sep" in question.appearance


class Integer(Numeric):
    """A whole number; coded as int."""

    name = "integer"
    types = ("integer", "int")
    column_type: ColumnType = "integer"
    not_a_number: Message = messages.WHOLE_NUMBER

    def problem(self, question: Question, value: Any) -> Message | None:
        found = super().problem(question, value)
        return found or (None if isinstance(value, int) else messages.WHOLE_NUMBER)


class Decimals(Numeric):
    """A number with or without decimals; coded as int or float."""

    name = "decimal"
    types = ("decimal",)


class Scale(NamedTuple):
    """The numbers a range offers: from ``start`` to ``end`` in steps of ``step`` (never 0)."""

    start: Decimal
    end: Decimal
    step: Decimal

    @property
    def steps(self) -> int:
        """How many numbers there are."""
        return int(abs(self.end - self.start) / abs(self.step)) + 1

    def numbers(self) -> list[Decimal]:
        """All of them, from start to end."""
        towards = abs(self.step) if self.end >= self.start else -abs(self.step)
        return [self.start + towards * place for place in range(self.steps)]


class Range(Numeric):
    """A number on a scale; coded as int or float. Parameters start (1), end (10), step (1)."""

    name = "range"
    types = ("range",)

    def problem(self, question: Question, value: Any) -> Message | None:
        found = super().problem(question, value)
        if found is not None:
            return found
        scale = scale_of(question)
        number = Decimal(str(value))
        if not min(scale.start, scale.end) <= number <= max(scale.start, scale.end):
            return messages.outside(_plain(scale.start), _plain(scale.end))
        if (number - scale.start) % scale.step:
            return messages.off_step(_plain(abs(scale.step)), _plain(scale.start))
        return None

    def partial(self, question: Question) -> str:
        if self.is_picker(question):
            return "questions/picker.html"
        return f"questions/{'scale' if self.is_scale(question) else 'range'}.html"

    def has_extras(self, question: Question) -> bool:
        return super().has_extras(question) or self.partial(question) == "questions/range.html"

    def is_picker(self, question: Question) -> bool:
        """Whether the numbers stand in a menu: asked for, and not too many."""
        return "picker" in question.appearance and scale_of(question).steps <= LONGEST_MENU

    def is_scale(self, question: Question) -> bool:
        """Whether every number gets a button of its own."""
        return scale_of(question).steps <= LONGEST_SCALE

    def control(self, question: Question, language: str) -> dict[str, Any]:
        """``numbers`` of a scale as they are written; ``start`` and ``end`` where a number is typed.

        ``plain``: the same numbers as a list of labels (``tick_labelset``) names them. ``slider``: start,
        end, step, where the handle stands at first, how far its marks are apart (0: none), for the script.
        """
        scale = scale_of(question)
        if self.is_picker(question) or self.is_scale(question):
            numbers = [written_number(float(number), language) for number in scale.numbers()]
            if self.is_picker(question):
                return {"numbers": numbers, "is_menu": True}
            plain = [_plain(number) for number in scale.numbers()]
            if "distress" in question.appearance:
                numbers.reverse()  # a thermometer begins at the bottom
                plain.reverse()
            return {"is_group": True, "look": _look(question), "numbers": numbers, "plain": plain}
        ends = (written_number(float(end), language) for end in (scale.start, scale.end))
        first = _parameter(question, "placeholder", min(scale.start, scale.end))
        slider = " ".join(
            map(_plain, (*sorted((scale.start, scale.end)), abs(scale.step), first, _marks(question, scale)))
        )
        return dict(zip(("start", "end"), ends, strict=True)) | {"slider": slider}


def _marks(question: Question, scale: Scale) -> Decimal:
    """How far the marks of a slider are apart; 0 without any, and where there would be too many to tell."""
    apart = abs(_parameter(question, "tick_interval", Decimal(0)))
    is_readable = apart and abs(scale.end - scale.start) / apart <= MOST_MARKS
    return apart if is_readable and "no-ticks" not in question.appearance else Decimal(0)


def _look(question: Question) -> str:
    """Classes of a scale: stars, or one number below the other."""
    words = question.appearance
    if "rating" in words:
        return "rating"
    return "vertical" if "vertical" in words or "distress" in words else ""


@lru_cache(maxsize=1024)
def scale_of(question: Question) -> Scale:
    """The scale of a range question; what its author left out or miswrote has ODK's default."""
    return Scale(
        _parameter(question, "start", Decimal(1)),
        _parameter(question, "end", Decimal(10)),
        _parameter(question, "step", Decimal(1)) or Decimal(1),
    )


def _parameter(question: Question, name: str, default: Decimal) -> Decimal:
    try:
        number = Decimal(question.parameters.get(name, "").strip())
    except InvalidOperation:
        return default
    return number if number.is_finite() else default


def _plain(number: Decimal) -> str:
    return f"{number:f}"
