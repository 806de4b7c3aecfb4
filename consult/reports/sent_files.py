"""Files that were sent as answers: a list, each by itself, and all of them in one archive.

What people send is never shown inside a page of ours: it leaves as an attachment, with its type by content,
in a sandbox. Only files of submitted responses, and only those that came with them (see files_rows.py).
"""

from __future__ import annotations

import io
import re
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO
from urllib.parse import quote

import sqlalchemy as sa
from flask import Response, abort, g, render_template
from sqlalchemy.orm import Session

from consult.accounts.access import actor
from consult.files import FileMissing, FileStore, answer_files
from consult.http import database, now, session, settings
from consult.i18n import LocalText
from consult.questions.file import FileAnswer, size_in_words
from consult.questions.file_types import TYPES
from consult.reports.columns import number_of
from consult.reports.downloads import record_files
from consult.reports.routes import blueprint, named_survey
from consult.responses.files_rows import files_of_survey, named_files
from consult.responses.models import ResponseState
from consult.responses.rows import RESPONSE
from consult.surveys.models import Survey
from consult.surveys.service import published

MOST_LISTED = 200
"""Files on the page; the archive has all of them."""

_BLOCK = 1 << 18
_SANDBOX = "default-src 'none'; sandbox"


@dataclass(frozen=True, slots=True)
class Sent:
    """``number`` is the response's, as every report has it; ``key`` the question's."""

    response_id: uuid.UUID
    number: str
    key: str
    file: FileAnswer

    @property
    def place(self) -> str:
        """Where it lies in the archive."""
        return f"{self.key}/{self.number}-{self.file.place}"

    @property
    def size(self) -> str:
        return size_in_words(self.file, g.lang)


@blueprint.get("/reports/<survey>/files/")
def sent_files(survey: str) -> str:
    """What was sent, by question and response."""
    of = named_survey(survey)
    found = files_sent(session(), of.id)
    return render_template(
        "reports/sent_files.html",
        survey=of,
        shown=found[:MOST_LISTED],
        total=len(found),
        labels=_labels(of),
    )


@blueprint.get("/reports/<survey>/files/<response>/<digest>")
def sent_file(survey: str, response: str, digest: str) -> Response:
    """One file."""
    of = named_survey(survey)
    wanted = (sent for sent in files_sent(session(), of.id, response) if sent.file.digest == digest)
    sent = next(wanted, None) or abort(404)
    try:
        content = answer_files(settings()).open(sent.file.digest)
    except FileMissing:
        abort(404)
    name = f"{sent.number}-{sent.file.name}"
    record_files(database(), of.id, actor().id, kind="file", responses=1, now=now())
    return _attachment(_blocks(content), TYPES[sent.file.type].type, name)


@blueprint.get("/reports/<survey>/files.zip")
def archive(survey: str) -> Response:
    """All files, in a folder for each question, made while it is sent."""
    of = named_survey(survey)
    found = files_sent(session(), of.id)
    responses = len({sent.response_id for sent in found})
    record_files(database(), of.id, actor().id, kind="files.zip", responses=responses, now=now())
    blocks = zipped(found, answer_files(settings()))
    return _attachment(blocks, "application/zip", f"{of.slug}-files.zip")


def files_sent(reading: Session, survey_id: uuid.UUID, response: str | None = None) -> list[Sent]:
    """Every file that came with the submitted responses of a survey (or with one), in the order of their
    drawn numbers."""
    known = files_of_survey(reading, survey_id)
    rows = sa.select(RESPONSE.c.id, RESPONSE.c.answers).where(
        RESPONSE.c.survey_id == survey_id, RESPONSE.c.state == ResponseState.SUBMITTED
    )
    wanted = {identity for identity, _digest in known if response in (None, str(identity))}
    found = [
        Sent(row.id, number_of(row.id), key, file)
        for row in (reading.execute(rows.where(RESPONSE.c.id.in_(wanted))) if wanted else ())
        for key, file in named_files(row.answers)
        if (row.id, file.digest) in known
    ]
    return sorted(found, key=lambda sent: (sent.number, sent.key, sent.file.digest))


def zipped(sent: list[Sent], store: FileStore) -> Iterator[bytes]:
    """An archive as it is written, in constant memory; without clock times. What is gone is left out."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as made:
        for place, digest in {each.place: each.file.digest for each in sent}.items():
            try:
                content = store.open(digest)
            except FileMissing:
                continue
            with content, made.open(zipfile.ZipInfo(place), "w", force_zip64=True) as member:
                while block := content.read(_BLOCK):
                    member.write(block)
                    yield sink.taken()
    yield sink.taken()


class _Sink(io.RawIOBase):
    """Takes what an archive writes until it is sent; it cannot go back."""

    def __init__(self) -> None:
        self._blocks: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, block: Any, /) -> int:
        self._blocks.append(bytes(block))
        return len(block)

    def taken(self) -> bytes:
        blocks, self._blocks = self._blocks, []
        return b"".join(blocks)


def _blocks(content: BinaryIO) -> Iterator[bytes]:
    with content as file:
        while block := file.read(_BLOCK):
            yield block


def _attachment(blocks: Iterator[bytes], type_: str, name: str) -> Response:
    response = Response(blocks, content_type=type_)
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", name)
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    )
    response.headers["Content-Security-Policy"] = _SANDBOX
    return response


def _labels(of: Survey) -> dict[str, LocalText]:
    """Question key → label, in the office's language, as the version that is asked now has it."""
    if of.current_version_id is None:
        return {}
    questionnaire = published(session(), of.current_version_id).questionnaire
    return {
        key: question.label.pick(g.lang, questionnaire.default_language)
        for key, question in questionnaire.questions.items()
    }
