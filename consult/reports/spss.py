"""Responses as SPSS reads them: numbers with labels, several choices as 0 and 1, days as days.

    write_sav_file(source, "fr", file)        the responses
    write_sav_archive(source, "fr", file)     a zip: the responses, and a file for each repeat, a row an entry

A choice is a number: its code where all codes of the question are whole numbers, else its place in the list.
Unanswered is system-missing, "I prefer not to answer" user-missing. A text longer than SPSS holds goes on in
further variables. Rows are read twice: how wide a text is stands in front of the first one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO

from consult.questionnaires.lint.exits import is_refusal
from consult.questions import Question, kind_of
from consult.questions.kind import Cell
from consult.reports.archives import write_archive
from consult.reports.cells import clean
from consult.reports.columns import ReportColumn, Row
from consult.reports.entries import DataTable, data_tables
from consult.reports.merging import Asked
from consult.reports.source import Source
from consult.reports.spss_file import LONGEST_TEXT, Format, Measure, Value, Variable, write_sav
from consult.reports.wording import Wording

_BEGINNING = dt.datetime(1582, 10, 14)  # noqa: DTZ001  SPSS knows no time zones
_RESERVED = frozenset(("ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"))
_LONGEST_NAME = 64
_MOST_REFUSED = 3
_FORMATS: dict[str, Format] = {"date": "date", "time": "time", "datetime": "datetime"}
_NUMBERS = ("flag", "integer", "number")


def write_sav_file(source: Source, words: str, file: IO[bytes]) -> None:
    """``words``: a language, or ``both``."""
    _write_table(_tables(source, words)[0], source, _wording(source, words), file)


def write_sav_archive(source: Source, words: str, file: IO[bytes]) -> None:
    """As :func:`write_sav_file`, with the entries of repeats; without clock times."""
    w = _wording(source, words)
    write_archive(
        _tables(source, words), "sav", lambda table, opened: _write_table(table, source, w, opened), file
    )


def _wording(source: Source, words: str) -> Wording:
    return Wording.of(words, source.fallback)


def _tables(source: Source, words: str) -> tuple[DataTable, ...]:
    return data_tables(source.asked, _wording(source, words), is_coded=True)


def _write_table(table: DataTable, source: Source, wording: Wording, file: IO[bytes]) -> None:
    measured = [_measured(column, wording) for column in table.columns if not _is_joined(column)]
    count = 0
    for row in table.rows(source.rows()):
        count += 1
        for each in measured:
            each.measure(row)
    taken: set[str] = set()
    variables = [variable for each in measured for variable in each.variables(taken)]
    cases = ([value for each in measured for value in each.values(row)] for row in table.rows(source.rows()))
    title = wording.text(source.title, source.slug).line
    write_sav(file, title, variables, cases, count)


def _is_joined(column: ReportColumn) -> bool:
    """All that was chosen in one cell, where each choice has a variable of its own."""
    if column.asked is None or column.code is not None or column.type != "choice":
        return False
    question = column.asked.question
    return any(each.code is not None for each in kind_of(question).columns(question))


def _measured(column: ReportColumn, wording: Wording) -> _Texts | _Choices | _Numbers:
    if column.type == "choice" and column.asked is not None and _has_one_choice(column.asked):
        return _Choices(column, column.asked.question, wording)
    if column.type in _NUMBERS or column.type in _FORMATS:
        return _Numbers(column)
    return _Texts(column)


def _has_one_choice(asked: Asked) -> bool:
    return asked.question.kind not in ("select_multiple", "rank")


@dataclass
class _Texts:
    """Words, and codes of which there can be any number."""

    column: ReportColumn
    widths: list[int] = field(default_factory=lambda: [1])

    def measure(self, row: Row) -> None:
        for place, part in enumerate(_parts(self.column.cell(row))):
            if place == len(self.widths):
                self.widths.append(1)
            self.widths[place] = max(self.widths[place], len(part))

    def variables(self, taken: set[str]) -> Iterator[Variable]:
        for width in self.widths:
            name = spss_name(self.column.key, taken)
            yield Variable(name, self.column.label.line, "text", "nominal", width=width)

    def values(self, row: Row) -> Iterator[Value]:
        parts = _parts(self.column.cell(row))
        yield from parts
        yield from [None] * (len(self.widths) - len(parts))


@dataclass
class _Choices:
    """One of a list of codes, as a number."""

    column: ReportColumn
    question: Question
    wording: Wording
    numbers: dict[str, float] = field(init=False)
    labels: dict[float, str] = field(init=False)
    refused: tuple[float, ...] = field(init=False)

    def __post_init__(self) -> None:
        choices = {choice.key: choice for choice in kind_of(self.question).choices(self.question)}
        self.numbers = _numbered(list(choices))
        self.labels = {
            self.numbers[code]: self.wording.text(choice.label, code).line for code, choice in choices.items()
        }
        exits = [self.numbers[code] for code, choice in choices.items() if is_refusal(choice)]
        self.refused = tuple(exits[:_MOST_REFUSED])

    def measure(self, row: Row) -> None:
        code = self.column.cell(row)
        if code is not None and str(code) not in self.numbers:
            # Stored answers are checked on the way in; one that is not in the list is kept with its code.
            number = max(self.numbers.values(), default=0) + 1
            self.numbers[str(code)], self.labels[number] = number, clean(str(code))

    def variables(self, taken: set[str]) -> Iterator[Variable]:
        name = spss_name(self.column.key, taken)
        label = self.column.label.line
        yield Variable(name, label, "number", "nominal", labels=self.labels, refused=self.refused)

    def values(self, row: Row) -> Iterator[Value]:
        code = self.column.cell(row)
        yield None if code is None else self.numbers[str(code)]


@dataclass
class _Numbers:
    """Numbers, days and moments."""

    column: ReportColumn
    decimals: int = 0

    def measure(self, row: Row) -> None:
        if self.column.type == "number" and not self.decimals:
            value = self.column.cell(row)
            self.decimals = 2 if isinstance(value, float) and value != int(value) else 0

    def variables(self, taken: set[str]) -> Iterator[Variable]:
        how = _FORMATS.get(self.column.type, "number")
        measure: Measure = "nominal" if self.column.type == "flag" else "scale"
        name, label = spss_name(self.column.key, taken), self.column.label.line
        yield Variable(name, label, how, measure, decimals=self.decimals)

    def values(self, row: Row) -> Iterator[Value]:
        yield _number(self.column.cell(row))


def spss_name(key: str, taken: set[str]) -> str:
    """A name that SPSS takes, not among ``taken`` (in capitals), to which it is added.

    At most 64 bytes; begins with a letter, does not end with a full stop, is no word of its language ("IBM
    SPSS Statistics Command Syntax Reference", variable names). What every response has begins with
    ``meta_``.
    """
    plain = re.sub(r"\W", "_", key)
    if not plain[:1].isalpha():
        plain = f"meta{plain}" if plain.startswith("_") else f"q_{plain}"
    if plain.upper() in _RESERVED:
        plain = f"q_{plain}"
    name, number = _shortened(plain, ""), 1
    while name.upper() in taken:
        number += 1
        name = _shortened(plain, f"_{number}")
    taken.add(name.upper())
    return name


def _shortened(name: str, end: str) -> str:
    return name.encode()[: _LONGEST_NAME - len(end)].decode("utf-8", "ignore") + end


def _numbered(codes: Sequence[str]) -> dict[str, float]:
    is_whole = all(re.fullmatch(r"-?(0|[1-9]\d{0,8})", code) for code in codes)
    return {code: float(code) if is_whole else float(place) for place, code in enumerate(codes, 1)}


def _parts(value: Cell) -> list[bytes]:
    """A text in parts that variables can hold, each of whole characters."""
    written = b"" if value is None else clean(str(value)).encode()
    parts = []
    while len(written) > LONGEST_TEXT:
        end = LONGEST_TEXT
        while written[end] & 0xC0 == 0x80:  # in the middle of a character
            end -= 1
        parts.append(written[:end])
        written = written[end:]
    return [*parts, written]


def _number(value: Cell) -> float | None:
    if isinstance(value, dt.datetime):
        return (value.replace(tzinfo=None) - _BEGINNING).total_seconds()
    if isinstance(value, dt.date):
        return (value - _BEGINNING.date()).total_seconds()
    if isinstance(value, dt.time):
        return float(value.hour * 3600 + value.minute * 60 + value.second)
    return float(value) if isinstance(value, int | float) else None
