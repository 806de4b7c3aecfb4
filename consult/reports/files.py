"""A report as a file: which one is asked for, and writing it.

    write_file(database, secret_key, Order("immigrant-survey", "xlsx", words="both"), path, made_on)

``xlsx`` the workbook; ``docx`` the summary in Word, ``council.xlsx`` its tables in Excel; ``csv`` the
responses, with labels, or with codes (``words="codes"``); ``zip`` the same with a further file for each
repeat; ``sav`` and ``sav.zip`` the same for SPSS; ``codebook.zip`` coded responses with their code book,
``ddi.xml`` the code book as DDI; ``ndjson`` the responses as ``consult responses load`` reads them;
``edition`` results that can be published (edition_making.py), which nobody downloads as they lie.
``is_own``: a collector's own entries, without a summary.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import IO, Literal

from sqlalchemy.orm import Session

from consult.db import Database
from consult.i18n import Localized
from consult.reports.analysis.profiles import Profile
from consult.reports.columns import Row
from consult.reports.contents import Contents, plan_of
from consult.reports.delimited import write_csv_archive, write_csv_file
from consult.reports.derived import Opening
from consult.reports.edition_tables import Choice, Wanted
from consult.reports.profiles import profile_kept
from consult.reports.queries import source_of
from consult.reports.repeats import repeats_of
from consult.reports.research.codebook import write_codebook_archive
from consult.reports.research.ddi import write_ddi
from consult.reports.source import Source
from consult.reports.spss import write_sav_archive, write_sav_file
from consult.reports.wording import Wording
from consult.reports.workbook import write_entries, write_workbook
from consult.responses.ndjson import write_line
from consult.responses.reading import EVERY, Filters, count_submitted, read_responses
from consult.surveys.models import Survey
from consult.surveys.service import survey_by_slug

Kind = Literal[
    "xlsx",
    "council.xlsx",
    "docx",
    "csv",
    "zip",
    "codebook.zip",
    "ddi.xml",
    "sav",
    "sav.zip",
    "ndjson",
    "edition",
]

CONTENT_TYPES: dict[Kind, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "council.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
    "zip": "application/zip",
    "codebook.zip": "application/zip",
    "ddi.xml": "application/xml",
    "sav": "application/x-spss-sav",
    "sav.zip": "application/zip",
    "ndjson": "application/x-ndjson",
}


SUMMARIES: dict[str, tuple[str, str]] = {
    "docx": ("word.summary", "write_summary"),
    "council.xlsx": ("outside_workbook", "write_tables"),
}
"""Kinds for readers outside, and what writes them."""

TABLE_WRITERS: dict[str, Callable[[Source, str, IO[bytes]], None]] = {
    "csv": write_csv_file,
    "zip": write_csv_archive,
    "sav": write_sav_file,
    "sav.zip": write_sav_archive,
    "codebook.zip": lambda source, _words, file: write_codebook_archive(source, file),
    "ddi.xml": lambda source, _words, file: write_ddi(source, file),
}

WORDLESS = ("ndjson", "codebook.zip", "ddi.xml")
"""Kinds that are the same in every language."""


_LONGEST_NAME = 60
"""Characters of a definition's name in the name of a file."""


class NoSuchSurvey(LookupError):
    """There is no survey of this name."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted. ``words``: ``en``, ``fr``, ``both``, any language of the survey, or ``codes``.
    ``by`` and ``breakdowns``: what a workbook is broken down by (see breakdowns.py); what follows up to
    ``definition`` is in contents.py. An edition has the rest: which questions are sensitive, groupings, and
    what staff say of it as "en: …"."""

    survey: str
    kind: Kind
    words: str = "both"
    filters: Filters = EVERY
    is_own: bool = False
    by: str | None = None
    questions: tuple[str, ...] = ()
    breakdowns: tuple[str, ...] = ()
    has_marks: bool = False
    is_weighted: bool = False
    definition: str = ""
    sensitive: tuple[str, ...] = ()
    groupings: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    comment: tuple[str, ...] = ()

    @property
    def contents(self) -> Contents:
        """What a workbook or a summary is to contain."""
        breakdowns = (self.by, *self.breakdowns) if self.by else self.breakdowns
        return Contents(self.questions, breakdowns, self.has_marks, self.is_weighted, self.definition)

    @property
    def wanted(self) -> Wanted:
        """Of an edition."""
        choice = Choice(self.questions, frozenset(self.sensitive), self.groupings)
        return Wanted(choice, _localized(self.title), _localized(self.comment))

    def name(self, made_on: dt.date) -> str:
        """A name for the file: plain letters, digits, hyphens."""
        words = "" if self.kind in WORDLESS else f"-{self.words}"
        own = "-own" if self.is_own else ""
        called = f"-{plain}" if (plain := _plain(self.definition)) else ""
        return f"{self.survey}{own}{called}{words}-{made_on.isoformat()}.{self.kind}"


