"""Files that data collectors send with a page of an interview, or with a correction."""

from __future__ import annotations

import uuid
from typing import Any

from flask import current_app, request

from consult import http
from consult.accounts.access import visitor
from consult.files import answer_files
from consult.questionnaires.routing import Page
from consult.responses.files import MOST_BODY, Taken, file_questions, take_files
from consult.responses.files_rows import add_files, files_of, forget_files

_PAGES = frozenset(("collecting.save", "collecting.correct"))


def allow_files(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Raise the limit of this request's body, before anything of it is read, for pages of questions.

    Only for people who are signed in; who may do what is decided afterwards, as ever.
    """
    usual = current_app.config["MAX_CONTENT_LENGTH"]
    is_large = request.mimetype == "multipart/form-data" and (request.content_length or 0) > usual
    if endpoint in _PAGES and is_large and visitor() is not None:
        request.max_content_length = usual + MOST_BODY


def uploads(response_id: uuid.UUID, page: Page, *, is_stored: bool = False) -> Taken:
    """The form of this request with its files kept. ``is_stored``: the response is; its files are added to it
    at once, so that they stay when the page has to be corrected first."""
    if not file_questions(page):
        return Taken(request.form)
    with http.database().read() as reading:
        kept = files_of(reading, response_id)
    taken = take_files(page, request.form, request.files, kept, answer_files(http.settings()))
    if is_stored:
        add_files(http.database(), response_id, taken.added or ())
    return taken


def files_sent(response_id: uuid.UUID) -> frozenset[str]:
    """Hashes of what came with a response."""
    with http.database().read() as reading:
        return frozenset(files_of(reading, response_id))


def forget_sent(digests: frozenset[str]) -> None:
    """Take away what came with a response that is deleted."""
    forget_files(http.database(), answer_files(http.settings()), digests)
