"""An interview, page by page: asked in one language, understood in two; kept with every step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, current_app, flash, g, redirect, render_template, request, url_for
from flask import session as browser
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from consult import http
from consult.accounts.access import actor
from consult.collecting.listing import leave_list, show_list
from consult.collecting.routes import Page, blueprint, flash_lost
from consult.collecting.sitting import Interview, after, identity, open_interview, page_url
from consult.collecting.uploading import files_sent, forget_sent, uploads
from consult.collecting.words import read_words, words_beside
from consult.i18n import OFFICIAL_LANGUAGES, gettext, language
from consult.questionnaires.routing import Spot, final_answers, pages, previous_spot
from consult.questionnaires.trails import document_at, notes_of
from consult.responses.compiled import Compiled, PageState, View, compiled_page
from consult.responses.files import file_questions
from consult.responses.finding import FRAGMENT, searched_on, with_search
from consult.responses.items import spot_title
from consult.responses.media import media_of
from consult.responses.page import ReadPage, read_page
from consult.responses.places import can_stand, place_of, spot_of, with_item
from consult.responses.reading_back import read_back
from consult.responses.records import Draft, PageAnswers, Saving, Submitting
from consult.responses.service import discard_draft, save_page, submit_response

AUTOSAVE = "autosave"
"""Name of the field by which the page's script says that nobody pressed a button."""


class Incomplete(Exception):
    """Something is missing: nothing is sent."""


@blueprint.get("/collect/<survey>/<response>/go-on")
def go_on(survey: str, response: str) -> Page:
    """Where the interview was left."""
    interview = open_interview(survey, response)
    answers = interview.draft.answers
    left = spot_of(interview.questionnaire, interview.draft.goes_on_at)
    if left is None or not can_stand(interview.evaluate(answers), answers, left.trail):
        left = Spot(pages(interview.questionnaire)[0])
    return redirect(page_url(interview, place_of(left)))


@blueprint.get("/collect/<survey>/<response>/page/<place:page>")
def page(survey: str, response: str, page: str) -> str:
    """One page of questions with what is stored of it, or the list of a repeat."""
    interview = open_interview(survey, response)
    spot, draft = interview.spot(page), interview.draft
    if spot.page.kind == "list":
        return show_list(interview, spot)
    inside = interview.evaluate(with_item(draft.answers, spot.trail)).at(spot.trail)
    own = document_at(draft.answers, spot.trail)
    state = PageState(own, inside, notes_of(draft.unsaved, spot.trail))
    notes = (notes_of(each, spot.trail) for each in (draft.original_language, draft.translations))
    return _show(interview, spot, state, *notes)


@blueprint.post("/collect/<survey>/<response>/page/<place:page>")
def save(survey: str, response: str, page: str) -> Page | Response:
    """Keep the page, whatever it says; go on when it is complete."""
    interview = open_interview(survey, response)
    of = interview.spot(page)
    if of.page.kind == "list":
        return leave_list(interview, of)
    taken = uploads(interview.id, of.page)
    read = _read(interview, of, taken.sent)
    stays = AUTOSAVE in request.form or "switch" in request.form
    before = notes_of(interview.draft.translations, of.trail)
    spoken, translations = read_words(of.page, request.form, read.answers, interview, before)
    if key := searched_on(of.page, request.form, read, goes_on=not stays):
        return show_found(interview, of, read, key, spoken, translations)
    following = after(interview, of, read.evaluation)
    answers = PageAnswers(
        language=_language_after(interview),
        goes_on_at=place_of(of if stays or not read.is_complete else following),
        asked=read.asked,
        answers=read.answers,
        unsaved=read.unsaved,
        original_language=spoken,
        translations=translations,
        trail=of.trail,
        files=taken.added,
    )
    saving = save_page(http.database(), interview.draft.start, answers)
    if saving is not Saving.SAVED:
        return Response(status=409) if AUTOSAVE in request.form else _lost(survey)
    if AUTOSAVE in request.form:
        return Response(status=204)
    if "switch" in request.form:
        _choose_second()
        return redirect(page_url(interview, place_of(of)))
    if read.is_complete:
        return redirect(page_url(interview, place_of(following)))
    own = document_at(read.merged(interview.draft.answers), of.trail)
    state = PageState(own, read.evaluation, read.unsaved, read.errors)
    return _show(interview, of, state, spoken, translations), 422


@blueprint.get("/collect/<survey>/<response>/review")
def review(survey: str, response: str) -> str:
    """All answers once more before they are sent."""
    return _review(open_interview(survey, response), with_obstacles=False)


@blueprint.post("/collect/<survey>/<response>/submit")
def submit(survey: str, response: str) -> Page:
    """Send the interview: exactly once, however often it is asked."""

    def finish(draft: Draft) -> Mapping[str, Any]:
        interview = open_interview(survey, response)
        back = _read_back(interview, interview.language)
        if back.obstacles(draft.unsaved, now=http.now(), seed=draft.start.seed):
            raise Incomplete
        return final_answers(
            interview.questionnaire,
            draft.answers,
            now=http.now(),
            language=draft.language,
            seed=draft.start.seed,
        )

    try:
        done = submit_response(http.database(), identity(response), finish, http.now().date(), actor().id)
    except Incomplete:
        return _review(open_interview(survey, response), with_obstacles=True), 422
    if done.outcome is Submitting.MISSING:
        abort(404)
    flash(gettext("The interview is stored. Thank you."))
    if "next" in request.form:
        return redirect(url_for(".new", survey=survey))
    return redirect(url_for(".survey", survey=survey))


