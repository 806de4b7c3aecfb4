"""Open answers, collected in the same pass that counts: by question, in the order of the responses.

They are written aside, so that memory does not grow with their number.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Self

import orjson

from consult.i18n import Localized
from consult.questions import kind_of
from consult.reports.cells import clean, fits, unfolded
from consult.reports.columns import ReportColumn, Row
from consult.reports.entries import DataTable
from consult.reports.merging import Asked
from consult.reports.repeats import Repeat, place_said
from consult.reports.wording import Wording

_IN_MEMORY = 32 * 1024
"""Bytes of one question's answers before they go to a file."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One row of the sheet. ``language`` of the answer, BCP 47, "" where it is a label. ``translations``:
    one for each language of the report, "" where there is none. ``entry``: of which entry of a repeat, in
    words. The rows below the first of a long answer hold only what goes on."""

    question: str
    text: str
    language: str
    translations: tuple[str, ...]
    response: str
    entry: str = ""


class Quotes:
    """Use as a context: leaving it removes what was written aside."""

    def __init__(self, tables: Sequence[DataTable], wording: Wording) -> None:
        self._sources: list[_QuoteSource] = []
        self._by_table: list[tuple[DataTable, list[int]]] = []
        for table in tables:
            own = [column for column in table.columns if _may_be_quoted(column, wording)]
            places = range(len(self._sources), len(self._sources) + len(own))
            self._sources += [_QuoteSource(column, wording, table.repeat) for column in own]
            self._by_table.append((table, list(places)))
        self.has_entries = len(tables) > 1
        self._order = list(range(len(self._sources)))
        if self.has_entries:  # by question as they are asked, not table by table
            self._order.sort(key=lambda place: self._sources[place].number)
        self._files = ExitStack()
        self._aside: list[IO[bytes] | None] = [None] * len(self._sources)
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._files.close()

    def add(self, row: Row) -> None:
        sources = self._sources
        for table, places in self._by_table:
            for each in table.rows((row,)) if places else ():
                for place in places:
                    for line in sources[place].lines(each):
                        self._file(place).write(orjson.dumps(line) + b"\n")
                        self.count += 1

    def rows(self) -> Iterator[Quote]:
        """All of them; as often as one likes."""
        for file in (self._aside[place] for place in self._order):
            if file is not None:
                file.seek(0)
                for line in file:
                    question, text, language, *translations, response, entry = orjson.loads(line)
                    yield Quote(question, text, language, tuple(translations), response, entry)

    def _file(self, place: int) -> IO[bytes]:
        file = self._aside[place]
        if file is None:
            file = self._aside[place] = self._files.enter_context(_temporary_file())
        return file


def _temporary_file() -> IO[bytes]:
    return tempfile.SpooledTemporaryFile(_IN_MEMORY, "w+b")


def is_open(column: ReportColumn) -> bool:
    """Whether a column holds people's own words: answers, and what "other" is; no address, no number."""
    if column.type != "text" or column.asked is None:
        return False
    return kind_of(column.asked.question).summary in ("texts", "choices")


def _may_be_quoted(column: ReportColumn, wording: Wording) -> bool:
    """People's own words, and whatever may be too long for a cell of the responses."""
    if is_open(column):
        return True
    if column.type == "choice":
        # A joined list of labels is longest when everything was chosen: mostly it can never be too long.
        return column.asked is not None and not _always_fits(column.asked, wording)
    return column.type in ("text", "any")


def _always_fits(asked: Asked, wording: Wording) -> bool:
    choices = kind_of(asked.question).choices(asked.question)
    labels = (wording.text(choice.label, choice.key).line for choice in choices)
    return fits("".join(f"{label} 1234; " for label in labels) * len(wording.languages))


class _QuoteSource:
    """One column, as a source of quotes: its own words, or what its cells cannot hold."""

    def __init__(self, column: ReportColumn, wording: Wording, repeat: Repeat | None) -> None:
        self._column = column
        self._repeat = repeat
        self.number = column.asked.number if column.asked else 0
        self._wording = wording
        self._label = clean(column.label.line)
        self._cell = column.cell
        self._of = column.of
        self._nothing = [""] * len(wording.languages)
        self._is_open = is_open(column)
        question = column.asked.question.key if column.asked else column.key
        is_other = column.asked is not None and column.key != column.asked.key
        self._answer = f"{question}_other" if is_other else question

    def lines(self, row: Row) -> Iterable[list[str]]:
        """Its row of the sheet and those below it; none for what is no quote: for most of what is asked."""
        if self._of is not None and self._of not in row.answers:
            return ()
        text = self._cell(row)
        if not isinstance(text, str) or not (self._is_open or not fits(text)):
            return ()
        return self._quoted(row, clean(text))

    def _quoted(self, row: Row, text: str) -> Iterable[list[str]]:
        code = row.original_language.get(self._answer, row.language) if self._is_open else ""
        translations = self._translations(row, code) if self._is_open else self._nothing
        entry = "" if self._repeat is None else place_said(self._wording, self._repeat, row.numbers).line
        whole = [self._label, text, code, *map(clean, translations), row.number, clean(entry)]
        if translations is self._nothing and fits(text):
            return (whole,)
        return (["" if part is None else str(part) for part in line] for line in unfolded(whole))

    def _translations(self, row: Row, code: str) -> list[str]:
        if self._answer not in row.translations:
            return self._nothing
        wanted = self._wording.languages
        known = Localized(row.translations[self._answer])
        if len(wanted) > 1:
            return [known.get(each, "") if each != code else "" for each in wanted]
        found = known.pick(wanted[0], self._wording.fallback)
        if not found or code == wanted[0]:
            return [""]
        if found.language == wanted[0]:
            return [str(found)]
        return [f"[{self._wording.language_name(found.language).line}] {found}"]
