"""Stop now, go on later, here or elsewhere: a short code, no account."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from flask import abort, g, make_response, redirect, render_template, request, url_for
from flask.wrappers import Response
from flask_babel import format_date
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response as Redirect

from consult import http
from consult.answering.notice import interface_urls, language_urls, place_url
from consult.answering.sitting import Sitting, sit_down
from consult.answering.visit import Entry, read_visit, remember
from consult.responses.codes import TooManyGuesses, find_by_code, issue_code, resume_code
from consult.responses.records import Draft
from consult.responses.service import read_draft
from consult.surveys.models import Survey
from consult.surveys.service import published


def saved(survey: str) -> str:
    """The code of this device's unfinished answers; asked for again it is the same."""
    sitting = sit_down(survey)
    if sitting.draft is None:
        abort(404)
    return render_template(
        "answering/saved.html",
        asker=sitting.standing.asker,
        urls=language_urls("answering.saved", sitting.questionnaire, survey=survey),
        code=resume_code(sitting.entry.response, http.settings().secret_key),
        resume_url=f"{http.settings().base_url}{url_for('answering.resume')}",
        kept_until=format_date(sitting.entry.kept_until, "long"),
        continue_url=place_url(survey, sitting.draft.goes_on_at),
    )


def save(survey: str) -> Redirect:
    """From the review, where nothing is typed: make the code valid and show it."""
    return to_code(sit_down(survey))


def to_code(sitting: Sitting) -> Redirect:
    """Make the code of a stored sitting valid; it is shown on a page of its own."""
    response_id = sitting.entry.response
    issue_code(http.database(), response_id, http.settings().secret_key, sitting.entry.kept_until)
    return redirect(url_for("answering.saved", survey=sitting.entry.survey), 303)


def resume() -> Response:
    """Ask for the code."""
    return _resume_page()


def find() -> Response | Redirect:
    """Go on with the answers of a code; wrong, expired and ended codes look the same."""
    written = request.form.get("code", "")[:60]
    try:
        found = find_by_code(http.database(), written, http.settings().secret_key, http.now())
    except TooManyGuesses as problem:
        raise TooManyRequests(retry_after=problem.retry_after) from problem
    if found is None:
        return _resume_page(written, is_wrong=True)
    entry, draft = _read(found)
    if entry is None or draft is None:
        return _resume_page(written, is_wrong=True)
    # In the language of this page where the survey has it: that is what the person reads now.
    lang = g.lang if g.lang in _languages(entry) else draft.language
    answer = redirect(place_url(entry.survey, draft.goes_on_at, lang=lang), 303)
    remember(answer, read_visit().with_entry(entry))
    return answer


def _read(response_id: uuid.UUID) -> tuple[Entry | None, Draft | None]:
    """The draft, and what a device that began it would remember; None where there was no consent."""
    with http.database().read() as session:
        draft = read_draft(session, response_id)
        if draft is None or draft.start.consent is None:
            return None, draft
        start, consent = draft.start, draft.start.consent
        slug = session.execute(sa.select(Survey.slug).where(Survey.id == start.survey_id)).scalar_one()
    day = consent.given_on
    return Entry(slug, start.version_id, response_id, consent.notice, consent.language, day, True), draft


def _languages(entry: Entry) -> tuple[str, ...]:
    with http.database().read() as session:
        return published(session, entry.version).questionnaire.languages


def _resume_page(written: str = "", *, is_wrong: bool = False) -> Response:
    urls = interface_urls("answering.resume")
    shown = "".join(sign for sign in written if sign.isprintable())
    page = render_template("answering/resume.html", urls=urls, code=shown, is_wrong=is_wrong)
    return make_response(page, 422 if is_wrong else 200)