@blueprint.post("/collect/<survey>/<response>/discard")
def discard(survey: str, response: str) -> Page:
    """The person withdrew, or the interview was a mistake: nothing of it stays."""
    interview = open_interview(survey, response)
    sent = files_sent(interview.id)
    if not discard_draft(http.database(), interview.id, actor().id):
        return _lost(survey)
    forget_sent(sent)
    flash(gettext("The unfinished interview is deleted."))
    return redirect(url_for(".survey", survey=survey))


def _read(interview: Interview, of: Spot, sent: MultiDict[str, str]) -> ReadPage:
    return read_page(
        interview.questionnaire,
        of.page,
        sent,
        interview.draft.answers,
        now=http.now(),
        language=interview.language,
        seed=interview.draft.start.seed,
        trail=of.trail,
    )


def _language_after(interview: Interview) -> str:
    """The language of the interview from now on: the collector may change it in the middle."""
    wanted = request.form.get("interview_language", "") if "switch" in request.form else ""
    return wanted if wanted in interview.questionnaire.languages else interview.language


def _choose_second() -> None:
    wanted = request.form.get("second_language", "")
    if wanted in (*OFFICIAL_LANGUAGES, "none"):
        browser["second"] = wanted


def _lost(survey: str) -> Page:
    flash_lost()
    return redirect(url_for(".survey", survey=survey))


def questions_html(
    interview: Interview,
    of: Spot,
    state: PageState,
    spoken: Mapping[str, Any],
    said: Mapping[str, Any],
) -> tuple[Markup, tuple[Any, ...]]:
    """The page's questions in two languages, filled; and what to correct."""
    compiled = _compiled(interview, of)
    beside = words_beside(of.page, interview, spoken, said)
    filled = PageState(state.answers, state.evaluation, state.unsaved, state.errors, beside)
    return Markup(compiled.fill(filled)), compiled.problems(state)  # noqa: S704  (compiled from our templates)


def _compiled(interview: Interview, of: Spot) -> Compiled:
    view = View(
        language=interview.language,
        interface=g.lang,
        room="collecting",
        second=interview.second,
        is_numbered=True,
        is_private=True,
        extras=True,
    )
    compiled = compiled_page(
        current_app.jinja_env,
        interview.version.digest,
        interview.questionnaire,
        of.page,
        view,
        now=http.now(),
        media_of=media_of(),
    )
    http.allow_devices(compiled.devices)
    return compiled


def show_found(
    interview: Interview,
    of: Spot,
    read: ReadPage,
    key: str,
    spoken: Mapping[str, Any],
    said: Mapping[str, Any],
) -> str:
    """The page with what a search in a long list came to; for its script the choices alone."""
    searched = with_search(of.page, request.form, read, key)
    own = document_at(searched.merged(interview.draft.answers), of.trail)
    state = PageState(own, searched.evaluation, searched.unsaved)
    if FRAGMENT in request.form:
        return found_html(interview, of, key, state)
    return _show(interview, of, state, spoken, said)


def found_html(interview: Interview, of: Spot, key: str, state: PageState) -> str:
    """The choices that a search has found, for the script of the page."""
    return _compiled(interview, of).found(key, state)


def _show(
    interview: Interview,
    of: Spot,
    state: PageState,
    spoken: Mapping[str, Any],
    said: Mapping[str, Any],
) -> str:
    questions, problems = questions_html(interview, of, state, spoken, said)
    before = previous_spot(interview.questionnaire, state.evaluation, of)
    return render_template(
        "collecting/page.html",
        interview=interview,
        has_files=bool(file_questions(of.page)),
        of=of.page,
        title=spot_title(interview.questionnaire, state.evaluation, of),
        total=len(pages(interview.questionnaire)),
        questions=questions,
        problems=problems,
        back_url=page_url(interview, place_of(before)) if before else None,
        spoken=[language(code) for code in interview.questionnaire.languages],
        seconds=[language(code) for code in OFFICIAL_LANGUAGES if code in interview.questionnaire.languages],
    )


def _read_back(interview: Interview, code: str) -> Any:
    draft = interview.draft
    return read_back(interview.questionnaire, draft.answers, code, now=http.now(), seed=draft.start.seed)


def _review(interview: Interview, *, with_obstacles: bool) -> str:
    """In the office's language where the questionnaire has it: the collector checks, the person has left."""
    code = g.lang if g.lang in interview.questionnaire.languages else interview.language
    back = _read_back(interview, code)
    draft = interview.draft
    obstacles = back.obstacles(draft.unsaved, now=http.now(), seed=draft.start.seed) if with_obstacles else ()
    evaluation = interview.evaluate(draft.answers)
    last = previous_spot(interview.questionnaire, evaluation, None)
    return render_template(
        "collecting/review.html",
        interview=interview,
        sections=back.sections(),
        obstacles=obstacles,
        back_url=page_url(interview, place_of(last)),
    )
