"""Files that newcomers send with a page: only where staff switched it on, and the page asks for one."""

from __future__ import annotations

from typing import Any

from flask import current_app, request

from consult import http
from consult.answering.sitting import Sitting
from consult.answering.standing import questionnaire_of, standing_or_404
from consult.answering.visit import read_visit
from consult.files import answer_files
from consult.questionnaires.routing import Page
from consult.responses.files import Taken, body_limit, file_questions, take_files
from consult.responses.files_rows import files_of
from consult.responses.places import spot_of


def allow_files(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Raise the limit of this request's body, before anything of it is read, for a page that asks for files.

    Everything else keeps the small limit: what is larger is refused unread.
    """
    usual = current_app.config["MAX_CONTENT_LENGTH"]
    if request.mimetype != "multipart/form-data" or (request.content_length or 0) <= usual:
        return
    entry = read_visit().entry((values or {}).get("survey", ""))
    if values is None or entry is None or "page" not in values or request.method != "POST":
        return
    with http.database().look() as session:
        standing = standing_or_404(session, entry.survey)
        questionnaire = questionnaire_of(session, standing, entry.version).questionnaire
    spot = spot_of(questionnaire, values["page"])
    if spot is not None and standing.is_open:
        request.max_content_length = body_limit(spot.page, usual)


def uploads(sitting: Sitting, page: Page) -> Taken:
    """The form of this request with its files kept. ``page`` is the one that was sent."""
    if not file_questions(page):
        return Taken(request.form)
    kept = {}
    if sitting.draft is not None:
        with http.database().look() as session:
            kept = files_of(session, sitting.entry.response)
    return take_files(page, request.form, request.files, kept, answer_files(http.settings()))
