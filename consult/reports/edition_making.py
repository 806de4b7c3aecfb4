"""Making an edition: from an order to what can be published, as one file that waits to be looked at.

The file is an archive: ``edition.json`` with the document, what was chosen, and which editions it takes into
account, or with the reason why nothing can be published; ``memory.json``; and every file of the edition.
"""

from __future__ import annotations

import io
import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

import sqlalchemy as sa
from sqlalchemy.orm import Session

from consult.db import write_json
from consult.reports.disclosure.protect import TooFew, TooLittleNew, protect
from consult.reports.disclosure.suppression import Unprotectable
from consult.reports.edition_csv import write_csv
from consult.reports.edition_document import document_of
from consult.reports.edition_memory import edition_of, memory_of
from consult.reports.edition_tables import Wanted, tables_of
from consult.reports.edition_word import write_word
from consult.reports.edition_workbook import write_edition_workbook
from consult.reports.routed import links_of, with_those_before
from consult.reports.source import Source, watched
from consult.reports.wording import Wording
from consult.surveys.editions import Edition, EditionMemory, RoundingKey, editions_of, file_names

SENSITIVE_THRESHOLD = 20
MOST_GROUPINGS = 3

_WRITERS: Mapping[str, Callable[[Mapping[str, Any], Wording, IO[bytes]], None]] = {
    "xlsx": write_edition_workbook,
    "docx": write_word,
    "csv": write_csv,
}


@dataclass(frozen=True, slots=True)
class Made:
    """An edition that was not published yet. ``earlier``: the numbers of those that it takes into account.
    ``problem``: why there is none; then ``new`` responses of at least ``threshold``."""

    document: dict[str, Any] | None
    choice: dict[str, Any]
    earlier: tuple[int, ...]
    responses: int
    memory: dict[str, Any] | None = None
    problem: str = ""
    new: int = 0
    threshold: int = 0


def make_edition(session: Session, survey_id: uuid.UUID, source: Source, wanted: Wanted) -> Made:
    """Count, protect, write down; on the snapshot of ``session``. The survey has a rounding key by then."""
    choice, editions = wanted.choice, editions_of(session, survey_id)
    key = session.scalars(sa.select(RoundingKey.key).where(RoundingKey.survey_id == survey_id)).one()
    sensitive = max(SENSITIVE_THRESHOLD, source.threshold)
    counted = with_those_before(source.asked, choice)
    tables = tables_of(source.asked, source.rows(), counted, source.threshold, sensitive)
    written = {
        "questions": list(choice.questions),
        "sensitive": sorted(choice.sensitive),
        "by": list(choice.by),
    }
    made = Made(
        None, written, tuple(each.number for each in editions), source.total, threshold=source.threshold
    )
    try:
        protected = protect(
            tables,
            key=bytes.fromhex(key),
            earlier=_remembered(session, editions),
            links=links_of(source.asked),
        )
    except TooFew:
        return _failed(made, "too_few")
    except TooLittleNew as problem:
        return _failed(made, "too_little_new", new=problem.new, threshold=problem.threshold)
    except Unprotectable:
        return _failed(made, "unprotectable")
    document = document_of(source, choice, protected, wanted.title, wanted.comment)
    return Made(document, written, made.earlier, source.total, memory=memory_of(protected.edition))


def _failed(made: Made, problem: str, *, new: int = 0, threshold: int = 0) -> Made:
    return Made(
        None,
        made.choice,
        made.earlier,
        made.responses,
        problem=problem,
        new=new,
        threshold=threshold or made.threshold,
    )


def _remembered(session: Session, editions: Sequence[Edition]) -> list[Any]:
    """Also withdrawn ones: who has read them knows them."""
    return [edition_of(session.get_one(EditionMemory, edition.id).content) for edition in editions]


def write_edition(
    session: Session,
    survey_id: uuid.UUID,
    source: Source,
    wanted: Wanted,
    path: Path,
    advance: Callable[[int], object],
) -> None:
    """As :func:`make_edition`, into the file ``path``."""
    made = make_edition(session, survey_id, watched(source, advance), wanted)
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        about = {
            "document": made.document,
            "choice": made.choice,
            "earlier": list(made.earlier),
            "responses": made.responses,
            "problem": made.problem,
            "new": made.new,
            "threshold": made.threshold,
        }
        archive.writestr("edition.json", write_json(about))
        if made.document is not None:
            archive.writestr("memory.json", write_json(made.memory))
            for name, content in files_of(made.document).items():
                archive.writestr(f"files/{name}", content)


def read_made(path: Path, *, with_memory: bool = False) -> Made:
    """What :func:`write_edition` wrote. Raises FileNotFoundError."""
    with ZipFile(path) as archive:
        about = json.loads(archive.read("edition.json"))
        about["earlier"] = tuple(about["earlier"])
        if with_memory and not about["problem"]:
            about["memory"] = json.loads(archive.read("memory.json"))
    return Made(**about)


def made_file(path: Path, name: str) -> bytes:
    """A file of an edition that waits. Raises FileNotFoundError, KeyError."""
    with ZipFile(path) as archive:
        return archive.read(f"files/{name}")


def files_of(document: Mapping[str, Any]) -> dict[str, bytes]:
    """Every file of an edition, by its name; from the document alone."""
    found = {}
    for name in file_names():
        words, kind = name.split(".")
        written = io.BytesIO()
        _WRITERS[kind](document, Wording.of(words, document["fallback"]), written)
        found[name] = written.getvalue()
    return found
