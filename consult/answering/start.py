"""The start of a survey: who asks and why, the privacy notice, and consent to exactly that notice."""

from __future__ import annotations

import uuid

from flask import abort, g, make_response, redirect, render_template, request, url_for
from flask.wrappers import Response
from werkzeug.wrappers import Response as Redirect

from consult import http
from consult.answering.closing import closed_page
from consult.answering.notice import language_urls, notice_terms, paragraphs, place_url
from consult.answering.standing import Standing, questionnaire_of, standing_or_404
from consult.answering.visit import Entry, read_visit, remember
from consult.questionnaires.routing import evaluate, next_page, pages
from consult.questionnaires.texts import missing
from consult.questions import kind_of
from consult.responses.service import read_draft
from consult.surveys.editions import with_results
from consult.surveys.service import Published


def start(survey: str) -> Response:
    """Everything a person needs to know before the first question."""
    with http.database().read() as session:
        standing = standing_or_404(session, survey)
        asked = questionnaire_of(session, standing)
        entry = read_visit().entry(survey)
        draft = read_draft(session, entry.response) if entry and entry.is_stored else None
        has_results = not standing.is_open and bool(with_results(session, slug=survey))
    is_unfinished = draft is not None and not draft.is_submitted
    if not standing.is_open:
        kept_until = entry.kept_until if entry and is_unfinished else None
        return closed_page(standing, asked, kept_until, has_results=has_results)
    continue_url = place_url(survey, draft.goes_on_at) if draft and is_unfinished else None
    return _start_page(standing, asked, continue_url=continue_url)


def consent(survey: str) -> Response | Redirect:
    """Begin: the device remembers what was agreed to, in which language, on which day."""
    with http.database().read() as session:
        standing = standing_or_404(session, survey)
        asked = questionnaire_of(session, standing)
    if not standing.is_open:
        return closed_page(standing, asked)
    if g.lang not in asked.questionnaire.languages:
        abort(400)
    if request.form.get("notice") != asked.notice_digest:
        return _start_page(standing, asked, notice_changed=True)
    visit = read_visit()
    before = visit.entry(survey)
    # A second press of the button, before anything is stored, is the same beginning.
    response_id = before.response if before and not before.is_stored else uuid.uuid4()
    entry = Entry(survey, asked.version_id, response_id, asked.notice_digest, g.lang, http.now().date())
    answer = redirect(first_page_url(asked, survey), 303)
    remember(answer, visit.with_entry(entry))
    return answer


def first_page_url(asked: Published, survey: str) -> str:
    """The address of the first page with something to ask."""
    evaluation = evaluate(asked.questionnaire, {}, now=http.now(), language=g.lang)
    page = next_page(asked.questionnaire, evaluation, None)
    if page is None:
        abort(404)
    return url_for("answering.page", survey=survey, page=page.key)


def _start_page(
    standing: Standing, asked: Published, *, continue_url: str | None = None, notice_changed: bool = False
) -> Response:
    questionnaire = asked.questionnaire
    questions = (question for page in pages(questionnaire) for question in page.questions)
    page = render_template(
        "answering/start.html",
        asker=standing.asker,
        urls=language_urls("answering.start", questionnaire, survey=standing.slug),
        title=questionnaire.title.pick(g.lang, questionnaire.default_language),
        introduction=paragraphs(questionnaire.notice.introduction, questionnaire),
        notice=notice_terms(questionnaire),
        contact=paragraphs(questionnaire.notice.contact, questionnaire),
        notice_digest=asked.notice_digest,
        notice_changed=notice_changed,
        is_lost="lost" in request.args,
        questions=sum(kind_of(question).takes_answer for question in questions),
        minutes=questionnaire.minutes,
        is_offered=g.lang in questionnaire.languages,
        untranslated=len(missing(questionnaire, g.lang)),
        continue_url=continue_url,
    )
    return make_response(page, 422 if notice_changed else 200)
