"""The columns of a report: header and cells from the same object.

Pure. What a question's columns are its kind says; what every response has besides its answers is said here.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType
from typing import Any

from consult.questions import Column, kind_of
from consult.questions.kind import Cell, ColumnType
from consult.reports.merging import Asked
from consult.reports.wording import Said, Wording

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Row:
    """One submitted response as reports see it: names instead of identities, no clock time.

    ``number`` is drawn, not counted: it says nothing of the order of arrival, and stays the same from one
    report to the next.
    """

    number: str
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


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """``key`` stands in row 1 and is unique; ``label`` in row 2; ``asked``: the question it belongs to;
    ``code``: the choice that a column of a single choice stands for."""

    key: str
    label: Said
    type: ColumnType
    cell: Callable[[Row], Cell]
    asked: Asked | None = None
    code: str | None = None


def report_columns(asked: Iterable[Asked], wording: Wording) -> tuple[ReportColumn, ...]:
    """What every response has, then the columns of each question, in the questionnaire's order."""
    return tuple(_unique([*response_columns(wording), *question_columns(asked, wording)]))


def question_columns(asked: Iterable[Asked], wording: Wording) -> Iterator[ReportColumn]:
    for each in asked:
        for column in kind_of(each.question).columns(each.question):
            key = column.key.replace(each.question.key, each.key, 1)
            yield ReportColumn(
                key, wording.each(column.label), column.type, _cell(each, column, wording), each, column.code
            )


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


def response_columns(wording: Wording) -> Iterator[ReportColumn]:
    """Keys begin with an underscore, as field tools have it, so that questions can be called ``language``."""
    channels = {code: said.line for code, said in channel_names(wording).items()}
    w = wording
    yield ReportColumn("_response", w.gettext("Response number"), "text", lambda row: row.number)
    yield ReportColumn("_version", w.gettext("Version of the form"), "integer", lambda row: row.version)
    yield ReportColumn(
        "_language", w.gettext("Language of the answers"), "choice", lambda row: _language(w, row.language)
    )
    yield ReportColumn(
        "_channel", w.gettext("Channel"), "choice", lambda row: channels.get(row.channel, row.channel)
    )
    yield ReportColumn("_collected_on", w.gettext("Collected on"), "date", lambda row: row.collected_on)
    yield ReportColumn("_session_on", w.gettext("Date of the session"), "date", lambda row: row.session_on)
    yield ReportColumn(
        "_session_place", w.gettext("Place of the session"), "text", lambda row: row.session_place
    )
    yield ReportColumn("_collector", w.gettext("Data collector"), "text", lambda row: row.collector)
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