def _plain(name: str) -> str:
    """Letters and digits of ASCII, with hyphens between."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters.casefold()).strip("-")[:_LONGEST_NAME].strip("-")


class Progress:
    """How far a file is: ``done`` of ``total`` rows are read. Another thread may look."""

    def __init__(self) -> None:
        self.done = 0
        self.total = 0

    def advance(self, rows: int) -> None:
        self.done += rows


def write_file(
    database: Database,
    secret_key: str,
    order: Order,
    path: Path,
    made_on: dt.date,
    progress: Progress | None = None,
    counting: Opening | None = None,
) -> int:
    """Write what is ordered to ``path``, all of it on one snapshot; returns how many responses it holds.

    ``counting``: opens columns, from which a summary is counted where there are many responses. Raises
    NoSuchSurvey, Preparing.
    """
    progress = progress or Progress()
    with database.read() as session:
        survey = survey_by_slug(session, order.survey)
        if survey is None:
            raise NoSuchSurvey(order.survey)
        responses = count_submitted(session, survey.id, order.filters)
        if order.kind == "ndjson":
            progress.total = responses
            _write_ndjson(session, survey, secret_key, order.filters, path, progress)
            return responses
        make = partial(source_of, session, survey, secret_key=secret_key, made_on=made_on)
        if order.kind in SUMMARIES:
            whole = make(counting=counting)
            source = make(filters=order.filters, counting=counting) if order.filters != EVERY else whole
            progress.total = responses
            write_outside(order, _watched(source, progress), whole, path)
            return responses
        source = make(filters=order.filters)
        progress.total = responses * passes(order, source)
        if order.kind == "edition":
            write = _loaded("edition_making", "write_edition")
            write(session, survey.id, source, order.wanted, path, progress.advance)
            return responses
        profile = profile_kept(session, survey.id) if order.is_weighted else None
        _write(order, _watched(source, progress), path, profile.profile if profile else None)
    return responses


def _localized(texts: tuple[str, ...]) -> Localized:
    pairs = (text.partition(": ") for text in texts)
    return Localized((code, text) for code, _, text in pairs)


def _write(order: Order, source: Source, path: Path, profile: Profile | None) -> None:
    if order.kind in TABLE_WRITERS:
        with path.open("wb") as file:
            TABLE_WRITERS[order.kind](source, order.words, file)
    elif order.is_own:
        write_entries(source, Wording.of(order.words, source.fallback), path)
    else:
        write_workbook(source, Wording.of(order.words, source.fallback), path, order.contents, profile)


def _loaded(module: str, writer: str) -> Callable[..., None]:
    """A writer that brings 8 MB of libraries, which a process that makes workbooks does without."""
    found: Callable[..., None] = getattr(import_module(f"consult.reports.{module}"), writer)
    return found


def write_outside(order: Order, source: Source, whole: Source, file: Path | IO[bytes]) -> None:
    """Write one of SUMMARIES. ``whole``: all responses, of which ``source`` may be a selection."""
    chosen = plan_of(source, order.contents).source
    write = _loaded(*SUMMARIES[order.kind])
    write(chosen, Wording.of(order.words, source.fallback), file, whole)


def passes(order: Order, source: Source) -> int:
    """How often the responses are read: some count them first, SPSS measures its texts first."""
    asked = plan_of(source, order.contents).source.asked
    tables = 1 + (len(repeats_of(asked)) if order.kind.endswith(("xlsx", "zip")) else 0)
    if order.kind in ("xlsx", "codebook.zip"):
        return 1 + tables
    return 2 * tables if order.kind in ("sav", "sav.zip") else tables


def _watched(source: Source, progress: Progress) -> Source:
    def rows() -> Iterator[Row]:
        for row in source.rows():
            progress.done += 1
            yield row

    return replace(source, rows=rows)


def _write_ndjson(
    session: Session, survey: Survey, secret_key: str, filters: Filters, path: Path, progress: Progress
) -> None:
    numbers = {version.id: version.number for version in survey.versions}
    with path.open("wb") as file:
        for stored in read_responses(session, survey.id, secret_key, filters):
            file.write(write_line(stored, numbers[stored.version_id]))
            progress.done += 1
