"""The columns of a report: header and cells from the same object.

Pure. What a question's columns are its kind says; what every response has besides its answers is said here.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType
from typing import Any

from consult.questionnaires.trails import items_of
from consult.questions import Column, kind_of
from consult.questions.kind import Cell, ColumnType
from consult.reports.merging import Asked
from consult.reports.repeats import Repeat, repeat_said, repeats_of
from consult.reports.wording import Said, Wording, left_open

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford’s: nothing that looks like something else
_PAIRS = [first + second for first in _ALPHABET for second in _ALPHABET]
_UNDRAWN = 128 - 40

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Row:
    """One submitted response as reports see it: names instead of other identities, no clock time.

    ``numbers``: of an entry of a repeat (see entries.py), from 1, those of the entries around it first.
    """

    id: uuid.UUID
    version: int
    language: str
    channel: str
    collected_on: dt.date | None
    session_on: dt.date | None = None
    session_place: str | None = None
    collector: str | None = None
    form_number: str | None = None
    answers: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    original_language: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: NOTHING)
    numbers: tuple[int, ...] = ()

    @property
    def number(self) -> str:
        """Drawn, not counted: it says nothing of the order of arrival, and is the same in every report."""
        return number_of(self.id)

    @property
    def month(self) -> str | None:
        """``2026-03``."""
        return None if self.collected_on is None else f"{self.collected_on:%Y-%m}"

    @property
    def session(self) -> str | None:
        """Day and place."""
        if self.session_on is None:
            return None
        return " ".join(filter(None, (self.session_on.isoformat(), self.session_place)))


def number_of(response_id: uuid.UUID) -> str:
    """The number of a response, ``7K3M-Q2X9``."""
    drawn = response_id.int >> _UNDRAWN  # the first 40 bits of a UUIDv4 are random
    first, second, third, fourth = drawn >> 30, drawn >> 20 & 1023, drawn >> 10 & 1023, drawn & 1023
    return f"{_PAIRS[first]}{_PAIRS[second]}-{_PAIRS[third]}{_PAIRS[fourth]}"


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """``key`` stands in row 1 and is unique; ``label`` in row 2; ``asked``: the question it belongs to;
    ``code``: the choice that a column of a single choice stands for; ``repeat``: whose entries a column
    counts, or numbers; ``of``: the key of the answer that alone decides the cell, where one does; ``part``:
    what of a row alone decides it, where that is no answer and many rows share it;
    ``is_as_given``: a text that was answered is the cell."""

    key: str
    label: Said
    type: ColumnType
    cell: Callable[[Row], Cell]
    asked: Asked | None = None
    code: str | None = None
    repeat: Repeat | None = None
    of: str | None = None
    part: str | None = None
    is_as_given: bool = False


def report_columns(
    asked: Iterable[Asked], wording: Wording, *, is_coded: bool = False, of: Repeat | None = None
) -> tuple[ReportColumn, ...]:
    """What every row has, then the columns of each question that stands there, in the questionnaire's order;
    where a repeat stands, how many entries it has.

    ``is_coded``: cells hold the codes of choices instead of their labels (several: with spaces between).
    ``of``: the repeat whose entries are the rows; None: responses.
    """
    heads = response_columns(wording, is_coded=is_coded) if of is None else entry_columns(of, wording)
    return tuple(_unique([*heads, *_asked_columns(tuple(asked), wording, is_coded, of)]))


def _asked_columns(
    asked: Sequence[Asked], wording: Wording, is_coded: bool, of: Repeat | None
) -> Iterator[ReportColumn]:
    path = of.path if of else ()
    inner = {repeat.path: repeat for repeat in repeats_of(asked) if repeat.path[:-1] == path}
    for each in asked:
        if each.path == path:
            yield from _question_columns(each, wording, is_coded)
        elif (repeat := inner.pop(each.path[: len(path) + 1], None)) is not None:
            label = wording.gettext(
                "Number of entries: %(repeat)s", repeat=repeat_said(wording, repeat.key, repeat.label)
            )
            yield ReportColumn(repeat.key, label, "integer", _count_cell(repeat), repeat=repeat)


def entry_columns(of: Repeat, wording: Wording) -> Iterator[ReportColumn]:
    """Which entry it is, of which response: named alike in every table, so that tables can be joined."""
    yield ReportColumn("_response", wording.gettext("Response number"), "text", lambda row: row.number)
    for depth, (key, said) in enumerate(zip(of.path, of.labels, strict=True)):
        label = wording.gettext("Number in “%(repeat)s”", repeat=repeat_said(wording, key, said))
        yield ReportColumn(f"_number_{key}", label, "integer", _number_cell(depth), repeat=of)


def _number_cell(depth: int) -> Callable[[Row], Cell]:
    return lambda row: row.numbers[depth]


def _count_cell(repeat: Repeat) -> Callable[[Row], Cell]:
    def cell(row: Row) -> Cell:
        return len(items_of(row.answers, repeat.key)) if row.version in repeat.versions else None

    return cell


def _question_columns(each: Asked, wording: Wording, is_coded: bool) -> Iterator[ReportColumn]:
    for column in kind_of(each.question).columns(each.question):
        key = column.key.replace(each.question.key, each.key, 1)
        cell = (
            _code_cell(each)
            if is_coded and column.type == "choice" and column.code is None
            else _cell(each, column, wording)
        )
        label = column_label(each, column, wording)
        yield ReportColumn(
            key, label, column.type, cell, each, column.code, of=column.of, is_as_given=column.is_as_given
        )


def column_label(asked: Asked, column: Column, wording: Wording) -> Said:
    """As the kind says; of two columns that it calls "other", the one of the words says so; a row of a grid
    says of which."""
    label = wording.each(lambda code: left_open(str(column.label(code))))
    if column.type == "text" and column.key != asked.question.key:
        question = wording.text(asked.question.label, asked.key)
        label = wording.gettext("%(question)s – other, in words", question=question)
    if not asked.grid:
        return label
    return Said(f"{grid} – {row}" for grid, row in zip(wording.text(asked.grid), label, strict=True))


def _code_cell(asked: Asked) -> Callable[[Row], Cell]:
    key, versions = asked.question.key, asked.versions

    def cell(row: Row) -> Cell:
        value = row.answers.get(key) if row.version in versions else None
        return " ".join(map(str, value)) or None if isinstance(value, list) else value

    return cell


def _cell(asked: Asked, column: Column, wording: Wording) -> Callable[[Row], Cell]:
    versions, languages = asked.versions, wording.languages
    first, others = languages[0], languages[1:] if column.type == "choice" else ()

    def cell(row: Row) -> Cell:
        if row.version not in versions:
            return None
        try:
            value = column.cell(row.answers, first)
            if others and isinstance(value, str):
                return Said((value, *(str(column.cell(row.answers, code)) for code in others))).line
        except (AttributeError, IndexError, KeyError, TypeError, ValueError):
            # Stored answers are checked on the way in. Should one of them not be what its kind expects, the
            # report shows it as it is: one answer never keeps all others from being read.
            return json.dumps(row.answers.get(asked.question.key), ensure_ascii=False, default=str)
        return value

    return cell


def response_columns(wording: Wording, *, is_coded: bool = False) -> Iterator[ReportColumn]:
    """Keys begin with an underscore, as field tools have it, so that questions can be called ``language``."""
    w = wording
    channels = {} if is_coded else {code: said.line for code, said in channel_names(w).items()}

    def language(row: Row) -> str:
        return row.language if is_coded else _language(w, row.language)

    def channel(row: Row) -> str:
        return channels.get(row.channel, row.channel)

    yield ReportColumn("_response", w.gettext("Response number"), "text", lambda row: row.number)
    shared: tuple[tuple[str, Said, ColumnType, str, Callable[[Row], Cell]], ...] = (
        ("_version", w.gettext("Version of the form"), "integer", "version", lambda row: row.version),
        ("_language", w.gettext("Language of the answers"), "choice", "language", language),
        ("_channel", w.gettext("Channel"), "choice", "channel", channel),
        ("_collected_on", w.gettext("Collected on"), "date", "collected_on", lambda row: row.collected_on),
        ("_session_on", w.gettext("Date of the session"), "date", "session_on", lambda row: row.session_on),
        (
            "_session_place",
            w.gettext("Place of the session"),
            "text",
            "session_place",
            lambda row: row.session_place,
        ),
        ("_collector", w.gettext("Data collector"), "text", "collector", lambda row: row.collector),
    )
    for key, label, type_, part, cell in shared:
        yield ReportColumn(key, label, type_, cell, part=part)
    yield ReportColumn("_form_number", w.gettext("Form number"), "text", lambda row: row.form_number)


@cache
def _language(wording: Wording, code: str) -> str:
    return wording.language_name(code).line


def channel_names(wording: Wording) -> dict[str, Said]:
    """How an answer reached us, in words, by the code of the channel."""
    return {
        "online": wording.pgettext("channel", "Online"),
        "collector": wording.pgettext("channel", "Interview"),
        "phone": wording.pgettext("channel", "Telephone"),
        "paper": wording.pgettext("channel", "Paper form"),
        "kiosk": wording.pgettext("channel", "Shared tablet"),
        "import": wording.pgettext("channel", "Imported file"),
        "openrosa": wording.pgettext("channel", "Collection app"),
    }


def _unique(columns: Iterable[ReportColumn]) -> Iterator[ReportColumn]:
    taken: set[str] = set()
    for column in columns:
        key, number = column.key, 1
        while key in taken:
            number += 1
            key = f"{column.key}_{number}"
        taken.add(key)
        yield column if key == column.key else replace(column, key=key)
