"""A page of questions: shown, sent, shown again in another language; nothing that was typed is lost."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import suppress

from flask import g, redirect, render_template, request, url_for
from flask.wrappers import Response
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirect

from consult import http
from consult.answering.resuming import to_code
from consult.answering.showing import ready_page, show_again, show_page
from consult.answering.sitting import Sitting, give_receipt, send_to_start, sit_down, sit_down_first
from consult.answering.standing import questionnaire_of, standing_or_404
from consult.answering.uploading import uploads
from consult.answering.visit import Entry, Visit, read_visit, remember
from consult.db import Database
from consult.files import answer_files
from consult.questionnaires.routing import Page, next_page, previous_page
from consult.responses.files import without_uploads
from consult.responses.page import ReadPage, read_page
from consult.responses.records import PageAnswers, Saving, Start
from consult.responses.service import NotBegun, begin_while_open, save_page

Save = Callable[[Database, Start, PageAnswers], Saving]

_REVIEW = "review"
"""In the address of a page that was opened from the review: it leads back there."""


def page(survey: str, page: str) -> Response | Redirect:
    """The page, with what stands on it."""
    entry = read_visit().entry(survey)
    if entry and not entry.is_stored and (ready := ready_page(entry, page)):
        return ready
    sitting = sit_down(survey)
    return show_page(sitting, sitting.page(page))


def answer(survey: str, page: str) -> Response | Redirect:
    """Keep what was sent, then go where the pressed button leads."""
    visit = read_visit()
    if visit.entry(survey) is None and visit.receipt(survey) is None:
        return _unknown_device(survey, page)
    with suppress(NotBegun):
        # A file belongs to a response: the response comes first.
        if not request.files and (first := sit_down_first(visit, survey)):
            return _answered(first, page, begin_while_open)
    return _answered(sit_down(survey), page, save_page)


def _answered(sitting: Sitting, page: str, save: Save) -> Response | Redirect:
    """Read, keep, go on. Raises NotBegun."""
    survey, current = sitting.entry.survey, sitting.page(page)
    taken = uploads(sitting, current)
    read = _read(sitting, current, taken.sent)
    action = "language" if "language" in request.form else request.form.get("go", "next")
    onward = _onward(sitting, current, read, action)
    if sitting.draft or read.answers or read.unsaved or action in ("next", "save"):
        goes_on_at = onward.key if onward else None
        kept = PageAnswers(g.lang, goes_on_at, read.asked, read.answers, read.unsaved, files=taken.added)
        saving = save(http.database(), sitting.start, kept)
        if saving is Saving.SUBMITTED:
            return give_receipt(sitting.visit, survey, sitting.entry.response)
        if saving is Saving.OTHER:
            send_to_start(sitting.visit.without(survey), survey)
        sitting = sitting.kept()
    reply = _reply(sitting, current, read, action, onward)
    remember(reply, sitting.visit)
    return reply


def _unknown_device(survey: str, page: str) -> Response | Redirect:
    """The cookie is gone. Nothing can be kept without consent, but nothing typed is lost either."""
    with http.database().look() as session:
        standing = standing_or_404(session, survey)
        asked = questionnaire_of(session, standing)
    entry = Entry(survey, asked.version_id, uuid.uuid4(), asked.notice_digest, g.lang, http.now().date())
    sitting = Sitting(standing, Visit(), entry, asked, None)
    sitting.require_open_in_this_language()
    current = sitting.page(page)
    start_url = url_for("answering.start", survey=survey)
    summary = Markup(render_template("answering/_unknown_device.html", start_url=start_url))  # noqa: S704
    sent = without_uploads(current, request.form, answer_files(http.settings()))
    return show_again(sitting, current, _read(sitting, current, sent), summary)


def _read(sitting: Sitting, current: Page, sent: MultiDict[str, str]) -> ReadPage:
    return read_page(
        sitting.questionnaire,
        current,
        sent,
        sitting.answers,
        now=http.now(),
        language=g.lang,
        seed=sitting.seed,
    )


def _onward(sitting: Sitting, current: Page, read: ReadPage, action: str) -> Page | None:
    """The page on which the person goes on; None for the review."""
    questionnaire = sitting.questionnaire
    if action == "back":
        return previous_page(questionnaire, read.evaluation, current) or current
    if action != "next" or not read.is_complete:
        return current
    following = next_page(questionnaire, read.evaluation, current)
    if _REVIEW not in request.args:
        return following
    # Back to the review, but for pages that this answer has brought up.
    while following and sitting.evaluation.page_relevant(following):
        following = next_page(questionnaire, read.evaluation, following)
    return following


def _reply(
    sitting: Sitting, current: Page, read: ReadPage, action: str, onward: Page | None
) -> Response | Redirect:
    survey = sitting.entry.survey
    if action == "language":
        return _in_other_language(sitting, current)
    if action == "save":
        return to_code(sitting)
    if action == "leave":
        return redirect(url_for("answering.leave"), 303)
    if action == "back" and onward is current:
        return redirect(url_for("answering.start", survey=survey), 303)
    if action == "next" and read.errors:
        return show_again(sitting, current, read)
    anchor = f"q-{read.revealed[0]}" if action == "next" and read.revealed else None
    return redirect(sitting.url(onward, review=request.args.get(_REVIEW), _anchor=anchor), 303)


def _in_other_language(sitting: Sitting, current: Page) -> Redirect:
    wanted = request.form["language"]
    lang = wanted if wanted in sitting.questionnaire.languages else g.lang
    anchors = {f"q-{question.key}" for question in current.questions}
    anchor = request.form.get("at")
    return redirect(
        sitting.url(
            current,
            lang=lang,
            review=request.args.get(_REVIEW),
            _anchor=anchor if anchor in anchors else None,
        ),
        303,
    )
