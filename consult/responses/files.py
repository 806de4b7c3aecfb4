"""Files that come with a page: looked into, limited, without what devices add, kept by hash.

    taken = take_files(page, request.form, request.files, files_of(session, response_id), store)
    read_page(questionnaire, page, taken.sent, …)        the form as if the browser had sent coded files
    PageAnswers(…, files=taken.added)                    stored with the page, in one commit

A browser's hidden input says what is kept; it is believed only where the response has that very file.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from werkzeug.datastructures import FileStorage, MultiDict

from consult.db import StorageUnavailable
from consult.files import FileStore, FileTooLarge
from consult.questionnaires.routing import Page
from consult.questions import Question, kind_of
from consult.questions.file import NOT_ONLINE, File, FileAnswer, clean_name
from consult.questions.file_types import HEAD, TYPES, FileType, extension_of, type_of
from consult.responses.files_pictures import LONGEST_EDGE, TooManyPixels, Unreadable, written_anew
from consult.responses.page_form import PREFIX
from consult.responses.records import KeptFile
from consult.responses.traces import remove_traces

MOST_FILES = 40
"""Of one response."""

MOST_BYTES = 250_000_000
"""Of all files of one response."""

MOST_BODY = 100_000_000
"""Bytes of one page that is sent, with all its files."""

SPARE = 200_000_000
"""Bytes that stay free on the disk: no photograph takes the last place that answers need."""


_PRETENDED = "0" * 64, 0
"""Hash and size of a file that nobody sent."""


class NotTaken(Exception):
    """Why a file is not kept: a code of :data:`consult.questions.file_messages.REFUSALS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Taken:
    """``sent``: the form to read; ``added``: what was kept from this request. None: nothing could come."""

    sent: MultiDict[str, str]
    added: tuple[KeptFile, ...] | None = None


def file_questions(page: Page) -> tuple[Question, ...]:
    """The questions of a page that files can answer."""
    return tuple(
        question
        for question in page.questions
        if kind_of(question).takes_file and NOT_ONLINE not in question.appearance
    )


def is_beyond_words(page: Page) -> bool:
    """Whether a page asks for more than words: for files, or for what a device knows (a place, a code)."""
    return any(kind_of(question).takes_file or kind_of(question).device for question in page.questions)


def body_limit(page: Page, otherwise: int) -> int:
    """Bytes that a request with this page's answers may have; ``otherwise`` without files."""
    kinds = (cast(File, kind_of(question)) for question in file_questions(page))
    return otherwise + min(sum(kind.most_bytes for kind in kinds), MOST_BODY)


def without_uploads(page: Page, form: MultiDict[str, str], store: FileStore) -> MultiDict[str, str]:
    """The form of a page whose files cannot be kept, because nobody knows to whom they belong."""
    return take_files(page, form, MultiDict(), {}, store).sent


def pretended_files(page: Page, form: MultiDict[str, str]) -> MultiDict[str, str]:
    """The form of a rehearsal, which sends the names of files only: as if each had come, and was taken."""
    sent = MultiDict(form)
    for question in file_questions(page):
        name = f"{PREFIX}{question.key}"
        chosen, kept = form.get(f"{name}/upload"), FileAnswer.read(form.get(name))
        if form.get(f"{name}/remove"):
            kept = None
        if chosen:
            kept = FileAnswer(*_PRETENDED, cast(File, kind_of(question)).example, clean_name(chosen))
        sent[name] = kept.coded if kept else ""
    return sent


def take_files(
    page: Page,
    form: MultiDict[str, str],
    files: MultiDict[str, FileStorage],
    kept: Mapping[str, KeptFile],
    store: FileStore,
) -> Taken:
    """Keep the files of a page that was sent. ``kept``: what this response has already, by hash.

    Raises StorageUnavailable, also when the disk is nearly full.
    """
    questions = file_questions(page)
    if not questions:
        return Taken(form)
    sent = MultiDict(form)
    added: dict[str, KeptFile] = {}
    for question in questions:
        name = f"{PREFIX}{question.key}"
        for extra in ("upload", "remove", "refused"):
            sent.poplist(f"{name}/{extra}")
        before = None if form.get(f"{name}/remove") else _believed(form.get(name), {**kept, **added})
        upload = files.get(f"{name}/upload")
        try:
            now = _received(question, upload, {**kept, **added}, store) if _is_there(upload) else before
        except NotTaken as refused:
            now = before
            sent[f"{name}/refused"] = refused.code
        sent[name] = now.coded if now else ""
        if now and now.digest not in kept:
            added[now.digest] = KeptFile(now.digest, now.type, now.size)
    return Taken(sent, tuple(added.values()))


def _believed(written: str | None, known: Mapping[str, KeptFile]) -> FileAnswer | None:
    said = FileAnswer.read(written)
    file = known.get(said.digest) if said else None
    if said is None or file is None:
        return None
    return FileAnswer(file.digest, file.size, file.type, _named(said.name, TYPES[file.type]))


def _is_there(upload: FileStorage | None) -> bool:
    return upload is not None and bool(upload.filename)


def _received(question: Question, upload: Any, known: Mapping[str, KeptFile], store: FileStore) -> FileAnswer:
    kind = cast(File, kind_of(question))
    stream: BinaryIO = upload.stream
    found = _looked_into(kind, stream)
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    if size > kind.most_bytes:
        raise NotTaken("too_large")
    if len(known) >= MOST_FILES or sum(file.size for file in known.values()) + size > MOST_BYTES:
        raise NotTaken("too_many")
    _refuse_full_disk(store, size)
    name = _named(clean_name(upload.filename), found)
    try:
        if found.family != "image":
            remove_traces(stream, found.type, size)
            return FileAnswer(store.put(stream, kind.most_bytes), size, found.type, name)
        content, type_ = written_anew(stream, found, _longest_edge(question))
        digest = store.put(content, max(kind.most_bytes, len(content)))
        return FileAnswer(digest, len(content), type_, _named(name, TYPES[type_]))
    except FileTooLarge:
        raise NotTaken("too_large") from None
    except TooManyPixels:
        raise NotTaken("too_many_pixels") from None
    except Unreadable:
        raise NotTaken("unreadable") from None


def _looked_into(kind: File, stream: BinaryIO) -> FileType:
    stream.seek(0)
    head = stream.read(HEAD)
    if not head:
        raise NotTaken("empty")
    found = type_of(head)
    if found is None or found.family not in kind.families:
        raise NotTaken("wrong_kind")
    return found


def _named(name: str, found: FileType) -> str:
    stem = name.rpartition(".")[0] or name
    return clean_name(f"{stem}.{extension_of(found, name)}")


def _longest_edge(question: Question) -> int:
    written = question.parameters.get("max-pixels", "")
    return int(written) if written.isdecimal() and 0 < len(written) < 6 and int(written) else LONGEST_EDGE


def _refuse_full_disk(store: FileStore, size: int) -> None:
    folder = store.folder
    while not folder.exists():
        folder = folder.parent
    if shutil.disk_usage(folder).free - size < SPARE:
        raise StorageUnavailable("files: the disk is nearly full")
