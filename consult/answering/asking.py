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
from consult.answering.listing import is_about_removing, remove, show_list
from consult.answering.resuming import to_code
from consult.answering.showing import ready_page, show_again, show_found, show_page
from consult.answering.sitting import Sitting, give_receipt, send_to_start, sit_down, sit_down_first
from consult.answering.standing import questionnaire_of, standing_or_404
from consult.answering.uploading import uploads
from consult.answering.visit import Entry, Visit, read_visit, remember
from consult.db import Database
from consult.files import answer_files
from consult.questionnaires.routing import Spot, next_spot, previous_spot
from consult.responses.files import without_uploads
from consult.responses.finding import searched_on
from consult.responses.page import ReadPage, read_page
from consult.responses.places import back_to_review, place_of
from consult.responses.records import PageAnswers, Saving, Start
from consult.responses.service import NotBegun, begin_while_open, save_page

Save = Callable[[Database, Start, PageAnswers], Saving]

_REVIEW = "review"
"""In the address of a page that was opened from the review: it leads back there."""


def page(survey: str, page: str) -> str | Response | Redirect:
    """The page, with what stands on it."""
    entry = read_visit().entry(survey)
    if entry and not entry.is_stored and (ready := ready_page(entry, page)):
        return ready
    sitting = sit_down(survey)
    spot = sitting.spot(page)
    return show_list(sitting, spot) if spot.page.kind == "list" else show_page(sitting, spot)


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
    survey, current = sitting.entry.survey, sitting.spot(page)
    if current.page.kind == "list" and is_about_removing():
        return remove(sitting, current)
    taken = uploads(sitting, current.page)
    read = _read(sitting, current, taken.sent)
    action = "language" if "language" in request.form else request.form.get("go", "next")
    if key := searched_on(current.page, request.form, read, goes_on=action == "next"):
        return show_found(sitting, current, read, key)
    onward = _onward(sitting, current, read, action)
    if sitting.draft or read.answers or read.unsaved or action in ("next", "save"):
        what = (read.asked, read.answers, read.unsaved)
        kept = PageAnswers(g.lang, place_of(onward), *what, files=taken.added, trail=current.trail)
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
    current = sitting.spot(page)
    start_url = url_for("answering.start", survey=survey)
    summary = Markup(render_template("answering/_unknown_device.html", start_url=start_url))  # noqa: S704
    sent = without_uploads(current.page, request.form, answer_files(http.settings()))
    return show_again(sitting, current, _read(sitting, current, sent), summary)


def _read(sitting: Sitting, current: Spot, sent: MultiDict[str, str]) -> ReadPage:
    return read_page(
        sitting.questionnaire,
        current.page,
        sent,
        sitting.answers,
        now=http.now(),
        language=g.lang,
        seed=sitting.seed,
        trail=current.trail,
    )


def _onward(sitting: Sitting, current: Spot, read: ReadPage, action: str) -> Spot | None:
    """The page on which the person goes on; None for the review."""
    questionnaire = sitting.questionnaire
    if action == "back":
        return previous_spot(questionnaire, read.evaluation, current) or current
    if action != "next" or not read.is_complete:
        return current
    following = next_spot(questionnaire, read.evaluation, current)
    if _REVIEW not in request.args:
        return following
    return back_to_review(questionnaire, sitting.evaluation, read.evaluation, following)


def _reply(
    sitting: Sitting, current: Spot, read: ReadPage, action: str, onward: Spot | None
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


def _in_other_language(sitting: Sitting, current: Spot) -> Redirect:
    wanted = request.form["language"]
    lang = wanted if wanted in sitting.questionnaire.languages else g.lang
    anchors = {f"q-{question.key}" for question in current.page.questions}
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
